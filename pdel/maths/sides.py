"""What conditions say of fields on the two sides of a place on the boundary, and where along it other ones hold."""

from __future__ import annotations

import dataclasses
import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pdel.evaluate import evaluate_points
from pdel.expression import (
    ZERO,
    Comparison,
    Coordinate,
    Expr,
    Normal,
    Number,
    Partial,
    add,
    coordinates,
    divide,
    multiply,
    negate,
    partials,
    real,
    subtract,
    transform,
    walk,
)
from pdel.geometry import Face, Piece, Scalar, Shape, Sphere
from pdel.geometry_points import (
    STEP,
    TOLERANCE,
    Point,
    bounding_side,
    lies_on,
    outward_normal,
    smallest_size,
    surface_point,
)
from pdel.maths.analysis import coefficient_of
from pdel.maths.checks.setting import Setting
from pdel.maths.enforcement.form import Given, read_condition
from pdel.maths.model import Residual
from pdel.maths.symbolic import tidy
from pdel.maths.turns import Turn, straight
from pdel.semantics.problem import BoundaryCondition

LOOKED_AT = 400
"""Places of a side or a circle at which it is looked which conditions hold."""

HALVINGS = 60
"""Of the way between two of them, until the place at which others begin to hold is known as a number."""


@dataclass(frozen=True, slots=True)
class Side:
    """What a condition says of a field on a side: its value, or its derivative along the normal.

    `value` is None for the latter. `terms` are those of the condition, with the components of `normal` for the normal:
    numbers on straight sides, closed forms on circles.
    """

    value: Expr | None
    terms: tuple[Expr, ...]
    normal: tuple[Expr, Expr]


# ---------------------------------------------------------------------------------------------------
# Conditions beside a place
# ---------------------------------------------------------------------------------------------------


def conditions_beside(
    setting: Setting, region: Shape, turn: Turn, side: int
) -> Iterator[tuple[Residual, BoundaryCondition, tuple[Expr, Expr]]]:
    """The boundary conditions that hold on the first or second side of a turn, and the normal there."""
    unit = smallest_size(region)
    near = turn.moved([STEP * unit * (number == side) for number in (0, 1)])
    here = {
        number: _normal(setting, piece, near)
        for number, piece in enumerate(setting.problem.pieces)
        if lies_on(piece.surface, near, unit) and bounding_side(region, piece.surface, near, unit) is piece.inward
    }
    at_place = setting.sampler.at(near)
    for condition in setting.conditions:
        source = condition.source
        if not isinstance(source, BoundaryCondition) or not here.keys() & set(source.pieces):
            continue
        if at_place.where(source.where, setting.constants).count:
            yield condition, source, next(normal for number, normal in here.items() if number in source.pieces)


def _normal(setting: Setting, piece: Piece, point: Point) -> tuple[Expr, Expr]:
    """The outward unit normal of a piece: numbers of a side, closed forms of a circle."""
    surface = piece.surface
    if isinstance(surface, Face):
        x, y = map(real, outward_normal(piece, point))
        return x, y
    ball = surface.ball
    x, y = (
        divide(subtract(Coordinate(axis.name), middle.expression), ball.radius.expression)
        for axis, middle in zip(setting.problem.space, ball.centre, strict=True)
    )
    return (negate(x), negate(y)) if piece.inward else (x, y)


def read_side(setting: Setting, condition: Residual, normal: tuple[Expr, Expr]) -> tuple[str, Side] | None:
    """The field of a condition and what it says on a side with this normal; None where it is of another form."""
    problem = setting.problem
    assert isinstance(condition.source, BoundaryCondition)
    everywhere = dataclasses.replace(condition, source=dataclasses.replace(condition.source, where=None))
    given = read_condition(everywhere, {field.name: field for field in problem.fields}, None)
    if isinstance(given, Given):
        return given.field.name, Side(given.value, (), normal)
    outward = {item.name: component for item, component in zip(problem.space, normal, strict=True)}
    terms = [
        transform(term.expression, lambda node: outward[node.coordinate] if isinstance(node, Normal) else None)
        for term in condition.terms
    ]
    kept = tuple(form for form in map(tidy, terms) if form != ZERO)
    found = {partial for form in kept for partial in partials(form)}
    names = {partial.field for partial in found}
    if len(names) != 1:
        return None
    (name,) = names
    side = Side(None, kept, normal)
    across = slope_across(setting, name, side)
    if across is None or found - {*_slopes(setting, name), Partial(name, ())}:
        return None
    return name, side


def slope_across(setting: Setting, name: str, side: Side) -> Expr | None:
    """The factor of a field's derivative along the normal in a condition; None where there is none, or others are."""
    found = {partial for form in side.terms for partial in partials(form)}
    x, y = side.normal
    factors = [coefficient_of(side.terms, slope) if slope in found else ZERO for slope in _slopes(setting, name)]
    if factors[0] is None or factors[1] is None:
        return None
    along = tidy(subtract(multiply(factors[0], y), multiply(factors[1], x)))
    across = tidy(add(multiply(factors[0], x), multiply(factors[1], y)))
    return across if along == ZERO and across != ZERO else None


def flux(setting: Setting, name: str, side: Side) -> Expr:
    """The derivative along the normal that a condition gives; the field itself may stand in it."""
    across, slopes = slope_across(setting, name, side), _slopes(setting, name)
    assert across is not None
    rest = add(*(transform(term, lambda node: ZERO if node in slopes else None) for term in side.terms))
    return tidy(negate(divide(rest, across)))


def _slopes(setting: Setting, name: str) -> tuple[Partial, ...]:
    """The first derivatives of a field in space."""
    return tuple(Partial(name, ((axis.name, 1),)) for axis in setting.problem.space)


# ---------------------------------------------------------------------------------------------------
# Where other conditions hold
# ---------------------------------------------------------------------------------------------------


def find_changes(setting: Setting, region: Shape) -> tuple[Turn, ...]:
    """The places within sides and on circles at which other conditions begin to hold, by what `where` says."""
    problem = setting.problem
    found: dict[Point, Turn] = {}
    for number, piece in enumerate(problem.pieces):
        stated = [source.where for source in problem.boundary if number in source.pieces]
        wheres = tuple(dict.fromkeys(where for where in stated if where is not None))
        for point in _changes(setting, piece.surface, wheres) if wheres else ():
            if bounding_side(region, piece.surface, point) is piece.inward:
                place = _place(setting, piece.surface, wheres, point)
                normal = outward_normal(piece, (place[0].value, place[1].value))
                turn = Turn(place, *straight((-normal[0], -normal[1])), 2)
                found.setdefault(turn.point, turn)
    return tuple(found.values())


def _changes(setting: Setting, surface: Face | Sphere, wheres: Sequence[Expr]) -> Iterator[Point]:
    """The points of a surface at which other ones of some conditions begin to hold."""
    count = LOOKED_AT + isinstance(surface, Sphere)  # around a circle, the first place comes once more
    parameters = [(number + 0.5) / LOOKED_AT for number in range(count)]
    holding = _holding(setting, surface, wheres, parameters)
    for number, (first, second) in enumerate(itertools.pairwise(holding)):
        low, high = parameters[number : number + 2]
        for _ in range(HALVINGS if first != second else 0):
            middle = (low + high) / 2
            if _holding(setting, surface, wheres, [middle])[0] == first:
                low = middle
            else:
                high = middle
        if first != second:
            yield surface_point(surface, (high,))


def _holding(
    setting: Setting, surface: Face | Sphere, wheres: Sequence[Expr], parameters: Sequence[float]
) -> list[tuple[float, ...]]:
    """Which conditions hold at points of a surface, at the start."""
    problem = setting.problem
    points = [surface_point(surface, (parameter,)) for parameter in parameters]
    columns = {axis.name: [point[index] for point in points] for index, axis in enumerate(problem.space)}
    if problem.time is not None:
        columns[problem.time.name] = [problem.time.low.value] * len(points)
    return list(zip(*evaluate_points(wheres, columns, setting.constants, count=len(points)), strict=True))


def _place(setting: Setting, surface: Face | Sphere, wheres: Sequence[Expr], point: Point) -> tuple[Scalar, Scalar]:
    """A point of a surface as it is written where a condition compares a coordinate with it, else in digits."""
    x, y = (
        (surface.box.highs if surface.upper else surface.box.lows)[index]
        if isinstance(surface, Face) and index == surface.axis
        else _bound(setting, wheres, axis.name, value)
        for index, (axis, value) in enumerate(zip(setting.problem.space, point, strict=True))
    )
    return x, y


def _bound(setting: Setting, wheres: Sequence[Expr], name: str, value: float) -> Scalar:
    """The number that a condition compares a coordinate with, where it is about this one; else its first digits."""
    region = setting.problem.region
    slack = TOLERANCE * (1.0 if region is None else smallest_size(region))
    compared = [node for where in wheres for node in walk(where) if isinstance(node, Comparison)]
    for node in compared:
        for one, other in ((node.left, node.right), (node.right, node.left)):
            if one == Coordinate(name) and not coordinates(other):
                number = evaluate_points((other,), {}, setting.constants, count=1)[0][0]
                if abs(number - value) <= slack:
                    return Scalar(other, number)
    digits = Number(f"{abs(value):.12g}" if abs(value) > slack else "0")
    return Scalar(digits if value >= 0 else negate(digits), math.copysign(float(digits.text), value) + 0.0)
