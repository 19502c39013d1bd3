"""`sample grid`: a regular grid of cell centres."""

from __future__ import annotations

from pdel.methods.base import Method
from pdel.methods.sample.options import OPTIONS

METHOD = Method(
    family="sample",
    name="grid",
    purpose="a regular grid of cell centres",
    description="""\
Every coordinate is cut into m equal intervals, and the points are the centres of the cells; m^d is
the first such number that reaches `points` in d coordinates, and where it is more, points are left
out evenly.

When to use it: to compare with a method on a grid. Features that fall between the lines of the grid
are never seen.

Cost: none that matters.""",
    options=OPTIONS,
    template="methods/sample/grid.py.j2",
    example="sample interior: grid(points = 2500)",
)
