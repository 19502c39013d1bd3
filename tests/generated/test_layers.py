"""Thin layers beside the boundary: inputs, points and solutions of generated modules."""

from __future__ import annotations

import math
from pathlib import Path
from types import ModuleType

import pytest
import torch

from tests.generated.runs import make

WIND = """\
problem wind
space      x in [0, 1]
field      u(x)
constant   eps = {eps}
equation   balance:  -eps*u_xx + u_x = 1
boundary   ends:     u = 0  on boundary
exact      u = x - (exp((x - 1)/eps) - exp(-1/eps))/(1 - exp(-1/eps))
network    mlp(width = 200, depth = 1, activation = sin)
train      least_squares(steps = {steps})
"""
PLATE = """\
problem plate
shape      plate = rectangle((0, 0), (1, 1))
shape      hole = disk((0.5, 0.5), 0.2)
space      (x, y) in plate - hole
field      u(x, y)
equation   balance:  -1e-6*laplacian(u) + u = 1
boundary   rim:      u = 0  on boundary
network    mlp(width = 40, depth = 1, activation = sin)
train      least_squares(steps = 1)
"""


@pytest.fixture(scope="module")
def plate(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    return make(tmp_path_factory.mktemp("plate"), PLATE)


@pytest.mark.parametrize(("eps", "steps"), [("1e-3", 3), ("1e-4", 4), ("1e-6", 8)])
def test_a_thin_layer_is_solved(eps: str, steps: int, tmp_path: Path) -> None:
    """Waves of the coordinate alone leave an error of 1: they cannot be steep and have no points there."""
    module = make(tmp_path, WIND.format(eps=eps, steps=steps))
    summary = module.train(tmp_path / "run", quiet=True)
    assert summary["fields"]["u"]["max_error"] < 1e-6
    depth = torch.linspace(0, 10 * float(eps), 200, dtype=torch.float64)[:, None]
    network = module.load_network(tmp_path / "run", "cpu")
    found = module.solution(network, 1 - depth)
    assert torch.allclose(found, 1 - depth - torch.exp(-depth / float(eps)), atol=1e-5)


def test_the_network_is_given_the_logarithm_of_distances(plate: ModuleType) -> None:
    far, near, at = plate.inputs(torch.tensor([[0.02, 0.5], [0.002, 0.5], [0.0, 0.5]], dtype=torch.float64))
    assert far[2] - near[2] == pytest.approx(math.log(21 / 3) / (math.log(1001) / 2), rel=1e-2)
    assert at[2] == -1
    assert far[:2].tolist() == pytest.approx([2 * 0.02 - 1, 0])


ROUND = """\
problem round
{shapes}
field      u(x, y)
equation   balance:  -1e-8*laplacian(u) + u = 1
boundary   rim:      u = 0  on boundary
network    mlp(width = 10, depth = 1, activation = sin)
train      least_squares(steps = 1)
"""
HOLE = """\
shape      plate = rectangle((-5, -5), (5, 5))
shape      hole = disk((1, 0), 0.1)
space      (x, y) in plate - hole"""
DISK = """\
shape      disk = disk((1, 0), 0.1)
space      (x, y) in disk"""


@pytest.mark.parametrize(("shapes", "farthest"), [(HOLE, (-5.0, 5.0)), (DISK, (1.0, 0.0))], ids=["hole", "disk"])
def test_inputs_beside_round_boundaries_stay_in_their_range(
    shapes: str, farthest: tuple[float, float], tmp_path: Path
) -> None:
    """However small a hole is: -1 on it, 1 where the region ends."""
    module = make(tmp_path, ROUND.format(shapes=shapes))
    at = torch.tensor([[1.1, 0.0], farthest], dtype=torch.float64)
    rim, far = module.inputs(at)[:, 2:].unbind()
    assert rim.min().item() == pytest.approx(-1, abs=1e-6)
    place = rim.argmin()
    assert far[place].item() == pytest.approx(1, abs=5e-3), "the scale has three digits"


def test_the_factor_rises_within_the_layer(tmp_path: Path) -> None:
    """Else N would have to be as large as the layer is thin."""
    module = make(tmp_path, WIND.format(eps="1e-4", steps=1))
    at = torch.tensor([[1.0], [1 - 1e-4], [1 - 1e-3], [0.5], [0.0]], dtype=torch.float64)
    factor = module.ansatz_u(at, torch.ones(5, 1, dtype=torch.float64)).flatten().tolist()
    assert factor == pytest.approx([0, 1 - math.exp(-1), 1, 0.5, 0], abs=2e-3)


def test_points_lie_at_every_scale_of_the_distance(plate: ModuleType) -> None:
    generator = torch.Generator().manual_seed(0)
    points = plate.sample_interior(6000, generator)
    distances = plate.layer_distances(points)
    radius = (points - 0.5).norm(dim=1)
    assert torch.allclose(distances[:, -1], radius - 0.2) or torch.allclose(distances[:, 0], radius - 0.2)
    assert (distances > 0).all()
    for distance in distances.unbind(1):
        counts = [((distance > low) & (distance <= 10 * low)).double().mean().item() for low in (1e-4, 1e-3, 1e-2)]
        assert min(counts) > 0.02
        assert max(counts[:2]) < 2 * min(counts[:2])
    both = ((distances < 1e-2).sum(dim=1) > 1).double().mean()
    assert both > 0.01, "some lie in two layers"


def test_the_way_to_a_layer_is_that_across_it(plate: ModuleType) -> None:
    points = torch.tensor([[0.8, 0.5], [0.3, 0.9]], dtype=torch.float64)
    for number in range(len(plate.WIDTHS)):
        distance, inwards = plate.across_layer(points, number)
        moved = plate.layer_distances(points - distance / 2 * inwards)[:, [number]]
        assert torch.allclose(moved, distance / 2)


def test_equations_without_thin_layers_need_none_of_it(tmp_path: Path) -> None:
    module = make(tmp_path, WIND.format(eps="0.1", steps=1))
    assert not hasattr(module, "towards_layers")
    assert module.inputs(torch.zeros(1, 1, dtype=torch.float64)).shape == (1, 1)
