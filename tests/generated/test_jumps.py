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


CORNERS = ([0.0, 2.0], [1.0, 2.0])


def from_corner(points: torch.Tensor, corner: list[float]) -> torch.Tensor:
    return (points - torch.tensor(corner, dtype=torch.float64)).norm(dim=1)


def test_points_are_moved_towards_the_corners_and_stay_inside(plate: ModuleType) -> None:
    points = plate.sample_interior(2000, torch.Generator().manual_seed(0))
    assert points.min() >= 0
    assert points[:, 0].max() <= 1
    assert points[:, 1].max() <= 2
    for corner in CORNERS:
        distances = from_corner(points, corner)
        scales = [((low < distances) & (distances < 10 * low)).sum().item() for low in (0.001, 0.01)]
        assert all(80 < count < 250 for count in scales), scales
    assert ((points[:, 1] < 1).sum() / 2000).item() == pytest.approx(0.3, abs=0.05)


def test_no_point_lies_where_directions_are_rounded_off(plate: ModuleType) -> None:
    """Not one that was drawn there either."""
    near = torch.tensor([[1e-5, 2 - 1e-5], [1 - 2e-4, 2.0], [0.0, 2 - 1e-4], [0.5, 0.5]], dtype=torch.float64)
    points = plate.towards_jumps(near.repeat(50, 1), torch.Generator().manual_seed(0))
    for sample in (points, plate.sample_interior(3000, torch.Generator().manual_seed(1))):
        assert min(from_corner(sample, corner).min() for corner in CORNERS) > 0.999 * plate.NEAREST


def test_points_of_conditions_are_moved_along_their_edges(plate: ModuleType) -> None:
    top = plate.sample_top(1000, torch.Generator().manual_seed(0))
    assert (top[:, 1] == 2).all()
    others = plate.sample_others(1000, torch.Generator().manual_seed(0))
    assert ((others[:, 0] == 0) | (others[:, 0] == 1) | (others[:, 1] == 0)).all()
    assert others[others[:, 1] == 0, 0].min() > 0
    for sample, least in ((top, 40), (others, 10)):
        for corner in CORNERS:
            distances = from_corner(sample, corner)
            assert distances.min() > 0.999 * plate.NEAREST
            assert (distances < 0.01).sum() > least


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


@pytest.mark.parametrize(("right", "near"), [("0", 0.25), ("u^3", 0.1)])
def test_nonlinear_equations_count_nearer_to_the_corner(right: str, near: float, tmp_path: Path) -> None:
    module = make(tmp_path, PLATE.replace("laplacian(u) = 0", f"laplacian(u) = {right}"))
    assert near == module.NEAR
