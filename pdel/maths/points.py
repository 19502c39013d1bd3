"""Deterministic points at which closed forms are checked: inside the region, on its boundary, at the start."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pdel.evaluate import evaluate_points, normal_key
from pdel.expression import Expr
from pdel.geometry_points import Point, inside, outward_normal, sample_piece, sample_region
from pdel.semantics.problem import Problem

_INSIDE = 40
_ON_PIECE = 12
_MOMENTS = (0.0, 0.138, 0.382, 0.5, 0.764, 1.0)
_FRACTIONS = (0.0, 0.25, 0.5, 0.75, 1.0)


@dataclass(frozen=True, slots=True)
class Points:
    """Points by columns: for every coordinate (and component of the normal) its values."""

    columns: Mapping[str, Sequence[float]]
    count: int

    def describe(self, index: int) -> str:
        """A point in words: `x = 0.25, t = 0`."""
        return ", ".join(f"{name} = {column[index]:.4g}" for name, column in self.columns.items() if "[" not in name)

    def chosen(self, indices: Sequence[int]) -> Points:
        """The points with the given indices."""
        return Points({name: [column[i] for i in indices] for name, column in self.columns.items()}, len(indices))

    def where(self, condition: Expr | None, constants: Mapping[str, float]) -> Points:
        """The points at which a condition holds."""
        if condition is None or not self.count:
            return self
        values = evaluate_points((condition,), self.columns, constants, count=self.count)[0]
        return self.chosen([index for index, value in enumerate(values) if value == 1.0])


@dataclass(frozen=True, slots=True)
class Sampler:
    """The points of one problem."""

    problem: Problem
    inside: tuple[Point, ...]
    sites: tuple[tuple[Point, ...], ...]

    def interior(self) -> Points:
        """Points strictly inside the region, at times strictly inside the interval."""
        moments = self._moments()[1:-1] or self._moments()
        return self._points([(*point, *moments[index % len(moments)]) for index, point in self._numbered(len(moments))])

    def closure(self) -> Points:
        """Plain fractions of every coordinate's interval, ends included, within the closed region."""
        axes = self.problem.space
        fractions = _FRACTIONS if len(axes) <= 2 else _FRACTIONS[::2]
        ticks = [[axis.low.value + f * (axis.high.value - axis.low.value) for f in fractions] for axis in axes]
        region = self.problem.region
        kept = [
            point
            for point in itertools.islice(itertools.product(*ticks), 400)
            if region is None or inside(region, point)
        ]
        moments = self._moments()
        chosen = [moments[0], moments[len(moments) // 2], moments[-1]] if len(moments) > 1 else moments
        return self._points([(*point, *moment) for point in kept for moment in chosen])

    def start(self) -> Points:
        """Points inside the region at the start of time."""
        moments = self._moments()
        return self._points([(*point, *moments[0]) for point in self.inside])

    def on_pieces(self, pieces: Iterable[int], *, only_start: bool = False) -> Points:
        """Points on pieces of the boundary with the outward unit normal, at several times or at the start."""
        moments = self._moments()[:1] if only_start else self._moments()
        rows: list[Point] = []
        normals: list[Point] = []
        for index in pieces:
            piece = self.problem.pieces[index]
            for number, site in enumerate(self.sites[index]):
                chosen = moments if len(self.sites[index]) <= 2 else [moments[number % len(moments)]]
                for moment in chosen:
                    rows.append((*site, *moment))
                    normals.append(outward_normal(piece, site))
        points = self._points(rows)
        columns = dict(points.columns)
        for axis, name in enumerate(item.name for item in self.problem.space):
            columns[normal_key(name)] = [normal[axis] for normal in normals]
        return Points(columns, points.count)

    def at(self, point: Sequence[float]) -> Points:
        """One point of space, at several times, or of space-time."""
        if len(point) == len(self.problem.axes):
            return self._points([tuple(point)])
        return self._points([(*point, *moment) for moment in self._moments()])

    def _numbered(self, moments: int) -> list[tuple[int, Point]]:
        """The inner points with a number each; without space the one empty point, once for every moment."""
        if len(self.inside) > 1:
            return list(enumerate(self.inside))
        return [(number, point) for point in self.inside for number in range(moments)]

    def _moments(self) -> list[tuple[float, ...]]:
        time = self.problem.time
        if time is None:
            return [()]
        low, length = time.low.value, time.high.value - time.low.value
        return [(low + fraction * length,) for fraction in _MOMENTS]

    def _points(self, rows: Sequence[Point]) -> Points:
        columns = {axis.name: [row[index] for row in rows] for index, axis in enumerate(self.problem.axes)}
        return Points(columns, len(rows))


def sampler_of(problem: Problem) -> Sampler:
    """The points of a problem."""
    region = problem.region
    if region is None:
        return Sampler(problem, ((),), ())
    sites = tuple(sample_piece(region, piece, _ON_PIECE) for piece in problem.pieces)
    return Sampler(problem, sample_region(region, _INSIDE), sites)
