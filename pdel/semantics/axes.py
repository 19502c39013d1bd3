"""The `space` and `time` statements: axes, the region, and the pieces of its boundary."""

from __future__ import annotations

from dataclasses import dataclass

from pdel.diagnostics.model import error
from pdel.geometry import Scalar, Shape
from pdel.semantics import names
from pdel.semantics.geometry import build_shape, check_region, space_box
from pdel.semantics.lowering import Lowering
from pdel.semantics.pieces import boundary_pieces
from pdel.semantics.places import BOUND
from pdel.semantics.problem import Axis
from pdel.semantics.regions import bounds
from pdel.semantics.scope import BrokenName, CoordinateName, PositionName, Scope
from pdel.syntax import ast

MOST_COORDINATES = 100


@dataclass(frozen=True, slots=True)
class _Interval:
    low: Scalar
    high: Scalar


def declare_space(scope: Scope, statement: ast.SpaceStatement) -> None:
    """Declare the spatial coordinates, the region and the pieces of its boundary."""
    if statement.system is not None:
        scope.report(
            error(
                "E318",
                f"`{statement.system.text}` coordinates are known but not built yet",
                statement.system.span,
                "not built yet",
                help="Write the equations in Cartesian coordinates.",
            )
        )
        _break(scope, statement)
        return
    axes = _shape_axes(scope, statement) if statement.shape is not None else _range_axes(scope, statement)
    if axes is None:
        _break(scope, statement)
        return
    time = [axis for axis in scope.axes if axis.is_time]
    scope.axes[:] = [*axes, *time]
    if scope.region is None:
        scope.region = space_box(tuple(axis.low for axis in axes), tuple(axis.high for axis in axes))
    periodic = tuple(axis.name for axis in axes if axis.periodic)
    scope.pieces = boundary_pieces(scope.region, scope.space, periodic)


def _break(scope: Scope, statement: ast.SpaceStatement) -> None:
    """Note the names of a refused statement, so that their uses are not reported again."""
    scope.faulty.add("space")
    for name in statement.names:
        scope.names.setdefault(name.text, BrokenName(name.text, name.span))


def _shape_axes(scope: Scope, statement: ast.SpaceStatement) -> list[Axis] | None:
    if statement.shape is None:
        return None
    shape = lower_shape(scope, statement.shape, "")
    coordinates = [names.declare(scope, name, CoordinateName(name.text, name.span, False)) for name in statement.names]
    if shape is None or not all(coordinates):
        return None
    refused = check_region(shape, tuple(name.text for name in statement.names), statement.shape.span)
    scope.report(*refused)
    if refused:
        return None
    scope.region = shape
    return [
        Axis(name.text, low, high, False, False, name.span)
        for name, (low, high) in zip(statement.names, bounds(shape), strict=True)
    ]


def lower_shape(scope: Scope, expression: ast.Expression, name: str) -> Shape | None:
    """The shape that an expression describes, or None where it has a mistake (reported)."""
    shapes: dict[str, Shape | None] = {}
    stack: list[ast.Expression] = [expression]
    while stack:
        node = stack.pop()
        match node:
            case ast.Name(text=text):
                entity = scope.find(text)
                if isinstance(entity, BrokenName) or scope.absorbs_unknown(text):
                    shapes[text] = None
            case ast.Sum(terms=terms):
                stack.extend(term.expression for term in terms)
            case ast.Conjunct(operands=operands):
                stack.extend(operands)
    result = build_shape(expression, {**shapes, **scope.shapes}, Lowering(scope, BOUND).evaluate, name)
    scope.report(*result.diagnostics)
    return result.value


def _range_axes(scope: Scope, statement: ast.SpaceStatement) -> list[Axis] | None:
    axes: list[Axis] = []
    sound = True
    for item in statement.ranges:
        interval = _interval(scope, item)
        coordinates = None if interval is None else _coordinates(scope, item)
        if interval is None or coordinates is None:
            scope.names.setdefault(item.name.text, BrokenName(item.name.text, item.name.span))
            sound = False
            continue
        axes.extend(
            Axis(name, interval.low, interval.high, False, item.periodic, item.name.span) for name in coordinates
        )
    return axes if sound else None


def _interval(scope: Scope, item: ast.Range) -> _Interval | None:
    lowering = Lowering(scope, BOUND)
    low, high = lowering.number(item.low, "a bound"), lowering.number(item.high, "a bound")
    if low is None or high is None:
        return None
    if not low.value < high.value:
        scope.report(
            error(
                "E315",
                f"the interval of `{item.name.text}` is empty: {high.value:g} is not greater than {low.value:g}",
                item.low.span.to(item.high.span),
                "from low to high",
                help="Write the lower bound first.",
            )
        )
        return None
    return _Interval(low, high)


def _coordinates(scope: Scope, item: ast.Range) -> tuple[str, ...] | None:
    """The coordinates that a range declares: one, or several for an indexed one `x[1..10]`."""
    if item.first is None or item.last is None:
        declared = names.declare(scope, item.name, CoordinateName(item.name.text, item.name.span, False))
        return (item.name.text,) if declared else None
    numbers = [number.text for number in (item.first, item.last)]
    if not all(text.isdigit() and len(text) < 6 for text in numbers):
        _refuse_indices(scope, item)
        return None
    first, last = int(numbers[0]), int(numbers[1])
    if first != 1 or not first <= last <= MOST_COORDINATES:
        _refuse_indices(scope, item)
        return None
    found = tuple(f"{item.name.text}{index}" for index in range(first, last + 1))
    position = PositionName(item.name.text, item.name.span, found)
    entities = [
        names.declare(scope, ast.Name(one, item.name.span), CoordinateName(one, item.name.span, False)) for one in found
    ]
    return found if names.declare(scope, item.name, position) and all(entities) else None


def _refuse_indices(scope: Scope, item: ast.Range) -> None:
    scope.report(
        error(
            "E315",
            f"the indices of `{item.name.text}` run from 1 to at most {MOST_COORDINATES}",
            item.span,
            "not such a range",
            help=f"Write `{item.name.text}[1..3]`.",
        )
    )


def declare_time(scope: Scope, statement: ast.TimeStatement) -> None:
    """Declare the time."""
    item = statement.range
    interval = None
    if item.periodic or item.first is not None:
        message = "a time that is periodic or has an index is not built"
        scope.report(error("E318", message, item.span, "not built yet"))
    else:
        interval = _interval(scope, item)
    if interval is None:
        scope.faulty.add("time")
        scope.names.setdefault(item.name.text, BrokenName(item.name.text, item.name.span))
    elif names.declare(scope, item.name, CoordinateName(item.name.text, item.name.span, True)):
        scope.axes.append(Axis(item.name.text, interval.low, interval.high, True, False, item.name.span))
