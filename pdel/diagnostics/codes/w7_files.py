"""Codes from W720 on of the family W7: advice on data files."""

from __future__ import annotations

from pdel.diagnostics.codes.base import CodeInfo

CODES: tuple[CodeInfo, ...] = (
    CodeInfo(
        code="W720",
        title="Points of a table outside the region",
        explanation=(
            "Some rows of a table lie in the intervals of the coordinates and outside the shapes of the region: in\n"
            "a hole, or beyond a curved boundary. The equations do not hold there, so the values of a network there\n"
            "mean nothing, and errors that are measured there neither."
        ),
        bad="""\
problem plate
shape hole = disk((0.5, 0.5), 0.2)
shape sheet = rectangle((0, 0), (1, 1))
space (x, y) in sheet - hole
field u(x, y)
equation balance: laplacian(u) = 0
boundary rim: u = x on boundary
reference u from "table.csv"
""",
        good="""\
problem plate
shape hole = disk((0.5, 0.5), 0.2)
shape sheet = rectangle((0, 0), (1, 1))
space (x, y) in sheet - hole
field u(x, y)
equation balance: laplacian(u) = 0
boundary rim: u = x on boundary
reference u from "u.csv"
""",
        files=(
            ("table.csv", "x,y,u\n0.1,0.1,0.1\n0.5,0.5,0.5\n"),
            ("u.csv", "x,y,u\n0.1,0.1,0.1\n0.9,0.1,0.9\n"),
        ),
    ),
)
