"""How the coordinates of points are unpacked in a function of the module."""

from __future__ import annotations

from collections.abc import Collection

from pdel.plan.plan import Plan
from pdel.render.names import python_name


def coordinate_names(plan: Plan, used: Collection[str]) -> list[str]:
    """A name for every column of the points, `_` for those that the function does not read."""
    return [python_name(axis.name) if axis.name in used else "_" for axis in plan.axes]
