"""Sample points of the pieces of a region's boundary, and which pieces are met by no other surface."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from pdel.geometry import Face, Piece, Shape
from pdel.geometry_points import STEP, Point, bounding_side, level, sample_surface, smallest_size

_CANDIDATES = 96
_KEPT = 12


@dataclass(frozen=True, slots=True)
class Boundary:
    """Sample points of every piece, and which pieces are whole: no other surface cuts a part of them off."""

    sites: tuple[tuple[Point, ...], ...]
    whole: tuple[bool, ...]


def sample_boundary(region: Shape | None, pieces: Sequence[Piece]) -> Boundary:
    """Deterministic points on every piece of the boundary of a region, away from its edges."""
    if region is None:
        return Boundary((), ())
    unit = smallest_size(region)
    sites, whole = [], []
    for piece in pieces:
        if not piece.clipped:
            sites.append(tuple(sample_surface(piece.surface, _KEPT)))
            whole.append(True)
            continue
        candidates = list(sample_surface(piece.surface, _CANDIDATES))
        kept = [point for point in candidates if bounding_side(region, piece.surface, point, unit) is piece.inward]
        sites.append(tuple(kept[:: max(1, len(kept) // _KEPT)]))
        whole.append(len(kept) == len(candidates))
    return Boundary(tuple(sites), tuple(whole))


def borders(region: Shape, point: Point) -> bool:
    """Whether points inside the region lie close by: true inside and on the boundary, not where a corner is cut off."""
    step = STEP * smallest_size(region)
    return any(
        level(region, tuple(x + step * sign for x, sign in zip(point, signs, strict=True))) < 0
        for signs in itertools.product((-1, 0, 1), repeat=len(point))
    )


def face_corners(face: Face) -> list[Point]:
    """The corners of a face of a box."""
    found: list[Point] = [()]
    for axis, (low, high) in enumerate(zip(face.box.lows, face.box.highs, strict=True)):
        bound = high if face.upper else low
        ends = (bound.value,) if axis == face.axis else (low.value, high.value)
        found = [(*point, end) for point, end in itertools.product(found, ends)]
    return found
