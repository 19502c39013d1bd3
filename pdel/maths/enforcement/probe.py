"""Numbers of closed forms at points: how every claim of exactness is checked."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

from pdel.evaluate import evaluate_points
from pdel.expression import Expr, is_number
from pdel.geometry_points import Point, unit_points
from pdel.semantics.problem import Axis, Problem

ROUNDING = 1e-11
"""How far, relative to the size of the values (at least 1), two values may differ that are equal on paper."""


@dataclass(frozen=True, slots=True)
class Probe:
    """The axes and the constants of a problem, at which closed forms become numbers."""

    axes: tuple[Axis, ...]
    constants: dict[str, float]

    def at(self, expression: Expr, points: Sequence[Point]) -> list[float]:
        """The values of a closed form at points."""
        if not points:
            return []
        columns = {axis.name: [point[index] for point in points] for index, axis in enumerate(self.axes)}
        return evaluate_points((expression,), columns, self.constants, count=len(points))[0]

    def vanishes(self, expression: Expr, points: Sequence[Point], scale: float = 1.0) -> bool:
        """Whether a closed form is zero to rounding at all points (values of size `scale` having cancelled)."""
        if is_number(expression, 0):
            return True
        return all(abs(value) <= ROUNDING * max(1.0, scale) for value in self.at(expression, points))

    def difference(self, first: Expr, second: Expr, points: Sequence[Point]) -> tuple[float, Point | None]:
        """The largest difference of two closed forms beyond rounding, and where; (0, None) where they agree.

        A value that is not finite counts as an infinite difference.
        """
        if first == second:
            return 0.0, None
        worst, place = 0.0, None
        for one, two, point in zip(self.at(first, points), self.at(second, points), points, strict=True):
            gap = abs(one - two)
            if math.isnan(gap):
                gap = math.inf
            if gap > ROUNDING * max(1.0, abs(one), abs(two)) and gap > worst:
                worst, place = gap, point
        return worst, place

    def finite(self, expression: Expr, points: Sequence[Point]) -> bool:
        """Whether a closed form has a finite value at all points."""
        return all(math.isfinite(value) for value in self.at(expression, points))

    def size(self, expression: Expr, points: Sequence[Point]) -> float:
        """The largest absolute value at points, 0 without points."""
        return max((abs(value) for value in self.at(expression, points)), default=0.0)


def probe_of(problem: Problem) -> Probe:
    """The probe of a problem."""
    return Probe(problem.axes, problem.numbers)


def spread(count: int, dimension: int) -> list[Point]:
    """Deterministic points in the unit cube, evenly spread, none on its faces."""
    return list(itertools.islice(unit_points(dimension), count))


def scaled(point: Point, lows: Sequence[float], highs: Sequence[float]) -> Point:
    """A point of the unit cube mapped to a box."""
    return tuple(low + fraction * (high - low) for fraction, low, high in zip(point, lows, highs, strict=True))
