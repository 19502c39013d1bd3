"""A few steps of every architecture under every optimiser: the loss falls, everything stays finite."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from tests.modules import import_text

HEAT = """problem heat
space x in [0, 1]
time t in [0, 1]
field u(x, t)
equation conduction: u_t = 0.1*u_xx
boundary ends: u = 0 on boundary
initial profile: u = sin(pi*x)
sample interior: hammersley(points = 200)
exact u = exp(-0.1*pi^2*t)*sin(pi*x)
"""
NETWORKS = ("mlp", "residual", "fourier", "modified", "siren")
OPTIMISERS = (
    "adam(steps = 30)",
    "lbfgs(steps = 15)",
    "broyden(steps = 15)",
    "gauss_newton(steps = 4)",
    "soap(steps = 30)",
    "adam(steps = 10) then broyden(steps = 10)",
)
PRECISIONS = ("float64", "float32")


@pytest.mark.parametrize("precision", PRECISIONS)
@pytest.mark.parametrize("optimiser", OPTIMISERS)
@pytest.mark.parametrize("network", NETWORKS)
def test_the_loss_falls(network: str, optimiser: str, precision: str, tmp_path: Path) -> None:
    text = f"{HEAT}network {network}(width = 8, depth = 2)\ntrain {optimiser}\nprecision {precision}\n"
    module = import_text(text, tmp_path)
    training = module.Training(0, "cpu")
    first = module.total_loss(module.loss_terms(training.network, training.objective.points)).item()
    summary = module.train(tmp_path / "run", quiet=True)
    assert summary["finished"]
    assert math.isfinite(summary["held_out_loss"])
    assert summary["kept_step"] > 0
    assert summary["loss_terms"]["equation.conduction"] < first
    assert math.isfinite(summary["fields"]["u"]["l2_relative"])
