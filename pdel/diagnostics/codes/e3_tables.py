"""Codes of the family E3: tables as coefficients."""

from __future__ import annotations

from pdel.diagnostics.codes.base import CodeInfo

CODES: tuple[CodeInfo, ...] = (
    CodeInfo(
        code="E340",
        title="A table that is not a grid",
        explanation=(
            "A table that is a coefficient gives one value for every combination of the values of its coordinates:\n"
            "a tensor grid, evenly spaced or not, in any order of rows. Between scattered points, or around a\n"
            "gap, there is no spline."
        ),
        bad="""\
problem rod
space x in [0, 1]
field u(x)
table k(x) from "table.csv"
equation balance: k*u_xx = 1
boundary ends: u = 0 on x = 0, x = 1
""",
        good="""\
problem rod
space x in [0, 1]
field u(x)
table k(x) from "k.csv"
equation balance: k*u_xx = 1
boundary ends: u = 0 on x = 0, x = 1
""",
        files=(
            ("table.csv", "x,k\n0,1\n0.25,2\n0.25,3\n0.5,2\n0.75,1\n1,1\n"),
            ("k.csv", "x,k\n0,1\n0.25,2\n0.5,2\n0.75,1\n1,1\n"),
        ),
    ),
    CodeInfo(
        code="E341",
        title="A table that does not cover the region",
        explanation=(
            "Nothing is known beyond the grid of a table, and splines leave it quickly there. The grid reaches from\n"
            "one end of the interval of each of its coordinates to the other, or beyond."
        ),
        bad="""\
problem rod
space x in [0, 1]
field u(x)
table k(x) from "table.csv"
equation balance: k*u_xx = 1
boundary ends: u = 0 on x = 0, x = 1
""",
        good="""\
problem rod
space x in [0, 1]
field u(x)
table k(x) from "k.csv"
equation balance: k*u_xx = 1
boundary ends: u = 0 on x = 0, x = 1
""",
        files=(
            ("table.csv", "x,k\n0,1\n0.25,2\n0.5,2\n0.75,1\n"),
            ("k.csv", "x,k\n0,1\n0.25,2\n0.5,2\n0.75,1\n1,1\n"),
        ),
    ),
    CodeInfo(
        code="E342",
        title="A table that is not smooth enough",
        explanation=(
            "A table that is interpolated by straight lines has a derivative that jumps from cell to cell; one of\n"
            "cubic splines has two continuous derivatives along each coordinate. `div(k*grad(u))` needs the first\n"
            "derivatives of `k`. An equation that needs more than there are would be wrong between the cells."
        ),
        bad="""\
problem rod
space x in [0, 1]
field u(x)
table k(x) from "k.csv" (interpolate = linear)
equation balance: d(k*u_x, x) = 1
boundary ends: u = 0 on x = 0, x = 1
""",
        good="""\
problem rod
space x in [0, 1]
field u(x)
table k(x) from "k.csv" (interpolate = cubic)
equation balance: d(k*u_x, x) = 1
boundary ends: u = 0 on x = 0, x = 1
""",
        files=(("k.csv", "x,k\n0,1\n0.25,2\n0.5,2\n0.75,1\n1,1\n"),),
    ),
    CodeInfo(
        code="E343",
        title="An option that a table does not have",
        explanation=("A table has the option `interpolate`, with the values `linear` and `cubic` (the default)."),
        bad="""\
problem rod
space x in [0, 1]
field u(x)
table k(x) from "k.csv" (interpolate = quintic)
equation balance: k*u_xx = 1
boundary ends: u = 0 on x = 0, x = 1
""",
        good="""\
problem rod
space x in [0, 1]
field u(x)
table k(x) from "k.csv"
equation balance: k*u_xx = 1
boundary ends: u = 0 on x = 0, x = 1
""",
        files=(("k.csv", "x,k\n0,1\n0.25,2\n0.5,2\n0.75,1\n1,1\n"),),
    ),
    CodeInfo(
        code="E344",
        title="A table with too few values",
        explanation=(
            "Along each of its coordinates a table has at least two different values for straight lines, and at least\n"
            "four for cubic splines."
        ),
        bad="""\
problem rod
space x in [0, 1]
field u(x)
table k(x) from "table.csv"
equation balance: k*u_xx = 1
boundary ends: u = 0 on x = 0, x = 1
""",
        good="""\
problem rod
space x in [0, 1]
field u(x)
table k(x) from "k.csv"
equation balance: k*u_xx = 1
boundary ends: u = 0 on x = 0, x = 1
""",
        files=(
            ("table.csv", "x,k\n0,1\n0.5,2\n1,1\n"),
            ("k.csv", "x,k\n0,1\n0.25,2\n0.5,2\n0.75,1\n1,1\n"),
        ),
    ),
    CodeInfo(
        code="E345",
        title="Coordinates that a table cannot have",
        explanation=("A table depends on one to three of the coordinates, each of them once."),
        bad="""\
problem rod
space x in [0, 1]
field u(x)
table k(x, x) from "k.csv"
equation balance: k*u_xx = 1
boundary ends: u = 0 on x = 0, x = 1
""",
        good="""\
problem rod
space x in [0, 1]
field u(x)
table k(x) from "k.csv"
equation balance: k*u_xx = 1
boundary ends: u = 0 on x = 0, x = 1
""",
        files=(("k.csv", "x,k\n0,1\n0.25,2\n0.5,2\n0.75,1\n1,1\n"),),
    ),
)
