"""Points of regions and of their boundaries, by plain arithmetic: membership, surfaces, normals, samples.

Used for checks while compiling; a generated module does the same with tensors. All points are tuples of
floats in the order of the spatial coordinates, all samples deterministic.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from typing import TypeAlias

from pdel.geometry import Ball, Box, Difference, Face, Intersection, Piece, Shape, Sphere, Union

Point: TypeAlias = tuple[float, ...]

STEP = 1e-6
"""How far a probe beside a surface lies, in units of the smallest size in the region."""

TOLERANCE = 1e-9
"""How far from a surface a point may lie and count as on it, in the same unit."""

MOST_TRIES = 200
"""How many candidates a sample may cost for each point asked for."""

EMPTINESS_PROBES = 500
"""How many points of every surface are looked at before a region counts as empty."""


def dimension(shape: Shape) -> int:
    """The number of coordinates of a shape."""
    match shape:
        case Box(lows=lows):
            return len(lows)
        case Ball(centre=centre):
            return len(centre)
        case Union(parts=parts) | Intersection(parts=parts):
            return dimension(parts[0])
        case Difference(base=base):
            return dimension(base)


def leaves(shape: Shape) -> tuple[Box | Ball, ...]:
    """The distinct boxes and balls that a shape is made of, in written order."""
    match shape:
        case Box() | Ball():
            return (shape,)
        case Union(parts=parts) | Intersection(parts=parts):
            found = itertools.chain.from_iterable(leaves(part) for part in parts)
        case Difference(base=base, removed=removed):
            found = itertools.chain.from_iterable(leaves(part) for part in (base, *removed))
    return tuple(dict.fromkeys(found))


def surfaces(shape: Shape) -> tuple[Face | Sphere, ...]:
    """The faces and spheres of every box and ball that a shape is made of, in written order."""
    found: list[Face | Sphere] = []
    for leaf in leaves(shape):
        if isinstance(leaf, Box):
            found.extend(Face(leaf, axis, upper) for axis in range(len(leaf.lows)) for upper in (False, True))
        else:
            found.append(Sphere(leaf))
    return tuple(found)


def bounds(shape: Shape) -> tuple[Point, Point]:
    """The corners of a box that holds the shape (the smallest one for boxes, balls and their unions)."""
    match shape:
        case Box(lows=lows, highs=highs):
            return tuple(low.value for low in lows), tuple(high.value for high in highs)
        case Ball(centre=centre, radius=radius):
            middle = tuple(scalar.value for scalar in centre)
            return tuple(c - radius.value for c in middle), tuple(c + radius.value for c in middle)
        case Union(parts=parts):
            boxes = [bounds(part) for part in parts]
            return tuple(map(min, zip(*(low for low, _ in boxes), strict=True))), tuple(
                map(max, zip(*(high for _, high in boxes), strict=True))
            )
        case Intersection(parts=parts):
            boxes = [bounds(part) for part in parts]
            return tuple(map(max, zip(*(low for low, _ in boxes), strict=True))), tuple(
                map(min, zip(*(high for _, high in boxes), strict=True))
            )
        case Difference(base=base):
            return bounds(base)


def smallest_size(shape: Shape) -> float:
    """The shortest side or radius among the boxes and balls of a shape: the unit of tolerances."""
    sizes: list[float] = []
    for leaf in leaves(shape):
        if isinstance(leaf, Box):
            sizes.extend(high.value - low.value for low, high in zip(leaf.lows, leaf.highs, strict=True))
        else:
            sizes.append(leaf.radius.value)
    return min(sizes)


def level(shape: Shape, point: Point) -> float:
    """A level function: negative inside, positive outside, zero on the surfaces.

    Distances to faces and spheres joined by minimum (union), maximum (intersection) and sign (removal);
    also zero on a surface that two parts of a union share.
    """
    match shape:
        case Box(lows=lows, highs=highs):
            return max(max(low.value - x, x - high.value) for low, x, high in zip(lows, point, highs, strict=True))
        case Ball(centre=centre, radius=radius):
            return math.dist([scalar.value for scalar in centre], point) - radius.value
        case Union(parts=parts):
            return min(level(part, point) for part in parts)
        case Intersection(parts=parts):
            return max(level(part, point) for part in parts)
        case Difference(base=base, removed=removed):
            return max(level(base, point), *(-_level_of_removed(base, part, point) for part in removed))


def _level_of_removed(base: Shape, part: Shape, point: Point) -> float:
    """The same of a removed part; a box goes on beyond sides on which nothing of the base is left to bound."""
    if not isinstance(part, Box):
        return level(part, point)
    sides = zip(part.lows, point, part.highs, beyond(base, part), strict=True)
    return max(
        max(-math.inf if past_low else low.value - x, -math.inf if past_high else x - high.value)
        for low, x, high, (past_low, past_high) in sides
    )


def beyond(base: Shape, box: Box) -> tuple[tuple[bool, bool], ...]:
    """For every coordinate, whether the low and the high side of a removed box lie at or beyond the end of the base.

    Such a side bounds nothing: on it, inside of the box, is no point of what is left.
    """
    slack = TOLERANCE * min(smallest_size(base), smallest_size(box))
    return tuple(
        (low.value <= first + slack, high.value >= last - slack)
        for low, high, first, last in zip(box.lows, box.highs, *bounds(base), strict=True)
    )


def inside(shape: Shape, point: Point) -> bool:
    """Whether a point belongs to the closed region: its inside or its boundary."""
    return level(shape, point) <= TOLERANCE * smallest_size(shape)


def on_boundary(shape: Shape, point: Point) -> bool:
    """Whether a point lies on the boundary of the region: on a surface, with points outside close by."""
    unit = smallest_size(shape)
    if abs(level(shape, point)) > TOLERANCE * unit:
        return False
    for signs in itertools.product((-1, 0, 1), repeat=len(point)):
        near = tuple(x + STEP * unit * sign for x, sign in zip(point, signs, strict=True))
        if level(shape, near) > 0:
            return True
    return False


def surface_point(surface: Face | Sphere, parameters: Point) -> Point:
    """The point of a surface at parameters in [0, 1]: one fewer than there are coordinates.

    Faces are run through side by side, circles by angle, spheres by height and angle: uniform by area.
    """
    match surface:
        case Face(box=box, axis=axis, upper=upper):
            rest = iter(parameters)
            fixed = (box.highs if upper else box.lows)[axis].value
            return tuple(
                fixed if index == axis else low.value + (high.value - low.value) * next(rest)
                for index, (low, high) in enumerate(zip(box.lows, box.highs, strict=True))
            )
        case Sphere(ball=ball):
            centre, radius = [scalar.value for scalar in ball.centre], ball.radius.value
            away = _direction(parameters)
            return tuple(c + radius * component for c, component in zip(centre, away, strict=True))


def _direction(parameters: Point) -> Point:
    """A unit vector of the plane or of space, uniform by angle or solid angle."""
    if len(parameters) == 1:
        angle = 2 * math.pi * parameters[0]
        return math.cos(angle), math.sin(angle)
    height, angle = 2 * parameters[0] - 1, 2 * math.pi * parameters[1]
    ring = math.sqrt(max(0.0, 1 - height * height))
    return ring * math.cos(angle), ring * math.sin(angle), height


def surface_normal(surface: Face | Sphere, point: Point) -> Point:
    """The unit normal of a surface that points out of its own box or ball."""
    match surface:
        case Face(axis=axis, upper=upper):
            return tuple((1.0 if upper else -1.0) if index == axis else 0.0 for index in range(len(point)))
        case Sphere(ball=ball):
            offset = [x - scalar.value for x, scalar in zip(point, ball.centre, strict=True)]
            length = math.hypot(*offset)
            return tuple(component / length for component in offset)


def outward_normal(piece: Piece, point: Point) -> Point:
    """The unit normal at a point of a piece that points out of the region."""
    normal = surface_normal(piece.surface, point)
    return tuple(-component for component in normal) if piece.inward else normal


def surface_measure(surface: Face | Sphere) -> float:
    """The length or area of a whole surface; 1 for an end of an interval."""
    match surface:
        case Face(box=box, axis=axis):
            sides = [high.value - low.value for low, high in zip(box.lows, box.highs, strict=True)]
            return math.prod(side for index, side in enumerate(sides) if index != axis)
        case Sphere(ball=ball):
            radius = ball.radius.value
            return 2 * math.pi * radius if len(ball.centre) == 2 else 4 * math.pi * radius**2


def bounding_side(shape: Shape, surface: Face | Sphere, point: Point, unit: float | None = None) -> bool | None:
    """How a surface of one of the region's shapes bounds the region at a point of it.

    True where the region lies outside the surface's own shape (the outward normal points into it), False
    where it lies inside, None where the surface is no boundary there: the region lies on both sides or on
    neither. `unit` saves computing `smallest_size(shape)` again.
    """
    step = STEP * (smallest_size(shape) if unit is None else unit)
    normal = surface_normal(surface, point)
    beyond = tuple(x + step * component for x, component in zip(point, normal, strict=True))
    within = tuple(x - step * component for x, component in zip(point, normal, strict=True))
    outer, inner = level(shape, beyond) < 0, level(shape, within) < 0
    return None if outer == inner else outer


def lies_on(surface: Face | Sphere, point: Point, unit: float) -> bool:
    """Whether a point lies on a face of a box, within its edges, or on a sphere; `unit` is that of TOLERANCE."""
    slack = TOLERANCE * unit
    if isinstance(surface, Sphere):
        distance = math.dist(point, [scalar.value for scalar in surface.ball.centre])
        return abs(distance - surface.ball.radius.value) <= slack
    box = surface.box
    fixed = (box.highs if surface.upper else box.lows)[surface.axis].value
    return abs(point[surface.axis] - fixed) <= slack and all(
        low.value - slack <= x <= high.value + slack for low, x, high in zip(box.lows, point, box.highs, strict=True)
    )


def unit_points(dimensions: int) -> Iterator[Point]:
    """The Kronecker sequence of the generalised golden ratio: an endless even filling of the unit cube."""
    ratio = 2.0
    for _ in range(60):
        ratio = (1 + ratio) ** (1 / (dimensions + 1))
    strides = [ratio ** -(index + 1) for index in range(dimensions)]
    for number in itertools.count(1):
        yield tuple((0.5 + number * stride) % 1 for stride in strides)


def sample_surface(surface: Face | Sphere, count: int) -> Iterator[Point]:
    """Points of a whole surface, uniform by area; the one point there is for an end of an interval."""
    parameters = _coordinates_of(surface) - 1
    if parameters == 0:
        yield surface_point(surface, ())
        return
    for unit in itertools.islice(unit_points(parameters), count):
        yield surface_point(surface, unit)


def _coordinates_of(surface: Face | Sphere) -> int:
    return len(surface.box.lows) if isinstance(surface, Face) else len(surface.ball.centre)


def sample_piece(shape: Shape, piece: Piece, count: int) -> tuple[Point, ...]:
    """Up to `count` points of the region's boundary on a piece, uniform by area.

    Fewer where the piece is a single point or almost all of its surface is cut off.
    """
    candidates = sample_surface(piece.surface, count * (MOST_TRIES if piece.clipped else 1))
    if not piece.clipped:
        return tuple(candidates)
    unit = smallest_size(shape)
    on = (point for point in candidates if bounding_side(shape, piece.surface, point, unit) is piece.inward)
    return tuple(itertools.islice(on, count))


def sample_region(shape: Shape, count: int) -> tuple[Point, ...]:
    """Up to `count` points inside the region, uniform by volume; fewer where it fills little of its bounds."""
    lows, highs = bounds(shape)
    candidates = (
        tuple(low + (high - low) * u for low, high, u in zip(lows, highs, unit, strict=True))
        for unit in itertools.islice(unit_points(dimension(shape)), count * MOST_TRIES)
    )
    return tuple(itertools.islice((point for point in candidates if level(shape, point) < 0), count))


def is_empty(shape: Shape) -> bool:
    """Whether no point lies inside a shape, as far as probes along all its surfaces can tell.

    A region with points has a boundary, which consists of parts of its surfaces.
    """
    if isinstance(shape, Box | Ball):
        return False
    unit = smallest_size(shape)
    return all(
        bounding_side(shape, surface, point, unit) is None
        for surface in surfaces(shape)
        for point in sample_surface(surface, EMPTINESS_PROBES)
    )
