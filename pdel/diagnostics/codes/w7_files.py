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
    CodeInfo(
        code="W721",
        title="Observations that contradict an exact condition",
        explanation=(
            "Conditions that hold exactly fix the field at their places, whatever the network. An observation there\n"
            "that lies 5 standard deviations of the stated noise away, or a quarter of the largest observation where\n"
            "none is stated, can never be followed: either the row or the condition is wrong. Data with `prune` are\n"
            "passed over: it leaves out what is wrong."
        ),
        bad="""\
problem rod
space x in [0, 1]
field u(x)
unknown k = 1 in [0, 2]
equation balance: k*u_xx = -1
boundary ends: u = 0 on x = 0, x = 1
data sensors: u from "walls.csv" (sigma = 0.01)
""",
        good="""\
problem rod
space x in [0, 1]
field u(x)
unknown k = 1 in [0, 2]
equation balance: k*u_xx = -1
boundary ends: u = 0 on x = 0, x = 1
data sensors: u from "sensors.csv" (sigma = 0.01)
""",
        files=(
            ("sensors.csv", "x,u\n0.3,0.1\n0.5,0.12\n"),
            ("walls.csv", "x,u\n0,0.3\n0.5,0.12\n"),
        ),
    ),
)
