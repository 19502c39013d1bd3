"""`exact` for some of a problem's fields: modules render, check themselves, and measure the errors of these fields."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from tests.modules import import_text, one_thread

FLOW = """\
space x in [0, 1], y in [0, 1]
field vel = (u, v)(x, y), p(x, y)
equation mass: div(vel) = 0
equation momentum: advect(vel, vel) + grad(p) = laplacian(vel)
boundary walls: vel = 0 on boundary
constraint gauge: p = 0 at (0, 0)
"""
COMPLEX = """\
space x in [0, 1]
time t in [0, 1]
field complex psi(x, t), w(x, t)
equation a: i*psi_t + psi_xx = 0
equation b: w_t = w_xx
boundary ends: psi = 0, w = 0 on x = 0, x = 1
initial start: psi = 0, w = 0
"""
LAWS = """\
time t in [0, 1]
field a(t), b(t), c(t)
equation one: a_t = b
equation two: b_t = -a
equation three: c_t = a
initial start: a = 0, b = 0, c = 0
"""
INVERSE = """\
space x in [0, 1]
time t in [0, 1]
field u(x, t)
unknown k(x) in [0.1, 10]
equation a: u_t = d(k*u_x, x)
boundary ends: u = 0 on x = 0, x = 1
initial start: u = 0
data sensors: u from "sensors.csv"
"""
CASES = (
    *((FLOW, exact, fields) for exact, fields in (("vel = (0, 0)", "uv"), ("p = 0", "p"), ("u = 0*x", "u"))),
    *((COMPLEX, exact, fields) for exact, fields in (("w = 0", "w"), ("w = 0*t", "w"))),
    *((LAWS, exact, fields) for exact, fields in (("b = 0*t", "b"), ("a = 0, c = 0", "ac"))),
    *((INVERSE, exact, fields) for exact, fields in (("k = 1 + x", "k"), ("u = 0", "u"))),
)


@pytest.mark.parametrize(("problem", "exact", "fields"), CASES, ids=[case[1] for case in CASES])
def test_the_fields_that_are_stated_are_compared(problem: str, exact: str, fields: str, tmp_path: Path) -> None:
    (tmp_path / "sensors.csv").write_text("x,t,u\n0.5,0.1,0\n0.2,0.3,0\n", encoding="utf-8")
    with one_thread():
        module = import_text(f"problem some\n{problem}exact {exact}\n", tmp_path)
        assert all(check.error <= check.tolerance for check in module.selftest_checks())
        errors = module.errors_of(module.Network(), module.known_values("cpu"))
    assert {name for name, error in errors.items() if error["max_error"] is not None} == set(fields)
    assert all(math.isfinite(errors[name]["max_error"]) for name in fields)
