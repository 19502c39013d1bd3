"""Regions made of boxes alone, as one box less some others: an L is a square without a corner.

The planes of all faces cut space into cells, each inside or outside; the cells outside, within the box
around the region, are gathered into a few large boxes.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TypeAlias

from pdel.geometry import Ball, Box, Difference, Scalar, Shape
from pdel.geometry_points import level

Cell: TypeAlias = tuple[int, ...]
_MOST_CELLS = 1000


@dataclass(frozen=True, slots=True)
class Brick:
    """A box by its bounds; None where it reaches the box around the region, so that no face is left."""

    lows: tuple[Scalar | None, ...]
    highs: tuple[Scalar | None, ...]


@dataclass(frozen=True, slots=True)
class Carving:
    """A box and the boxes removed from it."""

    lows: tuple[Scalar, ...]
    highs: tuple[Scalar, ...]
    removed: tuple[Brick, ...]


def is_boxes(shape: Shape) -> bool:
    """Whether a shape is made of boxes alone."""
    match shape:
        case Box():
            return True
        case Ball():
            return False
        case Difference(base=base, removed=removed):
            return is_boxes(base) and all(is_boxes(part) for part in removed)
        case _:
            return all(is_boxes(part) for part in shape.parts)


def carve(shape: Shape) -> Carving | None:
    """A shape of boxes as a box less others; None where it has too many faces or nothing inside."""
    planes = _planes(shape)
    shapes = [range(len(lines) - 1) for lines in planes]
    count = 1
    for numbers in shapes:
        count *= len(numbers)
    if count > _MOST_CELLS:
        return None
    filled = [cell for cell in itertools.product(*shapes) if level(shape, _centre(planes, cell)) < 0]
    if not filled:
        return None
    first = tuple(min(cell[axis] for cell in filled) for axis in range(len(planes)))
    last = tuple(max(cell[axis] for cell in filled) for axis in range(len(planes)))
    occupied = dict.fromkeys(filled)
    around = itertools.product(*(range(low, high + 1) for low, high in zip(first, last, strict=True)))
    empty = dict.fromkeys(cell for cell in around if cell not in occupied)
    removed: list[Brick] = []
    covered: dict[Cell, None] = {}
    for cell in empty:
        if cell in covered:
            continue
        low, high = _largest(cell, empty)
        covered.update(dict.fromkeys(_cells(low, high)))
        removed.append(_brick(planes, (first, last), (low, high)))
    lows = tuple(lines[index] for lines, index in zip(planes, first, strict=True))
    highs = tuple(lines[index + 1] for lines, index in zip(planes, last, strict=True))
    return Carving(lows, highs, tuple(removed))


def _planes(shape: Shape) -> list[list[Scalar]]:
    """The bounds of all boxes along every axis, ascending, equal ones once."""
    boxes: list[Box] = []
    stack: list[Shape] = [shape]
    while stack:
        match stack.pop():
            case Box() as box:
                boxes.append(box)
            case Ball():
                continue
            case Difference(base=base, removed=removed):
                stack.extend((*reversed(removed), base))
            case other:
                stack.extend(reversed(other.parts))
    found: list[dict[float, Scalar]] = [{} for _ in boxes[0].lows]
    for box in boxes:
        for axis, bound in itertools.chain(enumerate(box.lows), enumerate(box.highs)):
            found[axis].setdefault(bound.value, bound)
    return [[lines[value] for value in sorted(lines)] for lines in found]


def _centre(planes: list[list[Scalar]], cell: Cell) -> tuple[float, ...]:
    """The middle of a cell."""
    return tuple((lines[index].value + lines[index + 1].value) / 2 for lines, index in zip(planes, cell, strict=True))


def _largest(seed: Cell, empty: dict[Cell, None]) -> tuple[Cell, Cell]:
    """The largest of the boxes of empty cells that grow from one cell, axis after axis in every order."""
    grown = [_grow(seed, empty, order) for order in itertools.permutations(range(len(seed)))]
    return max(grown, key=lambda box: sum(1 for _ in _cells(*box)))


def _grow(seed: Cell, empty: dict[Cell, None], order: tuple[int, ...]) -> tuple[Cell, Cell]:
    """The box of empty cells that grows from one cell as far as it can along each axis in turn."""
    low, high = list(seed), list(seed)
    for axis in order:
        for side, step in ((low, -1), (high, 1)):
            while True:
                start, end = list(low), list(high)
                start[axis] = end[axis] = side[axis] + step
                if not all(cell in empty for cell in _cells(tuple(start), tuple(end))):
                    break
                side[axis] += step
    return tuple(low), tuple(high)


def _cells(low: Cell, high: Cell) -> itertools.product[tuple[int, ...]]:
    """The cells from one corner to the opposite one."""
    return itertools.product(*(range(start, end + 1) for start, end in zip(low, high, strict=True)))


def _brick(planes: list[list[Scalar]], around: tuple[Cell, Cell], box: tuple[Cell, Cell]) -> Brick:
    """The bounds of a box of cells, left out where they are those of the box around the region."""
    lows = tuple(
        None if start == edge else lines[start] for lines, start, edge in zip(planes, box[0], around[0], strict=True)
    )
    highs = tuple(
        None if end == edge else lines[end + 1] for lines, end, edge in zip(planes, box[1], around[1], strict=True)
    )
    return Brick(lows, highs)
