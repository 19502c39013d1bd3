"""Corners where values of the boundary jump: what networks, residuals and points of generated modules make of them."""

from __future__ import annotations

import math
from pathlib import Path
from types import ModuleType

import pytest
import torch

from tests.generated.runs import make

PLATE = """\
problem plate
space      x in [0, 1], y in [0, 2]
field      u(x, y)
equation   heat:   laplacian(u) = 0
boundary   top:    u = 1  on y = 2
boundary   others: u = 0  on x = 0, x = 1, y = 0
network    mlp(width = 120, depth = 1, activation = sin)
train      least_squares(steps = 6)
"""


def temperature(x: float, y: float) -> float:
    """The series of the plate's temperature."""
    return math.fsum(
        4 / (n * math.pi) * math.sin(n * math.pi * x) * math.sinh(n * math.pi * y) / math.sinh(2 * n * math.pi)
        for n in range(1, 80, 2)
    )


@pytest.fixture(scope="module")
def plate(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    return make(tmp_path_factory.mktemp("plate"), PLATE)


def test_the_network_is_given_the_direction_from_every_corner(plate: ModuleType) -> None:
    near = torch.tensor([[0.03, 2 - 0.04], [1 - 0.03, 2 - 0.04]], dtype=torch.float64)
    first, second = plate.inputs(near)
    assert first[2:4].tolist() == pytest.approx([0.2, 0.6], abs=1e-4)
    assert second[4:6].tolist() == pytest.approx([0.2, 0.6], abs=1e-4)
    assert plate.inputs(torch.tensor([[0.0, 2.0]], dtype=torch.float64)).isfinite().all()


def test_residuals_of_order_two_vanish_like_the_square_of_the_distance(plate: ModuleType) -> None:
    near = torch.tensor([[1e-3, 2.0], [1e-3, 2 - 1e-3], [1e-4, 2.0], [0.5, 0.0]], dtype=torch.float64)
    one, diagonal, tenth, far = plate.from_jumps(near).flatten().tolist()
    assert one == pytest.approx(10 * tenth, rel=1e-3)
    assert diagonal == pytest.approx(math.sqrt(2) * one, rel=1e-3)
    assert far == pytest.approx(1, abs=0.03)
    network = plate.Network()
    (jet,) = plate.interior_fields(network, near)
    residual = plate.heat(near, jet)
    assert torch.allclose(residual, plate.from_jumps(near) ** 2 * jet.laplacian)


def test_points_are_moved_towards_the_corners_and_stay_inside(plate: ModuleType) -> None:
    points = plate.sample_interior(2000, torch.Generator().manual_seed(0))
    assert points.min() >= 0
    assert points[:, 0].max() <= 1
    assert points[:, 1].max() <= 2
    for corner in ([0.0, 2.0], [1.0, 2.0]):
        distances = (points - torch.tensor(corner, dtype=torch.float64)).norm(dim=1)
        assert 40 < (distances < 0.01).sum() < 400
        assert (distances < 0.001).sum() < (distances < 0.01).sum()
    assert ((points[:, 1] < 1).sum() / 2000).item() == pytest.approx(0.3, abs=0.05)


def test_a_solution_that_jumps_is_found(plate: ModuleType, tmp_path: Path) -> None:
    plate.train(tmp_path / "run", quiet=True)
    network = plate.load_network(tmp_path / "run", "cpu")
    points = torch.cartesian_prod(torch.linspace(0.1, 0.9, 9), torch.linspace(0.2, 1.8, 9)).double()
    known = torch.tensor([[temperature(x, y)] for x, y in points.tolist()], dtype=torch.float64)
    found = plate.solution(network, points)
    assert ((found - known).norm() / known.norm()).item() < 1e-4


def test_where_values_agree_nothing_is_added(tmp_path: Path) -> None:
    module = make(tmp_path, PLATE.replace("u = 1  on", "u = x*(1 - x)  on"))
    assert not hasattr(module, "from_jumps")
    assert module.inputs(torch.zeros(1, 2, dtype=torch.float64)).shape == (1, 2)
