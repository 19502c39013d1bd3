"""How the coordinates of points are unpacked in a function of the module."""

from __future__ import annotations

from collections.abc import Collection

from pdel.plan.plan import Plan
from pdel.python_names import python_name
from pdel.render.layout import unpack
from pdel.render.py import Py


def coordinate_names(plan: Plan, used: Collection[str]) -> list[str]:
    """A name for every column of the points, `_` for those that the function does not read."""
    return [python_name(axis.name) if axis.name in used else "_" for axis in plan.axes]


def unpack_coordinates(plan: Plan, used: Collection[str], points: str = "points") -> Py:
    """The columns of points by name: `x, t = points.chunk(2, dim=1)`."""
    return unpack(coordinate_names(plan, used), columns(points, len(plan.axes)))


def columns(value: str, count: int) -> str:
    """The columns of a tensor, each of shape (points, 1)."""
    return f"{value}.chunk({count}, dim=1)"
