"""How many windows of time a plan has, and why; what stands against windows."""

from __future__ import annotations

from pathlib import Path

import pytest

from pdel.compiler import compile_specification
from pdel.notation import notation
from tests.generated.test_march import LORENZ
from tests.modules import ROD, compile_text

PENDULUM = """\
problem pendulum
time       t in [0, {end}]
field      u(t)
constant   omega = 3
equation   swing:  u_tt = -omega^2*sin(u)
initial    start:  u = 0.1, u_t = 0
"""


TRAINED = "train broyden(steps = 10)\n"
SINE_GORDON = """\
problem kinks
space      x in [-5, 5]
time       t in [0, 10]
field      u(x, t)
equation   balance:  u_tt = u_xx - {term}
boundary   ends:     u = 0 on x = -5, x = 5
initial    start:    u = 0, u_t = exp(-x^2)*(25 - x^2)
"""


@pytest.mark.parametrize(
    ("specification", "count"),
    [
        (LORENZ.format(end=0.5) + TRAINED, 1),
        (LORENZ.format(end=2) + TRAINED, 4),
        (LORENZ.format(end=2) + "march whole\n", 1),
        (LORENZ.format(end=0.5) + "march windows(count = 2)\n", 2),
        (LORENZ.format(end=2) + TRAINED + "enforce start: softly\n", 1),
        (PENDULUM.format(end=3) + TRAINED, 1),
        (PENDULUM.format(end=30) + TRAINED, 8),
        (ROD, 1),
        (ROD + "march windows(count = 3)\n", 3),
    ],
)
def test_the_number_of_windows(specification: str, count: int, tmp_path: Path) -> None:
    plan = compile_text(specification, tmp_path).plan
    assert plan is not None
    assert (plan.march.count if plan.march is not None else 1) == count


def test_the_reason_names_the_rate(tmp_path: Path) -> None:
    """The largest eigenvalue of the Lorenz system linearised at (1, 1, 1) is -22.5."""
    plan = compile_text(LORENZ.format(end=2) + TRAINED, tmp_path).plan
    assert plan is not None
    reason = dict(plan.reasons)["march"]
    assert reason.startswith("the equations change at a rate of 22.5 at the start, 45.1 times over all of t")
    chosen = compile_text(LORENZ.format(end=2) + "march windows(count = 4)\n", tmp_path).plan
    assert chosen is not None
    assert "march" not in dict(chosen.reasons)


@pytest.mark.parametrize(
    ("specification", "count", "width"),
    [
        (LORENZ.format(end=0.5), 20, 40),
        (LORENZ.format(end=2), 46, 40),
        (PENDULUM.format(end=10), 30, 40),
        (PENDULUM.format(end=1000), 100, 40),
        (PENDULUM.format(end=10).replace("sin(u)", "u"), 30, 40),
        (PENDULUM.format(end=3).replace("sin(u)", "u"), 1, 800),
        (SINE_GORDON.format(term="sin(u)"), 20, 600),
        (SINE_GORDON.format(term="u"), 5, 600),
    ],
)
def test_ordinary_and_wave_equations_are_solved_in_windows(
    specification: str, count: int, width: int, tmp_path: Path
) -> None:
    plan = compile_text(specification, tmp_path).plan
    assert plan is not None
    assert [phase.name for phase in plan.phases] == ["least_squares"]
    assert (plan.march.count if plan.march is not None else 1) == count
    assert plan.network.method.option("width") == width


def test_a_value_at_another_moment_belongs_to_no_window(tmp_path: Path) -> None:
    text = PENDULUM.format(end=3).replace(", u_t = 0", "") + "constraint later: u = 0.1 at (2)\n"
    plan = compile_text(text, tmp_path).plan
    assert plan is not None
    assert plan.march is None


def test_rates_at_joints_follow_values(tmp_path: Path) -> None:
    """With windows of length 1/2 a step of u counts (5*2)^4*a^2 and one of u_t (5*2)^2*a^2 for a*u_tt, here a = 2."""
    plan = compile_text(
        PENDULUM.format(end=10).replace("u_tt =", "2*u_tt =") + "march windows(count = 20)\ntrain least_squares\n",
        tmp_path,
    ).plan
    assert plan is not None
    assert plan.march is not None
    assert plan.march.joints == (40000.0, 400.0)
    assert [notation(start) for start in plan.march.starts] == ["0.1", "0"]


@pytest.mark.parametrize(
    ("statements", "code", "message"),
    [
        ("enforce start: softly\n", "E541", "the windows have to begin from `start`, which is in the loss"),
        ("boundary more: u_x = 0 on x = 1 where t > 0.5\n", "E542", "`more` holds on a part of time"),
        ("unknown k = 1 in [0, 2]\nconstraint c: k*u = 0 at (0.5, 0.5)\n", "E543", "windows of time and what is"),
    ],
)
def test_what_stands_against_windows(statements: str, code: str, message: str, tmp_path: Path) -> None:
    text = ROD.replace("on boundary", "on x = 0" if "more" in statements else "on boundary")
    path = tmp_path / "rod.pde"
    path.write_text(f"{text}{statements}march windows\n", encoding="utf-8")
    found = [item for item in compile_specification(path).diagnostics if item.code == code]
    assert found
    assert found[0].message.startswith(message)
