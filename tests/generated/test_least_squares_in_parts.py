"""Nonlinear equations that one trial does not solve: nonlinear terms in part, neurons where the solution is steep."""

from __future__ import annotations

import time
from pathlib import Path
from types import ModuleType

import pytest
import torch
from torch import Tensor

from tests.generated.runs import decay, make

SHOCK = """\
problem shock
space      x in [-1, 1]
field      u(x)
constant   eps = 0.02
equation   momentum:  u*u_x + u = eps*u_xx - tanh(x/(2*eps))
boundary   ends:      u = -tanh(x/(2*eps))  on boundary
exact      u = -tanh(x/(2*eps))
network    mlp(width = 100, depth = 1)
sample     interior: hammersley(points = 400)
train      least_squares(steps = {steps})
"""

SQUARE = """\
problem square
space      x in [0, 4], y in [-1, 1]
field      u(x, y)
equation   balance:   u*u_x = u_xx + u_yy + u
boundary   sides:     u = 0  on boundary
enforce    sides: softly
network    mlp(width = 12, depth = 1)
sample     interior: hammersley(points = 60)
train      least_squares(steps = 3)
"""


@pytest.fixture(scope="module")
def square(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    """A module of two coordinates whose network is the field itself."""
    return make(tmp_path_factory.mktemp("square"), SQUARE)


def ridge(module: ModuleType) -> tuple[object, Tensor]:
    """A network that is tanh(3*x' + 4*y') of the scaled coordinates, and its points."""
    training = module.Training(0, "cpu")
    network = training.network
    with torch.no_grad():
        network.layer_1.weight.copy_(torch.tensor([[3.0, 4.0]]).expand(12, 2))
        network.layer_1.bias.zero_()
        network.output.weight.fill_(1 / 12)
        network.output.bias.zero_()
    return network, training.objective.points.interior


@pytest.mark.parametrize("part", [0.0, 0.3, 1.0])
def test_nonlinear_terms_count_a_part(square: ModuleType, part: float) -> None:
    network, points = ridge(square)
    (u,) = square.interior_fields(network, points)
    expected = part * u.value * u.x - u.laplacian - u.value
    found = square.in_part(network, points, part)["equation.balance"]
    assert torch.allclose(found, expected, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("part", [0.3, 1.0])
def test_residuals_and_loss_of_a_part_belong_together(square: ModuleType, part: float) -> None:
    training = square.Training(0, "cpu")
    equations = square.EquationsInPart(training.network, training.objective.points, part)
    weights = torch.linspace(-1, 1, 13, dtype=torch.float64)
    loss = equations.loss(weights)
    values = torch.cat([values for values, _ in equations.blocks()])
    assert values.square().sum().item() == pytest.approx(loss, rel=1e-12)
    rows = torch.cat([rows for _, rows in equations.blocks()])
    change = 1e-6 * torch.cos(torch.arange(13.0, dtype=torch.float64))
    ahead = torch.cat([rows @ change, values])
    equations.use(weights + change)
    moved = torch.cat([values for values, _ in equations.blocks()])
    assert torch.allclose(moved - values, ahead[: len(values)], atol=1e-9)


def test_steepness_is_that_of_the_front_and_across_it(square: ModuleType) -> None:
    network, points = ridge(square)
    middle = torch.tensor([[2.0, 0.0]], dtype=torch.float64)
    steep, across = square.steepness(network, torch.cat([middle, points]))
    height = square.solution(network, torch.cat([middle, points])).detach()
    half = (height.max() - height.min()) / 2
    # The field and the network's output are the same: twice the square of the slope of 5.
    assert steep[0].item() == pytest.approx(2**0.5 * 5 / half.item(), rel=1e-6)
    assert abs(across[0] @ torch.tensor([0.6, 0.8], dtype=torch.float64)).item() == pytest.approx(1, rel=1e-6)


def test_slopes_of_neurons_have_the_gradients_asked_for(square: ModuleType) -> None:
    gradients = torch.tensor([[1.0, 2.0], [-3.0, 0.5]], dtype=torch.float64)
    points = torch.tensor([[1.0, 0.5], [3.0, -0.5]], dtype=torch.float64, requires_grad=True)
    v = square.as_slopes(gradients, points)
    (found,) = torch.autograd.grad((v * square.inputs(points)).sum(), points)
    assert torch.allclose(found, gradients)


def test_a_steady_shock_is_solved(tmp_path: Path) -> None:
    """Neurons are drawn where it is steep, with all of the nonlinear terms first."""
    module = make(tmp_path, SHOCK.format(steps=40))
    training = module.Training(0, "cpu")
    training.advance()
    optimiser = training.optimiser
    assert optimiser.following
    while not training.finished and optimiser.following:
        training.advance()
    assert optimiser.reached == 1
    assert module.evaluate(training.network, "cpu")["fields"]["u"]["l2_relative"] < 1e-4
    centres, near = optimiser.centres.abs(), 0.1
    assert (centres < near).double().mean() > 2 * near


def test_nonlinear_terms_begin_at_nothing_where_that_does_not_solve(tmp_path: Path) -> None:
    module = make(tmp_path, SHOCK.format(steps=40))
    training = module.Training(0, "cpu")
    training.advance()
    optimiser = training.optimiser
    optimiser.least = 0.0  # no drawing pays
    solved, module.SOLVED = module.SOLVED, -1.0
    training.advance()
    assert optimiser.by_parts
    module.SOLVED = solved
    parts = [optimiser.reached]
    while not training.finished and optimiser.following:
        training.advance()
        parts.append(optimiser.reached)
    assert parts[0] < 0
    assert parts[1] == 0
    assert 0 < parts[2] < 1
    assert parts[-1] == 1
    assert module.evaluate(training.network, "cpu")["fields"]["u"]["l2_relative"] < 1e-4


def test_a_part_that_cannot_be_solved_is_tried_shorter(tmp_path: Path) -> None:
    module = make(tmp_path, SHOCK.format(steps=40))
    training = module.Training(0, "cpu")
    training.advance()
    optimiser, objective = training.optimiser, training.objective
    optimiser.following = optimiser.by_parts = True
    optimiser.reached, optimiser.stride, optimiser.least = 0.0, 0.2, 0.0
    module.SOLVED = 0.0  # nothing is solved well enough
    before, points = optimiser.x.clone(), objective.points.interior.clone()
    optimiser.step(objective, 0.0)
    assert optimiser.stride == 0.1
    assert optimiser.reached == 0.0
    assert torch.equal(optimiser.x, before)
    assert torch.equal(objective.points.interior, points)


def test_resumed_training_equals_uninterrupted_training(tmp_path: Path) -> None:
    module = make(tmp_path, SHOCK.format(steps=5))
    whole = module.train(tmp_path / "whole", quiet=True)
    module.train(tmp_path / "parts", steps=3, quiet=True)
    parts = module.train(tmp_path / "parts", resume=True, quiet=True)
    assert parts["fields"] == whole["fields"]


def test_a_trial_ends_where_the_next_correction_would_outlast_the_time(tmp_path: Path) -> None:
    module = make(tmp_path, SHOCK.format(steps=40))
    training = module.Training(0, "cpu")
    calls = []
    plain = module.correction
    module.correction = lambda *given: calls.append(1) or plain(*given)
    training.advance()
    assert len(calls) > 1
    optimiser, objective = training.optimiser, training.objective
    optimiser.following, optimiser.loss = False, 0.0
    calls.clear()
    objective.deadline = time.perf_counter()
    move, failed = optimiser.move, optimiser.failed
    optimiser.step(objective, 0.0)
    assert len(calls) <= 1
    assert optimiser.shortest > 0
    if optimiser.cut_short:
        assert (optimiser.move, optimiser.failed) == (move, failed)


def test_no_step_begins_that_would_outlast_the_budget(tmp_path: Path) -> None:
    module = make(tmp_path, SHOCK.format(steps=40))
    module.LeastSquares.solve = slow(module.LeastSquares.solve)
    summary = module.train(tmp_path / "run", budget=3.0, quiet=True)
    assert "is used up" in summary["stopped"]
    assert summary["seconds"] < 3.0


def slow(plain):  # type: ignore[no-untyped-def]
    """A trial after which another one is said to take two seconds."""

    def solve(self, *given):  # type: ignore[no-untyped-def]
        found = plain(self, *given)
        self.shortest = 2.9
        return found

    return solve


def test_linear_equations_need_none_of_it(tmp_path: Path) -> None:
    module = make(tmp_path, decay("least_squares"))
    assert not hasattr(module, "LeastSquaresInParts")
    assert not hasattr(module, "in_part")
