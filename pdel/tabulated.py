"""Functions of coordinates that are given by values on a grid.

While compiling they are read roughly, by straight lines between the points of the grid: checks ask for signs and for
finite values. The generated module puts the spline that the specification asks for through the same values.
"""

from __future__ import annotations

import bisect
import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

DEGREES = {"linear": 1, "cubic": 3}
"""The degree of the splines by the name of the interpolation."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Values on a tensor grid: rising numbers along each coordinate, the values with the last one running fastest."""

    axes: tuple[Sequence[float], ...]
    values: Sequence[float]

    def cell(self, point: Sequence[float]) -> list[tuple[int, float]]:
        """For each coordinate the number of the cell that a point lies in, and where in it from 0 to 1."""
        found = []
        for axis, x in zip(self.axes, point, strict=True):
            number = min(max(bisect.bisect_right(axis, x) - 1, 0), len(axis) - 2)
            found.append((number, (x - axis[number]) / (axis[number + 1] - axis[number])))
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A function that a `table` statement declares; two tables are the same only if they are one.

    `path` is the file as written, `sha256` its content's, `place` the statement's in reports.
    """

    name: str
    coordinates: tuple[str, ...]
    interpolation: str
    path: str
    sha256: str
    place: str
    grid: Grid

    @property
    def degree(self) -> int:
        """The degree of its splines."""
        return DEGREES[self.interpolation]

    @property
    def smoothness(self) -> int:
        """How many continuous derivatives it has along a coordinate."""
        return self.degree - 1

    def roughly(self, point: Sequence[float], orders: Sequence[int]) -> float:
        """The value at a point by straight lines, or a derivative of that; 0 beyond the first order."""
        if any(not math.isfinite(x) for x in point):
            return math.nan
        if any(order > 1 for order in orders):
            return 0.0
        cells = self.grid.cell(point)
        total = 0.0
        for corner in itertools.product((0, 1), repeat=len(cells)):
            weight, index = 1.0, 0
            for axis, (number, part), upper, order in zip(self.grid.axes, cells, corner, orders, strict=True):
                share = part if upper else 1 - part
                slope = (1 if upper else -1) / (axis[number + 1] - axis[number])
                weight *= slope if order else share
                index = index * len(axis) + number + upper
            total += weight * self.grid.values[index]
        return total
