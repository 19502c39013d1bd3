"""Putting closed forms in the place of fields and of coordinates."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from pdel.expression import (
    Coordinate,
    Differentiate,
    Expr,
    FieldAt,
    Orders,
    Partial,
    partials,
    transform,
)
from pdel.maths.limits import LARGEST_STATEMENT, check_deadline, check_size
from pdel.maths.symbolic import derivative
from pdel.semantics.problem import Field


def substitute(expression: Expr, closed_forms: Mapping[str, Expr], fields: Iterable[Field]) -> Expr:
    """The expression with every field that has a closed form replaced by it, derivatives carried out.

    Normals and fields without a closed form stay. `u(0.2, 0)` becomes the closed form at that point.
    Raises TooLarge where a derivative is beyond the limits.
    """
    arguments = {field.name: field.arguments for field in fields}

    def rule(node: Expr) -> Expr | None:
        check_deadline()
        match node:
            case Partial(field=name, orders=orders) if name in closed_forms:
                return derivative(closed_forms[name], orders)
            case FieldAt(partial=Partial(field=name, orders=orders), point=point) if name in closed_forms:
                return place(derivative(closed_forms[name], orders), dict(zip(arguments[name], point, strict=True)))
            case Differentiate() if {item.field for item in partials(node)} <= closed_forms.keys():
                return _differentiated(node, rule)
            case _:
                return None

    check_size(expression, LARGEST_STATEMENT)
    return transform(expression, rule)


def _differentiated(node: Differentiate, rule: Callable[[Expr], Expr | None]) -> Expr:
    """A chain of derivatives of an expression whose fields all have closed forms."""
    counts: dict[str, int] = {}
    inner: Expr = node
    while isinstance(inner, Differentiate):
        counts[inner.coordinate] = counts.get(inner.coordinate, 0) + 1
        inner = inner.operand
    orders: Orders = tuple(counts.items())
    return derivative(transform(inner, rule), orders)


def place(expression: Expr, values: Mapping[str, Expr]) -> Expr:
    """A closed form with coordinates replaced by expressions, trivial zeros and ones carried out."""

    def rule(node: Expr) -> Expr | None:
        return values.get(node.name) if isinstance(node, Coordinate) else None

    return transform(expression, rule)
