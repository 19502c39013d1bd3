"""Derivatives of bound expressions, as far as they need no algebra.

Derivatives of fields become partials at once and linear operations are passed through; what needs the product or
the chain rule stays a `Differentiate`, which the mathematics carries out.
"""

from __future__ import annotations

from collections.abc import Sequence

from pdel import expression as ex
from pdel.expression import Expr

ORDER_LIMIT = 6
"""The highest order of a derivative."""


def differentiate(expression: Expr, coordinate: str, axes: Sequence[str]) -> Expr:
    """d(expression, coordinate), with `axes` the coordinates in the order of the problem.

    Linear: d(a + b) = da + db, and factors that do not depend on the coordinate stand before the derivative.
    """
    match expression:
        case ex.Coordinate(name=name):
            return ex.ONE if name == coordinate else ex.ZERO
        case ex.Partial():
            return raise_order(expression, coordinate, axes)
        case ex.Sum(terms=terms):
            return ex.add(*(differentiate(term, coordinate, axes) for term in terms))
        case ex.Negative(operand=operand):
            return ex.negate(differentiate(operand, coordinate, axes))
        case ex.Product(factors=factors):
            return _differentiate_product(factors, coordinate, axes)
        case ex.Quotient(numerator=numerator, denominator=denominator) if is_independent(denominator, coordinate):
            return ex.divide(differentiate(numerator, coordinate, axes), denominator)
        case _:
            return ex.ZERO if is_independent(expression, coordinate) else ex.Differentiate(expression, coordinate)


def _differentiate_product(factors: tuple[Expr, ...], coordinate: str, axes: Sequence[str]) -> Expr:
    dependent = [not is_independent(factor, coordinate) for factor in factors]
    if not any(dependent):
        return ex.ZERO
    if sum(dependent) == 1:
        return ex.multiply(
            *(differentiate(factor, coordinate, axes) if changes else factor
              for factor, changes in zip(factors, dependent, strict=True))
        )  # fmt: skip
    before = [factor for factor, changes in zip(factors, dependent, strict=True) if not changes]
    inner = ex.multiply(*(factor for factor, changes in zip(factors, dependent, strict=True) if changes))
    return ex.multiply(*before, ex.Differentiate(inner, coordinate))


def raise_order(partial: ex.Partial, coordinate: str, axes: Sequence[str]) -> ex.Partial:
    """The partial with one more derivative along a coordinate, orders in the order of the axes."""
    orders = dict(partial.orders)
    orders[coordinate] = orders.get(coordinate, 0) + 1
    return ex.Partial(partial.field, tuple((axis, orders[axis]) for axis in axes if axis in orders))


def is_independent(expression: Expr, coordinate: str) -> bool:
    """Whether an expression cannot change along a coordinate: no field and not the coordinate in it."""
    return not any(
        isinstance(node, ex.Partial) or (isinstance(node, ex.Coordinate) and node.name == coordinate)
        for node in ex.walk(expression)
    )


def has_normal(expression: Expr) -> bool:
    """Whether the outward normal stands in an expression."""
    return any(isinstance(node, ex.Normal) for node in ex.walk(expression))


def derivative_order(expression: Expr) -> int:
    """The highest total order of a derivative of a field in an expression, pending ones included."""
    highest = 0
    stack = [(expression, 0)]
    while stack:
        node, pending = stack.pop()
        if isinstance(node, ex.Partial):
            highest = max(highest, pending + sum(order for _, order in node.orders))
        deeper = pending + isinstance(node, ex.Differentiate)
        stack.extend((child, deeper) for child in ex.children(node))
    return highest
