"""The optimisers of generated modules on functions whose minima are known."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import pairwise
from types import ModuleType

import pytest
import torch
from torch import Tensor

from tests.generated.runs import decay, make

Function = Callable[[Tensor], tuple[float, Tensor]]


@pytest.fixture(scope="module")
def module(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    """A module with every optimiser."""
    phases = "adam(steps = 2) then lbfgs(steps = 2) then broyden(steps = 2)"
    return make(tmp_path_factory.mktemp("optimisers"), decay(phases))


def with_gradient(function: Callable[[Tensor], Tensor]) -> Function:
    """A function and its gradient, as optimisers call them; the number of calls in `count`."""

    def evaluate(x: Tensor) -> tuple[float, Tensor]:
        evaluate.count += 1  # type: ignore[attr-defined]
        x = x.detach().requires_grad_()
        value = function(x)
        (gradient,) = torch.autograd.grad(value, x)
        return value.item(), gradient

    evaluate.count = 0  # type: ignore[attr-defined]
    return evaluate


def rosenbrock(x: Tensor) -> Tensor:
    """Least, and zero, at (1, …, 1)."""
    return (100 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2).sum()


def quadratic(x: Tensor) -> Tensor:
    """Condition 10^4, least, and zero, at (1, …, 1)."""
    return 0.5 * (torch.logspace(0, 4, len(x), dtype=x.dtype) * (x - 1) ** 2).sum()


def losses(optimiser: object, function: Function, steps: int) -> list[float]:
    found = []
    for step in range(steps):
        if optimiser.stopped:  # type: ignore[attr-defined]
            break
        optimiser.step(function, step / steps)  # type: ignore[attr-defined]
        found.append(optimiser.loss)  # type: ignore[attr-defined]
    return found


def quasi_newton(module: ModuleType, name: str, x: Tensor) -> object:
    if name == "broyden":
        return module.Broyden(x, tolerance=0.0)
    return module.Lbfgs(x, history=20, tolerance=0.0)


@pytest.mark.parametrize("name", ["broyden", "lbfgs"])
@pytest.mark.parametrize("function", [rosenbrock, quadratic])
def test_quasi_newton_methods_find_the_minimum(
    module: ModuleType, name: str, function: Callable[[Tensor], Tensor]
) -> None:
    start = torch.full((10,), -1.0, dtype=torch.float64)
    optimiser = quasi_newton(module, name, start)
    evaluate = with_gradient(function)
    found = losses(optimiser, evaluate, 400)
    assert found[-1] < 1e-18
    assert all(after <= before for before, after in pairwise(found))
    assert torch.allclose(optimiser.x, torch.ones(10, dtype=torch.float64), atol=1e-8)  # type: ignore[attr-defined]
    assert evaluate.count < 3 * len(found)  # type: ignore[attr-defined]


def test_broyden_converges_superlinearly(module: ModuleType) -> None:
    optimiser = module.Broyden(torch.full((2,), -1.0, dtype=torch.float64), tolerance=0.0)
    evaluate = with_gradient(rosenbrock)
    distances = [1.0]
    while distances[-1] > 1e-9 and len(distances) < 60:
        optimiser.step(evaluate, 0.0)
        distances.append((optimiser.x - 1).norm().item())
    assert distances[-1] <= 1e-9
    last = distances[-4:]
    assert all(after < 0.06 * before for before, after in pairwise(last))


def test_every_update_satisfies_the_secant_equation_and_keeps_the_matrix_symmetric_and_positive(
    module: ModuleType,
) -> None:
    optimiser = module.Broyden(torch.linspace(-1, 1, 8, dtype=torch.float64), tolerance=0.0)
    evaluate = with_gradient(rosenbrock)
    checked = 0
    for _ in range(40):
        x, gradient = optimiser.x, optimiser.gradient
        optimiser.step(evaluate, 0.0)
        if gradient is None or torch.equal(x, optimiser.x):
            continue
        s, y = optimiser.x - x, optimiser.gradient - gradient
        inverse = optimiser.scale * optimiser.matrix
        assert torch.allclose(inverse @ y, s, rtol=1e-6, atol=1e-9 * s.norm().item())
        assert torch.allclose(inverse, inverse.T, rtol=1e-9, atol=1e-12)
        assert float(torch.linalg.eigvalsh(inverse).min()) > 0
        product = inverse @ optimiser.gradient
        assert torch.allclose(optimiser.direction, -product, rtol=1e-6, atol=1e-9 * s.norm().item())
        checked += 1
    assert checked > 30


def test_the_update_is_the_formula_of_its_docstring(module: ModuleType) -> None:
    torch.manual_seed(3)
    size = 7
    root = torch.randn(size, size, dtype=torch.float64)
    inverse = root @ root.T + torch.eye(size, dtype=torch.float64)
    s = torch.randn(size, dtype=torch.float64)
    y = torch.linalg.solve(inverse, s) + 0.1 * s
    optimiser = module.Broyden(torch.zeros(size, dtype=torch.float64), tolerance=0.0)
    optimiser.matrix, optimiser.scale, optimiser.new = inverse / 3, 3.0, False
    g = torch.randn(size, dtype=torch.float64)
    optimiser.direction = -inverse @ g
    s_bs = s.dot(torch.linalg.solve(inverse, s)).item()
    hy = inverse @ y
    optimiser.update(s, y, hy, g, s_bs)
    y_hy, sy = y.dot(hy), s.dot(y)
    tau, phi = module.self_scaling((y_hy / sy).item(), (s_bs / sy).item(), size)
    v = y_hy.sqrt() * (s / sy - hy / y_hy)
    expected = (inverse - hy.outer(hy) / y_hy + phi * v.outer(v)) / tau + s.outer(s) / sy
    assert torch.allclose(optimiser.scale * optimiser.matrix, expected, rtol=1e-12, atol=1e-12)
    assert torch.allclose(optimiser.direction, -expected @ g, rtol=1e-12, atol=1e-12)


def test_the_first_matrix_has_the_size_of_the_curvature(module: ModuleType) -> None:
    optimiser = module.Broyden(torch.full((4,), 3.0, dtype=torch.float64), tolerance=0.0)
    evaluate = with_gradient(lambda x: 50 * x.square().sum())
    optimiser.step(evaluate, 0.0)
    inverse = optimiser.scale * optimiser.matrix
    assert torch.allclose(inverse, torch.eye(4, dtype=torch.float64) / 100, rtol=1e-9)


def test_a_scale_beyond_the_range_of_numbers_goes_into_the_matrix(module: ModuleType) -> None:
    optimiser = module.Broyden(torch.full((4,), 3.0, dtype=torch.float64), tolerance=0.0)
    evaluate = with_gradient(lambda x: 1e90 * x.square().sum())
    optimiser.step(evaluate, 0.0)
    assert optimiser.scale == 1.0
    assert torch.allclose(optimiser.matrix, torch.eye(4, dtype=torch.float64) / 2e90, rtol=1e-9, atol=1e-100)


@pytest.mark.parametrize("name", ["broyden", "lbfgs"])
def test_at_the_minimum_the_report_says_that_no_step_helps(module: ModuleType, name: str) -> None:
    optimiser = quasi_newton(module, name, torch.full((3,), 2.0, dtype=torch.float64))
    losses(optimiser, with_gradient(lambda x: x.square().sum() + 1), 50)
    stopped = optimiser.stopped  # type: ignore[attr-defined]
    assert "no step lowers the loss 1.00e+00 any more" in stopped or "loss changes by less" in stopped


def test_tolerances_stop_and_say_so(module: ModuleType) -> None:
    start = torch.full((5,), 4.0, dtype=torch.float64)
    by_loss = module.Broyden(start, tolerance=1e-3)
    losses(by_loss, with_gradient(quadratic), 500)
    assert "is not above 0.001" in by_loss.stopped
    assert by_loss.loss <= 1e-3
    by_gradient = module.Lbfgs(start, history=5, tolerance=1e-2)
    losses(by_gradient, with_gradient(lambda x: x.square().sum()), 500)
    assert "the gradient is below 0.01" in by_gradient.stopped


@pytest.mark.parametrize("name", ["broyden", "lbfgs"])
def test_a_step_into_nan_is_shortened_and_not_the_end(module: ModuleType, name: str) -> None:
    def evaluate(x: Tensor) -> tuple[float, Tensor]:
        if float(x.min()) <= 0:
            raise module.NotFinite("log of a negative number")
        return (x - x.log()).sum().item(), 1 - 1 / x

    optimiser = quasi_newton(module, name, torch.tensor([0.05, 20.0], dtype=torch.float64))
    losses(optimiser, evaluate, 60)
    assert torch.allclose(optimiser.x, torch.ones(2, dtype=torch.float64), atol=1e-6)  # type: ignore[attr-defined]


@pytest.mark.parametrize("slope", [0.01, 1.0, 40.0])
def test_the_line_search_meets_the_strong_wolfe_conditions(module: ModuleType, slope: float) -> None:
    def evaluate(x: Tensor) -> tuple[float, Tensor]:
        a = x[0].item()
        return -slope * a / (a * a + 2), torch.tensor([slope * (a * a - 2) / (a * a + 2) ** 2], dtype=torch.float64)

    x, d = torch.zeros(1, dtype=torch.float64), torch.ones(1, dtype=torch.float64)
    loss, gradient = evaluate(x)
    start = module.Trial(0.0, loss, gradient.dot(d).item(), gradient)
    found = module.wolfe_search(evaluate, x, start, d)
    assert found.loss <= start.loss + 1e-4 * found.step * start.slope
    assert abs(found.slope) <= 0.9 * abs(start.slope)


def test_no_step_is_found_uphill(module: ModuleType) -> None:
    x = torch.ones(2, dtype=torch.float64)
    evaluate = with_gradient(lambda x: x.square().sum())
    loss, gradient = evaluate(x)
    start = module.Trial(0.0, loss, gradient.dot(gradient).item(), gradient)
    assert module.wolfe_search(evaluate, x, start, gradient) is None
    assert evaluate.count == 1  # type: ignore[attr-defined]


def test_adam_follows_its_formula_and_its_rate_falls(module: ModuleType) -> None:
    optimiser = module.Adam(torch.tensor([1.0, -2.0], dtype=torch.float64), rate=0.1, decay=0.01)
    evaluate = with_gradient(lambda x: (x**2 * torch.tensor([1.0, 10.0], dtype=torch.float64)).sum())
    reference = optimiser.x.clone().requires_grad_()
    theirs = torch.optim.Adam([reference], lr=0.1)
    for step in range(20):
        theirs.param_groups[0]["lr"] = 0.1 * 0.01 ** (step / 20)
        _, reference.grad = evaluate(reference)
        theirs.step()
        optimiser.step(evaluate, step / 20)
        assert torch.allclose(optimiser.x, reference.detach(), rtol=1e-12)


def test_the_cubic_of_two_trials_is_minimised(module: ModuleType) -> None:
    def trial(a: float) -> object:
        return module.Trial(a, a**3 - 3 * a, 3 * a * a - 3, torch.zeros(1))

    assert math.isclose(module.lowest_between(trial(0.0), trial(3.0)), 1.0, rel_tol=1e-12)
    assert math.isclose(module.lowest_between(trial(3.0), trial(0.0)), 1.0, rel_tol=1e-12)
