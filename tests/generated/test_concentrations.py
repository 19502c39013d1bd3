"""Corners at which stresses are infinite: what equations count beside them, and what a held plate learns so."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pytest
import torch

from tests.generated.runs import make
from tests.maths.test_concentrations import CANTILEVER
from tests.modules import one_thread

QUICK = """\
network    mlp(width = 300, depth = 1, activation = sin)
train      least_squares(steps = 2)
"""

SINKS = -0.13353
"""The middle of the free end, by finite elements of second order on a mesh graded towards the corners (0.13353 with
16, 32 and 48 elements across)."""


@pytest.fixture(scope="module")
def cantilever(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    return make(tmp_path_factory.mktemp("cantilever"), CANTILEVER + QUICK)


def test_equations_and_conditions_on_derivatives_count_less_beside_the_corners(cantilever: ModuleType) -> None:
    corner = torch.tensor([[0.0, 0.5]], dtype=cantilever.DTYPE)
    step = torch.tensor([[1e-3, -1e-3]], dtype=cantilever.DTYPE)
    jet = cantilever.interior_fields(cantilever.Network(), corner + step)
    whole = (cantilever.lam + 2 * cantilever.mu) * jet[0].xx + cantilever.mu * jet[0].yy
    whole = whole + (cantilever.lam + cantilever.mu) * jet[1].xy
    weight = cantilever.from_concentrations(corner + step)
    assert cantilever.balance_x(corner + step, *jet).item() == pytest.approx((weight**2 * whole).item())
    assert weight.item() == pytest.approx(2**0.5 * 1e-3 / 0.5 * 0.5**0.5, rel=0.02), "half a side from the other one"


def deflection(module: ModuleType, folder: Path) -> float:
    """How far the middle of the free end moves."""
    with one_thread():
        module.train(folder, quiet=True)
    network = module.load_network(folder, "cpu")
    with torch.no_grad():
        return float(module.solution(network, torch.tensor([[2.0, 0.25]], dtype=module.DTYPE))[0, 1])


def test_a_held_plate_sinks_as_far_as_it_should(cantilever: ModuleType, tmp_path: Path) -> None:
    assert deflection(cantilever, tmp_path / "run") == pytest.approx(SINKS, rel=0.1)
