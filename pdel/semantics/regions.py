"""Where statements hold: pieces of the boundary, parts of it, and shapes as conditions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pdel import expression as ex
from pdel.diagnostics.model import Result, error
from pdel.expression import Expr
from pdel.geometry import Ball, Box, Difference, Intersection, Scalar, Shape, Union
from pdel.semantics.scope import BrokenName, PartName, Scope, ShapeName
from pdel.semantics.selectors import Boundary, select
from pdel.syntax import ast


@dataclass(frozen=True, slots=True)
class Selection:
    """Pieces of the boundary by index, narrowed by a condition where a part carries one."""

    pieces: tuple[int, ...]
    where: Expr | None = None


def select_pieces(
    scope: Scope, selector: ast.Selector, evaluate: Callable[[ast.Expression], Result[Scalar]]
) -> Selection | None:
    """The pieces that a selector names, or None where it has a mistake (reported)."""
    named = [item for item in (*selector.included, *selector.excluded) if isinstance(item, ast.Name)]
    shapes: dict[str, Shape | None] = {}
    parts: dict[str, tuple[int, ...] | None] = {}
    narrowed: list[ast.Name] = []
    for item in named:
        entity = scope.find(item.text)
        if isinstance(entity, PartName):
            parts[item.text] = entity.pieces
            if entity.where is not None:
                narrowed.append(item)
        elif isinstance(entity, BrokenName) or scope.absorbs_unknown(item.text):
            shapes[item.text] = None
    for name, entity in scope.names.items():
        if isinstance(entity, ShapeName):
            shapes[name] = entity.shape
        elif isinstance(entity, PartName):
            parts[name] = entity.pieces
    for side in (*selector.included, *selector.excluded):
        if isinstance(side, ast.Side) and scope.absorbs_unknown(side.coordinate.text):
            return None
    if not scope.pieces and "space" in scope.faulty:
        return None
    periodic = tuple(axis.name for axis in scope.axes if axis.periodic)
    boundary = Boundary(scope.pieces, scope.space, shapes, parts, scope.time, periodic)
    result = select(selector, boundary, evaluate)
    scope.report(*result.diagnostics)
    if result.value is None:
        return None
    if not narrowed:
        return Selection(result.value)
    if len(selector.included) > 1 or selector.excluded:
        scope.report(
            error(
                "E318",
                f"`{narrowed[0].text}` carries a `where`, and joining it with other pieces is not built yet",
                narrowed[0].span,
                "not built yet",
                help="Write one `boundary` statement for each.",
            )
        )
        return None
    entity = scope.names[narrowed[0].text]
    return Selection(result.value, entity.where if isinstance(entity, PartName) else None)


def narrow(first: Expr | None, second: Expr | None) -> Expr | None:
    """Both conditions together."""
    if first is None or second is None:
        return second if first is None else first
    return ex.Logical("and", (first, second))


def inside(shape: Shape, space: Sequence[str]) -> Expr:
    """The condition that a point lies in a shape."""
    match shape:
        case Box(lows=lows, highs=highs):
            bounds: list[Expr] = []
            for name, low, high in zip(space, lows, highs, strict=True):
                bounds.append(ex.Comparison("<=", low.expression, ex.Coordinate(name)))
                bounds.append(ex.Comparison("<=", ex.Coordinate(name), high.expression))
            return ex.Logical("and", tuple(bounds))
        case Ball(centre=centre, radius=radius):
            squares = (
                ex.power(ex.subtract(ex.Coordinate(name), middle.expression), ex.TWO)
                for name, middle in zip(space, centre, strict=True)
            )
            return ex.Comparison("<=", ex.add(*squares), ex.power(radius.expression, ex.TWO))
        case Union(parts=parts):
            return ex.Logical("or", tuple(inside(part, space) for part in parts))
        case Intersection(parts=parts):
            return ex.Logical("and", tuple(inside(part, space) for part in parts))
        case Difference(base=base, removed=removed):
            outside = tuple(ex.Not(inside(part, space)) for part in removed)
            return ex.Logical("and", (inside(base, space), *outside))


def bounds(shape: Shape) -> tuple[tuple[Scalar, Scalar], ...]:
    """The lowest and highest value of every coordinate: of a difference those of its base."""
    match shape:
        case Box(lows=lows, highs=highs):
            return tuple(zip(lows, highs, strict=True))
        case Ball(centre=centre, radius=radius):
            return tuple((_shift(middle, radius, -1), _shift(middle, radius, 1)) for middle in centre)
        case Union(parts=parts):
            every = [bounds(part) for part in parts]
            return tuple(
                (min((one[0] for one in axis), key=_value), max((one[1] for one in axis), key=_value))
                for axis in zip(*every, strict=True)
            )
        case Intersection(parts=parts):
            every = [bounds(part) for part in parts]
            return tuple(
                (max((one[0] for one in axis), key=_value), min((one[1] for one in axis), key=_value))
                for axis in zip(*every, strict=True)
            )
        case Difference(base=base):
            return bounds(base)


def _shift(middle: Scalar, radius: Scalar, sign: int) -> Scalar:
    step = radius.expression if sign > 0 else ex.negate(radius.expression)
    return Scalar(ex.add(middle.expression, step), middle.value + sign * radius.value)


def _value(scalar: Scalar) -> float:
    return scalar.value
