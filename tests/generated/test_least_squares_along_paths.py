"""`least_squares` with neurons that go along characteristics: what they are given, and what becomes of pulses."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pytest
import torch
from torch import Tensor

from tests.generated.runs import make
from tests.modules import one_thread

METHOD = """\
network    mlp(width = {width}, depth = 1, activation = tanh)
sample     interior: hammersley(points = {points})
march      windows(count = 2)
train      least_squares(steps = 1)
"""

ROUND = """\
problem ring "A pulse that goes round"
space      x in [0, 1] periodic
time       t in [0, 2]
field      u(x, t)
equation   flow:   u_t + u_x = 0
initial    pulse:  u = exp(20*(cos(2*pi*(x - 0.5)) - 1))
exact      u = exp(20*(cos(2*pi*(x - t - 0.5)) - 1))
""" + METHOD.format(width=120, points=600)

BENT = """\
problem bent "A speed that varies from place to place and in time"
space      x in [0, 4]
time       t in [0, 1]
field      u(x, t)
equation   flow:   u_t + (1 + x/2)*(1 + t)*u_x = 0
boundary   inlet:  u = 0  on x = 0
initial    pulse:  u = exp(-((x - 0.6)/0.1)^2)
exact      u = exp(-(((2 + x)*exp(-(t + t^2/2)/2) - 2.6)/0.1)^2)
"""

WAVES = """\
problem ends "Pulses that leave through absorbing ends"
space      x in [0, 4]
time       t in [0, 3]
field      u(x, t)
equation   waves:  u_tt = u_xx
boundary   left:   u_t - u_x = 0  on x = 0
boundary   right:  u_t + u_x = 0  on x = 4
initial    pulse:  u = exp(-((x - 2)/0.2)^2), u_t = 0
exact      u = (exp(-((x - 2 - t)/0.2)^2) + exp(-((x - 2 + t)/0.2)^2))/2
"""


def error(module: ModuleType, folder: Path) -> float:
    """The relative error of a run."""
    with one_thread():
        summary = module.train(folder, quiet=True)
    return float(summary["fields"]["u"]["l2_relative"])


def test_a_pulse_goes_round_with_few_neurons(tmp_path: Path) -> None:
    """Twice, with 120 neurons in each of two windows; 400 that went straight on left an error of 0.13."""
    assert error(make(tmp_path, ROUND), tmp_path / "run") < 2e-3


def test_pulses_go_both_ways_and_out(tmp_path: Path) -> None:
    text = WAVES + METHOD.format(width=160, points=800)
    assert error(make(tmp_path, text), tmp_path / "run") < 1e-2


def test_inputs_do_not_change_along_paths_but_for_third_order(tmp_path: Path) -> None:
    """An input is where what is at a point is half way through the window, in the second one too."""
    module = make(tmp_path, BENT + METHOD.format(width=20, points=100))
    network = module.Network()
    network.elapsed += module.WINDOW

    def inputs_at(points: Tensor) -> Tensor:
        return module.inputs(network.local(points))[:, 1]

    middle = 0.5 + module.WINDOW / 2
    x = torch.tensor([0.5, 1.5, 3.0], dtype=torch.float64)
    exact = (2 + x) * torch.exp(torch.tensor(0.5 * ((middle + 0.01) - middle) * (2 * middle + 2.01) / 2)) - 2
    here = torch.stack([x, torch.full_like(x, middle)], 1)
    later = torch.stack([exact, torch.full_like(x, middle + 0.01)], 1)
    assert inputs_at(here) == pytest.approx((2 * x / 4 - 1).tolist())
    assert (inputs_at(later) - inputs_at(here)).abs().max() < 1e-5


def test_what_goes_along_one_path_is_told_from_the_others(tmp_path: Path) -> None:
    """u = f(x - t) + g(x + t) has f' along the first path, g' along the second."""
    module = make(tmp_path, WAVES + METHOD.format(width=20, points=100))
    places = module.fine_places()
    f, g = torch.sin(places), torch.cos(3 * places)
    f_slope, g_slope = torch.cos(places), -3 * torch.sin(3 * places)
    moves = torch.tensor([[1.0, -1.0]], dtype=torch.float64).expand(len(places), 2) * module.WINDOW
    changes = (g_slope - f_slope) * module.WINDOW
    for path, slope in enumerate((f_slope, g_slope)):
        summed = module.on_path(path, (f + g)[:, None], changes[:, None], moves)
        assert torch.allclose(summed.diff(dim=0)[5:-5, 0], slope[6:-5], atol=1e-4)


def test_neurons_vary_along_one_path_and_in_time(tmp_path: Path) -> None:
    module = make(tmp_path, WAVES + METHOD.format(width=20, points=100).replace("steps = 1", "steps = 3"))
    training = module.Marching(0, "cpu")
    training.advance()
    slopes = training.optimiser.slopes
    assert module.AXIS_OF_INPUT == [1, 2, 3]
    assert slopes[:, 0].all()
    assert (slopes[0::2, 2] == 0).all()
    assert (slopes[1::2, 1] == 0).all()
    assert slopes[0::2, 1].all()


def test_boundary_conditions_weigh_as_the_joint_does(tmp_path: Path) -> None:
    """5/T = 10/3 for windows of 1.5: a condition on slopes counts as the rate does, one on values as the value."""
    module = make(tmp_path, WAVES + METHOD.format(width=20, points=100))
    assert module.JOINTS == (123.0, 11.1)
    assert module.WEIGHTS["boundary.left"] == 11.1
    text = WAVES.replace("u_t + u_x = 0", "u = 0").replace("exact ", "# ") + METHOD.format(width=20, points=100)
    assert make(tmp_path, text.replace("ends", "wall")).WEIGHTS["boundary.right"] == 123.0
    stated = text.replace("ends", "own") + "weigh right: 7\n"
    assert make(tmp_path, stated).WEIGHTS["boundary.right"] == 7
