"""The boundary of a plane region as polylines: traced along every side and circle, cut where something changes."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from pdel.geometry import Face, Shape, Sphere
from pdel.geometry_points import TOLERANCE, bounding_side, smallest_size, surface_point, surfaces

Point: TypeAlias = tuple[float, ...]

SAMPLES = 240
"""How many places of a surface are looked at: pieces shorter than that are not drawn."""

BISECTIONS = 40


@dataclass(frozen=True, slots=True)
class Run:
    """A part of the boundary along which nothing changes: its points, the surface it lies on, and its key.

    `inward` is set where the region lies outside the surface's own shape.
    """

    points: tuple[Point, ...]
    surface: Face | Sphere
    inward: bool
    key: Hashable


def trace(region: Shape, key: Callable[[Face | Sphere, Point], Hashable]) -> tuple[Run, ...]:
    """The boundary of a plane region in runs of one key each."""
    unit = smallest_size(region)
    found: list[Run] = []
    every = surfaces(region)
    for index, surface in enumerate(every):
        earlier = [one for one in every[:index] if isinstance(one, Face) and isinstance(surface, Face)]

        def state(
            parameter: float, surface: Face | Sphere = surface, earlier: Sequence[Face] = earlier
        ) -> tuple[bool, Hashable] | None:
            point = surface_point(surface, (parameter,))
            if any(_covers(one, point, TOLERANCE * unit) for one in earlier):
                return None
            side = bounding_side(region, surface, point, unit)
            return None if side is None else (side, key(surface, point))

        found += _runs(surface, state)
    return tuple(found)


def _covers(face: Face, point: Point, tolerance: float) -> bool:
    """Whether a point lies on a side: sides of two boxes on one line are traced once."""
    low, high = [scalar.value for scalar in face.box.lows], [scalar.value for scalar in face.box.highs]
    fixed = (high if face.upper else low)[face.axis]
    return abs(point[face.axis] - fixed) <= tolerance and all(
        lower <= x <= upper for index, (lower, x, upper) in enumerate(zip(low, point, high, strict=True))
        if index != face.axis
    )  # fmt: skip


def _runs(surface: Face | Sphere, state: Callable[[float], tuple[bool, Hashable] | None]) -> list[Run]:
    places = [(index + 0.5) / SAMPLES for index in range(SAMPLES)]
    states = [state(place) for place in places]
    cuts = [0.0]
    kinds = [states[0]]
    for left, right, before, after in zip(places, places[1:], states, states[1:], strict=False):
        if before != after:
            cuts.append(_cut(state, left, right, before))
            kinds.append(after)
    cuts.append(1.0)
    spans = [(start, end, kind) for start, end, kind in zip(cuts[:-1], cuts[1:], kinds, strict=True)]
    if isinstance(surface, Sphere) and len(spans) > 1 and spans[0][2] == spans[-1][2]:
        first, last = spans[0], spans.pop()
        spans[0] = (last[0] - 1, first[1], first[2])
    return [
        Run(_points(surface, start, end), surface, kind[0], kind[1]) for start, end, kind in spans if kind is not None
    ]


def _cut(state: Callable[[float], tuple[bool, Hashable] | None], low: float, high: float, before: object) -> float:
    """Where the state changes between two places."""
    for _ in range(BISECTIONS):
        middle = (low + high) / 2
        low, high = (middle, high) if state(middle) == before else (low, middle)
    return (low + high) / 2


def _points(surface: Face | Sphere, start: float, end: float) -> tuple[Point, ...]:
    """The points of a side's ends, or of an arc in steps of at most three degrees."""
    count = 1 if isinstance(surface, Face) else max(2, math.ceil((end - start) * 120))
    return tuple(surface_point(surface, ((start + (end - start) * index / count) % 1.0 if isinstance(surface, Sphere)
                                         else start + (end - start) * index / count,))
                 for index in range(count + 1))  # fmt: skip


def loops(runs: Sequence[Run], tolerance: float) -> tuple[tuple[Point, ...], ...]:
    """The runs joined end to end: closed curves, which together bound the region."""
    rest = [list(run.points) for run in runs]
    found: list[tuple[Point, ...]] = []
    while rest:
        curve = rest.pop(0)
        while math.dist(curve[0], curve[-1]) > tolerance:
            following = next((one for one in rest if math.dist(one[0], curve[-1]) <= tolerance), None)
            if following is None:
                following = next((one for one in rest if math.dist(one[-1], curve[-1]) <= tolerance), None)
                if following is None:
                    break
            rest.remove(following)
            if math.dist(following[0], curve[-1]) > tolerance:
                following.reverse()
            curve += following[1:]
        found.append(tuple(curve))
    return tuple(found)
