"""Weights of residuals at points: their rule, what has them, redraws, optimisers, going on, what is refused."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pytest
import torch

from pdel.compiler import compile_specification
from tests.generated.runs import StopAfter, make
from tests.generated.test_runtime_training import checkpoint, same
from tests.modules import one_thread

COUPLED = """\
problem coupled "Two equations, of which one has weights at points"
space      x in [0, 1]
time       t in [0, 1]
field      u(x, t), v(x, t)
equation   heat:    u_t = u_xx + v
equation   other:   v_t = v_xx - u*v
boundary   walls:   u = 0, v = 0  on x = 0, x = 1
initial    start:   u = sin(pi*x), v = 0
network    mlp(width = 5, depth = 2)
enforce    walls: softly
sample     interior: random(points = 30)
weigh      walls: 5
weigh      {attention}
train      {train}
precision  float64
compile    never
{more}
"""
OTHER = "other: attention(memory = 0.9, every = 4)"


def coupled(folder: Path, train: str = "adam(steps = 30)", attention: str = OTHER, more: str = "") -> ModuleType:
    return make(folder, COUPLED.format(train=train, attention=attention, more=more))


def test_weights_follow_the_residual_and_keep_their_mean_square(tmp_path: Path) -> None:
    module = coupled(tmp_path)
    training = module.Training(0, "cpu")
    network, points = training.network, training.objective.points
    assert torch.equal(points.attention, torch.ones(30, 1, dtype=torch.float64))
    size = module.residuals(network, points)["equation.other"].detach().abs()
    moved = module.attend(network, points).attention
    assert moved.square().mean().item() == pytest.approx(1)
    expected = 0.9**4 * torch.ones_like(size) + (1 - 0.9**4) * size / size.square().mean().sqrt()
    assert torch.allclose(moved, expected / expected.square().mean().sqrt())


def test_one_equation_has_them_in_the_loss_and_none_in_the_choice_of_the_network(tmp_path: Path) -> None:
    module = coupled(tmp_path)
    training = module.Training(0, "cpu")
    plain = module.loss_terms(training.network, training.objective.points)
    weights = torch.linspace(0, 2, 30, dtype=torch.float64)[:, None]
    points = training.objective.points._replace(attention=weights)
    terms = module.loss_terms(training.network, points)
    other = module.residuals(training.network, points)["equation.other"]
    assert torch.allclose(terms["equation.other"], (weights * other).square().mean())
    unchanged = [address for address in terms if address != "equation.other"]
    assert all(torch.equal(terms[address], plain[address]) for address in unchanged)
    for _ in range(12):
        training.advance()
    assert training.objective.points.attention.std() > 0.01
    assert torch.equal(training.held_out.attention, torch.ones(30, 1, dtype=torch.float64))


def test_new_points_take_the_weights_of_the_nearest_before(tmp_path: Path) -> None:
    module = coupled(tmp_path)
    points = module.draw_points(torch.Generator().manual_seed(0))
    before = points._replace(attention=module.balanced(torch.rand(30, 1, dtype=torch.float64)))
    order = torch.randperm(30)
    near = before.interior[order] + 1e-9
    found = module.carried(before, points._replace(interior=near))
    assert torch.allclose(found.attention, before.attention[order])
    several = module.carried(before, points._replace(interior=torch.cat([near, near[:7]])))
    assert several.attention.shape == (37, 1)
    assert several.attention.square().mean().item() == pytest.approx(1)


def test_the_jacobian_has_the_weights(tmp_path: Path) -> None:
    module = coupled(tmp_path, "gauss_newton(steps = 3)")
    training = module.Training(0, "cpu")
    weights = torch.linspace(0, 2, 30, dtype=torch.float64)[:, None]
    network, points = training.network, training.objective.points._replace(attention=weights)
    blocks = list(module.linearise(network, points))
    gradient = sum(2 * rows.T @ values for values, rows in blocks)
    loss = module.total_loss(module.loss_terms(network, points))
    expected = torch.cat([g.flatten() for g in torch.autograd.grad(loss, list(network.parameters()))])
    assert torch.allclose(gradient, expected)


RESAMPLED = ["", "resample rad(every = 9, pool = 90)", "resample residual(every = 9, pool = 90, mode = add, count = 5)"]


@pytest.mark.parametrize("more", [*RESAMPLED, "resample influence(every = 9, pool = 60)", "resample r3(every = 9)"])
@pytest.mark.parametrize(
    "train", ["adam(steps = 25)", "broyden(steps = 25)", "lbfgs(steps = 25)", "gauss_newton(steps = 20)"]
)
def test_resumed_training_equals_uninterrupted_training_bit_for_bit(tmp_path: Path, train: str, more: str) -> None:
    module = coupled(tmp_path, train, more=more)
    with one_thread():
        module.train(tmp_path / "whole", quiet=True)
        module.train(tmp_path / "parts", quiet=True, interrupted=StopAfter(10))
        module.train(tmp_path / "parts", quiet=True, resume=True)
    assert same(checkpoint(tmp_path / "whole"), checkpoint(tmp_path / "parts"))


@pytest.mark.parametrize("hessian", ["gauss_newton", "arnoldi"])
@pytest.mark.parametrize("where", ["test", "training"])
def test_candidates_are_scored_without_weights(tmp_path: Path, hessian: str, where: str) -> None:
    resample = f"resample influence(hessian = {hessian}, hessian_points = {where}, test = 12)"
    module = coupled(tmp_path, "adam(steps = 5)", more=resample)
    network, points = module.Network(), module.draw_points(torch.Generator().manual_seed(0))
    weighted = points._replace(attention=module.balanced(torch.rand(30, 1, dtype=torch.float64)))
    candidates = module.sample_pool(20, torch.Generator().manual_seed(1))
    found = [module.scores(network, candidates, p, torch.Generator().manual_seed(2)) for p in (points, weighted)]
    assert torch.equal(*found)
    assert found[0].std() > 0


def test_windows_begin_with_equal_weights(tmp_path: Path) -> None:
    text = COUPLED.format(train="adam(steps = 20)", attention=OTHER, more="march windows(count = 2)")
    module = make(tmp_path, text)
    with one_thread():
        summary = module.train(tmp_path / "run", quiet=True)
    assert summary["finished"]
    assert len(summary["windows"]) == 2


@pytest.mark.parametrize(
    ("attention", "message"),
    [
        ("walls: attention", "`walls` is no equation"),
        ("other: attention\nweigh heat: attention(every = 3)", "`attention` with other options"),
    ],
)
def test_what_cannot_be_given_is_refused(tmp_path: Path, attention: str, message: str) -> None:
    path = tmp_path / "coupled.pde"
    text = COUPLED.format(train="adam", attention=attention, more="").replace("weigh      walls: 5\n", "")
    path.write_text(text, encoding="utf-8")
    errors = [item.message for item in compile_specification(path).diagnostics if item.code == "E554"]
    assert errors == [message]
