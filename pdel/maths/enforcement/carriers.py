"""Carriers: the simple surfaces that bound a region, each with a factor that vanishes on it and is positive inside.

A region is an intersection of convex pieces less others, so that a product of factors vanishes on the
boundary and nowhere else: sides of the box around it, balls, removed balls, removed boxes (through an
R-function of their sides), and unions (through an R-function of their parts).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from types import MappingProxyType
from typing import TypeAlias

from pdel.expression import Expr, divide, multiply
from pdel.geometry import Ball, Box, Difference, Intersection, Scalar, Shape, Union
from pdel.geometry_points import bounds
from pdel.maths.enforcement import cells, factors
from pdel.maths.enforcement.fold import literal

Side: TypeAlias = tuple[int, bool]
"""A side of the box around a region: the number of its axis, and whether it is the upper one."""

NO_LAYERS: Mapping[Side, float] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Carrier:
    """A surface: a side of the box around the region (`axis`, `upper`, `position`), or any other with its factor.

    `closed` is set where the surface bounds a hole or the whole region by itself: it has no edge.
    """

    name: str
    factor: Expr
    axis: int | None = None
    upper: bool = False
    position: float = 0.0
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Carved:
    """The bounds of the box around a region, where they bound it, and its other carriers.

    `refusals` name shapes for which no factor is built, and why.
    """

    lows: tuple[Scalar | None, ...]
    highs: tuple[Scalar | None, ...]
    others: tuple[Carrier, ...] = ()
    refusals: tuple[str, ...] = ()


def carve(shape: Shape, names: tuple[str, ...]) -> Carved:
    """The carriers of a region; `names` are its coordinates."""
    nothing = (None,) * len(names)
    if cells.is_boxes(shape) and not isinstance(shape, Box):
        carving = cells.carve(shape)
        if carving is None:
            return Carved(nothing, nothing, refusals=(f"`{shape.name}` has too many sides",))
        result = Carved(carving.lows, carving.highs)
        for brick in carving.removed:
            result = _without_brick(result, brick, names, bounds(shape), shape.name)
        return result
    match shape:
        case Box(lows=lows, highs=highs):
            return Carved(lows, highs)
        case Ball(name=name):
            return Carved(nothing, nothing, (Carrier(name, factors.inside_ball(names, shape), closed=True),))
        case Intersection(parts=parts):
            result = Carved(nothing, nothing)
            for part in parts:
                result = _both(result, carve(part, names))
            return result
        case Difference(base=base, removed=removed):
            return _difference(base, removed, names)
        case Union(parts=parts):
            return _union(shape, parts, names)


def side_factors(
    carved: Carved, names: tuple[str, ...], sides: list[tuple[int, bool]], widths: Mapping[Side, float] = NO_LAYERS
) -> list[Expr]:
    """The factors that vanish on sides of the box: one for each axis, a parabola where both sides are among them.

    Beside a side with a layer, whose `widths` are given, a factor of its own rises within the layer: N need not then
    be as large as the layer is thin.
    """
    found = []
    for axis, name in enumerate(names):
        low, high = carved.lows[axis], carved.highs[axis]
        if (axis, False) in widths and (axis, False) in sides and low is not None:
            found.append(factors.saturating(factors.above(name, low), widths[axis, False]))
            sides = [side for side in sides if side != (axis, False)]
        if (axis, True) in widths and (axis, True) in sides and high is not None:
            found.append(factors.saturating(factors.below(name, high), widths[axis, True]))
            sides = [side for side in sides if side != (axis, True)]
        if (axis, False) in sides and (axis, True) in sides and low is not None and high is not None:
            found.append(factors.arch(name, low, high))
        elif (axis, False) in sides and low is not None:
            found.append(factors.rise(name, low, high if high is not None else _one_above(low)))
        elif (axis, True) in sides and high is not None:
            found.append(factors.fall(name, low if low is not None else _one_below(high), high))
    return found


def sides(carved: Carved) -> list[tuple[int, bool]]:
    """The sides of the box that bound the region: (axis, upper)."""
    return [
        (axis, upper)
        for axis in range(len(carved.lows))
        for upper, bound in ((False, carved.lows[axis]), (True, carved.highs[axis]))
        if bound is not None
    ]


def _both(first: Carved, second: Carved) -> Carved:
    """The intersection of two regions: the tighter bounds and all other carriers."""
    lows = tuple(
        a if b is None or (a is not None and a.value >= b.value) else b
        for a, b in zip(first.lows, second.lows, strict=True)
    )
    highs = tuple(
        a if b is None or (a is not None and a.value <= b.value) else b
        for a, b in zip(first.highs, second.highs, strict=True)
    )
    return Carved(lows, highs, first.others + second.others, first.refusals + second.refusals)


def _difference(base: Shape, removed: tuple[Shape, ...], names: tuple[str, ...]) -> Carved:
    """A region less others: boxes from boxes cell by cell, then one carrier for every other shape."""
    parts = [part for shape in removed for part in (shape.parts if isinstance(shape, Union) else (shape,))]
    boxes = tuple(part for part in parts if cells.is_boxes(part))
    together = bool(boxes) and cells.is_boxes(base)
    result = carve(Difference(base.name, base, boxes) if together else base, names)
    for part in parts:
        match part:
            case Ball(name=name):
                outside = Carrier(name, factors.outside_ball(names, part), closed=True)
                result = replace(result, others=(*result.others, outside))
            case _ if together and cells.is_boxes(part):
                continue
            case Box(lows=lows, highs=highs):
                around = bounds(base)
                brick = cells.Brick(
                    tuple(low if low.value > edge else None for low, edge in zip(lows, around[0], strict=True)),
                    tuple(high if high.value < edge else None for high, edge in zip(highs, around[1], strict=True)),
                )
                result = _without_brick(result, brick, names, around, part.name)
            case _:
                result = replace(result, refusals=(*result.refusals, f"what is removed (`{part.name}`) is composed"))
    return result


def _without_brick(
    result: Carved,
    brick: cells.Brick,
    names: tuple[str, ...],
    around: tuple[tuple[float, ...], tuple[float, ...]],
    label: str,
) -> Carved:
    """A region less a box, of which only the faces that lie in the region's box remain."""
    distances: list[Expr] = []
    scales: list[float] = []
    for axis, name in enumerate(names):
        low, high = brick.lows[axis], brick.highs[axis]
        edges = (around[0][axis], around[1][axis])
        if low is not None and high is not None:
            distances.append(factors.outside_interval(name, low, high))
            scales.append(max((edge - low.value) * (edge - high.value) for edge in edges))
            continue
        if low is not None:
            distances.append(factors.below(name, low))
        elif high is not None:
            distances.append(factors.above(name, high))
        else:
            continue
        scales.append((edges[1] - edges[0]) / 2)
    intervals = [low is not None and high is not None for low, high in zip(brick.lows, brick.highs, strict=True)]
    if len(distances) > 2:
        reason = f"the box removed from `{label}` has faces across three axes, and no smooth factor is built for that"
        return replace(result, refusals=(*result.refusals, reason))
    if len(distances) == 1:
        factor = _divided(distances[0], scales[0])
    elif len(names) == 2 and intervals[0] == intervals[1]:
        factor = _divided(factors.disjunction(*distances), max(scales))
    else:
        factor = factors.disjunction(*(_divided(item, scale) for item, scale in zip(distances, scales, strict=True)))
    return replace(result, others=(*result.others, Carrier(label, factor, closed=all(intervals))))


def _union(shape: Union, parts: tuple[Shape, ...], names: tuple[str, ...]) -> Carved:
    """A union in which not all parts are boxes: one carrier, the disjunction of the parts' factors.

    The disjunction of two factors is smooth but where both vanish. With three or more that must not happen
    inside the third: all but one of the parts have to be apart.
    """
    nothing = (None,) * len(names)
    boxes = tuple(part for part in parts if cells.is_boxes(part))
    merged: list[Shape] = [part for part in parts if not cells.is_boxes(part)]
    if boxes:
        merged.append(boxes[0] if len(boxes) == 1 else Union(shape.name, boxes))
    centre = next((part for part in merged if _apart([other for other in merged if other is not part])), None)
    if centre is None:
        reason = f"more than two parts of `{shape.name}` overlap, and no smooth factor is built for that"
        return Carved(nothing, nothing, refusals=(reason,))
    ordered = [part for part in merged if part is not centre] + [centre]
    wholes = []
    refusals: tuple[str, ...] = ()
    for part in ordered:
        carved = carve(part, names)
        refusals += carved.refusals
        every = side_factors(carved, names, sides(carved)) + [carrier.factor for carrier in carved.others]
        wholes.append(multiply(*every))
    factor = wholes[0]
    for other in wholes[1:]:
        factor = factors.disjunction(factor, other)
    return Carved(nothing, nothing, (Carrier(shape.name, factor),), refusals)


def _apart(parts: list[Shape]) -> bool:
    """Whether the boxes around parts have no point in common, pair by pair."""
    for index, part in enumerate(parts):
        for other in parts[:index]:
            first, second = bounds(part), bounds(other)
            if not any(a > b for a, b in zip((*first[0], *second[0]), (*second[1], *first[1]), strict=True)):
                return False
    return True


def _divided(expression: Expr, scale: float) -> Expr:
    """An expression over a scale, which is rounded to two digits."""
    rounded = Fraction(f"{scale:.2g}")
    if rounded <= 0:
        return expression
    if (1 / rounded).denominator == 1:
        return multiply(literal(1 / rounded), expression)
    return divide(expression, literal(rounded))


def _one_above(low: Scalar) -> Scalar:
    """A bound one unit above another, where the region has none on that side."""
    return Scalar(factors.plus(low, 1), low.value + 1)


def _one_below(high: Scalar) -> Scalar:
    """A bound one unit below another, where the region has none on that side."""
    return Scalar(factors.plus(high, -1), high.value - 1)
