"""Where the plan solves for the output layer in place of training all weights."""

from __future__ import annotations

from pathlib import Path

import pytest

from pdel.compiler import compile_specification
from pdel.maths.windows import SOLVED
from pdel.plan.memory import matrix_size
from pdel.plan.plan import Plan
from tests.modules import compile_text

ROD = """\
problem rod
space x in [0, 1]
time t in [0, 1]
field u(x, t)
{before}equation heat: {equation}
boundary ends: u = 0 on boundary
initial start: u = sin(pi*x)
"""
READINGS = "x,t,u\n0.5,0,1\n0.5,1,0\n"
SENSORS = 'data sensors: u from "readings.csv"\n'


def rod(equation: str) -> str:
    return ROD.format(equation=equation, before="unknown a = 1 in [0, 2]\n" if "a*" in equation else "")


def planned(folder: Path, methods: str = "", equation: str = "u_t = u_xx") -> Plan:
    (folder / "readings.csv").write_text(READINGS, encoding="utf-8")
    plan = compile_text(f"{rod(equation)}{methods}\n", folder, "rod").plan
    assert plan is not None
    return plan


def names(plan: Plan) -> list[str]:
    return [phase.name for phase in plan.phases]


@pytest.mark.parametrize("equation", ["u_t = u_xx", "u_t = (1 + x)*u_xx + sin(t)*u + x"])
def test_linear_equations_are_solved_for(equation: str, tmp_path: Path) -> None:
    plan = planned(tmp_path, equation=equation)
    assert names(plan) == ["least_squares"]
    assert plan.network.method.option("depth") == 1
    assert plan.resample is None
    assert plan.compile == "never"
    assert plan.precision == "float64"
    assert plan.budget == 60
    assert "linear" in dict(plan.reasons)["train"]


@pytest.mark.parametrize("equation", ["u_t = u_xx + u^2", "u_t + u*u_x = u_xx"])
def test_nonlinear_parabolic_equations_are_solved_for_in_windows(equation: str, tmp_path: Path) -> None:
    plan = planned(tmp_path, equation=equation)
    assert names(plan) == ["least_squares"]
    assert plan.march is not None
    assert plan.march.count == SOLVED
    assert plan.march.joints == (1e4,), "(5/0.05)^2 for windows of 0.05 and u_t alone"
    heavy = planned(tmp_path, equation=equation.replace("u_t", "3*(1 + u)*u_t"))
    assert heavy.march is not None
    assert heavy.march.joints == (9e4,), "fields in a coefficient count as at rest"
    assert plan.network.method.option("activation") == "tanh"
    assert "parabolic" in dict(plan.reasons)["march"]
    assert plan.point_sets[0].count > 4 * plan.network.method.option("width")


@pytest.mark.parametrize("statement", ["", "enforce start: exactly\n", "march whole\n", "precision float32\n"])
def test_windows_are_solved_for_where_nothing_stands_against_it(statement: str, tmp_path: Path) -> None:
    plan = planned(tmp_path, statement, equation="u_t = u_xx + u^2")
    assert (plan.march is None) == bool(statement)
    assert (names(plan) == ["least_squares"]) == (not statement)


TRANSPORT = """\
problem transport
space x in [0, 1] periodic
time t in [0, 1]
field u(x, t)
equation waves: u_t + u*u_x + 0.001*u_xxx = 0
initial start: u = cos(2*pi*x)
"""


def test_nonlinear_dispersive_equations_are_solved_for_in_windows(tmp_path: Path) -> None:
    plan = compile_text(TRANSPORT, tmp_path).plan
    assert plan is not None
    assert names(plan) == ["least_squares"]
    assert plan.march is not None
    assert plan.march.count == SOLVED
    assert "dispersive" in dict(plan.reasons)["march"]


PLANE = """\
problem plane
space x in [0, 1], y in [0, 1]
time t in [0, 1]
field u(x, y, t)
equation heat: u_t = laplacian(u) - u^3
boundary rim: u = 0 on boundary
initial start: u = sin(pi*x)*sin(pi*y)
"""
BENT = """\
problem bent
space x in [0, 1] periodic
time t in [0, 1]
field u(x, t)
equation waves: u_tt + u^3 + 0.001*u_xxxx = 0
initial start: u = cos(2*pi*x)
initial rest: u_t = 0
"""


@pytest.mark.parametrize("text", [PLANE, BENT])
def test_others_are_trained(text: str, tmp_path: Path) -> None:
    plan = compile_text(text, tmp_path).plan
    assert plan is not None
    assert names(plan) == ["broyden"]


FLOW = """\
problem flow
space x in [0, 1], y in [0, 1]
field u(x, y), v(x, y)
equation first: u_xx + u_yy = v
equation second: v_xx + v_yy = u
boundary sides: u = 1  on boundary
boundary others: v = x  on boundary
"""


def test_fields_share_the_weights(tmp_path: Path) -> None:
    plan = compile_text(FLOW, tmp_path, "flow").plan
    assert plan is not None
    assert plan.network.method.option("width") == int(planned(tmp_path).network.method.option("width")) // 2


@pytest.mark.parametrize(
    "statement",
    [
        "network mlp(width = 20)",
        "mask exponential",
        "resample rad",
        "march windows(count = 2)",
        "precision float32",
        "compile always",
        SENSORS,
        f"{SENSORS}prune sensors: bias",
    ],
)
def test_statements_about_other_ways_lead_there(statement: str, tmp_path: Path) -> None:
    assert "least_squares" not in names(planned(tmp_path, statement))


def test_inverse_problems_are_trained(tmp_path: Path) -> None:
    plan = planned(tmp_path, SENSORS, "u_t = a*u_xx")
    assert names(plan) == ["data_first", "broyden"]


def test_a_longer_budget_has_more_neurons(tmp_path: Path) -> None:
    widths = [int(planned(tmp_path, f"budget {s}").network.method.option("width")) for s in (5, 60, 300)]
    assert widths == sorted(widths)
    assert widths[0] < widths[2]


def test_points_determine_the_weights(tmp_path: Path) -> None:
    plan = planned(tmp_path)
    weights = int(plan.network.method.option("width")) + 1
    assert 4.9 * weights < plan.point_sets[0].count < 5.3 * weights
    assert f"each of the {weights} weights" in dict(plan.reasons)["interior"]


@pytest.mark.parametrize(("points", "width"), [(500, 199), (100, 39), (5, 10)])
def test_few_stated_points_determine_few_neurons(points: int, width: int, tmp_path: Path) -> None:
    plan = planned(tmp_path, f"sample interior: random(points = {points})")
    assert plan.network.method.option("width") == width
    assert plan.point_sets[0].count == points
    assert f"{points} points determine" in dict(plan.reasons)["network"]


@pytest.mark.parametrize(
    ("methods", "equation", "label"),
    [
        (SENSORS, "u_t = a*u_xx", "the unknowns would not be trained"),
        (f"{SENSORS}prune sensors: bias\n", "u_t = u_xx", "stages of `prune` need all layers trained"),
    ],
)
def test_what_it_cannot_train_is_refused(methods: str, equation: str, label: str, tmp_path: Path) -> None:
    (tmp_path / "readings.csv").write_text(READINGS, encoding="utf-8")
    path = tmp_path / "rod.pde"
    path.write_text(f"{rod(equation)}{methods}train least_squares\n", encoding="utf-8")
    (found,) = (item for item in compile_specification(path).diagnostics if item.code.startswith("E"))
    assert (found.code, found.primary.text) == ("E532", label)


def test_the_matrix_is_that_of_the_output_layer(tmp_path: Path) -> None:
    plan = planned(tmp_path)
    assert matrix_size(plan.phases[0], plan.network) == int(plan.network.method.option("width")) + 1


def test_what_changes_the_loss_or_the_form_of_the_output_layer_is_trained(tmp_path: Path) -> None:
    assert names(planned(tmp_path, "weigh heat: attention")) == ["broyden"]
    refused = tmp_path / "factorised.pde"
    refused.write_text(f"{rod('u_t = u_xx')}network mlp(factorised = true)\ntrain least_squares\n", encoding="utf-8")
    assert [item.code for item in compile_specification(refused).diagnostics] == ["E532"]


def test_windows_that_it_cannot_join_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "rod.pde"
    statements = "march windows(count = 2)\ntrain least_squares then broyden\n"
    path.write_text(rod("u_t = u_xx") + statements, encoding="utf-8")
    (found,) = (item for item in compile_specification(path).diagnostics if item.code.startswith("E"))
    label = "windows that other methods train begin in another way"
    assert (found.code, found.primary and found.primary.text) == ("E532", label)


STEADY = """\
problem steady
space x in [0, 1], y in [0, 1]
field u(x, y)
equation balance: laplacian(u) = {right}
boundary rim: u = {value} on boundary
"""


@pytest.mark.parametrize(("right", "activation"), [("u - 1", "sin"), ("u^3 - 1", "tanh")])
def test_neurons_of_nonlinear_equations_are_fronts(right: str, activation: str, tmp_path: Path) -> None:
    plan = compile_text(STEADY.format(right=right, value="0"), tmp_path).plan
    assert plan is not None
    assert names(plan) == ["least_squares"]
    assert plan.network.activation == activation


LID = STEADY.replace("u = {value} on boundary", "u = 0 on x = 0, x = 1, y = 0")


def test_solutions_of_nonlinear_equations_that_jump_have_more_of_all(tmp_path: Path) -> None:
    """A flow that turns beside its walls is lost with few neurons, and passes through them between few points."""
    linear, jumping, smooth = (
        compile_text(f"{LID.format(right=right)}boundary top: u = {value} on y = 1\n", tmp_path).plan
        for right, value in (("u", "1"), ("u^3", "1"), ("u^3", "0"))
    )
    assert linear is not None
    assert jumping is not None
    assert smooth is not None
    width = int(jumping.network.method.option("width"))
    assert width > 2 * int(linear.network.method.option("width"))
    assert int(linear.network.method.option("width")) == int(smooth.network.method.option("width"))
    assert jumping.point_sets[0].count > 4.9 * width
    rim = next(points for points in jumping.point_sets if points.name == "rim")
    assert rim.count >= width / 2 * len(rim.pieces)


@pytest.mark.parametrize(
    ("right", "value", "statement", "by_parts"),
    [
        ("u^3", "0", "", True),
        ("u^3", "1", "", False),  # steep without end at the corners
        ("u", "0", "", False),
        ("u^3", "0", "train broyden\n", False),
        ("u^3", "0", "weigh balance: attention\ntrain least_squares\n", False),
    ],
)
def test_nonlinear_terms_may_count_in_part(
    right: str, value: str, statement: str, by_parts: bool, tmp_path: Path
) -> None:
    text = LID.format(right=right) + f"boundary top: u = {value} on y = 1\n{statement}"
    plan = compile_text(text, tmp_path).plan
    assert plan is not None
    assert plan.by_parts is by_parts
    if not statement:
        assert ("count in part at first" in dict(plan.reasons)["train"]) is by_parts
