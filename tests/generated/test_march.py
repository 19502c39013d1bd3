"""Windows of time: joints that hold for every network, training window by window, resuming, evaluation over all."""

from __future__ import annotations

import json
import math
from pathlib import Path
from types import ModuleType

import pytest
import torch

from tests.generated.runs import StopAfter, make
from tests.modules import one_thread

DECAY = """\
problem decay "Exponential decay"
time       t in [0, 3]
field      u(t)
equation   rate:   u_t = -u
initial    start:  u = 1
quantity   middle = u(1.5)
exact      u = exp(-t)
network    mlp(width = 6, depth = 1)
sample     interior: hammersley(points = 40)
march      windows(count = 3)
train      {train}
"""

FLOW = """\
problem flow "Transport with a soft wall"
space      x in [0, 1]
time       t in [-1, 1]
field      u(x, t)
equation   transport:  u_t + u_x = 0.1*u_xx
boundary   left:       u = 0  on x = 0
boundary   right:      u_x = 0  on x = 1
initial    start:      u = sin(pi*x)^2
network    {network}(width = 6, depth = 2)
sample     interior: hammersley(points = 40)
enforce    left: softly
march      windows(count = 2)
train      adam(steps = 3)
"""

CABLE = """\
problem cable "A cable, of second order in time"
space      x in [0, 1] periodic
time       t in [0, 2]
field      u(x, t)
equation   wave:   u_tt + 0.1*u_xxt = u_xx
initial    start:  u = sin(2*pi*x), u_t = cos(2*pi*x)
network    mlp(width = 6, depth = 2)
sample     interior: hammersley(points = 40)
march      windows(count = 4)
train      adam(steps = 3)
precision  float64
"""

LORENZ = """\
problem lorenz "Lorenz system"
time       t in [0, {end}]
field      (x, y, z)(t)
constant   rho = 28
equation   roll:     x_t = 10*(y - x)
equation   heat:     y_t = x*(rho - z) - y
equation   profile:  z_t = x*y - 8*z/3
initial    start:    x = 1, y = 1, z = 1
"""


def selftest(module: ModuleType) -> dict[str, float]:
    """The comparisons of a module's self-test, all within their tolerance."""
    found = list(module.selftest_checks())
    assert all(check.error <= check.tolerance for check in found), found
    named = {check.name: check.error for check in found}
    assert len(named) == len(found), "every check has a name of its own"
    return named


@pytest.mark.parametrize("network", ["mlp", "residual", "fourier", "modified", "siren"])
def test_jets_and_joints_of_every_network(tmp_path: Path, network: str) -> None:
    checks = selftest(make(tmp_path, FLOW.format(network=network)))
    assert "u through the joint" in checks


def test_the_rate_of_change_goes_through_the_joint_for_second_order(tmp_path: Path) -> None:
    checks = selftest(make(tmp_path, CABLE))
    assert "rate of u through the joint" in checks


@pytest.mark.parametrize("specification", [FLOW.format(network="mlp"), CABLE])
def test_a_window_begins_as_the_mirror_image_of_the_one_before(tmp_path: Path, specification: str) -> None:
    module = make(tmp_path, specification)
    network = module.Network()
    first = module.in_window(module.draw_points(torch.Generator().manual_seed(1)).interior, network.elapsed)
    before = network.window(first)
    network.advance()
    mirrored = first.clone()
    mirrored[:, -1] = 2 * module.LOW[-1] + module.WINDOW - first[:, -1]
    assert torch.allclose(network.window(mirrored), before)
    assert not torch.allclose(network.window(first), before)


def test_joints_hold_while_a_window_is_trained(tmp_path: Path) -> None:
    module = make(tmp_path, CABLE)
    with one_thread():
        module.train(tmp_path / "run", quiet=True)
    network = module.load_network(tmp_path / "run", "cpu")
    assert [window.number for window in network.windows] == [0, 1, 2, 3]
    for number, (left, right) in enumerate(zip(network.windows, network.windows[1:], strict=False)):
        x = torch.linspace(0, 1, 7, dtype=torch.float64)
        points = torch.stack([x, torch.full_like(x, module.LOW[-1] + (number + 1) * module.WINDOW)], dim=1)
        assert torch.allclose(module.solution(left, points), module.solution(right, points), atol=1e-12)


def test_training_solves_window_by_window(tmp_path: Path) -> None:
    module = make(tmp_path, DECAY.format(train="broyden(steps = 150)"))
    with one_thread():
        summary = module.train(tmp_path / "run", quiet=True)
    assert summary["finished"]
    assert summary["steps"] <= 450
    assert summary["fields"]["u"]["l2_relative"] < 1e-4
    assert [round(window["end"], 9) for window in summary["windows"]] == [1, 2, 3]
    assert abs(summary["quantities"]["middle"]["value"] - math.exp(-1.5)) < 1e-4
    phases = {row["phase"] for row in module.read_metrics(tmp_path / "run" / "metrics.csv")}
    assert "broyden in window 2 of 3" in phases
    assert (tmp_path / "run" / "solution.png").exists()


def test_resuming_equals_not_stopping(tmp_path: Path) -> None:
    module = make(tmp_path, DECAY.format(train="broyden(steps = 20)"))
    with one_thread():
        module.train(tmp_path / "whole", quiet=True)
        module.train(tmp_path / "parts", quiet=True, interrupted=StopAfter(25))
        module.train(tmp_path / "parts", quiet=True, resume=True, interrupted=StopAfter(20))
        module.train(tmp_path / "parts", quiet=True, resume=True)
    whole, parts = (module.load_network(tmp_path / name, "cpu").states() for name in ("whole", "parts"))
    for one, other in zip(whole, parts, strict=True):
        assert all(torch.equal(one[name], other[name]) for name in one)


def test_an_unfinished_run_is_judged_on_the_windows_that_there_are(tmp_path: Path) -> None:
    module = make(tmp_path, DECAY.format(train="broyden(steps = 100)"))
    with one_thread():
        summary = module.train(tmp_path / "run", quiet=True, interrupted=StopAfter(150))
    assert "window 2 of 3" in summary["stopped"]
    assert summary["fields"]["u"]["l2_relative"] < 1e-2
    points = torch.tensor([[0.5], [1.0], [2.0], [2.5]], dtype=torch.float64)
    values = module.values_at(module.load_network(tmp_path / "run", "cpu"), points)
    assert values.isnan().flatten().tolist() == [False, False, False, True]


def test_windows_share_the_time(tmp_path: Path) -> None:
    module = make(tmp_path, DECAY.format(train="adam(steps = 1_000_000)"))
    with one_thread():
        summary = module.train(tmp_path / "run", quiet=True, budget=3, compiling="never")
    assert len(summary["windows"]) == 2
    assert all("its share of the time" in window["stopped"] for window in summary["windows"])
    written = json.loads((tmp_path / "run" / "summary.json").read_text())
    assert written["windows"] == summary["windows"]


def test_windows_share_the_steps(tmp_path: Path) -> None:
    module = make(tmp_path, DECAY.format(train="adam(steps = 1_000_000)"))
    with one_thread():
        module.train(tmp_path / "whole", quiet=True, steps=32)
        module.train(tmp_path / "parts", quiet=True, steps=32, interrupted=StopAfter(15))
        summary = module.train(tmp_path / "parts", quiet=True, steps=32, resume=True)
    assert [window["kept_step"] for window in summary["windows"]] == [11, 22]
    whole, parts = (module.load_network(tmp_path / name, "cpu").states() for name in ("whole", "parts"))
    assert all(torch.equal(one[name], two[name]) for one, two in zip(whole, parts, strict=True) for name in one)


def test_points_lie_in_the_window(tmp_path: Path) -> None:
    module = make(tmp_path, FLOW.format(network="mlp"))
    training = module.Marching(0, "cpu")
    for low, high in ((-1, 0), (0, 1)):
        for points in (training.objective.points, training.held_out):
            for part in points:
                assert ((part[:, -1] >= low) & (part[:, -1] <= high)).all()
        training.leave()


def test_the_gauss_newton_matrix_leaves_the_window_before_alone(tmp_path: Path) -> None:
    text = DECAY.format(train="gauss_newton(steps = 12)")
    module = make(tmp_path, text)
    with one_thread():
        summary = module.train(tmp_path / "run", quiet=True)
    assert summary["fields"]["u"]["l2_relative"] < 1e-3
