"""Conditions that disagree where they meet: no continuous function satisfies both, so no ansatz does."""

from __future__ import annotations

from dataclasses import dataclass

from pdel.expression import Expr
from pdel.geometry import Face
from pdel.geometry_points import Point
from pdel.maths.enforcement.fold import restrict
from pdel.maths.enforcement.form import Given
from pdel.maths.enforcement.probe import scaled, spread
from pdel.maths.enforcement.region import borders
from pdel.maths.enforcement.surroundings import Surroundings
from pdel.semantics.problem import BoundaryCondition, InitialCondition


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two conditions (by index), the largest difference of their values, and the point of it."""

    first: int
    second: int
    gap: float
    point: Point


def refuse_conflicting(surroundings: Surroundings, givens: list[Given]) -> list[tuple[Given, str]]:
    """The conditions on one field that cannot be held because of others, each with the reason.

    What the user asked for exactly stands against what was not asked for; then the condition with the most
    conflicts goes, and where two are alike, both.
    """
    conflicts = _conflicts(surroundings, givens)
    refused: dict[int, str] = {}
    while conflicts:
        victims = _victims(conflicts, givens)
        for conflict in conflicts:
            for one, other in ((conflict.first, conflict.second), (conflict.second, conflict.first)):
                if one in victims and one not in refused:
                    place = place_text(surroundings, conflict.point)
                    refused[one] = (
                        f"its values disagree with `{givens[other].name}` at the {place} by {conflict.gap:.3g}"
                    )
        conflicts = [item for item in conflicts if item.first not in refused and item.second not in refused]
    return [(givens[index], reason) for index, reason in sorted(refused.items())]


def place_text(surroundings: Surroundings, point: Point) -> str:
    """A point in words: `corner (0, 1)`, or `point (0, 0.25)` of an edge."""
    ends = [
        min(abs(value - axis.low.value), abs(value - axis.high.value)) <= 1e-9 * (axis.high.value - axis.low.value)
        for value, axis in zip(point, surroundings.probe.axes, strict=True)
    ]
    return f"{'corner' if all(ends) else 'point'} ({', '.join(f'{value:.4g}' for value in point)})"


def _victims(conflicts: list[Conflict], givens: list[Given]) -> list[int]:
    """The conditions to give up next."""
    for conflict in conflicts:
        first, second = givens[conflict.first].forced, givens[conflict.second].forced
        if first != second:
            return [conflict.second if first else conflict.first]
    counts: dict[int, int] = {}
    for conflict in conflicts:
        for index in (conflict.first, conflict.second):
            counts[index] = counts.get(index, 0) + 1
    most = max(counts.values())
    return [index for index, count in counts.items() if count == most]


def _conflicts(surroundings: Surroundings, givens: list[Given]) -> list[Conflict]:
    """All pairs of conditions whose values differ where they meet."""
    found = []
    for index, given in enumerate(givens):
        for earlier in range(index):
            other = givens[earlier]
            gap, point = _gap(surroundings, other, given)
            if point is not None:
                found.append(Conflict(earlier, index, gap, point))
    return found


def _gap(surroundings: Surroundings, first: Given, second: Given) -> tuple[float, Point | None]:
    """The largest difference of two conditions' values where they meet."""
    one, other = first.residual.source, second.residual.source
    if isinstance(one, InitialCondition):
        first, second, one, other = second, first, other, one
    if not isinstance(one, BoundaryCondition):
        return 0.0, None
    if isinstance(other, InitialCondition):
        if second.order != 0:
            return 0.0, None
        return surroundings.probe.difference(
            first.value, second.value, surroundings.started(surroundings.on_pieces(first))
        )
    if not isinstance(other, BoundaryCondition) or first.value == second.value:
        return 0.0, None
    points: list[Point] = []
    for piece in one.pieces:
        for partner in other.pieces:
            points.extend(_common_points(surroundings, piece, partner))
    return surroundings.probe.difference(first.value, second.value, surroundings.lifted(tuple(points)))


def _common_points(surroundings: Surroundings, first: int, second: int) -> list[Point]:
    """Points of the region's boundary that two faces across different axes share, corners first."""
    region = surroundings.problem.region
    one, other = surroundings.problem.pieces[first].surface, surroundings.problem.pieces[second].surface
    if region is None or not isinstance(one, Face) or not isinstance(other, Face) or one.axis == other.axis:
        return []
    lows = [max(a.value, b.value) for a, b in zip(one.box.lows, other.box.lows, strict=True)]
    highs = [min(a.value, b.value) for a, b in zip(one.box.highs, other.box.highs, strict=True)]
    if any(low > high for low, high in zip(lows, highs, strict=True)):
        return []
    fixed = {face.axis: (face.box.highs if face.upper else face.box.lows)[face.axis].value for face in (one, other)}
    if any(not lows[axis] <= value <= highs[axis] for axis, value in fixed.items()):
        return []
    points: list[Point] = [()]
    for axis, (low, high) in enumerate(zip(lows, highs, strict=True)):
        ends = (fixed[axis],) if axis in fixed else (low, high)
        points = [(*point, end) for point in points for end in ends]
    middle = [scaled(point, lows, highs) for point in spread(4, len(lows))]
    points += [tuple(fixed.get(axis, value) for axis, value in enumerate(point)) for point in middle]
    return [point for point in dict.fromkeys(points) if borders(region, point)]


def trace(expression: Expr, surroundings: Surroundings, axis: int, upper: bool) -> Expr:
    """A closed form on one side of the box around the region: the coordinate replaced by its bound."""
    bound = (surroundings.carved.highs if upper else surroundings.carved.lows)[axis]
    return expression if bound is None else restrict(expression, {surroundings.names[axis]: bound.expression})
