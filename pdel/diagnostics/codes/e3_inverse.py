"""Codes from E324 on of the family E3: unknowns and data."""

from __future__ import annotations

from pdel.diagnostics.codes.base import CodeInfo

FILES = (("sensors.csv", "x,u,slope\n0.3,0.1,0.1\n0.5,0.12,0\n"),)

CODES: tuple[CodeInfo, ...] = (
    CodeInfo(
        code="E324",
        title="An unknown where a known number is needed",
        explanation=(
            "Constants, bounds, `where` conditions and shapes are needed before training, and an unknown is inferred\n"
            "during it. Unknowns stand in equations, conditions, data and closed forms."
        ),
        bad="""\
problem rod
space x in [0, 1]
field u(x)
unknown k = 1 in [0, 2]
constant c = 2*k
equation balance: c*u_xx = -1
boundary ends: u = 0 on x = 0, x = 1
data sensors: u from "sensors.csv"
""",
        good="""\
problem rod
space x in [0, 1]
field u(x)
unknown k = 1 in [0, 2]
let c = 2*k
equation balance: c*u_xx = -1
boundary ends: u = 0 on x = 0, x = 1
data sensors: u from "sensors.csv"
""",
        files=FILES,
    ),
    CodeInfo(
        code="E325",
        title="An empty range of an unknown",
        explanation=(
            "The range of an unknown runs from a lower to a higher number; `inf` and `-inf` stand for sides without\n"
            "a bound."
        ),
        bad="""\
problem rod
space x in [0, 1]
field u(x)
unknown k = 1 in [2, 0]
equation balance: k*u_xx = -1
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
        code="E326",
        title="An unknown that starts nowhere",
        explanation=("An unknown number needs a first guess, or two bounds, in the middle of which it starts."),
        bad="""\
problem rod
space x in [0, 1]
field u(x)
unknown k
equation balance: k*u_xx = -1
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
        code="E327",
        title="A first guess outside the range",
        explanation=(
            "The first guess lies strictly between the bounds. On a bound the smooth map to the range is flat,\n"
            "so that the unknown could not move."
        ),
        bad="""\
problem rod
space x in [0, 1]
field u(x)
unknown k = 3 in [0, 2]
equation balance: k*u_xx = -1
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
        code="E328",
        title="Data without the name of a column",
        explanation=("An observed expression is compared with a column of the table: its name stands after `=`."),
        bad="""\
problem rod
space x in [0, 1]
field u(x)
unknown k = 1 in [0, 2]
equation balance: k*u_xx = -1
boundary ends: u = 0 on x = 0, x = 1
data sensors: u_x = 2*slope from "sensors.csv"
""",
        good="""\
problem rod
space x in [0, 1]
field u(x)
unknown k = 1 in [0, 2]
equation balance: k*u_xx = -1
boundary ends: u = 0 on x = 0, x = 1
data sensors: u_x = slope from "sensors.csv"
""",
        files=FILES,
    ),
    CodeInfo(
        code="E329",
        title="An unknown option of data",
        explanation=("Data have the option `sigma`, the standard deviation of the noise."),
        bad="""\
problem rod
space x in [0, 1]
field u(x)
unknown k = 1 in [0, 2]
equation balance: k*u_xx = -1
boundary ends: u = 0 on x = 0, x = 1
data sensors: u from "sensors.csv" (noise = 0.1)
""",
        good="""\
problem rod
space x in [0, 1]
field u(x)
unknown k = 1 in [0, 2]
equation balance: k*u_xx = -1
boundary ends: u = 0 on x = 0, x = 1
data sensors: u from "sensors.csv" (sigma = 0.1)
""",
        files=FILES,
    ),
    CodeInfo(
        code="E330",
        title="A noise that is not positive",
        explanation=("The misfit is divided by `sigma`, so that it has to be above 0. Without `sigma` it is 1."),
        bad="""\
problem rod
space x in [0, 1]
field u(x)
unknown k = 1 in [0, 2]
equation balance: k*u_xx = -1
boundary ends: u = 0 on x = 0, x = 1
data sensors: u from "sensors.csv" (sigma = 0)
""",
        good="""\
problem rod
space x in [0, 1]
field u(x)
unknown k = 1 in [0, 2]
equation balance: k*u_xx = -1
boundary ends: u = 0 on x = 0, x = 1
data sensors: u from "sensors.csv" (sigma = 0.1)
""",
        files=FILES,
    ),
    CodeInfo(
        code="E331",
        title="A closed form in an unknown without a known value",
        explanation=(
            "`exact` and `manufacture` are known functions. Where they contain an unknown number, its true value has\n"
            "to be stated with `reference`: errors are measured with it, and it is never trained on."
        ),
        bad="""\
problem rod
space x in [0, 1]
field u(x)
unknown k = 1 in [0, 2]
equation balance: k*u_xx = -1
boundary ends: u = 0 on x = 0, x = 1
data sensors: u from "sensors.csv"
exact u = x*(1 - x)/(2*k)
""",
        good="""\
problem rod
space x in [0, 1]
field u(x)
unknown k = 1 in [0, 2]
equation balance: k*u_xx = -1
boundary ends: u = 0 on x = 0, x = 1
data sensors: u from "sensors.csv"
reference k = 0.5
exact u = x*(1 - x)/(2*k)
""",
        files=FILES,
    ),
)
