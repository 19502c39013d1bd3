"""The domain of a problem as a drawing: intervals, the strip of space and time, plane regions, boxes in space."""

from __future__ import annotations

import math
from collections.abc import Mapping

from pdel.geometry import Face, Sphere
from pdel.geometry_points import bounds, smallest_size
from pdel.publish.drawing import Area, Caption, Dot, Drawing, Item, Place, Stroke
from pdel.publish.labels import (
    LINE,
    WIDTH,
    Conditions,
    ToPlace,
    along,
    at_end,
    constraint_dots,
    mark_of,
    stacked,
    time_below,
)
from pdel.publish.layout import Layout, Operator, row
from pdel.publish.names import measured, symbol
from pdel.publish.outline import Point, Run, loops, trace
from pdel.publish.solid import draw_solid
from pdel.semantics.problem import Axis, Problem

STRIP = (300.0, 170.0)
"""Width and height of a strip of space and time."""

LARGEST = (380.0, 300.0)
"""The room for a plane region."""


def draw_domain(problem: Problem, marks: Mapping[str, int]) -> Drawing | None:
    """The drawing; None where there are more than three coordinates of space. `marks` are the conditions' colours."""
    space, time = problem.space, problem.time
    match len(space):
        case 0 if time is not None:
            return _line(problem, marks, time)
        case 1 if time is not None:
            return _strip(problem, marks, space[0], time)
        case 1:
            return _line(problem, marks, space[0])
        case 2:
            return _plane(problem, marks)
        case 3:
            return draw_solid(problem, marks)
        case _:
            return None


def _interval_faces(problem: Problem) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The conditions at the lower and at the upper end of the one coordinate of space."""
    conditions = Conditions.of(problem)
    found: list[tuple[str, ...]] = [(), ()]
    for piece in problem.pieces:
        if isinstance(piece.surface, Face):
            found[piece.surface.upper] = conditions.on(piece.surface)
    return found[0], found[1]


def _line(problem: Problem, marks: Mapping[str, int], axis: Axis) -> Drawing:
    """An interval, or time alone."""
    left, right, y = 130.0, WIDTH - 130.0, 40.0
    ends: tuple[tuple[str, ...], tuple[str, ...]]
    ends = (Conditions.of(problem).initial(), ()) if axis.is_time else _interval_faces(problem)
    items: list[Item] = [Stroke(((left, y), (right, y)), None, "arrow" if axis.is_time else "solid")]
    for upper, x in ((False, left), (True, right)):
        if not (axis.is_time and upper):
            items.append(Dot((x, y), mark_of(ends[upper], marks)))
        items.append(Caption((x, y + 24), at_end(axis, upper)))
        items += stacked(ends[upper], (x + (14 if upper else -14), y), "start" if upper else "end", marks)
    items += constraint_dots(problem, marks, lambda point: (along(axis, point[0], left, right), y), 1)
    kind = "Time" if axis.is_time else "The interval"
    return Drawing(WIDTH, 80, tuple(items), f"{kind} with the conditions at its ends")


def _strip(problem: Problem, marks: Mapping[str, int], space: Axis, time: Axis) -> Drawing:
    """One coordinate of space to the right, time upwards."""
    left, top = (WIDTH - STRIP[0]) / 2, 24.0
    right, bottom = left + STRIP[0], top + STRIP[1]
    first, last = _interval_faces(problem)
    start = Conditions.of(problem).initial()
    side = "dashed" if space.periodic else "solid"
    items: list[Item] = [
        Area((((left, top), (right, top), (right, bottom), (left, bottom)),)),
        Stroke(((left, top), (right, top)), None, "thin"),
        Stroke(((left, bottom), (left, top)), mark_of(first, marks), side),
        Stroke(((right, bottom), (right, top)), mark_of(last, marks), side),
        Stroke(((left, bottom), (right, bottom)), mark_of(start, marks)),
        Caption((left, bottom + 22), at_end(space, False)),
        Caption((right, bottom + 22), at_end(space, True)),
        Caption((right + 12, bottom + 4), at_end(time, False), "start"),
        Caption((right + 12, top + 4), at_end(time, True), "start"),
    ]
    middle = (top + bottom) / 2
    if space.periodic:
        first = last = ("periodic",)
    items += stacked(first, (left - 12, middle), "end", marks)
    items += stacked(last, (right + 12, middle), "start", marks)
    lines = len(start)
    items += stacked(start, ((left + right) / 2, bottom + 18 + LINE * (lines - 1) / 2), "middle", marks)
    items += constraint_dots(
        problem,
        marks,
        lambda point: (
            along(space, point[0], left, right),
            along(time, point[1] if len(point) > 1 else time.low.value, bottom, top),
        ),
        2,
    )
    return Drawing(WIDTH, bottom + 34 + LINE * max(0, lines - 1), tuple(items), "Space and time with the conditions")


def _plane(problem: Problem, marks: Mapping[str, int]) -> Drawing:
    """A region of the plane, to scale, and time below it."""
    assert problem.region is not None
    low, high = bounds(problem.region)
    sides = [upper - lower for lower, upper in zip(low, high, strict=True)]
    scale = min(room / side for room, side in zip(LARGEST, sides, strict=True))
    left, top = (WIDTH - scale * sides[0]) / 2, 30.0
    bottom = top + scale * sides[1]

    def place(point: Point) -> Place:
        return left + scale * (point[0] - low[0]), bottom - scale * (point[1] - low[1])

    conditions = Conditions.of(problem)
    runs = trace(problem.region, conditions.on)
    periodic = {index for index, axis in enumerate(problem.space) if axis.periodic}
    unit = smallest_size(problem.region)
    items: list[Item] = [
        Area(tuple(tuple(place(point) for point in curve) for curve in loops(runs, 1e-4 * unit))),
    ]
    for run in runs:
        dashed = isinstance(run.surface, Face) and run.surface.axis in periodic
        labels = conditions.on(run.surface, _middle(run))
        items.append(Stroke(tuple(map(place, run.points)), mark_of(labels, marks), "dashed" if dashed else "solid"))
    items += _plane_labels(runs, conditions, marks, place, scale)
    items += _ticks(problem, low, high, place)
    items += constraint_dots(problem, marks, place, 2)
    height = bottom + 34
    if problem.time is not None:
        items += time_below(problem, marks, problem.time, height + 14)
        height += 44
    return Drawing(WIDTH, height, tuple(items), "The region with its named parts and conditions")


def _middle(run: Run) -> Point:
    """A point in the middle of a run (between two points where it has no middle one)."""
    count = len(run.points)
    if count % 2:
        return run.points[count // 2]
    first, second = run.points[count // 2 - 1], run.points[count // 2]
    return tuple((a + b) / 2 for a, b in zip(first, second, strict=True))


def _plane_labels(
    runs: tuple[Run, ...],
    conditions: Conditions,
    marks: Mapping[str, int],
    place: ToPlace,
    scale: float,
) -> list[Item]:
    """The labels of every run beside its middle, outside the region; within a hole where there is room."""
    items: list[Item] = []
    longest: dict[tuple[object, tuple[str, ...]], Run] = {}
    for run in runs:
        key = (run.surface, conditions.on(run.surface, _middle(run)))
        if key not in longest or _length(run) > _length(longest[key]):
            longest[key] = run
    for (surface, labels), run in longest.items():
        if not labels:
            continue
        if isinstance(surface, Sphere) and run.inward and scale * surface.ball.radius.value > 9 + LINE * len(labels):
            centre = place(tuple(scalar.value for scalar in surface.ball.centre))
            items += stacked(labels, centre, "middle", marks)
            continue
        items += _beside(run, labels, marks, place)
    return items


def _beside(run: Run, labels: tuple[str, ...], marks: Mapping[str, int], place: ToPlace) -> list[Item]:
    """Labels beside the middle of a run, on the side that is outside the region."""
    middle = _middle(run)
    x, y = place(middle)
    if isinstance(run.surface, Face):
        sign = 1.0 if run.surface.upper is not run.inward else -1.0
        out = (sign, 0.0) if run.surface.axis == 0 else (0.0, -sign)
    else:
        centre = place(tuple(scalar.value for scalar in run.surface.ball.centre))
        away = (x - centre[0], y - centre[1])
        length = math.hypot(*away) * (-1 if run.inward else 1)
        out = (away[0] / length, away[1] / length)
    if abs(out[0]) > 0.5:
        return stacked(labels, (x + 11 * out[0], y + 11 * out[1]), "start" if out[0] > 0 else "end", marks)
    shift = (16 if out[1] > 0 else 14) + LINE * (len(labels) - 1) / 2
    return stacked(labels, (x, y + shift * (1 if out[1] > 0 else -1)), "middle", marks)


def _length(run: Run) -> float:
    return sum(math.dist(first, second) for first, second in zip(run.points, run.points[1:], strict=False))


def _ticks(problem: Problem, low: Point, high: Point, place: ToPlace) -> list[Item]:
    """The values at the corners of the box around a region."""
    x, y = problem.space
    (left, bottom), (right, top) = place(low), place(high)
    return [
        Caption((left, bottom + 20), _valued(x, low[0])),
        Caption((right, bottom + 20), _valued(x, high[0])),
        Caption((left - 11, bottom + 4), _valued(y, low[1]), "end"),
        Caption((left - 11, top + 4), _valued(y, high[1]), "end"),
    ]


def _valued(axis: Axis, value: float) -> Layout:
    """x = value, in the words of the specification where the axis has this bound."""
    for upper, end in ((False, axis.low), (True, axis.high)):
        if end.value == value:
            return at_end(axis, upper)
    return row(symbol(axis.name), Operator("="), measured(value))
