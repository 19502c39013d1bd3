"""Constants that change during training: schedules, what is trained and what is judged, one compilation, going on."""

from __future__ import annotations

import math
from pathlib import Path
from types import ModuleType

import pytest
import torch

from tests.generated.runs import StopAfter, make
from tests.generated.test_march import selftest
from tests.generated.test_runtime_training import checkpoint, rows, same
from tests.modules import compile_text, import_text, one_thread

ROD = """\
problem rod "A rod with a condition in the loss"
space      x in [0, 1]
time       t in [0, 1]
field      u(x, t)
constant   nu = 0.02
constant   half = 0.5
equation   heat:   u_t + half*u*u_x = nu*u_xx
boundary   left:   u = 0  on x = 0
boundary   right:  nu*u_x = half*(1 - u)  on x = 1
initial    start:  u = x^2
network    mlp(width = 6, depth = 2)
sample     interior: hammersley(points = 40)
ramp       nu: {ramp}
train      {train}
precision  float64
compile    {compiled}
"""
GEOMETRIC = "geometric(from = 2, steps = 40, every = 10)"


def rod(folder: Path, train: str, ramp: str = GEOMETRIC, compiled: str = "never") -> ModuleType:
    return make(folder, ROD.format(ramp=ramp, train=train, compiled=compiled))


@pytest.mark.parametrize("network", ["mlp", "residual", "fourier", "modified", "siren"])
def test_jets_of_every_network(tmp_path: Path, network: str) -> None:
    text = ROD.format(ramp=GEOMETRIC, train="adam(steps = 50)", compiled="never")
    selftest(import_text(text.replace("network    mlp", f"network    {network}"), tmp_path))


def test_values_are_constant_between_moves_and_end_with_the_constant(tmp_path: Path) -> None:
    ramps = rod(tmp_path, "adam(steps = 50)").Ramps()
    found = []
    for step in (0, 9, 10, 25, 39, 40, 1000, math.inf):
        ramps.go_to(step)
        found.append(ramps.values()["constant.nu"])
    expected = [2 * 0.01**share for share in (0, 0, 0.25, 0.5, 0.75, 1, 1, 1)]
    assert found == pytest.approx(expected, rel=1e-14)
    assert found[-1] == 0.02
    linear = import_text(
        ROD.format(ramp="linear(from = -1, steps = 4, every = 1)", train="adam(steps = 50)", compiled="never"), tmp_path
    ).Ramps()
    linear.go_to(1)
    assert linear.values()["constant.nu"] == pytest.approx(-1 + 1.02 / 4)


def test_residuals_read_the_present_value_and_the_held_out_loss_the_last(tmp_path: Path) -> None:
    module = rod(tmp_path, "broyden(steps = 60)")
    training = module.Training(0, "cpu")
    network, points = training.network, training.objective.points
    begun = module.residuals(network, points)
    fields = module.interior_fields(network, points.interior)
    (u,) = fields
    expected = u.t + 0.5 * u.value * u.x - 2 * u.xx
    assert torch.allclose(begun["equation.heat"], expected)
    network.ramps.go_to(math.inf)
    ended = module.residuals(network, points)
    assert torch.allclose(ended["equation.heat"], expected + (2 - 0.02) * u.xx)
    assert not torch.allclose(ended["boundary.right"], begun["boundary.right"])
    judged = module.total_loss(module.loss_terms(network, training.held_out)).item()
    training.network.ramps.go_to(0)
    assert training.better()[0] == judged
    assert network.ramps.values() == {"constant.nu": 2.0}


@pytest.mark.parametrize(
    "train", ["adam(steps = 60)", "broyden(steps = 60)", "lbfgs(steps = 60)", "gauss_newton(steps = 45)"]
)
@pytest.mark.parametrize("stop", [7, 10, 33])
def test_resumed_training_equals_uninterrupted_training_bit_for_bit(tmp_path: Path, train: str, stop: int) -> None:
    module = rod(tmp_path, train)
    with one_thread():
        module.train(tmp_path / "whole", quiet=True)
        module.train(tmp_path / "parts", quiet=True, interrupted=StopAfter(stop))
        module.train(tmp_path / "parts", quiet=True, resume=True)
    assert same(checkpoint(tmp_path / "whole"), checkpoint(tmp_path / "parts"))


def test_the_value_is_in_metrics_and_a_graph_serves_all_values(tmp_path: Path) -> None:
    module = rod(tmp_path, "broyden(steps = 200)", "geometric(from = 2, steps = 150, every = 10)", "always")
    torch._dynamo.utils.counters.clear()
    with one_thread():
        summary = module.train(tmp_path / "run", quiet=True)
    assert summary["compiled"]
    assert torch._dynamo.utils.counters["stats"]["unique_graphs"] == 1
    values = {int(row["step"]): float(row["constant.nu"]) for row in rows(tmp_path / "run")}
    assert values[100] == pytest.approx(2 * 0.01 ** (90 / 150))
    assert values[200] == 0.02
    network = module.load_network(tmp_path / "run", "cpu")
    assert network.ramps.values() == {"constant.nu": 0.02}
    assert summary["held_out_loss"] == module.total_loss(module.loss_terms(network, module.Training(0, "cpu").held_out))


@pytest.mark.parametrize("network", ["fourier(width = 6, depth = 2)", "mlp(width = 6, depth = 2)"])
@pytest.mark.parametrize("ramp", ["", f"ramp nu: {GEOMETRIC}"])
def test_what_reads_more_than_parameters_and_points_is_not_recorded_once(
    tmp_path: Path, network: str, ramp: str
) -> None:
    text = ROD.format(ramp=GEOMETRIC, train="broyden(steps = 60)", compiled="always")
    text = text.replace(f"ramp       nu: {GEOMETRIC}", ramp).replace("mlp(width = 6, depth = 2)", network)
    written = compile_text(text, tmp_path).text
    assert written is not None
    assert ("make_fx" in written) == (not ramp and network.startswith("mlp"))
