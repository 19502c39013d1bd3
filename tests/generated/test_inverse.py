"""Inverse problems: data in the loss, unknowns among the parameters, and what a run says about them."""

from __future__ import annotations

import csv
import json
import math
from pathlib import Path
from types import ModuleType

import pytest
import torch

from tests.generated.runs import StopAfter
from tests.modules import import_text, one_thread

DECAY = """\
problem decay
time       t in [0, 2]
field      u(t)
unknown    rate = {start}
equation   law:    u_t = -rate*u
data       sensors: u from "decay.csv" (sigma = 0.1)
reference  rate = 1.5
exact      u = 2*exp(-rate*t)
network    mlp(width = 6, depth = 1)
sample     interior: hammersley(points = 40)
train      {train}
precision  float64
"""
BOUNDS = ("1 in [0, 5]", "1 in [0, inf]", "1 in [-inf, 4]", "1", "0", "1 in [0.1, 10]")


def make(folder: Path, start: str = "1 in [0, 5]", train: str = "broyden(steps = 300)") -> ModuleType:
    """The module of a decay law with an unknown rate, observed at ten times without noise."""
    rows = [f"{2 * math.exp(-1.5 * t)!r},{t!r}" for t in (0.2 * k for k in range(10))]
    (folder / "decay.csv").write_text("\n".join(["u,t", *rows]) + "\n", encoding="utf-8")
    return import_text(DECAY.format(start=start, train=train), folder, "decay")


@pytest.mark.parametrize("start", BOUNDS)
def test_an_unknown_starts_at_its_first_guess_and_is_found(start: str, tmp_path: Path) -> None:
    with one_thread():
        module = make(tmp_path, start)
        first = module.Network().unknowns.numbers().rate.item()
        assert first == pytest.approx(float(start.split(maxsplit=1)[0]), abs=1e-12)
        summary = module.train(tmp_path / "run", quiet=True)
    assert summary["unknowns"]["rate"]["value"] == pytest.approx(1.5, rel=1e-2)
    assert summary["unknowns"]["rate"]["relative_error"] < 1e-2


@pytest.mark.parametrize(
    ("start", "raw", "there"),
    [
        ("1 in [0, 5]", 4, False),
        ("1 in [0, 5]", 5, True),
        ("1 in [0, 5]", -5, True),
        ("1 in [0.1, 10]", -5, True),
        ("1 in [0, inf]", 5, False),
        ("1 in [0, inf]", -5, True),
        ("1 in [-inf, 4]", -5, True),
    ],
)
def test_a_number_at_an_end_of_its_range_is_told(
    start: str, raw: float, there: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    module = make(tmp_path, start)
    network = module.Network()
    torch.nn.init.constant_(network.unknowns.raw_rate, raw)
    found = module.with_errors(network, "cpu")
    assert found["rate"]["at_end_of_range"] is there
    module.print_unknowns(found)
    assert ("at an end of its range" in capsys.readouterr().out) is there


@pytest.mark.parametrize("name", ["lambda", "g", "count"])
def test_reports_have_the_names_of_the_specification(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "decay.csv").write_text("u,t\n1,0.5\n0.5,1.5\n", encoding="utf-8")
    text = DECAY.format(start="1 in [0, 5]", train="broyden(steps = 3)").replace("rate", name)
    module = import_text(text, tmp_path, "decay")
    with one_thread():
        summary = module.train(tmp_path / "run")
    assert list(summary["unknowns"]) == [name]
    assert summary["unknowns"][name]["reference"] == 1.5
    assert f"unknown.{name}" in (tmp_path / "run" / "metrics.csv").read_text().splitlines()[0].split(",")
    assert f"\n{name:9} " in capsys.readouterr().out


def test_without_a_range_no_end_is_looked_for(tmp_path: Path) -> None:
    module = make(tmp_path, "1")
    assert not hasattr(module, "FAR")
    assert "at_end_of_range" not in module.unknown_errors(module.Network())["rate"]


@pytest.mark.parametrize(
    "train", [f"{name}(steps = 20)" for name in ("adam", "lbfgs", "broyden", "gauss_newton", "soap")]
)
def test_every_optimiser_moves_the_unknown(train: str, tmp_path: Path) -> None:
    with one_thread():
        module = make(tmp_path, train=train)
        summary = module.train(tmp_path / "run", quiet=True)
    assert summary["unknowns"]["rate"]["value"] != pytest.approx(1, abs=1e-6)
    assert summary["unknowns"]["rate"]["standard_error"] > 0
    assert "data.sensors" in summary["loss_terms"]
    with (tmp_path / "run" / "metrics.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert all(float(row["unknown.rate"]) > 0 for row in rows)
    assert json.loads((tmp_path / "run" / "summary.json").read_text(encoding="utf-8")) == summary
    assert (tmp_path / "run" / "unknowns.png").exists()


def test_resuming_equals_not_stopping(tmp_path: Path) -> None:
    with one_thread():
        module = make(tmp_path, train="broyden(steps = 30)")
        whole = module.train(tmp_path / "whole", quiet=True)
        module.train(tmp_path / "parts", quiet=True, interrupted=StopAfter(11))
        parts = module.train(tmp_path / "parts", quiet=True, resume=True)
    assert parts["unknowns"] == whole["unknowns"]


def test_the_exact_solution_with_the_true_unknown_leaves_nothing(tmp_path: Path) -> None:
    with one_thread():
        module = make(tmp_path)
        checks = list(module.selftest_checks())
        assert all(check.error <= check.tolerance for check in checks)
        assert any("exact solution in equation.law" in check.name for check in checks)
        points, observed = module.observations("sensors")
        (misfit,) = module.sensors_residuals(points, observed, (module.exact_solution(points),)).values()
        assert misfit.abs().max() < 1e-12
        (wrong,) = module.sensors_residuals(points, observed, (1.1 * module.exact_solution(points),)).values()
        assert wrong.abs().max() == pytest.approx(0.1 * 2 / 0.1)


CONDUCTION = """\
problem conduction
space      x in [0, 1]
time       t in [0, 1]
field      u(x, t)
unknown    k(x) {range}
unknown    q = 1 in [0, 5]
equation   heat:     u_t = d(k*u_x, x) + q*u
boundary   ends:     u = 0, k = 1  on x = 0, x = 1
initial    start:    u = 0
data       sensors:  u from "sensors.csv"
data       fluxes:   -k*u_x = flux from "fluxes.csv" (sigma = 0.1)
reference  q = 2
manufacture  u = exp(-q*t)*sin(3*x), k = 1 + x^2/2
quantity   middle = k(0.5)
quantity   slope = q*u_x(1, 0)
network    mlp(width = 8, depth = 1)
network    k: mlp(width = 4, depth = 1)
sample     interior: hammersley(points = 100)
train      broyden(steps = {steps})
"""


def conduction(folder: Path, steps: int, bounds: str = "in [0.1, 10]") -> ModuleType:
    """A rod with an unknown conductivity and an unknown source; data without noise."""
    points = [(i / 12, j / 6) for i in range(13) for j in range(7)]
    temperatures = [f"{math.exp(-2 * t) * math.sin(3 * x)!r},{x!r},{t!r}" for x, t in points]
    fluxes = [f"{x!r},{t!r},{-(1 + x * x / 2) * 3 * math.exp(-2 * t) * math.cos(3 * x)!r}" for x, t in points]
    (folder / "sensors.csv").write_text("\n".join(["u,x,t", *temperatures]) + "\n", encoding="utf-8")
    (folder / "fluxes.csv").write_text("\n".join(["x,t,flux", *fluxes]) + "\n", encoding="utf-8")
    return import_text(CONDUCTION.format(range=bounds, steps=steps), folder, "conduction")


STARTS = {"in [0.1, 10]": 1, "in [0.5, 3]": 1.75, "= 2 in [0, inf]": 2, "= 1": 1}


@pytest.mark.parametrize("bounds", STARTS)
def test_an_unknown_field_starts_at_its_first_guess_and_satisfies_everything(bounds: str, tmp_path: Path) -> None:
    with one_thread():
        module = conduction(tmp_path, 1, bounds)
        checks = list(module.selftest_checks())
        assert all(check.error <= check.tolerance for check in checks), checks
        assert any(check.name == "exact solution in equation.heat" for check in checks)
        network = module.Network()
        with torch.no_grad():
            network.unknowns.k.output.weight.zero_()
        found = module.inferred_k(network, torch.rand(5, 2, dtype=torch.float64))
        assert torch.allclose(found, torch.full_like(found, STARTS[bounds]), atol=1e-12)
        for label in ("sensors", "fluxes"):
            points, observed = module.observations(label)
            jets = module.fluxes_reverse(module.exact_solution, points)
            fields = jets if label == "fluxes" else tuple(jet.value for jet in jets)
            (misfit,) = getattr(module, f"{label}_residuals")(points, observed, fields).values()
            assert misfit.abs().max() < 1e-10


def test_an_unknown_field_is_found(tmp_path: Path) -> None:
    with one_thread():
        module = conduction(tmp_path, 300)
        summary = module.train(tmp_path / "run", quiet=True)
    assert summary["fields"]["k"]["l2_relative"] < 0.05
    assert summary["unknowns"]["q"]["relative_error"] < 0.2
    assert summary["quantities"]["middle"]["value"] == pytest.approx(1.125, rel=0.1)
    with (tmp_path / "run" / "metrics.csv").open(encoding="utf-8") as file:
        assert "l2_relative.k" in next(csv.reader(file))


def test_data_that_changed_or_are_missing_are_named(tmp_path: Path) -> None:
    module = make(tmp_path)
    (tmp_path / "decay.csv").write_text("t,u\n0,1\n", encoding="utf-8")
    with pytest.raises(module.RunError, match="has changed"):
        module.train(tmp_path / "run", quiet=True)
    (tmp_path / "decay.csv").unlink()
    with pytest.raises(module.RunError, match="is missing"):
        module.train(tmp_path / "run", quiet=True)
