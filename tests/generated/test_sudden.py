"""Walls whose value is suddenly another one than the start has: the module learns what the closed form leaves."""

from __future__ import annotations

import json
import math
from pathlib import Path
from types import ModuleType

import pytest
import torch

from pdel.maths import lower
from tests.generated.runs import make
from tests.modules import one_thread

COLD = """\
problem cold "Walls that are cooled at once"
space      x in [0, 1]
time       t in [0, 0.4]
field      u(x, t)
constant   D = 0.2
equation   heat:   u_t = D*u_xx
boundary   ends:   u = 0  on x = 0, x = 1
initial    start:  u = 1
network    mlp(width = 160, depth = 1, activation = tanh)
sample     interior: hammersley(points = 800)
march      windows(count = 4)
train      least_squares(steps = 1)
"""

EATEN = """\
problem eaten "A wall that feeds what a nonlinear reaction consumes, from the start on"
space      x in [0, 1]
time       t in [0, 0.4]
field      u(x, t)
constant   D = 0.05
let        known = exp(-t)*(1 - erf(x/sqrt(4*D*t + 1e-40)))
equation   balance:  u_t = D*u_xx - u^2 + known^2 - known
boundary   left:     u = exp(-t)  on x = 0
boundary   right:    u = known    on x = 1
initial    start:    u = 0
exact      u = known
network    mlp(width = 300, depth = 1, activation = tanh)
sample     interior: hammersley(points = 1500)
march      windows(count = 4)
train      least_squares(steps = 1)
"""


def cooled(x: torch.Tensor, t: float) -> torch.Tensor:
    """The solution of COLD by images: 1 - sum of (-1)^k (erfc((k + x)/s) + erfc((k + 1 - x)/s)), s = sqrt(4 D t)."""
    s, u = math.sqrt(4 * 0.2 * t), torch.ones_like(x)
    for k in range(8):
        u = u - (-1) ** k * (torch.special.erfc((k + x) / s) + torch.special.erfc((k + 1 - x) / s))
    return u


def errors_of_cold(folder: Path) -> list[float]:
    """The largest errors of a run soon after the start, later and at the end."""
    folder.mkdir()
    module = make(folder, COLD)
    with one_thread():
        module.train(folder / "run", quiet=True)
    network = module.load_network(folder / "run", "cpu")
    x = torch.cat([torch.linspace(0, 1, 201), torch.logspace(-5, -1, 50)]).double()
    return [
        (module.values_at(network, torch.stack([x, torch.full_like(x, t)], dim=1))[:, 0] - cooled(x, t)).abs().max()
        for t in (1e-6, 1e-3, 0.1, 0.4)
    ]


def test_a_cold_wall_is_learned_early_and_late(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = errors_of_cold(tmp_path / "with")
    assert max(found) < 1e-6, found
    monkeypatch.setattr(lower, "find_sudden", lambda _: ())
    assert errors_of_cold(tmp_path / "without")[1] > 1e-2


def test_a_nonlinear_reaction_beside_a_sudden_wall(tmp_path: Path) -> None:
    module = make(tmp_path, EATEN)
    assert len(module.CORNERS) == 1, "rates differ there"
    with one_thread():
        module.train(tmp_path / "run", quiet=True)
    summary = json.loads((tmp_path / "run" / "summary.json").read_text(encoding="utf-8"))
    assert summary["fields"]["u"]["l2_relative"] < 1e-5
    network = module.load_network(tmp_path / "run", "cpu")
    x = torch.linspace(0, 1, 401, dtype=torch.float64)
    found = module.values_at(network, torch.stack([x, torch.full_like(x, 1e-3)], dim=1))[:, 0]
    assert (found - math.exp(-1e-3) * torch.special.erfc(x / math.sqrt(2e-4))).abs().max() < 1e-5


def test_equations_count_less_beside_the_wall(tmp_path: Path) -> None:
    """By s/sqrt(s^2 + 0.15^2), s the distance sqrt(x^2 + 4*D*t)."""
    module = make(tmp_path, EATEN)
    points = torch.tensor([[0.0, 0.0], [0.003, 0.0], [0.0, 0.002], [0.15, 0.0], [1.0, 0.4]], dtype=module.DTYPE)
    s = torch.tensor([0.0, 0.003, 0.02, 0.15, math.sqrt(1.08)], dtype=module.DTYPE)
    weights = module.from_corners(points)[:, 0]
    assert torch.allclose(weights, s / torch.hypot(s, torch.full_like(s, 0.15)))
    (jet,) = module.interior_fields(module.Network(), points[1:])
    known = math.e ** -points[1:, 1:] * torch.special.erfc(points[1:, :1] / torch.sqrt(0.2 * points[1:, 1:] + 1e-40))
    residual = jet.op + jet.value**2 - known**2 + known
    found = module.interior_residuals(points[1:], (jet,))["equation.balance"]
    assert torch.allclose(found, weights[1:, None] * residual)
    assert not hasattr(make(tmp_path, COLD), "from_corners")


ONE = COLD[: COLD.index("march")] + "march whole\ntrain broyden(steps = 3)\n"


@pytest.mark.parametrize("text", [COLD, EATEN, ONE], ids=["linear", "nonlinear", "one network"])
def test_jets_are_those_of_autograd(tmp_path: Path, text: str) -> None:
    module = make(tmp_path, text)
    assert all(check.error <= check.tolerance for check in module.selftest_checks())


@pytest.mark.parametrize("text", [COLD, ONE], ids=["windows", "one network"])
def test_all_is_finite_at_the_corner_itself(tmp_path: Path, text: str) -> None:
    module: ModuleType = make(tmp_path, text)
    points = torch.tensor([[0.0, 0.0], [1.0, 0.0], [1e-12, 0.0], [0.0, 1e-12], [0.5, 0.0]], dtype=module.DTYPE)
    network = module.Network()
    (jet,) = module.interior_fields(network, points)
    assert all(channel.isfinite().all() for channel in jet)
    assert module.solution(network, points)[:2].abs().max() < 1e-15
