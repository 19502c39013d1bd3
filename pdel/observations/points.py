"""Where observations are made: a grid, random points, random points of a grid, random places at regular times."""

from __future__ import annotations

import itertools
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

Interval: TypeAlias = tuple[float, float]
Point: TypeAlias = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Ranges:
    """For every coordinate the intervals that points are taken from, in rising order."""

    intervals: tuple[tuple[Interval, ...], ...]

    def narrowed(self, names: Sequence[str], chosen: Mapping[str, tuple[Interval, ...]]) -> Ranges:
        """The same with other intervals for some of the coordinates."""
        return Ranges(tuple(chosen.get(name, old) for name, old in zip(names, self.intervals, strict=True)))

    def contains(self, point: Point) -> bool:
        """Whether every coordinate of a point lies in one of its intervals."""
        return all(
            any(low <= x <= high for low, high in intervals)
            for x, intervals in zip(point, self.intervals, strict=True)
        )  # fmt: skip


def grid_points(ranges: Ranges, counts: Sequence[int]) -> list[Point]:
    """The points of a grid, the last coordinate running fastest."""
    axes = [axis(intervals, count) for intervals, count in zip(ranges.intervals, counts, strict=True)]
    return list(itertools.product(*axes))


def axis(intervals: Sequence[Interval], count: int) -> list[float]:
    """`count` values, shared equally by the intervals (the first ones get what is left over).

    Each value is the float nearest to low + (high - low) i/(n - 1); a single one stands in the middle.
    """
    values: list[float] = []
    for index, (low, high) in enumerate(intervals):
        here = count // len(intervals) + (index < count % len(intervals))
        begin, length = Fraction(low), Fraction(high) - Fraction(low)
        steps = [Fraction(step, here - 1) for step in range(here)] if here > 1 else [Fraction(1, 2)] * here
        values += [float(begin + length * step) for step in steps]
    return values


def random_point(ranges: Ranges, generator: random.Random) -> Point:
    """A point that is uniform by volume."""
    return tuple(_random_value(intervals, generator.random()) for intervals in ranges.intervals)


def _random_value(intervals: Sequence[Interval], unit: float) -> float:
    left = unit * sum(high - low for low, high in intervals)
    for low, high in intervals[:-1]:
        if left < high - low:
            return low + left
        left -= high - low
    low, high = intervals[-1]
    return min(low + left, high)
