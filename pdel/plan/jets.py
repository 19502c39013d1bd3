"""The rules by which jets pass through activations and products, one expression for each channel."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from pdel.expression import (
    ZERO,
    Expr,
    Orders,
    Partial,
    add,
    integer,
    multiply,
    power,
)
from pdel.plan.multiindex import binomial, partitions, proper_parts, remainder, total_order
from pdel.plan.network_plan import Channel


def channel_partial(jet: str, channel: Channel) -> Partial:
    """The channel of a jet as a node: a single derivative by its multi-index, an operator by its name."""
    return Partial(jet, ((channel.name, 1),) if channel.collapsed else channel.orders)


def chain_rule(channel: Channel, derivatives: Callable[[int], str], jet: str = "z") -> Expr:
    """The channel of f(z) by Faà di Bruno's rule.

    For an operator L = sum c_a D^a: L f(z) = f'(z)*L z + sum over the partitions of each a into k >= 2 blocks.
    `derivatives(k)` names the variable that holds f^(k)(z).
    """
    by_blocks: dict[int, list[tuple[Expr, Expr]]] = {}
    for term in channel.terms:
        for partition in partitions(term.orders):
            blocks = len(partition.blocks)
            if blocks > 1:
                counted = Counter(partition.blocks)
                factors = [power(Partial(jet, block), integer(count)) for block, count in counted.items()]
                weight = multiply(integer(partition.count), term.coefficient)
                by_blocks.setdefault(blocks, []).append((weight, multiply(*factors)))
    terms = [multiply(Partial(derivatives(1)), channel_partial(jet, channel))]
    for blocks, inner in sorted(by_blocks.items()):
        derivative = Partial(derivatives(blocks))
        if len(inner) == 1:
            terms.append(multiply(inner[0][0], derivative, inner[0][1]))
        else:
            terms.append(multiply(derivative, add(*(multiply(weight, factor) for weight, factor in inner))))
    return add(*terms)


def highest_order(channels: tuple[Channel, ...]) -> int:
    """The highest derivative of an activation that the channels need."""
    return max((total_order(term.orders) for channel in channels for term in channel.terms), default=0)


def leibniz_rule(channel: Channel, left: Callable[[Orders], Expr], right: Callable[[Orders], Expr]) -> list[Expr]:
    """The mixed terms of L(a*b): sum c_a * binomial(a, b) * D^(a-b) left * D^b right over 0 < b < a.

    The two outer terms, left * L right and right * L left, are the caller's.
    """
    mixed: dict[tuple[Expr, Expr], Expr] = {}
    for term in channel.terms:
        for part in proper_parts(term.orders):
            factors = left(remainder(term.orders, part)), right(part)
            weight = multiply(integer(binomial(term.orders, part)), term.coefficient)
            mixed[factors] = add(mixed[factors], weight) if factors in mixed else weight
    products = [multiply(weight, *factors) for factors, weight in mixed.items()]
    return [product for product in products if product != ZERO]
