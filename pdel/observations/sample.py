"""Synthetic observations of a known solution: where, of which fields, with which noise."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pdel.datafiles.read import read_data
from pdel.datafiles.table import Refusal
from pdel.expression import Expr, Negative, Number, unknowns
from pdel.geometry import Box
from pdel.geometry_points import inside
from pdel.observations.known import Known
from pdel.observations.noise import chosen, noisy, stream
from pdel.observations.points import Interval, Point, Ranges, axis, grid_points, random_point
from pdel.observations.precise import CONTEXT, precise_values
from pdel.semantics.problem import Problem

MOST_ROWS = 1_000_000
MOST_TRIES = 1000
"""How many candidates a random point may cost."""


class RequestError(Exception):
    """A request that cannot be met; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Request:
    """What to observe.

    Points: `grid` of counts along the coordinates, `points` at random (of the grid, or of a table's rows, where there
    is one), `times` regular times at each random place. `intervals` narrows the coordinates by name. `noise` is the
    standard deviation of all values but those of the fraction of rows in `corrupt`, which has a deviation of its own.
    """

    points: int | None = None
    grid: tuple[int, ...] | None = None
    times: int | None = None
    intervals: Mapping[str, tuple[Interval, ...]] = field(default_factory=dict)
    fields: tuple[str, ...] = ()
    noise: float = 0.0
    corrupt: tuple[float, float] = (0.0, 0.0)
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Observations:
    """Rows of coordinates and values, and for each whether it has the larger noise."""

    names: tuple[str, ...]
    points: list[Point]
    values: list[list[float]]
    """By field."""
    corrupted: list[bool]

    def text(self, *, marked: bool) -> str:
        """The CSV file, numbers in the shortest form that gives them back; `marked` adds the column `corrupted`."""
        lines = [",".join((*self.names, "corrupted") if marked else self.names)]
        for point, values, bad in zip(self.points, zip(*self.values, strict=True), self.corrupted, strict=True):
            cells = [repr(number) for number in (*point, *values)]
            lines.append(",".join([*cells, str(int(bad))] if marked else cells))
        return "\n".join(lines) + "\n"


def observe(known: Known, request: Request) -> Observations:
    """The observations; the same request gives the same numbers on every machine. Raises RequestError."""
    problem = known.problem
    coordinates = tuple(axis.name for axis in problem.axes)
    ranges = _ranges(problem, request)
    exact = {form.field: form.expression for form in (*problem.exact, *problem.manufactured)}
    fields = request.fields or tuple(exact) or tuple(problem.reference_tables[0].fields)
    if set(fields) <= set(exact):
        points = _points(known, request, ranges)
        constants = _numbers(problem, [exact[name] for name in fields])
        by_name = dict(zip(coordinates, map(list, zip(*points, strict=True)), strict=True))
        clean = [precise_values(exact[name], by_name, constants, len(points)) for name in fields]
    else:
        points, clean = _of_table(known, request, ranges, fields)
    for name, column in zip(fields, clean, strict=True):
        wrong = next((point for point, value in zip(points, column, strict=True) if not CONTEXT.isfinite(value)), None)
        if wrong is not None:
            raise RequestError(
                f"`{name}` has no finite value at {_shown(coordinates, wrong)}: narrow the points by --in"
            )
    fraction, larger = request.corrupt
    bad = set(chosen(stream("corrupted", request.seed), len(points), round(fraction * len(points))))
    deviations = [larger if row in bad else request.noise for row in range(len(points))]
    values = noisy(clean, deviations, stream("noise", request.seed))
    return Observations((*coordinates, *fields), points, values, [row in bad for row in range(len(points))])


def _numbers(problem: Problem, forms: Sequence[Expr]) -> dict[str, Expr]:
    """The constants by name, and the stated true values of the unknowns."""
    true = {one.quantity: _literal(one.value) for one in problem.reference_numbers}
    missing = next((name for form in forms for name in unknowns(form) if name not in true), None)
    if missing is not None:
        raise RequestError(f"the true value of `{missing}` is not stated: add `reference {missing} = …`")
    return true | {constant.name: constant.expression for constant in problem.constants}


def _literal(value: float) -> Expr:
    return Negative(Number(repr(-value))) if value < 0 else Number(repr(value))


def _ranges(problem: Problem, request: Request) -> Ranges:
    """The intervals of all coordinates, narrowed as requested."""
    whole = {axis.name: (axis.low.value, axis.high.value) for axis in problem.axes}
    for name, intervals in request.intervals.items():
        if name not in whole:
            raise RequestError(f"`{name}` is no coordinate; the coordinates are {', '.join(whole)}")
        low, high = whole[name]
        for begin, end in intervals:
            if begin < low or end > high:
                raise RequestError(f"[{begin}, {end}] is not within the interval of `{name}`, [{low}, {high}]")
    return Ranges(tuple((one,) for one in whole.values())).narrowed(tuple(whole), request.intervals)


def _points(known: Known, request: Request, ranges: Ranges) -> list[Point]:
    """The points where a closed form is taken."""
    if request.grid is not None:
        if len(request.grid) != len(known.problem.axes):
            names = ", ".join(axis.name for axis in known.problem.axes)
            raise RequestError(f"--grid gives {len(request.grid)} numbers, and the coordinates are {names}")
        _check_size(request.grid)
        found = _kept(known, grid_points(ranges, request.grid))
        return _subset(found, request)
    if request.points is None:
        raise RequestError("say where to observe: --points 500 at random, or --grid with a number for each coordinate")
    if request.times is None:
        _check_size((request.points,))
        return _random(known, request, ranges, request.points)
    if known.problem.time is None:
        raise RequestError("--times needs a time, and the problem is steady")
    _check_size((request.points, request.times))
    places = [point[:-1] for point in _random(replace(known, condition=None), request, ranges, request.points)]
    times = axis(ranges.intervals[-1], request.times)
    return _kept(known, [(*place, time) for place, time in itertools.product(places, times)])


def _random(known: Known, request: Request, ranges: Ranges, count: int) -> list[Point]:
    """Random points of the region that satisfy the condition."""
    generator = stream("points", request.seed)
    found: list[Point] = []
    for _ in range(MOST_TRIES):
        found += _kept(known, [random_point(ranges, generator) for _ in range(count)])
        if len(found) >= count:
            return found[:count]
    raise RequestError("hardly any point of the region satisfies --in and --where")


def _kept(known: Known, points: list[Point]) -> list[Point]:
    """The points in the region that satisfy the condition."""
    problem = known.problem
    if problem.region is not None and not isinstance(problem.region, Box):
        region, dimension = problem.region, len(problem.space)
        points = [point for point in points if inside(region, point[:dimension])]
    if known.condition is None or not points:
        return points
    columns = map(list, zip(*points, strict=True))
    by_name = dict(zip((axis.name for axis in problem.axes), columns, strict=True))
    constants = {constant.name: constant.expression for constant in problem.constants}
    truths = precise_values(known.condition, by_name, constants, len(points))
    return [point for point, truth in zip(points, truths, strict=True) if truth == 1]


def _subset(rows: list[Any], request: Request) -> list[Any]:
    """All rows, or as many at random as were asked for."""
    if not rows:
        raise RequestError("no point of the region satisfies --in and --where")
    if request.points is None:
        return rows
    if request.points > len(rows):
        raise RequestError(f"--points {request.points} is more than the {len(rows)} points there are")
    return [rows[index] for index in chosen(stream("points", request.seed), len(rows), request.points)]


def _of_table(
    known: Known, request: Request, ranges: Ranges, fields: Sequence[str]
) -> tuple[list[Point], list[list[Any]]]:
    """Rows of the reference table that has all of the fields."""
    problem = known.problem
    table = next((one for one in problem.reference_tables if set(fields) <= set(one.fields)), None)
    if table is None:
        raise RequestError(f"neither `exact` nor one `reference` gives {', '.join(fields)}: choose by --fields")
    if request.grid is not None or request.times is not None:
        raise RequestError(f"the points are those of {table.path}: choose from them by --points, --in and --where")
    coordinates = tuple(axis.name for axis in problem.axes)
    data = read_data(table.path, coordinates, tuple(fields), table.folder)
    if isinstance(data, Refusal):
        raise RequestError(f"{table.path}: {data.message}")
    rows = zip(*(data.columns[name] for name in coordinates), strict=True)
    number = {point: index for index, point in enumerate(rows) if ranges.contains(point)}
    points = _subset(_kept(known, list(number)), request)
    values = [[CONTEXT.mpf(data.columns[name][number[point]]) for point in points] for name in fields]
    return points, values


def _check_size(counts: Sequence[int]) -> None:
    total = 1
    for count in counts:
        total *= count
    if total > MOST_ROWS:
        raise RequestError(f"{total:,} rows are more than {MOST_ROWS:,}")


def _shown(names: Sequence[str], point: Point) -> str:
    return ", ".join(f"{name} = {value:.6g}" for name, value in zip(names, point, strict=True))
