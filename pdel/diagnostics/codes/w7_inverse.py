"""Codes from W716 on of the family W7: advice on inverse problems."""

from __future__ import annotations

from pdel.diagnostics.codes.base import CodeInfo

FILES = (("sensors.csv", "x,u,slope\n0.3,0.1,0.1\n0.5,0.12,0\n"),)

CODES: tuple[CodeInfo, ...] = (
    CodeInfo(
        code="W716",
        title="An unknown without data",
        explanation=(
            "Without data only a surplus of conditions could determine an unknown. Mostly a `data` statement was\n"
            "forgotten."
        ),
        bad="""\
problem rod
space x in [0, 1]
field u(x)
unknown k = 1 in [0, 2]
equation balance: k*u_xx = -1
boundary ends: u = 0 on x = 0, x = 1
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
        code="W717",
        title="Data that say nothing about an unknown",
        explanation=(
            "No observed field is tied to the unknown by equations or conditions, so that every value of it fits the\n"
            "data equally well."
        ),
        bad="""\
problem rod
space x in [0, 1]
field u(x)
field v(x)
unknown k = 1 in [0, 2]
equation other: v_xx = -1
equation balance: k*u_xx = -1
boundary ends: u = 0 on x = 0, x = 1
boundary others: v = 0 on x = 0, x = 1
data sensors: v from "others.csv"
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
        files=(*FILES, ("others.csv", "x,v\n0.3,0.1\n")),
    ),
    CodeInfo(
        code="W718",
        title="An argument of an unknown term of unknown size",
        explanation=(
            "The network of a term reads its arguments divided by their size, which is measured on the observations\n"
            "of their field. This field is not observed by itself, so that its size is taken to be 1."
        ),
        bad="""\
problem rod
space x in [0, 1]
field u(x)
unknown f(u)
equation balance: u_xx = f(u)
boundary ends: u = 0 on x = 0, x = 1
data sensors: u_x = slope from "sensors.csv"
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
