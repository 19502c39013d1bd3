"""The boundary of a region cut into elementary pieces: faces of boxes and spheres of balls."""

from __future__ import annotations

import math
from collections import Counter

from pdel.geometry import Ball, Box, Difference, Face, Intersection, Piece, Shape, Sphere, Union
from pdel.geometry_points import bounding_side, sample_surface, smallest_size, surfaces
from pdel.semantics.geometry import scalar_text

PROBES = {1: 1, 2: 200, 3: 600}
"""How many points decide whether a surface that others cross takes part in the boundary, by dimension."""

SLACK = 1e-9
"""Surfaces that meet a face only within this part of its size from its edges do not cut it."""


def boundary_pieces(region: Shape, coordinates: tuple[str, ...], periodic: tuple[str, ...] = ()) -> tuple[Piece, ...]:
    """The pieces of a region's boundary, in the order in which shapes and their faces are written.

    Empty for an empty region. A surface that no other surface crosses takes part as a whole or not at all, which one
    point decides; others are probed at many points and marked as clipped. A surface that bounds the
    region from both sides at different places gives two pieces. Faces of periodic coordinates are no
    boundary.
    """
    found: list[Piece] = []
    uses = _uses(region)
    everything = tuple({_place(surface): surface for surface in surfaces(region)}.values())
    unit = smallest_size(region)
    single = len(everything) == 2 * len(coordinates) and isinstance(region, Box)
    for surface in everything:
        if isinstance(surface, Face) and coordinates[surface.axis] in periodic:
            continue
        if single:
            found.append(Piece(surface, False, False, surface_label(surface, coordinates)))
            continue
        clipped = any(_crosses(other, surface) for other in everything if other != surface)
        probes = PROBES[len(coordinates)] if clipped else 1
        sides = _sides(region, surface, probes, unit, most=min(2, uses[_place(surface)]))
        clipped = clipped and len(coordinates) > 1
        found.extend(Piece(surface, side, clipped, surface_label(surface, coordinates)) for side in sides)
    return _distinct_labels(found)


def _sides(region: Shape, surface: Face | Sphere, probes: int, unit: float, *, most: int) -> tuple[bool, ...]:
    """The sides (outside its own shape: True) on which the region lies along a surface, `most` at most.

    A shape that is used once in a region is either added or removed, so its surfaces have one side.
    """
    sides: dict[bool, None] = {}
    for point in sample_surface(surface, probes):
        side = bounding_side(region, surface, point, unit)
        if side is not None:
            sides[side] = None
        if len(sides) == most:
            break
    return tuple(sorted(sides))


def _uses(shape: Shape) -> Counter[tuple[object, ...]]:
    """How often every surface occurs in the expression of a shape."""
    match shape:
        case Box() | Ball():
            return Counter(_place(surface) for surface in surfaces(shape))
        case Union(parts=parts) | Intersection(parts=parts):
            return sum((_uses(part) for part in parts), Counter())
        case Difference(base=base, removed=removed):
            return sum((_uses(part) for part in removed), _uses(base))


def surface_label(surface: Face | Sphere, coordinates: tuple[str, ...]) -> str:
    """What a person calls a surface: `x = 0` for a face, the shape's name for a sphere."""
    if isinstance(surface, Sphere):
        return surface.ball.name
    bound = (surface.box.highs if surface.upper else surface.box.lows)[surface.axis]
    return f"{coordinates[surface.axis]} = {scalar_text(bound)}"


def _distinct_labels(pieces: list[Piece]) -> tuple[Piece, ...]:
    """Pieces whose labels are equal told apart: by the name of their shape, else by a number."""
    once = Counter(piece.label for piece in pieces)
    named = [
        piece.label
        if once[piece.label] == 1 or isinstance(piece.surface, Sphere)
        else f"{piece.label} of {piece.surface.box.name}"
        for piece in pieces
    ]
    again = Counter(named)
    seen: Counter[str] = Counter()
    result = []
    for piece, label in zip(pieces, named, strict=True):
        seen[label] += 1
        text = label if again[label] == 1 else f"{label} ({seen[label]})"
        result.append(Piece(piece.surface, piece.inward, piece.clipped, text))
    return tuple(result)


def _crosses(other: Face | Sphere, surface: Face | Sphere) -> bool:
    """Whether `other` meets the inside of `surface`, so that it may cut it."""
    match surface, other:
        case Face(), Face():
            lows, highs = _extent(surface, shrunk=True)
            other_lows, other_highs = _extent(other)
            slack = _slack(surface)
            return all(
                low <= other_high + (slack if low == high else 0) and other_low <= high + (slack if low == high else 0)
                for low, high, other_low, other_high in zip(lows, highs, other_lows, other_highs, strict=True)
            )
        case Face(), Sphere():
            return _face_meets_sphere(_extent(surface, shrunk=True), other)
        case Sphere(), Face():
            return _face_meets_sphere(_extent(other), surface)
        case Sphere(), Sphere():
            first, second = surface.ball, other.ball
            distance = math.dist([c.value for c in first.centre], [c.value for c in second.centre])
            radii = first.radius.value, second.radius.value
            return abs(radii[0] - radii[1]) <= distance <= sum(radii)
    raise TypeError("a surface is a face or a sphere")


def _face_meets_sphere(extent: tuple[tuple[float, ...], tuple[float, ...]], sphere: Sphere) -> bool:
    """Whether the sphere's radius lies between the least and the greatest distance of the face from its centre."""
    centre = [scalar.value for scalar in sphere.ball.centre]
    nearest, farthest = 0.0, 0.0
    for low, high, c in zip(*extent, centre, strict=True):
        nearest += max(low - c, c - high, 0.0) ** 2
        farthest += max(abs(low - c), abs(high - c)) ** 2
    return math.sqrt(nearest) <= sphere.ball.radius.value <= math.sqrt(farthest)


def _slack(face: Face) -> float:
    sides = [high.value - low.value for low, high in zip(face.box.lows, face.box.highs, strict=True)]
    return SLACK * max(sides)


def _extent(face: Face, *, shrunk: bool = False) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """The corners of a face, drawn in a little from its edges where `shrunk`."""
    slack = _slack(face) if shrunk else 0.0
    fixed = (face.box.highs if face.upper else face.box.lows)[face.axis].value
    sides = [
        (fixed, fixed) if axis == face.axis else (low.value + slack, high.value - slack)
        for axis, (low, high) in enumerate(zip(face.box.lows, face.box.highs, strict=True))
    ]
    return tuple(low for low, _ in sides), tuple(high for _, high in sides)


def boundary_text(pieces: tuple[Piece, ...]) -> str:
    """The boundary in words for a help sentence: `x = 0`, `x = 1` and `pillar`."""
    labels = [f"`{piece.label}`" for piece in pieces]
    if len(labels) > 12:
        labels = [*labels[:11], f"{len(labels) - 11} more"]
    return " and ".join([", ".join(labels[:-1]), labels[-1]] if len(labels) > 1 else labels)


def shape_pieces(shape: Shape, pieces: tuple[Piece, ...]) -> tuple[int, ...]:
    """The indices of the pieces that lie on the surfaces of a shape, whatever name it goes by."""
    own = {_place(surface) for surface in surfaces(shape)}
    return tuple(index for index, piece in enumerate(pieces) if _place(piece.surface) in own)


def _place(surface: Face | Sphere) -> tuple[object, ...]:
    """Where a surface lies, without the name of its shape."""
    if isinstance(surface, Face):
        return (surface.box.lows, surface.box.highs, surface.axis, surface.upper)
    return (surface.ball.centre, surface.ball.radius)
