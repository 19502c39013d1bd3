"""Places on the boundary of a region in the plane where two of its sides meet: corners of boxes, and straight ones."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

from pdel.geometry import Ball, Box, Scalar, Shape
from pdel.geometry_points import STEP, Point, bounds, leaves, level, smallest_size
from pdel.notation import point_notation

QUARTERS = ((-1, -1), (-1, 1), (1, -1), (1, 1))
"""The quarters of a plane around a point, by the signs of x and y."""

ALONG_CUT = 1000
"""Places at which the way outwards from a turn is looked at."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A place on the boundary: its two sides lie along `ways`, unit vectors, and between them `quarters` of a circle.

    One quarter is a right angle, three are a corner that points inwards, whose sides lie along x and along y. Two are a
    straight side, or a circle, whose two sides have opposite ways. `inward` is the direction half way between the
    sides, inside the region, of any length.
    """

    place: tuple[Scalar, Scalar]
    ways: tuple[Point, Point]
    inward: Point
    quarters: int

    @property
    def point(self) -> tuple[float, float]:
        """The place in numbers."""
        return self.place[0].value, self.place[1].value

    @property
    def text(self) -> str:
        """The place as it is written."""
        return point_notation(self.place)

    def moved(self, along: Sequence[float]) -> tuple[float, float]:
        """The point at lengths along the two ways, one after the other."""
        x, y = (
            start + sum(length * way[axis] for length, way in zip(along, self.ways, strict=True))
            for axis, start in enumerate(self.point)
        )
        return x, y


def find_turns(region: Shape) -> tuple[Turn, ...]:
    """The places where sides of boxes meet, straight on or around a corner, in the order of their coordinates."""
    boxes = [leaf for leaf in leaves(region) if isinstance(leaf, Box)]
    ends = [
        {bound.value: bound for box in boxes for bound in (box.lows[axis], box.highs[axis])}.values() for axis in (0, 1)
    ]
    found = []
    for x, y in itertools.product(*ends):
        within = [signs for signs in QUARTERS if _lies_beside(region, (x, y), signs)]
        inward = sum(sign for sign, _ in within), sum(sign for _, sign in within)
        match len(within):
            case 1:
                found.append(Turn((x, y), _along_axes(inward), inward, 1))
            case 2 if any(inward):
                found.append(Turn((x, y), *straight(inward), 2))
            case 3:
                outward = -inward[0], -inward[1]
                found.append(Turn((x, y), _along_axes(outward), inward, 3))
    return tuple(found)


def straight(inward: Point) -> tuple[tuple[Point, Point], Point]:
    """The two ways along a straight side, and the unit vector inwards."""
    length = math.hypot(*inward)
    x, y = (component / length + 0.0 for component in inward)
    return ((-y + 0.0, x), (y, -x + 0.0)), (x, y)


def shorter_side(region: Shape, turn: Turn, turns: Sequence[Turn]) -> float:
    """The length of the shorter side of a turn, up to the next one on the same line; on a circle up to the nearest."""
    others = [other for other in turns if other is not turn]
    if not others:
        return smallest_size(region)
    lengths = [
        abs(other.point[1 - axis] - turn.point[1 - axis])
        for other, axis in itertools.product(others, (0, 1))
        if other.point[axis] == turn.point[axis]
    ]
    return min(lengths or [math.dist(other.point, turn.point) for other in others])


def farthest(region: Shape, turn: Turn, turns: Sequence[Turn]) -> float:
    """The distance from a turn to the farthest point of the region: another turn, or one on a circle."""
    balls = [leaf for leaf in leaves(region) if isinstance(leaf, Ball)]
    across = [math.dist([c.value for c in ball.centre], turn.point) + ball.radius.value for ball in balls]
    return max(*across, *(math.dist(other.point, turn.point) for other in turns), 0.0)


def way_behind(region: Shape, turn: Turn) -> float | None:
    """How far behind a turn, half way between its sides, the region goes on; None where it does not."""
    length = math.dist(*bounds(region))
    for number in range(1, ALONG_CUT + 1):
        way = length * number / ALONG_CUT
        step = way / math.hypot(*turn.inward)
        away = tuple(x - step * component for x, component in zip(turn.point, turn.inward, strict=True))
        if level(region, away) <= 0:
            return way
    return None


def _along_axes(signs: Point) -> tuple[Point, Point]:
    """The ways along x and along y, in the directions of signs."""
    return (signs[0], 0), (0, signs[1])


def _lies_beside(region: Shape, place: tuple[Scalar, Scalar], signs: tuple[int, int]) -> bool:
    """Whether the region lies beside a place, in the direction of signs."""
    step = STEP * smallest_size(region)
    return level(region, tuple(bound.value + step * sign for bound, sign in zip(place, signs, strict=True))) < 0
