"""Codes of the family E6: files."""

from __future__ import annotations

from pdel.diagnostics.codes.base import CodeInfo

CODES: tuple[CodeInfo, ...] = (
    CodeInfo(
        code="E601",
        title="A path that is not allowed",
        explanation=(
            "Data files lie in the folder of the specification or below it, and are named by a relative path\n"
            "with `/`. Absolute paths, `~`, `..` out of the folder, links out of it, variables and addresses\n"
            "are refused, so that a specification from somebody else can be compiled safely."
        ),
        bad="""\
problem rod
space x in [0, 1]
field u(x)
equation balance: u_xx = 2
boundary ends: u = 0 on x = 0, x = 1
reference u from "../u.csv"
""",
        good="""\
problem rod
space x in [0, 1]
field u(x)
equation balance: u_xx = 2
boundary ends: u = 0 on x = 0, x = 1
""",
    ),
    CodeInfo(
        code="E602",
        title="A file that cannot be read",
        explanation=(
            "There is no file of this name in the specification's folder, it is no ordinary file, it may not\n"
            "be read, or it is larger than 64 MiB."
        ),
        bad="""\
problem rod
space x in [0, 1]
field u(x)
equation balance: u_xx = 2
boundary ends: u = 0 on x = 0, x = 1
reference u from "missing.csv"
""",
        good="""\
problem rod
space x in [0, 1]
field u(x)
equation balance: u_xx = 2
boundary ends: u = 0 on x = 0, x = 1
reference u from "u.csv"
""",
        files=(("u.csv", "x,u\n0,0\n1,0\n"),),
    ),
    CodeInfo(
        code="E603",
        title="Columns that do not fit",
        explanation=(
            "The first line of a table names its columns. There is one for each coordinate and one for each\n"
            "field of the statement, under the names of the specification (`psi_re` and `psi_im` for a\n"
            "complex field); other columns are passed over."
        ),
        bad="""\
problem rod
space x in [0, 1]
field u(x)
equation balance: u_xx = 2
boundary ends: u = 0 on x = 0, x = 1
reference u from "table.csv"
""",
        good="""\
problem rod
space x in [0, 1]
field u(x)
equation balance: u_xx = 2
boundary ends: u = 0 on x = 0, x = 1
reference u from "u.csv"
""",
        files=(
            ("table.csv", "x,w\n0,0\n1,0\n"),
            ("u.csv", "x,u\n0,0\n1,0\n"),
        ),
    ),
    CodeInfo(
        code="E604",
        title="A row that is not made of numbers",
        explanation=(
            "Every row of a table has as many values as the header, and finite decimal numbers in the columns\n"
            "that are used. The text is in UTF-8."
        ),
        bad="""\
problem rod
space x in [0, 1]
field u(x)
equation balance: u_xx = 2
boundary ends: u = 0 on x = 0, x = 1
reference u from "table.csv"
""",
        good="""\
problem rod
space x in [0, 1]
field u(x)
equation balance: u_xx = 2
boundary ends: u = 0 on x = 0, x = 1
reference u from "u.csv"
""",
        files=(
            ("table.csv", "x,u\n0,0\n0.5,nan\n1,0\n"),
            ("u.csv", "x,u\n0,0\n1,0\n"),
        ),
    ),
    CodeInfo(
        code="E605",
        title="An empty table",
        explanation=("The file has no header, or no row below it."),
        bad="""\
problem rod
space x in [0, 1]
field u(x)
equation balance: u_xx = 2
boundary ends: u = 0 on x = 0, x = 1
reference u from "table.csv"
""",
        good="""\
problem rod
space x in [0, 1]
field u(x)
equation balance: u_xx = 2
boundary ends: u = 0 on x = 0, x = 1
reference u from "u.csv"
""",
        files=(
            ("table.csv", "x,u\n"),
            ("u.csv", "x,u\n0,0\n1,0\n"),
        ),
    ),
)
