"""Named arrays as columns: all of one shape, or coordinates as axes and fields on their grid."""

from __future__ import annotations

import itertools
import math
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pdel.datafiles.table import MOST_BYTES, Refusal
from pdel.diagnostics.suggest import did_you_mean, enumerate_words


@dataclass(frozen=True, slots=True)
class Array:
    """Numbers in an order in which the last index runs fastest."""

    shape: tuple[int, ...]
    values: array[float]

    @property
    def squeezed(self) -> tuple[int, ...]:
        """The shape without the dimensions of one entry: MAT files know no vectors."""
        return tuple(size for size in self.shape if size != 1)


def from_columns(shape: tuple[int, ...], values: array[float]) -> Array:
    """An array whose values are given with the first index running fastest."""
    if len([size for size in shape if size > 1]) < 2:
        return Array(shape, values)
    strides = [math.prod(shape[:axis]) for axis in range(len(shape))]
    offsets: Sequence[int] = (0,)
    for size, stride in zip(shape, strides, strict=True):
        offsets = [offset + index * stride for offset in offsets for index in range(size)]
    return Array(shape, array("d", (values[offset] for offset in offsets)))


def arrange(
    arrays: Mapping[str, Array], coordinates: tuple[str, ...], fields: tuple[str, ...]
) -> dict[str, array[float]] | Refusal:
    """The columns of coordinates and fields.

    Dimensions of one entry count for nothing. Arrays that then have one shape give a row for each entry. Otherwise
    every coordinate is an axis, and every field has one entry for each point of the grid of the axes, in the
    order in which the specification declares the coordinates. Errors: E604, E605, E607.
    """
    for name in (*coordinates, *fields):
        if not arrays[name].values:
            return Refusal("E605", f"the array `{name}` is empty", "nothing in it")
        wrong = next((i for i, number in enumerate(arrays[name].values) if not math.isfinite(number)), None)
        if wrong is not None:
            index = ", ".join(map(str, _index(wrong, arrays[name].shape)))
            remedy = "Leave points without a value out of the file."
            return Refusal("E604", f"`{name}[{index}]` is not a finite number", "not a number", remedy)
    if len({arrays[name].squeezed for name in (*coordinates, *fields)}) == 1:
        return {name: arrays[name].values for name in (*coordinates, *fields)}
    return _on_grid(arrays, coordinates, fields)


def _on_grid(
    arrays: Mapping[str, Array], coordinates: tuple[str, ...], fields: tuple[str, ...]
) -> dict[str, array[float]] | Refusal:
    axes = [arrays[name].values for name in coordinates]
    sizes = tuple(len(axis) for axis in axes)
    grid = tuple(size for size in sizes if size != 1)
    odd = next((name for name in fields if arrays[name].squeezed != grid), None)
    flat = all(len(arrays[name].squeezed) < 2 for name in coordinates)
    if odd is not None or not flat:
        name = odd if odd is not None and flat else next(n for n in coordinates if not flat)
        shapes = ", ".join(f"`{one}` {_shown(arrays[one].shape)}" for one in (*coordinates, *fields))
        remedy = (
            "Give all arrays one shape, or the coordinates as axes and every field with the shape "
            f"{_shown(sizes)}, in the order {', '.join(coordinates)}."
        )
        return Refusal("E607", f"the shapes of the arrays do not fit: {shapes}", f"`{name}` does not fit", remedy)
    if math.prod(sizes) * 8 * (len(coordinates) + len(fields)) > 4 * MOST_BYTES:
        return Refusal("E602", "the grid of the file has too many points", f"{math.prod(sizes):,} points")
    points = list(itertools.product(*axes))
    columns = {name: array("d", (point[i] for point in points)) for i, name in enumerate(coordinates)}
    return columns | {name: arrays[name].values for name in fields}


def missing_array(names: Sequence[str], there: Sequence[str], kind: str) -> Refusal | None:
    """The refusal of a file that lacks a named array, if it does."""
    missing = [name for name in names if name not in there]
    if not missing:
        return None
    shown = sorted(name for name in there if name.isprintable() and name)[:12]
    listed = f"The arrays are {enumerate_words(shown)}." if shown else "The file has no arrays."
    remedy = did_you_mean(missing[0], shown) or listed
    return Refusal(
        "E603",
        f"the {kind} file has no array {enumerate_words(missing, 'or')}",
        f"no array `{missing[0]}`",
        f"{remedy} There is one array for each coordinate and each field, under its name.",
    )


def _shown(shape: Sequence[int]) -> str:
    return "×".join(map(str, shape)) if shape else "of one number"


def _index(flat: int, shape: tuple[int, ...]) -> tuple[int, ...]:
    """The indices of an entry, from 0."""
    indices = []
    for size in reversed(shape):
        flat, rest = divmod(flat, size)
        indices.append(rest)
    return tuple(reversed(indices))
