"""Codes from E421 on of the family E4: what unknowns need of the mathematics."""

from __future__ import annotations

from pdel.diagnostics.codes.base import CodeInfo

FILES = (("sensors.csv", "x,u,slope\n0.3,0.1,0.1\n0.5,0.12,0\n"),)

CODES: tuple[CodeInfo, ...] = (
    CodeInfo(
        code="E421",
        title="An unknown that nothing contains",
        explanation=(
            "An unknown is determined by the statements that contain it. This one stands in no equation, no condition\n"
            "and no data."
        ),
        bad="""\
problem rod
space x in [0, 1]
field u(x)
unknown k = 1 in [0, 2]
equation balance: u_xx = -1
boundary ends: u = 0 on x = 0, x = 1
data sensors: u from "sensors.csv"
""",
        good="""\
problem rod
space x in [0, 1]
field u(x)
unknown k = 1 in [0, 2]
equation balance: k*u_xx = -1
boundary ends: u = 0 on x = 0, x = 1
data sensors: u from "sensors.csv"
""",
        files=FILES,
    ),
    CodeInfo(
        code="E422",
        title="A range of the inputs of one field",
        explanation=(
            "The networks of unknown fields read the same scaled coordinates as the network of all other fields.\n"
            "Their range is stated once, in `network` without a name."
        ),
        bad="""\
problem rod
space x in [0, 1]
field u(x)
unknown k(x) in [0.1, 2]
equation balance: d(k*u_x, x) = -1
boundary ends: u = 0 on x = 0, x = 1
data sensors: u from "sensors.csv"
network k: mlp(range = 2)
""",
        good="""\
problem rod
space x in [0, 1]
field u(x)
unknown k(x) in [0.1, 2]
equation balance: d(k*u_x, x) = -1
boundary ends: u = 0 on x = 0, x = 1
data sensors: u from "sensors.csv"
network k: mlp(width = 8)
""",
        files=FILES,
    ),
    CodeInfo(
        code="E423",
        title="An unknown term without data",
        explanation=(
            "Whatever function stands for the term, there are fields that satisfy the equation: only observations\n"
            "tell which one it is."
        ),
        bad="""\
problem rod
space x in [0, 1]
field u(x)
unknown f(u)
equation balance: u_xx = f(u)
boundary ends: u = 0 on x = 0, x = 1
""",
        good="""\
problem rod
space x in [0, 1]
field u(x)
unknown f(u)
equation balance: u_xx = f(u)
boundary ends: u = 0 on x = 0, x = 1
data sensors: u from "sensors.csv"
""",
        files=FILES,
    ),
    CodeInfo(
        code="E424",
        title="A manufactured solution with an unknown term",
        explanation=(
            "`manufacture` derives sources from the equations, and one with an unknown term cannot be evaluated."
        ),
        bad="""\
problem rod
space x in [0, 1]
field u(x)
unknown f(u)
equation balance: u_xx = f(u)
boundary ends: u = 0 on x = 0, x = 1
data sensors: u from "sensors.csv"
manufacture u = x*(1 - x)
""",
        good="""\
problem rod
space x in [0, 1]
field u(x)
unknown f(u)
equation balance: u_xx = f(u)
boundary ends: u = 0 on x = 0, x = 1
data sensors: u from "sensors.csv"
""",
        files=FILES,
    ),
)
