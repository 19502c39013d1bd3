"""The channels of a jet: the smallest closed set for the residuals at hand, whole operators collapsed into one.

In: the terms of the residuals of some point sets. Out: channels, and the terms rewritten to read them.

A multi-index needs its parts (Faà di Bruno): u_xx needs u_x. A derivative that appears only linearly, with a
constant coefficient, and that no other channel needs, is *free*: the free derivatives of one residual and field
form one operator, `u_t - nu*u_xx` or a Laplacian, which one channel carries.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pdel.expression import (
    ONE,
    Constant,
    Expr,
    Negative,
    Number,
    Orders,
    Partial,
    Pi,
    Power,
    Product,
    Quotient,
    Unknown,
    add,
    divide,
    multiply,
    negate,
    partials,
    walk,
)
from pdel.maths.model import ModelTerm
from pdel.notation import notation
from pdel.plan.multiindex import proper_parts, total_order
from pdel.plan.network_plan import Channel, OperatorTerm


@dataclass(frozen=True, slots=True)
class LinearTerm:
    """coefficient * partial with a coefficient in numbers and constants."""

    coefficient: Expr
    partial: Partial


def linear_term(expression: Expr) -> LinearTerm | None:
    """Read a term as coefficient * derivative (of order one at least); None where it is anything else."""
    match expression:
        case Partial(orders=orders) if orders:
            return LinearTerm(ONE, expression)
        case Negative(operand=operand):
            inner = linear_term(operand)
            return inner and LinearTerm(negate(inner.coefficient), inner.partial)
        case Quotient(numerator=numerator, denominator=denominator) if _is_constant(denominator):
            inner = linear_term(numerator)
            return inner and LinearTerm(divide(inner.coefficient, denominator), inner.partial)
        case Product(factors=factors):
            varying = [factor for factor in factors if not _is_constant(factor)]
            if len(varying) != 1:
                return None
            inner = linear_term(varying[0])
            constant = [factor for factor in factors if _is_constant(factor)]
            return inner and LinearTerm(multiply(*constant, inner.coefficient), inner.partial)
        case _:
            return None


def _is_constant(expression: Expr) -> bool:
    allowed = Number | Pi | Constant | Negative | Product | Quotient | Power
    return all(isinstance(node, allowed) and not isinstance(node, Unknown) for node in walk(expression))


Operator = tuple[OperatorTerm, ...]


def close(needed: Iterable[Orders]) -> tuple[Orders, ...]:
    """The multi-indices with all their parts."""
    closed: dict[Orders, None] = {}
    for orders in needed:
        for part in proper_parts(orders):
            closed[part] = None
        closed[orders] = None
    return tuple(closed)


def plan_channels(residuals: Sequence[Sequence[ModelTerm]], axes: Sequence[str]) -> tuple[Channel, ...]:
    """The channels for a group of residuals; `axes` gives the order of coordinates."""
    individually: dict[Orders, None] = {}
    every: dict[Orders, None] = {}
    for terms in residuals:
        for term in terms:
            derivatives = [partial.orders for partial in partials(term.expression) if partial.orders]
            every.update(dict.fromkeys(derivatives))
            if linear_term(term.expression) is None:
                individually.update(dict.fromkeys(derivatives))
    needed = dict.fromkeys(close(individually))
    for orders in every:
        needed.update(dict.fromkeys(proper_parts(orders)))
    free = [orders for orders in every if orders not in needed]
    operators = _operators(residuals, frozenset(free))
    collapsed = list(operators) if len(operators) < len(free) else []
    singles = list(needed) + ([] if collapsed else free)
    if collapsed:
        singles += [operator[0].orders for operator in collapsed if len(operator) == 1]
        collapsed = [operator for operator in collapsed if len(operator) > 1]
    return (*single_channels(singles, axes), *_name_operators(collapsed, axes))


def single_channels(derivatives: Iterable[Orders], axes: Sequence[str]) -> tuple[Channel, ...]:
    """A channel for each derivative, parts before what needs them."""
    ordered = sorted(
        derivatives, key=lambda orders: (total_order(orders), [-dict(orders).get(axis, 0) for axis in axes])
    )
    return tuple(
        Channel(single_name(orders), (OperatorTerm(ONE, orders),), derivative_text(orders)) for orders in ordered
    )


def _operators(residuals: Sequence[Sequence[ModelTerm]], free: frozenset[Orders]) -> dict[Operator, None]:
    """The distinct operators that the free derivatives of each residual and field form, scaled to a normal form."""
    found: dict[Operator, None] = {}
    for terms in residuals:
        for operator in free_parts(terms, free).values():
            found[normalise(operator)[1]] = None
    return found


def free_parts(terms: Sequence[ModelTerm], free: frozenset[Orders]) -> dict[str, dict[Orders, Expr]]:
    """By field: the coefficients of its free derivatives in one residual."""
    by_field: dict[str, dict[Orders, Expr]] = {}
    for term in terms:
        linear = linear_term(term.expression)
        if linear is not None and linear.partial.orders in free:
            row = by_field.setdefault(linear.partial.field, {})
            orders = linear.partial.orders
            row[orders] = add(row[orders], linear.coefficient) if orders in row else linear.coefficient
    return by_field


def normalise(operator: dict[Orders, Expr]) -> tuple[Expr, Operator]:
    """Scale and normal form of an operator: a common coefficient taken out, the first term positive."""
    items = list(operator.items())
    magnitudes = {_magnitude(coefficient) for _, coefficient in items}
    first = items[0][1]
    if len(magnitudes) == 1:
        sign = isinstance(first, Negative)
        terms = tuple(
            OperatorTerm(ONE if isinstance(coefficient, Negative) == sign else negate(ONE), orders)
            for orders, coefficient in items
        )
        return first, terms
    if isinstance(first, Negative):
        return negate(ONE), tuple(OperatorTerm(negate(coefficient), orders) for orders, coefficient in items)
    return ONE, tuple(OperatorTerm(coefficient, orders) for orders, coefficient in items)


def _magnitude(coefficient: Expr) -> Expr:
    return coefficient.operand if isinstance(coefficient, Negative) else coefficient


def single_name(orders: Orders) -> str:
    """The name of the channel of a single derivative: `xx`, or `theta_theta` where names are long."""
    letters = [name for name, order in orders for _ in range(order)]
    return ("" if all(len(name) == 1 for name in letters) else "_").join(letters)


def _name_operators(operators: Sequence[Operator], axes: Sequence[str]) -> list[Channel]:
    """`laplacian` for a sum of pure second derivatives with unit coefficients, else `op`, `op_2`, …."""
    channels: list[Channel] = []
    for operator in operators:
        is_laplacian = len(operator) > 1 and all(
            term.coefficient == ONE and len(term.orders) == 1 and term.orders[0][1] == 2 for term in operator
        )
        taken = {channel.name for channel in channels} | set(axes)
        base = "laplacian" if is_laplacian else "op"
        names = (base if number == 1 else f"{base}_{number}" for number in range(1, len(operators) + len(axes) + 2))
        name = next(name for name in names if name not in taken)
        channels.append(Channel(name, operator, operator_text(operator)))
    return channels


def derivative_text(orders: Orders) -> str:
    """A derivative in plain notation: d/dx, d2/dx2, d3/dx2dt."""
    total = total_order(orders)
    below = "".join(_below(name, order) for name, order in orders)
    return f"d{total if total > 1 else ''}/{below}"


def _below(name: str, order: int) -> str:
    """dx, dx2, d(x1)2."""
    if order == 1:
        return f"d{name}"
    return f"d({name}){order}" if name[-1].isdigit() else f"d{name}{order}"


def operator_text(operator: Operator) -> str:
    """An operator in plain notation: d/dt - nu*d2/dx2."""
    text = ""
    for term in operator:
        negative = isinstance(term.coefficient, Negative)
        magnitude = _magnitude(term.coefficient)
        factor = "" if magnitude == ONE else f"{notation(magnitude)}*"
        sign = ("-" if negative else "") if not text else (" - " if negative else " + ")
        text += f"{sign}{factor}{derivative_text(term.orders)}"
    return text


@dataclass(frozen=True, slots=True)
class ChannelTerm:
    """A term that reads channels, the terms it stands for, and whether they were collapsed into it."""

    expression: Expr
    sources: tuple[ModelTerm, ...]
    collapsed: bool


def read_channels(terms: Sequence[ModelTerm], channels: Sequence[Channel]) -> tuple[ChannelTerm, ...]:
    """The terms of a residual with the free derivatives of each field replaced by the operator's channel.

    A channel that is an operator is read as `Partial(field, ((name, 1),))`.
    """
    singles = {channel.orders for channel in channels if not channel.collapsed}
    operators = {channel.terms: channel for channel in channels if channel.collapsed}
    free = frozenset(
        orders
        for term in terms
        for partial in partials(term.expression)
        if (orders := partial.orders) and orders not in singles
    )
    parts = free_parts(terms, free)
    result: list[ChannelTerm] = []
    done: set[str] = set()
    for term in terms:
        linear = linear_term(term.expression)
        if linear is None or linear.partial.orders not in free:
            result.append(ChannelTerm(term.expression, (term,), False))
            continue
        field = linear.partial.field
        if field in done:
            continue
        done.add(field)
        scale, operator = normalise(parts[field])
        sources = tuple(other for other in terms if _is_free_of(other, field, free))
        channel = Partial(field, ((operators[operator].name, 1),))
        result.append(ChannelTerm(_scaled(scale, channel), sources, True))
    return tuple(result)


def _scaled(scale: Expr, channel: Expr) -> Expr:
    """scale * channel; a quotient 1/Re gives channel/Re."""
    match scale:
        case Negative(operand=operand):
            return negate(_scaled(operand, channel))
        case Quotient(numerator=numerator, denominator=denominator):
            return divide(multiply(numerator, channel), denominator)
        case _:
            return multiply(scale, channel)


def _is_free_of(term: ModelTerm, field: str, free: frozenset[Orders]) -> bool:
    linear = linear_term(term.expression)
    return linear is not None and linear.partial.field == field and linear.partial.orders in free
