"""`train data_first`: the phase in which observations count far more than equations, and where the plan puts it."""

from __future__ import annotations

import math
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

import pytest
import torch

from tests.generated.runs import StopAfter
from tests.modules import compile_text, import_text, one_thread

WAVE = """\
problem wave
space      x in [0, 1]
time       t in [0, 1]
field      u(x, t)
unknown    c = 1 in [0, 5]
equation   waves:    u_tt = c^2*u_xx
boundary   ends:     u = 0  on x = 0, x = 1
initial    start:    u = sin(pi*x), u_t = 0
data       sensors:  u from "sensors.csv" (sigma = 0.05)
"""
SMALL = """\
network    mlp(width = 10, depth = 2)
sample     interior: hammersley(points = 150)
resample   none
"""


def observed(folder: Path) -> None:
    """u = sin(pi*x)*cos(2*pi*t) on a grid."""
    points = [(i / 10, j / 10) for i in range(11) for j in range(11)]
    rows = [f"{x!r},{t!r},{math.sin(math.pi * x) * math.cos(2 * math.pi * t)!r}" for x, t in points]
    (folder / "sensors.csv").write_text("\n".join(["x,t,u", *rows]) + "\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("more", "phases"),
    [
        ("", ["data_first", "broyden"]),
        ("train broyden(steps = 10)\n", ["broyden"]),
        ("prune sensors: bias\n", ["data_first", "broyden"]),
        ("network mlp(width = 80, depth = 3)\n", ["soap", "lbfgs"]),
    ],
)
def test_the_plan_puts_it_first_where_something_is_inferred(more: str, phases: list[str], tmp_path: Path) -> None:
    observed(tmp_path)
    plan = compile_text(WAVE + more, tmp_path).plan
    assert plan is not None
    assert [phase.name for phase in plan.phases] == phases
    told = next((reason for subject, reason in plan.reasons if subject == "train"), "")
    assert ("first guess" in told) == ("data_first" in phases)


def test_a_problem_without_unknowns_has_none(tmp_path: Path) -> None:
    observed(tmp_path)
    plan = compile_text(WAVE.replace("unknown    c = 1 in [0, 5]\n", "").replace("c^2", "4"), tmp_path).plan
    assert plan is not None
    assert [phase.name for phase in plan.phases] == ["broyden"]


def test_only_data_count_more_and_only_in_this_phase(tmp_path: Path) -> None:
    observed(tmp_path)
    text = WAVE + SMALL + "train data_first(steps = 2, factor = 500) then broyden(steps = 2)\n"
    with one_thread():
        module = import_text(text, tmp_path)
        training = module.Training(0, "cpu")
        objective, x = training.objective, training.optimiser.x
        terms = objective.terms(x, objective.points)
        weights = dict(module.WEIGHTS)
        plain = sum(weights[address] * term for address, term in terms.items())
        assert torch.allclose(objective.loss(x, objective.points), plain)
        training.advance()
        weights["data.sensors"] *= 500
        weighted = sum(weights[address] * term for address, term in terms.items())
        seen = training.optimiser.factors
        assert torch.equal(seen, torch.tensor([500.0 if a.startswith("data.") else 1.0 for a in module.WEIGHTS]).to(x))
        assert training.optimiser.loss < weighted.item()
        assert torch.equal(objective.factors, torch.ones_like(seen))


def levels(module: ModuleType, steps: int) -> list[float]:
    """What the data count in each step of the first phase, until it ends."""
    training, found = module.Training(0, "cpu"), []
    for _ in range(steps):
        if training.phase:
            break
        training.advance()
        found.append(training.optimiser.factors.max().item() if training.phase == 0 else 1.0)
    return found


def test_the_factor_falls_evenly_in_its_logarithm_and_ends_the_phase(tmp_path: Path) -> None:
    observed(tmp_path)
    text = WAVE + SMALL + "train data_first(steps = 1000, factor = 100) then broyden(steps = 5)\n"
    with one_thread():
        module = import_text(text, tmp_path)
        module.LEAD = 0.0
        found = levels(module, 1000)
    assert len(found) == module.LEVELS * module.LEVEL_STEPS + 1
    assert found[:: module.LEVEL_STEPS] == pytest.approx([100 ** (1 - k / module.LEVELS) for k in range(21)])


def test_the_first_factor_has_the_scale_of_the_equations(tmp_path: Path) -> None:
    observed(tmp_path)
    with one_thread():
        module = import_text(WAVE + SMALL + "train data_first(steps = 2) then broyden(steps = 1)\n", tmp_path)
        training = module.Training(0, "cpu")
        equation = training.terms(training.optimiser.x)["equation.waves"]
        training.advance()
    expected = module.HEAD_START * equation / module.WEIGHTS["data.sensors"]
    assert training.optimiser.factors.max().item() == pytest.approx(expected)
    assert expected < 1e8


def test_data_lead_as_long_as_the_equations_are_not_solved(tmp_path: Path) -> None:
    observed(tmp_path)
    text = WAVE + SMALL + "train data_first(steps = 60, factor = 1e4) then broyden(steps = 5)\n"
    with one_thread():
        module = import_text(text, tmp_path)
        module.LEVELS = 2  # without the lead it would have ended after two of them
        module.FIT_LEVELS = 0  # a fit would change the equations before the factor is chosen
        training = module.Training(0, "cpu")
        factor = 1e4
        for step in range(60):
            if step and step % module.LEVEL_STEPS == 0:
                terms = training.terms(training.optimiser.x)
                data = module.WEIGHTS["data.sensors"] * max(terms["data.sensors"], 1)
                least = module.LEAD * terms["equation.waves"] / data
                factor = min(factor, max(1e4 ** max(0.0, 1 - step / module.LEVEL_STEPS / 2), least))
            training.advance()
            if training.phase == 0:
                assert training.optimiser.factors.max().item() == pytest.approx(factor)
    assert factor > 1


def test_the_speed_of_a_wave_leaves_its_first_guess(tmp_path: Path) -> None:
    observed(tmp_path)
    with one_thread():
        module = import_text(WAVE + SMALL + "train data_first(steps = 150) then broyden(steps = 50)\n", tmp_path)
        summary = module.train(tmp_path / "run", quiet=True)
    assert summary["unknowns"]["c"]["value"] == pytest.approx(2, rel=0.05)


class Jet(NamedTuple):
    """What `waves` reads of a field."""

    tt: torch.Tensor
    xx: torch.Tensor


def rough_wave(_: object, points: torch.Tensor) -> tuple[Jet, ...]:
    """sin(pi*x)*cos(2*pi*t), which has c = 2, and a ripple of a hundredth that solves no wave equation."""
    x, t = points.chunk(2, dim=1)
    wave = torch.sin(math.pi * x) * torch.cos(2 * math.pi * t)
    ripple = 0.01 * torch.sin(21 * math.pi * x) * torch.cos(17 * math.pi * t)
    return (Jet(-((2 * math.pi) ** 2) * wave, -(math.pi**2) * wave - (21 * math.pi) ** 2 * ripple),)


def test_the_equations_tell_a_number_even_of_a_rough_field(tmp_path: Path) -> None:
    observed(tmp_path)
    with one_thread():
        module = import_text(WAVE + SMALL + "train data_first(steps = 2) then broyden(steps = 1)\n", tmp_path)
        training = module.Training(0, "cpu")
        module.interior_fields = rough_wave
        x = module.fit_numbers(training.objective, training.optimiser.x)
        training.objective.place(x)
        (jet,) = rough_wave(None, module.sample_interior(1000, training.generator))
    assert (x != training.optimiser.x).sum() == 1
    assert module.unknown_numbers(training.network)["unknown.c"] == pytest.approx(2, rel=0.02)
    pointwise = (jet.tt * jet.xx).sum() / jet.xx.square().sum()  # the least squares of the residual itself
    assert pointwise.sqrt().item() < 1


def test_a_number_of_which_the_equations_tell_nothing_stays(tmp_path: Path) -> None:
    observed(tmp_path)
    with one_thread():
        module = import_text(WAVE + SMALL + "train data_first(steps = 2) then broyden(steps = 1)\n", tmp_path)
        training = module.Training(0, "cpu")

        def still(_: object, points: torch.Tensor) -> tuple[Jet, ...]:
            x, t = points.chunk(2, dim=1)
            return (Jet(torch.sin(9 * x - 4 * t), torch.zeros_like(x)),)

        module.interior_fields = still
        found = module.fit_numbers(training.objective, training.optimiser.x)
    assert torch.equal(found, training.optimiser.x)


def test_numbers_wait_for_the_fields(tmp_path: Path) -> None:
    observed(tmp_path)
    with one_thread():
        module = import_text(WAVE + SMALL + "train data_first(steps = 60) then broyden(steps = 1)\n", tmp_path)
        module.FIT_LEVELS, module.LEVEL_STEPS = 2, 5
        training, found = module.Training(0, "cpu"), []
        for _ in range(20):
            training.advance()
            training.objective.place(training.optimiser.x)
            found.append(module.unknown_numbers(training.network)["unknown.c"])
            assert training.objective.held is None
    changed = [step for step in range(1, 20) if found[step] != found[step - 1]]
    assert found[0] == pytest.approx(1)
    assert changed == [5, *range(10, 20)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("u_tt = c^2*u_xx", "u_tt = 4*u_xx"),  # and c in a condition alone
        ("unknown    c = 1 in [0, 5]", "unknown    c(x) in [0.1, 5]"),
    ],
)
def test_what_is_no_number_of_the_equations_is_not_fitted(old: str, new: str, tmp_path: Path) -> None:
    observed(tmp_path)
    text = WAVE.replace(old, new)
    if "c(x)" not in new:
        text = text.replace("u = sin(pi*x), u_t = 0", "u = c*sin(pi*x), u_t = 0")
    compiled = compile_text(text, tmp_path)
    assert compiled.text is not None, compiled.diagnostics
    assert "class DataFirst" in compiled.text
    assert "fit_numbers" not in compiled.text
    assert "self.held:" not in compiled.text


def test_resuming_equals_not_stopping(tmp_path: Path) -> None:
    observed(tmp_path)
    with one_thread():
        module = import_text(WAVE + SMALL + "train data_first(steps = 26) then broyden(steps = 8)\n", tmp_path)
        whole = module.train(tmp_path / "whole", quiet=True)
        for stop in (19, 20, 23):
            module.train(tmp_path / "parts", quiet=True, resume=stop > 19, interrupted=StopAfter(stop))
        parts = module.train(tmp_path / "parts", quiet=True, resume=True)
    assert parts["unknowns"] == whole["unknowns"]


def test_a_compiled_loss_sees_the_factors(tmp_path: Path) -> None:
    observed(tmp_path)
    with one_thread():
        module = import_text(WAVE + SMALL + "train data_first(steps = 3) then broyden(steps = 3)\n", tmp_path)
        eager = module.train(tmp_path / "eager", quiet=True, compiling="never")
        compiled = module.train(tmp_path / "compiled", quiet=True, compiling="always")
    found, wanted = (one["unknowns"]["c"]["value"] for one in (compiled, eager))
    assert found == pytest.approx(wanted, rel=1e-6)


def test_observations_are_doubted_where_some_are_corrupted(tmp_path: Path) -> None:
    """A tenth of the values is off by 3: with `prune` the first phase finds the speed all the same."""
    points = [(i / 12, j / 12) for i in range(13) for j in range(13)]
    rows = [
        f"{x!r},{t!r},{math.sin(math.pi * x) * math.cos(2 * math.pi * t) + 3 * (n % 10 == 5)!r}"
        for n, (x, t) in enumerate(points)
    ]
    (tmp_path / "sensors.csv").write_text("\n".join(["x,t,u", *rows]) + "\n", encoding="utf-8")
    phases = "train data_first(steps = 200) then broyden(steps = 1) then prune then broyden(steps = 1)\n"
    found = {}
    with one_thread():
        for name in ("doubted", "believed"):
            module = import_text(WAVE + SMALL + "prune sensors: bias\n" + phases, tmp_path)
            if name == "believed":
                module.robust = lambda points, _: points
            training = module.PrunedTraining(0, "cpu")
            while training.phase == 0:
                training.advance()
            found[name] = abs(module.unknown_numbers(training.network)["unknown.c"] - 2)
            assert training.objective.points.bend.item() == module.STRAIGHT
    assert found["doubted"] < 0.05 < found["believed"]


def test_pruning_has_its_share_of_a_budget(tmp_path: Path) -> None:
    observed(tmp_path)
    plan = compile_text(WAVE + "prune sensors: bias\n", tmp_path).plan
    assert plan is not None
    assert plan.pruning is not None
    assert [phase.name for phase in plan.pruning.fine_tuning] == ["broyden"]
    assert plan.shares == (0.25, 0.5, 0.62, 0.74, 0.86, 0.98)


def test_a_run_that_the_clock_ends_has_told_observations_apart(tmp_path: Path) -> None:
    observed(tmp_path)
    with one_thread():
        module = import_text(WAVE + SMALL + "prune sensors: bias\n", tmp_path)
        summary = module.train(tmp_path / "run", budget=4, quiet=True, compiling="never")
    assert summary["finished"]
    assert list(summary["pruning"]["stages"])[:2] == ["baseline", "robust"]
    assert summary["pruning"]["kept"]
