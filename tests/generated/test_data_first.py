"""`train data_first`: the phase in which observations count far more than equations, and where the plan puts it."""

from __future__ import annotations

import math
from pathlib import Path

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
        ("prune sensors: bias\n", ["broyden"]),
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


def test_the_speed_of_a_wave_leaves_its_first_guess(tmp_path: Path) -> None:
    observed(tmp_path)
    with one_thread():
        module = import_text(WAVE + SMALL + "train data_first(steps = 150) then broyden(steps = 50)\n", tmp_path)
        summary = module.train(tmp_path / "run", quiet=True)
    assert summary["unknowns"]["c"]["value"] == pytest.approx(2, rel=0.05)


def test_resuming_equals_not_stopping(tmp_path: Path) -> None:
    observed(tmp_path)
    with one_thread():
        module = import_text(WAVE + SMALL + "train data_first(steps = 8) then broyden(steps = 8)\n", tmp_path)
        whole = module.train(tmp_path / "whole", quiet=True)
        for stop in (5, 6):
            module.train(tmp_path / "parts", quiet=True, resume=stop > 5, interrupted=StopAfter(stop))
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
