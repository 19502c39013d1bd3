"""What the budget decides in the plan."""

from __future__ import annotations

from pathlib import Path

import pytest

from pdel.compiler import compile_specification
from pdel.plan.budget import interior_count
from pdel.plan.pin import pinned_statements
from pdel.plan.plan import Plan
from tests.modules import ROD, compile_text

NONLINEAR = ROD.replace("u_t = u_xx", "u_t = u_xx - u^3") + "march whole\n"


def planned(folder: Path, methods: str = "") -> Plan:
    plan = compile_text(f"{NONLINEAR}{methods}\n", folder, "rod").plan
    assert plan is not None
    return plan


def size(plan: Plan) -> tuple[object, object]:
    return plan.network.method.option("width"), plan.network.method.option("depth")


def test_without_a_word_about_training_the_budget_is_a_minute(tmp_path: Path) -> None:
    plan = planned(tmp_path)
    assert plan.budget == 60
    assert size(plan) == (20, 3)
    assert dict(plan.reasons)["budget"].startswith("about a minute where nothing is said")
    assert "for 60 s of training" in dict(plan.reasons)["network"]


@pytest.mark.parametrize(
    ("seconds", "expected"), [("10", (20, 2)), ("100", (20, 3)), ("101", (30, 3)), ("5e3", (30, 3))]
)
def test_the_network_follows_the_budget(seconds: str, expected: tuple[int, int], tmp_path: Path) -> None:
    plan = planned(tmp_path, f"budget {seconds}")
    assert plan.budget == float(seconds)
    assert size(plan) == expected
    assert f"for {float(seconds):g} s of training" in dict(plan.reasons)["network"]


def test_a_longer_budget_is_never_given_a_smaller_network(tmp_path: Path) -> None:
    weights = [planned(tmp_path, f"budget {seconds}").network.parameters for seconds in (1, 30, 31, 100, 101, 1e5)]
    assert weights == sorted(weights)


def test_the_clock_ends_phases_that_the_plan_chose_and_steps_those_that_are_stated(tmp_path: Path) -> None:
    (chosen,) = planned(tmp_path, "budget 300").phases
    assert chosen.option("steps") == 300_000
    stated = planned(tmp_path, "train broyden(steps = 70)")
    assert stated.budget is None
    assert stated.phases[0].option("steps") == 70
    assert "budget" not in dict(stated.reasons)
    both = planned(tmp_path, "train broyden(steps = 70)\nbudget 5")
    assert (both.budget, both.phases[0].option("steps"), both.shares) == (5, 70, ())


def test_two_phases_share_the_budget(tmp_path: Path) -> None:
    plan = planned(tmp_path, "network mlp(width = 64)")
    assert [phase.name for phase in plan.phases] == ["soap", "lbfgs"]
    assert plan.shares == (0.8,)


def test_what_is_stated_is_not_chosen_by_the_budget(tmp_path: Path) -> None:
    plan = planned(tmp_path, "network mlp(width = 11)\nsample interior: random(points = 33)\nbudget 300")
    assert size(plan) == (11, 3)
    assert plan.point_sets[0].count == 33
    assert "network" not in dict(plan.reasons)
    assert "interior" not in dict(plan.reasons)


@pytest.mark.parametrize(
    ("weights", "equations", "linear", "share"),
    [(921, 1, False, 2.5), (921, 1, True, 1.6), (963, 3, False, 2.5), (4, 0, True, 1.6)],
)
def test_points_follow_weights_and_equations(weights: int, equations: int, linear: bool, share: float) -> None:
    count, reason = interior_count(weights, equations, linear)
    assert count % 100 == 0
    assert 0 <= count * max(equations, 1) - share * weights <= 100 * max(equations, 1)
    assert f"about {share:g} residuals" in reason


def test_the_count_in_the_reason_is_the_one_that_suits_the_sampler(tmp_path: Path) -> None:
    plan = planned(tmp_path, "sample interior: sobol")
    assert plan.point_sets[0].count == 2048
    assert dict(plan.reasons)["interior"].startswith("2048 points, with one equation at each about 2.5 residuals")


def test_a_pinned_plan_has_the_budget(tmp_path: Path) -> None:
    compilation = compile_text(ROD, tmp_path, "rod")
    assert compilation.problem is not None
    assert compilation.plan is not None
    assert pinned_statements(compilation.problem, compilation.plan)["budget"] == ("budget 60",)


@pytest.mark.parametrize(
    ("statement", "code"), [("budget 0", "E507"), ("budget long", "E511"), ("budget 5\nbudget 6", "E512")]
)
def test_a_budget_is_a_number_above_zero(statement: str, code: str, tmp_path: Path) -> None:
    path = tmp_path / "rod.pde"
    path.write_text(f"{ROD}{statement}\n", encoding="utf-8")
    assert [item.code for item in compile_specification(path).diagnostics] == [code]


@pytest.mark.parametrize(
    ("equation", "activation"),
    [
        ("u_xx + u_yy = 0", "sin"),
        ("u_xx + u_yy + x*u = 1", "sin"),
        ("u_xx + u_yy = u^3", "tanh"),
    ],
)
def test_linear_equations_are_given_sines(equation: str, activation: str, tmp_path: Path) -> None:
    text = f"problem a\nspace x in [0, 1], y in [0, 1]\nfield u(x, y)\nequation e: {equation}\ntrain broyden\n"
    plan = compile_text(f"{text}boundary walls: u = 0 on boundary\n", tmp_path, "a").plan
    assert plan is not None
    assert plan.network.activation == activation
    assert ("sin, because" in dict(plan.reasons)["network"]) is (activation == "sin")


def test_parabolic_equations_are_given_hyperbolic_tangents(tmp_path: Path) -> None:
    text = ROD + "train broyden\n"
    plan = compile_text(text, tmp_path, "rod").plan
    assert plan is not None
    assert plan.network.activation == "tanh"
