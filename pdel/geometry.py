"""Regions of space: boxes, balls and their unions, differences and intersections, and the pieces of their boundaries.

Data only. Bounds are closed expressions in constants, so that generated modules can name them; their
numbers stand beside them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from pdel.expression import Expr


@dataclass(frozen=True, slots=True)
class Scalar:
    """A number of the geometry: its expression in constants and its value."""

    expression: Expr
    value: float


@dataclass(frozen=True, slots=True)
class Box:
    """An axis-parallel interval, rectangle or box: low_i <= x_i <= high_i."""

    name: str
    lows: tuple[Scalar, ...]
    highs: tuple[Scalar, ...]


@dataclass(frozen=True, slots=True)
class Ball:
    """A disk or ball: |x - centre| <= radius."""

    name: str
    centre: tuple[Scalar, ...]
    radius: Scalar


@dataclass(frozen=True, slots=True)
class Union:
    """The points in any part."""

    name: str
    parts: tuple[Shape, ...]


@dataclass(frozen=True, slots=True)
class Intersection:
    """The points in every part."""

    name: str
    parts: tuple[Shape, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """The points in `base` and in none of `removed`."""

    name: str
    base: Shape
    removed: tuple[Shape, ...]


Shape: TypeAlias = Box | Ball | Union | Intersection | Difference


@dataclass(frozen=True, slots=True)
class Face:
    """A side of a box: x_axis = low (or high where `upper`)."""

    box: Box
    axis: int
    upper: bool


@dataclass(frozen=True, slots=True)
class Sphere:
    """The circle or sphere that bounds a ball."""

    ball: Ball


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the region's boundary: the points of `surface` that lie on the boundary of the whole region.

    `inward` is set where the shape is removed from the region, so that the region's outward normal
    points into the shape. `clipped` is set where other shapes may cut parts of the surface off.
    `label` is how a person would name it: `x = 0`, `pillar`.
    """

    surface: Face | Sphere
    inward: bool
    clipped: bool
    label: str
