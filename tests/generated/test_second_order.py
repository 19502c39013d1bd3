"""`gauss_newton` and `soap` of generated modules, against dense linear algebra and the published formulas."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest
import torch
from torch import Tensor

from tests.generated.runs import SOFT, TABLE, decay, make

FEW, MANY = 12, 200


def soft_module(folder: Path, points: int) -> ModuleType:
    """Soft conditions beside an equation, with weights that differ; fewer or more residuals than parameters."""
    (folder / "table.csv").write_text(TABLE, encoding="utf-8")
    text = SOFT.replace("broyden(steps = 120)", "gauss_newton(steps = 30)").replace("points = 30", f"points = {points}")
    text = text.replace("pool = 90", f"pool = {3 * points}")
    if points == FEW:
        text += "sample walls: random(points = 6)\nsample start: random(points = 5)\n"
    return make(folder, text)


@pytest.fixture(scope="module", params=[FEW, MANY])
def training(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> SimpleNamespace:
    """A module, its objective and the start of training."""
    module = soft_module(tmp_path_factory.mktemp("second_order"), request.param)
    started = module.Training(0, "cpu")
    started.objective.place(started.optimiser.x)
    return SimpleNamespace(module=module, objective=started.objective, x=started.optimiser.x)


def weighted_residuals(module: ModuleType, objective: object) -> Tensor:
    """All residuals times sqrt(weight/points), by the plain definition of the loss."""
    found = module.residuals(objective.network, objective.points)  # type: ignore[attr-defined]
    return torch.cat([(module.WEIGHTS[name] / len(part)) ** 0.5 * part.flatten() for name, part in found.items()])


def dense_jacobian(module: ModuleType, objective: object) -> Tensor:
    parameters = objective.parameters  # type: ignore[attr-defined]
    rows = []
    for value in weighted_residuals(module, objective):
        slopes = torch.autograd.grad(value, parameters, retain_graph=True, materialize_grads=True)
        rows.append(torch.cat([slope.reshape(-1) for slope in slopes]))
    return torch.stack(rows)


def test_steps_solve_the_damped_normal_equations(training: SimpleNamespace) -> None:
    module, objective = training.module, training.objective
    jacobian, values = dense_jacobian(module, objective), weighted_residuals(module, objective).detach()
    equations = module.NormalEquations(objective.network, objective.points)
    assert (len(jacobian) < jacobian.shape[1]) == bool(len(equations.rows))
    assert torch.allclose(equations.gradient, jacobian.T @ values, rtol=1e-10, atol=1e-12)
    for damping in (1e-6, 1e-2, 10.0):
        left = jacobian.T @ jacobian + damping * torch.eye(jacobian.shape[1], dtype=torch.float64)
        expected = torch.linalg.solve(left, -jacobian.T @ values)
        assert torch.allclose(equations.solve(damping), expected, rtol=1e-6, atol=1e-8)


def test_the_gain_that_is_promised_is_that_of_the_linear_model(training: SimpleNamespace) -> None:
    module, objective = training.module, training.objective
    equations = module.NormalEquations(objective.network, objective.points)
    jacobian, values = dense_jacobian(module, objective), weighted_residuals(module, objective).detach()
    optimiser = module.GaussNewton(training.x, damping=1e-2, tolerance=0.0)
    found = optimiser.attempt(objective, equations, 1e-2)
    objective.place(training.x)
    model = (values + jacobian @ found.step).square().sum()
    assert found.promised == pytest.approx((values.square().sum() - model).item(), rel=1e-9)


def test_the_loss_only_falls_and_by_far(training: SimpleNamespace) -> None:
    module, objective = training.module, training.objective
    optimiser = module.GaussNewton(training.x, damping=1e-2, tolerance=0.0)
    losses = []
    for _ in range(25):
        optimiser.step(objective, 0.0)
        losses.append(optimiser.loss)
    assert all(after <= before for before, after in pairwise(losses))
    assert losses[-1] < 1e-2 * losses[0]
    objective.place(training.x)


def test_tolerance_and_the_end_of_all_steps_are_reported(tmp_path: Path) -> None:
    module = make(tmp_path, decay("gauss_newton(steps = 60, tolerance = 1e-6)", resample="none"))
    summary = module.train(tmp_path / "run", quiet=True)
    assert "is not above 1e-06" in summary["stopped"]
    assert summary["steps"] < 60


def soap_reference(gradients: list[Tensor], rate: float, memory: float, refresh: int) -> Tensor:
    """The change of one matrix by the algorithm as published, with the eigenvectors by orthogonal iteration."""
    first = gradients[0]
    left, right = first @ first.T, first.T @ first
    q, p = torch.linalg.eigh(left)[1].flip(1), torch.linalg.eigh(right)[1].flip(1)
    change, mean, square = torch.zeros_like(first), torch.zeros_like(first), torch.zeros_like(first)
    for count, g in enumerate(gradients[1:], start=1):
        mean = memory * mean + (1 - memory) * g
        square = memory * square + (1 - memory) * (q.T @ g @ p) ** 2
        lost = 1 - memory**count
        change = change - rate * q @ ((q.T @ (mean / lost) @ p) / ((square / lost).sqrt() + 1e-8)) @ p.T
        left = memory * left + (1 - memory) * g @ g.T
        right = memory * right + (1 - memory) * g.T @ g
        if count % refresh == 0:
            q, p = torch.linalg.qr(left @ q)[0], torch.linalg.qr(right @ p)[0]
    return change


def test_soap_follows_its_formula(tmp_path: Path) -> None:
    module = make(tmp_path, decay("soap(steps = 5)"))
    torch.manual_seed(1)
    weight, bias = torch.nn.Parameter(torch.zeros(3, 4).double()), torch.nn.Parameter(torch.zeros(3).double())
    gradients = [torch.randn(15, dtype=torch.float64) for _ in range(8)]
    supply = iter(gradients)

    class Given:
        parameters = (weight, bias)

        def __call__(self, _: Tensor) -> tuple[float, Tensor]:
            return 0.0, next(supply)

    optimiser = module.Soap(torch.zeros(15, dtype=torch.float64), rate=0.1, decay=1.0, memory=0.9, refresh=3)
    for _ in gradients:
        optimiser.step(Given(), 0.0)
    expected = soap_reference([g[:12].view(3, 4) for g in gradients], 0.1, 0.9, 3)
    assert torch.allclose(optimiser.x[:12].view(3, 4), expected, rtol=1e-10)
    adam = torch.zeros(3, dtype=torch.float64)
    mean, square = torch.zeros_like(adam), torch.zeros_like(adam)
    for count, g in enumerate(gradients[1:], start=1):
        mean, square = 0.9 * mean + 0.1 * g[12:], 0.9 * square + 0.1 * g[12:] ** 2
        lost = 1 - 0.9**count
        adam = adam - 0.1 * (mean / lost) / ((square / lost).sqrt() + 1e-8)
    assert torch.allclose(optimiser.x[12:], adam, rtol=1e-10)
