"""Codes from E350 on of the family E3: unknown terms."""

from __future__ import annotations

from pdel.diagnostics.codes.base import CodeInfo

FILES = (("sensors.csv", "x,u,slope\n0.3,0.1,0.1\n0.5,0.12,0\n"),)

CODES: tuple[CodeInfo, ...] = (
    CodeInfo(
        code="E350",
        title="An argument that an unknown term cannot have",
        explanation=(
            "An unknown term is a function of fields that equations determine, of their derivatives and of\n"
            "coordinates. What else it should depend on is put in its place where the term is used: `f(2*u)`."
        ),
        bad="""\
problem rod
space x in [0, 1]
field u(x)
constant k = 2
unknown f(u, k)
equation balance: u_xx = f
boundary ends: u = 0 on x = 0, x = 1
data sensors: u from "sensors.csv"
""",
        good="""\
problem rod
space x in [0, 1]
field u(x)
constant k = 2
unknown f(u, u_x)
equation balance: u_xx = k*f
boundary ends: u = 0 on x = 0, x = 1
data sensors: u from "sensors.csv"
""",
        files=FILES,
    ),
    CodeInfo(
        code="E351",
        title="What an unknown term cannot be evaluated at",
        explanation=(
            "An unknown term is learned where fields take it. At a number, at a value of an unknown term and at what\n"
            "holds the normal of the boundary it is not evaluated."
        ),
        bad="""\
problem rod
space x in [0, 1]
field u(x)
unknown f(u)
equation balance: u_xx = f(0)
boundary ends: u = 0 on x = 0, x = 1
data sensors: u from "sensors.csv"
""",
        good="""\
problem rod
space x in [0, 1]
field u(x)
unknown f(u)
equation balance: u_xx = f(2*u)
boundary ends: u = 0 on x = 0, x = 1
data sensors: u from "sensors.csv"
""",
        files=FILES,
    ),
)
