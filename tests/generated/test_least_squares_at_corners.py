"""`least_squares` in windows where the start does not fit the boundary: inputs, neurons and points beside it."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
import torch

from pdel.maths import lower
from tests.generated.runs import make
from tests.modules import one_thread

WARMED = """\
problem warmed "A wall that is warmed at a steady rate from the start on"
space      x in [0, 1]
time       t in [0, 0.4]
field      u(x, t)
constant   D = 0.05
let        eta = x/sqrt(4*D*t + 1e-40)
let        warm = t*((1 + 2*eta^2)*(1 - erf(eta)) - 2*eta*exp(-eta^2)/sqrt(pi))
equation   heat:   u_t = D*u_xx
boundary   left:   u = t     on x = 0
boundary   right:  u = warm  on x = 1
initial    start:  u = 0
exact      u = warm
network    mlp(width = 160, depth = 1, activation = tanh)
sample     interior: hammersley(points = 800)
march      windows(count = 4)
train      least_squares(steps = 1)
"""

KINK = """\
problem kink "Heat from data with a kink at the seam"
space      x in [-1, 1] periodic
time       t in [0, 0.4]
field      u(x, t)
constant   D = 0.01
equation   heat:   u_t = D*u_xx
initial    start:  u = x^2
network    mlp(width = 160, depth = 1, activation = tanh)
sample     interior: hammersley(points = 800)
march      windows(count = 4)
train      least_squares(steps = 1)
"""


def kinked(x: torch.Tensor, t: float) -> torch.Tensor:
    """The solution of KINK by its Fourier series: 1/3 + sum of 4 (-1)^k/(k pi)^2 exp(-D (k pi)^2 t) cos(k pi x)."""
    k = torch.arange(1, 2001, dtype=torch.float64)
    sizes = 4 * (-1) ** k / (k * math.pi) ** 2 * torch.exp(-0.01 * (k * math.pi) ** 2 * t)
    return 1 / 3 + (sizes * torch.cos(math.pi * k * x[:, None])).sum(dim=1)


def wide(text: str) -> str:
    """The same with more neurons."""
    return text.replace("width = 160", "width = 300").replace("points = 800", "points = 1500")


def both_ways(folder: Path, text: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[ModuleType, Path]]:
    """The module of a text and its run, as planned and without the inputs for such places."""
    for name in ("with", "without"):
        if name == "without":
            monkeypatch.setattr(lower, "find_incompatible", lambda *_: ())
        (folder / name).mkdir()
        module = make(folder / name, wide(text))
        with one_thread():
            module.train(folder / name / "run", quiet=True)
        yield module, folder / name / "run"


def test_rates_that_do_not_fit_are_learned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    errors = [
        json.loads((run / "summary.json").read_text(encoding="utf-8"))["fields"]["u"]["l2_relative"]
        for _, run in both_ways(tmp_path, WARMED, monkeypatch)
    ]
    assert errors[0] < 1e-4
    assert errors[0] < errors[1] / 3, "4e-5 against 2e-4"


def test_a_kink_at_the_seam_is_learned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    x = torch.linspace(-1, 1, 201, dtype=torch.float64)
    errors = []
    for module, run in both_ways(tmp_path, KINK, monkeypatch):
        found = module.values_at(module.load_network(run, "cpu"), torch.stack([x, torch.full_like(x, 0.004)], dim=1))
        errors.append((found[:, 0] - kinked(x, 0.004)).abs().max())
    assert errors[0] < 1e-3
    assert errors[0] < errors[1] / 4, "4e-4 against 4e-3, soon after the start"


ROUND_SEAM = KINK.replace("[-1, 1]", "[0, 2*pi]").replace("x^2", "x*(2*pi - x)")
SHORT_SEAM = KINK.replace("[-1, 1]", "[1, 1.7]").replace("x^2", "(x - 1)*(1.7 - x)")


@pytest.mark.parametrize(
    "text", [WARMED, KINK, ROUND_SEAM, SHORT_SEAM], ids=["end", "seam", "seam of 2*pi", "seam of 0.7"]
)
def test_jets_are_those_of_autograd_in_every_window(tmp_path: Path, text: str) -> None:
    module = make(tmp_path, text)
    checks = list(module.selftest_checks())
    assert any("window 2" in check.name for check in checks)
    assert all(check.error <= check.tolerance for check in checks)


@pytest.mark.parametrize(("text", "place"), [(WARMED, 0.0), (KINK, 1.0)], ids=["end", "seam"])
def test_points_lie_at_every_scale_of_distance(tmp_path: Path, text: str, place: float) -> None:
    module = make(tmp_path, text)
    (corner,) = module.CORNERS
    length = module.HIGH[0] - module.LOW[0]
    for since in (0.0, 0.1):
        points = corner.around(4000, since, torch.Generator().manual_seed(0))
        x, t = points.T
        assert (x >= module.LOW[0]).all()
        assert (x <= module.HIGH[0]).all()
        assert (t >= since).all()
        assert (t <= since + module.WINDOW).all()
        d = (x - place).abs()
        d = torch.minimum(d, length - d) if text is KINK else d
        distance = (d**2 + corner.spread * t).sqrt()
        assert distance.min() >= corner.nearest(since) * (1 - 1e-9)
        if not since:
            near = [(distance < bound * length).double().mean().item() for bound in (2e-3, 2e-2)]
            assert near[0] > 0.1, "some of the points are at one hundredth of the largest distance"
            assert near[1] > near[0] + 0.1


@pytest.mark.parametrize("text", [WARMED, KINK], ids=["end", "seam"])
def test_neurons_beside_a_corner_vary_with_distance_and_direction_alone(tmp_path: Path, text: str) -> None:
    module = make(tmp_path, text)
    training = module.Marching(0, "cpu")
    optimiser = training.optimiser
    optimiser.draw_neurons(training.objective)
    (corner,) = module.CORNERS
    count = int(corner.share(0.0) * 160)
    assert count == 72
    beside = [corner.distance, corner.distance + 1]
    space = [index for index, axis in enumerate(module.AXIS_OF_INPUT) if axis == 0]
    assert not optimiser.slopes[:count, space].any()
    assert optimiser.slopes[:count, beside].all()
    assert not optimiser.slopes[count:, beside].any()
    assert optimiser.slopes[count:, space].all()
    relative = optimiser.slopes[:count, corner.distance] * optimiser.centres[:count, corner.distance]
    assert optimiser.scales[corner.distance + 1] == module.DIRECTION_SCALE
    assert optimiser.scales[corner.distance].item() == pytest.approx(module.TIME_SCALE, rel=1e-6)
    assert 0.3 < relative.abs().median() < 1.2, "as fast as they are near"
    assert corner.share(100.0) == 0, "in the end nothing is left of the corner"
