"""Multi-indices, and the two rules of differentiation that jets are made of.

A multi-index is `Orders`: pairs (coordinate, order). Faà di Bruno's rule gives the derivatives of f(z), Leibniz'
rule those of a product, both as sums over ways to share a multi-index out.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter
from dataclasses import dataclass

from pdel.expression import Orders


def total_order(orders: Orders) -> int:
    """The order |a| of a multi-index."""
    return sum(order for _, order in orders)


def proper_parts(orders: Orders) -> tuple[Orders, ...]:
    """Every b with 0 < b < a, by total order, then in the order of coordinates."""
    ranges = [range(order + 1) for _, order in orders]
    names = [name for name, _ in orders]
    parts = [
        tuple((name, order) for name, order in zip(names, chosen, strict=True) if order)
        for chosen in itertools.product(*ranges)
    ]
    proper = [part for part in parts if part and part != orders]
    return tuple(sorted(proper, key=total_order))


def remainder(orders: Orders, part: Orders) -> Orders:
    """The multi-index a - b."""
    taken = dict(part)
    left = tuple((name, order - taken.get(name, 0)) for name, order in orders)
    return tuple((name, order) for name, order in left if order)


def binomial(orders: Orders, part: Orders) -> int:
    """The product of the binomial coefficients (a_i over b_i)."""
    taken = dict(part)
    return math.prod(math.comb(order, taken.get(name, 0)) for name, order in orders)


@dataclass(frozen=True, slots=True)
class Partition:
    """One way to split a multi-index into blocks: `count` ways of the labelled kind give the same blocks."""

    blocks: tuple[Orders, ...]
    count: int


def partitions(orders: Orders) -> tuple[Partition, ...]:
    """The terms of Faà di Bruno's rule: D^a f(z) = sum count * f^(k)(z) * product of D^block z, k blocks each.

    Sorted by the number of blocks. There are at most Bell(6) = 203 labelled partitions for the orders allowed.
    """
    letters = [name for name, order in orders for _ in range(order)]
    names = [name for name, _ in orders]
    found: Counter[tuple[Orders, ...]] = Counter()
    for blocks in _set_partitions(len(letters)):
        indices = []
        for block in blocks:
            counted = Counter(letters[position] for position in block)
            indices.append(tuple((name, counted[name]) for name in names if counted[name]))
        found[tuple(sorted(indices, key=lambda index: (-total_order(index), _rank(index, names))))] += 1
    ordered = sorted(found, key=lambda blocks: (len(blocks), [(-total_order(b), _rank(b, names)) for b in blocks]))
    return tuple(Partition(blocks, found[blocks]) for blocks in ordered)


def _rank(orders: Orders, names: list[str]) -> tuple[int, ...]:
    given = dict(orders)
    return tuple(-given.get(name, 0) for name in names)


def _set_partitions(size: int) -> list[list[list[int]]]:
    """The partitions of {0, …, size - 1} into blocks."""
    partial: list[list[list[int]]] = [[]]
    for element in range(size):
        grown = []
        for blocks in partial:
            for index in range(len(blocks)):
                grown.append([[*block, element] if i == index else block for i, block in enumerate(blocks)])
            grown.append([*blocks, [element]])
        partial = grown
    return partial
