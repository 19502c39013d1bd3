"""Which paths linear equations have, how narrow what is stated is, and where neurons go along with it."""

from __future__ import annotations

import math

import pytest

from pdel.maths import characteristics
from pdel.maths.model import Windows
from pdel.notation import notation
from tests.maths.reading import model, problem

SPECIFICATION = """\
problem pulse
space      x in [0, 4]
time       t in [0, 2]
field      u(x, t)
{statements}
"""

FLOW = """\
equation   flow:   u_t + {speed}*u_x = {rest}
boundary   inlet:  u = {inlet}  on x = 0
initial    start:  u = {start}
"""

OUTLET = "boundary outlet: u = 0 on x = 4\n"

WAVES = """\
constant   c = 3
equation   waves:  u_tt = {right}
boundary   ends:   u = 0  on boundary
initial    start:  u = exp(-((x - 1)/0.1)^2), u_t = 0
"""

PAIR = """\
problem pair
space      x in [0, 4]
time       t in [0, 2]
field      p(x, t), v(x, t)
equation   mass:    p_t + 2*v_x = 0
equation   motion:  v_t + 8*p_x + 3*v_x = 0
boundary   left:    p + v = 0  on x = 0
boundary   right:   p - v = 0  on x = 4
initial    start:   p = exp(-((x - 1)/0.1)^2), v = 0
"""


def flow(
    speed: str = "1", start: str = "exp(-((x - 1)/0.1)^2)", rest: str = "0", inlet: str = "0", more: str = ""
) -> Windows:
    """The windows of an equation of first order on [0, 4] x [0, 2]."""
    statements = FLOW.format(speed=speed, start=start, rest=rest, inlet=inlet) + more
    return model(SPECIFICATION.format(statements=statements)).windows


def waves(right: str) -> Windows:
    """The windows of a wave equation there."""
    return model(SPECIFICATION.format(statements=WAVES.format(right=right))).windows


def paths(found: Windows) -> list[tuple[str, str]]:
    """Speeds and bends as text."""
    return [(notation(path.speed), notation(path.bend)) for path in found.paths]


def test_speeds_and_bends_follow_from_the_equation() -> None:
    assert paths(flow("2")) == [("2", "0")]
    assert paths(flow("(1 + t)")) == [("1 + t", "1")]
    assert paths(flow("(1 + x/2)")) == [("1 + x/2", "(2 + x)/4")]
    assert paths(flow(rest="1e-3*u_xx - 3*u", more=OUTLET)) == [("1", "0")]


def test_waves_go_both_ways() -> None:
    assert len(paths(waves("c^2*u_xx"))) == 2
    text = SPECIFICATION.format(statements=WAVES.format(right="c^2*u_xx - u_t + 2*u_xt"))
    found = model(text).windows.paths
    line = characteristics._Line(problem(text), problem(text).space[0], problem(text).time)  # type: ignore[arg-type]
    speeds = [line.values(path.speed)[0] for path in found]
    assert sorted(speeds) == pytest.approx([-1 - math.sqrt(10), -1 + math.sqrt(10)])


def test_the_eigenvalues_of_two_equations() -> None:
    """Of (0 2; 8 3): c^2 - 3*c - 16 = 0."""
    one = problem(PAIR)
    assert one.time is not None
    line = characteristics._Line(one, one.space[0], one.time)
    speeds = [line.values(path.speed)[0] for path in model(PAIR).windows.paths]
    assert sorted(speeds) == pytest.approx([(3 - math.sqrt(73)) / 2, (3 + math.sqrt(73)) / 2])


@pytest.mark.parametrize(
    ("form", "width"), [("sin(5*x)", 0.2), ("exp(-((x - 2)/0.1)^2)", 0.0452), ("3*exp(-((x - 2)/0.4)^2)", 0.1807)]
)
def test_the_width_of_what_is_stated(form: str, width: float) -> None:
    """1/k of a wave; a bell exp(-(x/a)^2) has a fourth derivative of 12/a^4 at its top and half a range of 1/2."""
    text = SPECIFICATION.format(statements=FLOW.format(speed="1", start=form, rest="0", inlet="0"))
    lowered = model(text)
    conditions = tuple(start.residual for start in lowered.starts) + tuple(s.residual for s in lowered.soft)
    one = lowered.problem
    assert one.time is not None
    line = characteristics._Line(one, one.space[0], one.time)
    found = line.narrowest([*conditions, *(item.residual for item in lowered.exact_conditions)], 1.0)
    assert found == pytest.approx(width, rel=0.01)


def test_smooth_things_that_go_a_short_way_leave_the_plan_as_it_was() -> None:
    assert flow(start="sin(pi*x)") == Windows(1)
    assert flow(start="exp(-((x - 1)/0.1)^2)", speed="0.01") == Windows(1)


def test_what_enters_through_the_boundary_counts_and_a_tail_does_not() -> None:
    assert flow(start="0", inlet="exp(-((t - 1)/0.1)^2)").paths
    assert flow(start="sin(x)", inlet="1e-4*exp(-((t - 1)/0.01)^2)") == Windows(1)


def test_windows_are_short_where_paths_bend_or_pulses_spread() -> None:
    assert flow().count == characteristics.FEWEST
    assert flow("(1 + 0.5*cos(20*t))").count > 2 * characteristics.FEWEST
    assert flow(rest="1e-2*u_xx", more=OUTLET).count > 2 * characteristics.FEWEST


def test_nothing_goes_along_where_something_stands_against_windows() -> None:
    assert flow(more="constraint later: u = 0 at (2, 1)\n") == Windows(1)
    assert flow(rest="u^2").paths == ()
    assert flow(more="train broyden(steps = 10)\n") == Windows(1)


def test_stated_windows_have_the_same_paths() -> None:
    """A plan that is pinned states its windows."""
    found = flow(more="march windows(count = 3)\ntrain least_squares\n")
    assert (found.count, found.reason, paths(found)) == (3, "", [("1", "0")])
    assert flow(start="sin(pi*x)", more="march windows(count = 3)\ntrain least_squares\n").paths == ()


def test_speeds_that_meet_are_not_told_apart() -> None:
    assert waves("(x - 1)^2*u_xx").paths == ()


def test_the_reason_says_how_narrow_and_how_far() -> None:
    assert "varies within 0.045 of x and is carried over 4, with one speed" in flow("2").reason
    assert "carried over 6, with 2 speeds" in waves("c^2*u_xx").reason
