"""What kind of equation a residual is: its orders, whether it is linear, its type."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from pdel.evaluate import evaluate_points
from pdel.expression import (
    ONE,
    ZERO,
    Expr,
    Negative,
    Orders,
    Partial,
    Product,
    Quotient,
    Sum,
    add,
    divide,
    is_closed,
    multiply,
    negate,
    partials,
    transform,
)
from pdel.maths.model import Facts, Residual
from pdel.maths.points import Points
from pdel.semantics.problem import Problem


def find_facts(residual: Residual, problem: Problem, points: Points) -> Facts:
    """The facts of one equation; signs of coefficients are looked at in the given interior points."""
    expressions = [term.expression for term in residual.terms]
    found = distinct_partials(expressions)
    highest: dict[str, int] = {}
    for partial in found:
        for coordinate, order in partial.orders:
            highest[coordinate] = max(highest.get(coordinate, 0), order)
    orders = tuple((axis.name, highest[axis.name]) for axis in problem.axes if highest.get(axis.name))
    order = max((total_order(partial) for partial in found), default=0)
    linear = all(degree(expression) <= 1 for expression in expressions)
    kind = _kind(residual, problem, found, points)
    time = "" if problem.time is None else problem.time.name
    rates = tuple(
        (partial.field, partial.orders[0][1], _size(coefficient_of(expressions, partial), problem, points))
        for partial in found
        if [name for name, _ in partial.orders] == [time]
    )
    return Facts(residual.source.address, orders, order, linear, kind, rates)


def _size(coefficient: Expr | None, problem: Problem, points: Points) -> float:
    """The root mean square of a coefficient in points, fields in it at rest; 1 where that tells nothing."""
    if coefficient is None:
        return 1.0
    closed = transform(coefficient, lambda node: ZERO if isinstance(node, Partial) else None)
    values = evaluate_points((closed,), points.columns, problem.numbers, count=points.count)[0]
    size = math.sqrt(sum(value * value for value in values) / points.count) if points.count else 0.0
    return size if math.isfinite(size) and size > 0 else 1.0


def distinct_partials(expressions: Iterable[Expr]) -> tuple[Partial, ...]:
    """The distinct derivatives of fields in several expressions, in written order."""
    return tuple(dict.fromkeys(partial for expression in expressions for partial in partials(expression)))


def total_order(partial: Partial) -> int:
    """The order of a derivative over all coordinates."""
    return sum(order for _, order in partial.orders)


def degree(expression: Expr) -> int:
    """0 for what is free of fields, 1 for what is linear in them (or affine), 2 for everything else."""
    if is_closed(expression) or not partials(expression):
        return 0
    match expression:
        case Partial():
            return 1
        case Negative(operand=operand):
            return degree(operand)
        case Sum(terms=terms):
            return max(degree(term) for term in terms)
        case Product(factors=factors):
            return min(2, sum(degree(factor) for factor in factors))
        case Quotient(numerator=numerator, denominator=denominator):
            return degree(numerator) if degree(denominator) == 0 else 2
        case _:
            return 2


def coefficient_of(terms: Sequence[Expr], partial: Partial) -> Expr | None:
    """The sum of the factors in front of a derivative that every term contains at most once, as a factor.

    None where a term contains it otherwise (in a function, squared), or where none contains it.
    """
    parts: list[Expr] = []
    for term in terms:
        if partial not in partials(term):
            continue
        part = _cofactor(term, partial)
        if part is None:
            return None
        parts.append(part)
    return add(*parts) if parts else None


def _cofactor(term: Expr, partial: Partial) -> Expr | None:
    """What multiplies a derivative in a term that is a product."""
    match term:
        case Partial():
            return ONE
        case Negative(operand=operand):
            part = _cofactor(operand, partial)
            return None if part is None else negate(part)
        case Product(factors=factors):
            places = [index for index, factor in enumerate(factors) if partial in partials(factor)]
            if len(places) != 1:
                return None
            part = _cofactor(factors[places[0]], partial)
            return None if part is None else multiply(*factors[: places[0]], part, *factors[places[0] + 1 :])
        case Quotient(numerator=numerator, denominator=denominator) if partial not in partials(denominator):
            part = _cofactor(numerator, partial)
            return None if part is None else divide(part, denominator)
        case _:
            return None


def sign_of(expression: Expr | None, problem: Problem, points: Points) -> int:
    """The sign of a closed form in all points; 0 where it changes, vanishes or cannot be known."""
    if expression is None or not is_closed(expression) or not points.count:
        return 0
    constants = problem.numbers
    values = evaluate_points((expression,), points.columns, constants, count=points.count)[0]
    signs = {0 if not math.isfinite(value) else (value > 0) - (value < 0) for value in values}
    return signs.pop() if len(signs) == 1 else 0


def _kind(residual: Residual, problem: Problem, found: Sequence[Partial], points: Points) -> str:
    """The type of an equation in words, "" where it has no name here."""
    order = max((total_order(partial) for partial in found), default=0)
    if order == 0:
        return ""
    if len(problem.axes) == 1:
        return "ordinary"
    time = problem.time.name if problem.time is not None else None
    in_time = max((dict(partial.orders).get(time or "", 0) for partial in found), default=0)
    in_space = max((total_order(partial) - dict(partial.orders).get(time or "", 0) for partial in found), default=0)
    if order == 1:
        return "first order"
    if in_time == 0:
        return _steady_kind(residual, problem, found, order, points)
    if in_space == 0:
        return "ordinary"
    if in_time == 1:
        return _first_order_in_time(found, time or "", in_space)
    if in_time == 2 and in_space <= 2:
        return "hyperbolic"
    return "dispersive" if in_time == 2 and in_space == 4 else ""


def _first_order_in_time(found: Sequence[Partial], time: str, in_space: int) -> str:
    """Parabolic for even orders of the same field, dispersive for odd ones and where fields rotate into each other."""
    if in_space == 1:
        return "hyperbolic"
    evolving = {partial.field for partial in found if dict(partial.orders).get(time)}
    leading = {
        partial.field for partial in found if total_order(partial) == in_space and time not in dict(partial.orders)
    }
    if in_space % 2 or (leading and not evolving & leading):
        return "dispersive"
    return "parabolic"


def _steady_kind(residual: Residual, problem: Problem, found: Sequence[Partial], order: int, points: Points) -> str:
    """Elliptic where the pure highest derivatives along all coordinates have one sign, hyperbolic where two."""
    if order % 2:
        return "dispersive"
    terms = [term.expression for term in residual.terms]
    signs: list[int] = []
    for axis in problem.space:
        pure: Orders = ((axis.name, order),)
        leading = [partial for partial in found if partial.orders == pure]
        if not leading:
            signs.append(0)
            continue
        sign = sign_of(coefficient_of(terms, leading[0]), problem, points)
        if sign == 0:
            return ""
        signs.append(sign)
    present = {sign for sign in signs if sign}
    if len(present) == 2:
        return "hyperbolic"
    if 0 not in signs:
        return "elliptic"
    return "parabolic" if present and order == 2 else ""
