"""Resampling in generated modules: scores against a loop over points, rules of choice, what moves, going on."""

from __future__ import annotations

from inspect import signature
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor

from pdel.diagnostics.model import Severity
from pdel.methods.registry import methods_of
from tests.generated.runs import StopAfter, decay, make
from tests.generated.test_runtime_training import checkpoint, same
from tests.modules import compile_text, import_text

COUPLED = """\
problem coupled "Two coupled equations, conditions in the loss"
space      x in [0, 1]
time       t in [0, 1]
field      u(x, t), v(x, t)
equation   heat:    u_t = u_xx + v
equation   other:   v_t = v_xx - u*v
boundary   walls:   u = 0, v = 0  on x = 0, x = 1
initial    start:   u = sin(pi*x), v = 0
network    mlp(width = 5, depth = 2)
enforce    walls: softly
enforce    start: softly
sample     interior: random(points = 30)
sample     walls: random(points = 12)
weigh      other: 3
train      adam(steps = 20) then broyden(steps = 60)
precision  float64
resample   {resample}
"""
SPREAD = decay("broyden(steps = 50)", resample="rad(every = 20, pool = 2000)")
HESSIANS = ("gauss_newton", "direct", "conjugate_gradient", "arnoldi")
EVERY_METHOD = [
    *(method.name for method in methods_of("resample") if method.name != "none"),
    *(f"influence(hessian = {hessian})" for hessian in HESSIANS[1:]),
    "residual(top = false, power = 2, uniform = 0)",
    "influence(outside = true, test_terms = all, hessian_points = training)",
]


def spelled(method: str, **options: object) -> str:
    """A call of a method with some more options."""
    name, _, given = method.rstrip(")").partition("(")
    return f"{name}({', '.join([*filter(None, [given]), *(f'{key} = {value}' for key, value in options.items())])})"


def coupled(folder: Path, method: str, **options: object) -> ModuleType:
    return import_text(COUPLED.format(resample=spelled(method, **options)), folder)


def in_full(module: ModuleType) -> ModuleType:
    """Products with directions in double precision, to compare them with others."""
    assert torch.float32 == module.SCORED
    module.SCORED = torch.float64
    return module


def state(module: ModuleType, seed: int = 0) -> Any:
    """A network some steps into training, with its points."""
    training = module.Training(seed, "cpu")
    for _ in range(30):
        training.advance()
    training.objective.place(training.optimiser.x)
    return training


def rows_of(values: list[Tensor], network: Any) -> Tensor:
    """The derivative of every number by all parameters, one at a time: the loop to compare with."""
    parameters = [p for p in network.parameters() if p.requires_grad]
    found = []
    for value in values:
        slopes = torch.autograd.grad(value, parameters, retain_graph=True, materialize_grads=True)
        found.append(torch.cat([slope.reshape(-1) for slope in slopes]))
    return torch.stack(found)


def point_losses(module: ModuleType, network: Any, points: Tensor) -> list[Tensor]:
    """The weighted loss of every point, its derivatives by nested reverse mode."""
    losses = []
    for point in points:
        jets = module.interior_reverse(lambda p: module.solution(network, p), point[None])
        residuals = module.interior_residuals(point[None], jets)
        losses.append(sum(module.WEIGHTS[a] * r.square().sum() for a, r in residuals.items()))
    return losses


def loss_gradients(module: ModuleType, network: Any, points: Tensor) -> Tensor:
    """The gradient of the loss of every point: (points, parameters)."""
    return rows_of(point_losses(module, network, points), network)


def all_rows(module: ModuleType, network: Any, points: Any, test: Tensor) -> Tensor:
    """sqrt(weight)*derivatives of all residuals, every condition as if it had as many points as there are tests."""
    found = module.residuals(network, points._replace(interior=test))
    parts = []
    for address, residual in found.items():
        picked = residual[torch.arange(len(test)) * len(residual) // len(test)]
        parts.append(module.WEIGHTS[address] ** 0.5 * rows_of(list(picked[:, 0]), network))
    return torch.cat(parts)


def expected(module: ModuleType, training: Any, candidates: Tensor, inverse: str = "damped") -> Tensor:
    """The influence of candidates on every test point by dense matrices: (candidates, tests)."""
    test = module.sample_pool(module.TEST, torch.Generator().manual_seed(5))
    network, points = training.network, training.objective.points
    left = loss_gradients(module, network, test)
    right = loss_gradients(module, network, candidates)
    if inverse == "identity":
        return right @ left.T
    rows = all_rows(module, network, points, test)
    hessian = 2 * rows.T @ rows + module.DAMPING * torch.eye(rows.shape[1], dtype=torch.float64)
    return right @ torch.linalg.solve(hessian, left.T)


def scored(module: ModuleType, training: Any, candidates: Tensor) -> Tensor:
    found: Tensor = module.scores(
        training.network, candidates, training.objective.points, torch.Generator().manual_seed(5)
    )
    return found


def close(found: Tensor, wanted: Tensor, tolerance: float = 1e-10) -> bool:
    return float((found - wanted).abs().max() / wanted.abs().max()) <= tolerance


# -------------------------------------------------------------------------------------------------------
# Scores
# -------------------------------------------------------------------------------------------------------


def test_lengths_of_gradients_are_those_of_a_loop_over_points(tmp_path: Path) -> None:
    module = coupled(tmp_path, "loss_gradient")
    training = state(module)
    candidates = module.sample_pool(40, training.generator)
    wanted = loss_gradients(module, training.network, candidates)
    assert close(module.scores(training.network, candidates), wanted.norm(dim=1))


@pytest.mark.parametrize("mask", ["", "mask exponential\n"])
@pytest.mark.parametrize("network", ["mlp", "residual", "fourier", "modified", "siren"])
def test_products_with_directions_are_made_some_points_at_a_time(network: str, mask: str, tmp_path: Path) -> None:
    text = COUPLED.format(resample="gradient_dot").replace("network    mlp", f"network    {network}") + mask
    module = in_full(import_text(text, tmp_path))
    module.SLICE = 7  # the last slice is smaller
    training = module.Training(0, "cpu")
    candidates = module.sample_pool(19, training.generator)
    wanted = loss_gradients(module, training.network, candidates)
    directions = torch.randn(3, wanted.shape[1], generator=torch.Generator().manual_seed(1), dtype=torch.float64)
    assert close(module.along(training.network, candidates, directions), directions @ wanted.T)
    assert close(module.gradients(training.network, candidates), wanted)


@pytest.mark.parametrize("mask", ["", "mask exponential\n"])
@pytest.mark.parametrize("network", ["mlp", "residual", "fourier", "modified", "siren"])
def test_lengths_of_gradients_of_every_architecture(network: str, mask: str, tmp_path: Path) -> None:
    text = COUPLED.format(resample="loss_gradient").replace("network    mlp", f"network    {network}") + mask
    module = import_text(text, tmp_path)
    training = module.Training(0, "cpu")
    candidates = module.sample_pool(9, training.generator)
    wanted = loss_gradients(module, training.network, candidates)
    assert close(module.scores(training.network, candidates), wanted.norm(dim=1))


def test_products_of_gradients(tmp_path: Path) -> None:
    for outside in ("false", "true"):
        module = in_full(coupled(tmp_path, "gradient_dot", test=7, outside=outside))
        training = state(module)
        candidates = module.sample_pool(20, training.generator)
        pairs = expected(module, training, candidates, "identity")
        wanted = pairs.sum(dim=1).abs() if outside == "true" else pairs.abs().sum(dim=1)
        found = module.scores(training.network, candidates, torch.Generator().manual_seed(5))
        assert close(found, wanted)


@pytest.mark.parametrize("hessian", HESSIANS[:3])
def test_influence_is_that_of_the_dense_damped_hessian(hessian: str, tmp_path: Path) -> None:
    module = in_full(coupled(tmp_path, "influence", hessian=hessian, test=25, rank=1000, damping=0.1))
    training = state(module)
    candidates = module.sample_pool(30, training.generator)
    wanted = expected(module, training, candidates).abs().sum(dim=1)
    tolerance = 1e-4 if hessian == "conjugate_gradient" else 1e-8
    assert close(scored(module, training, candidates), wanted, tolerance)


@pytest.mark.parametrize("precision", ["float32", "float64"])
def test_a_small_damping_is_not_lost_in_rounding(precision: str, tmp_path: Path) -> None:
    text = COUPLED.format(resample="influence(hessian = direct, damping = 1e-3)")
    module = import_text(text.replace("float64", precision), tmp_path)
    numbers = torch.Generator().manual_seed(3)
    rows = 100 * torch.randn(2, 10, 40, generator=numbers, dtype=module.DTYPE)
    slopes = torch.randn(5, 40, generator=numbers, dtype=module.DTYPE)
    dense = 2 * rows.flatten(end_dim=1).double().T @ rows.flatten(end_dim=1).double()
    wanted = torch.linalg.solve(dense + 1e-3 * torch.eye(40, dtype=torch.float64), slopes.double().T).T
    left, right = module.factors(slopes, rows)
    assert left.dtype == right.dtype == module.DTYPE
    assert close((left @ right).double(), wanted, 1e-5)
    with pytest.raises(module.RunError, match="singular up to rounding: state a `damping` above"):
        module.factors(slopes, 1e12 * rows)


OBSERVED = """\
problem observed "An unknown number, soft conditions and data"
space      x in [0, 1]
time       t in [0, 1]
field      u(x, t)
unknown    alpha = 0.3 in [0, 1]
equation   heat: u_t = alpha*u_xx
boundary   ends: u = 0  on x = 0, x = 1
data       probes: u from "probes.csv" (sigma = 0.5)
enforce    ends: softly
weigh      ends: 3
network    mlp(width = 5, depth = 2)
sample     interior: random(points = 30)
train      adam(steps = 60)
precision  float64
resample   influence(test = 25, rank = 1000, damping = 0.1, test_terms = {terms})
"""


@pytest.mark.parametrize("terms", ["equations", "all"])
def test_data_and_soft_conditions_count_in_the_hessian(terms: str, tmp_path: Path) -> None:
    """In the loss of test points too where `test_terms = all`; by a dense Hessian, all residuals one at a time."""
    table = "".join(f"0.{n},0.{(7 * n) % 10},{0.1 * n:.1f}\n" for n in range(1, 9))
    (tmp_path / "probes.csv").write_text("x,t,u\n" + table, encoding="utf-8")
    module = in_full(import_text(OBSERVED.format(terms=terms), tmp_path))
    training = state(module)
    network, points = training.network, training.objective.points
    candidates = module.sample_pool(20, training.generator)
    test = module.sample_pool(25, torch.Generator().manual_seed(5))
    heat, even = "equation.heat", torch.arange(25)
    found = module.residuals(network, points._replace(interior=test))
    assert set(found) == {heat, "boundary.ends", "data.probes"}
    assert module.WEIGHTS["data.probes"] != module.WEIGHTS["boundary.ends"]
    picked = {address: residual[even * len(residual) // 25, 0] for address, residual in found.items()}
    rows = {address: rows_of(list(residual), network) for address, residual in picked.items()}
    hessian = sum(2 * module.WEIGHTS[address] * part.T @ part for address, part in rows.items())
    hessian = hessian + module.DAMPING * torch.eye(len(hessian), dtype=torch.float64)
    counted = [heat] if terms == "equations" else list(found)
    left = sum(2 * module.WEIGHTS[a] * picked[a].detach()[:, None] * rows[a] for a in counted)
    residual = module.residuals(network, points._replace(interior=candidates))[heat][:, 0]
    right = 2 * module.WEIGHTS[heat] * residual.detach()[:, None] * rows_of(list(residual), network)
    wanted = (right @ torch.linalg.solve(hessian, left.T)).abs().sum(dim=1)
    assert close(scored(module, training, candidates), wanted, 1e-8)


def test_the_size_before_and_after_the_sum_differ(tmp_path: Path) -> None:
    module = in_full(coupled(tmp_path, "influence", test=25, rank=1000, damping=0.1, outside="true"))
    training = state(module)
    candidates = module.sample_pool(30, training.generator)
    pairs = expected(module, training, candidates)
    found = scored(module, training, candidates)
    assert close(found, pairs.sum(dim=1).abs(), 1e-8)
    assert (found < pairs.abs().sum(dim=1)).all()


def test_twenty_directions_rank_as_all_do(tmp_path: Path) -> None:
    module = coupled(tmp_path, "influence", test=50)
    training = state(module)
    candidates = module.sample_pool(200, training.generator)
    assert (
        rank_correlation(scored(module, training, candidates), expected(module, training, candidates).abs().sum(1))
        > 0.9
    )


@pytest.mark.parametrize("method", ["gradient_dot", *(f"influence(hessian = {hessian})" for hessian in HESSIANS)])
def test_half_the_digits_rank_the_same(method: str, tmp_path: Path) -> None:
    """Of a network that is trained: there residuals are small, and products of their gradients smaller still."""
    module = coupled(tmp_path, method, test=50)
    training = state(module)
    while not training.finished:
        training.advance()
    training.objective.place(training.optimiser.x)
    candidates = module.sample_pool(200, training.generator)
    known = {"network": training.network, "candidates": candidates, "points": training.objective.points}

    def scores() -> Tensor:
        wanted = {name: value for name, value in known.items() if name in signature(module.scores).parameters}
        found: Tensor = module.scores(**wanted, generator=torch.Generator().manual_seed(5))
        return found

    found = scores()
    assert found.dtype == torch.float64
    wanted = (in_full(module), scores())[1]
    assert not torch.equal(found, wanted)
    assert close(found, wanted, 1e-4)
    assert rank_correlation(found, wanted) > 0.9999


def test_the_leading_eigenvectors_of_a_decaying_spectrum(tmp_path: Path) -> None:
    module = coupled(tmp_path, "influence", rank=10)
    axes, _ = torch.linalg.qr(torch.randn(200, 200, generator=torch.Generator().manual_seed(1), dtype=torch.float64))
    size = 10.0 ** -torch.linspace(0, 12, 200, dtype=torch.float64)
    found, vectors = module.leading(axes * size.sqrt() @ axes.T)
    assert close(found.flip(0), size[:10], 1e-6)
    assert close((axes[:, :10].T @ vectors.T).abs().flip(1), torch.eye(10, dtype=torch.float64), 1e-2)


def rank_correlation(left: Tensor, right: Tensor) -> float:
    ranks = torch.stack([left.argsort().argsort(), right.argsort().argsort()]).double()
    return float(torch.corrcoef(ranks)[0, 1])


def test_arnoldi_is_the_truncated_inverse_of_the_dense_hessian(tmp_path: Path) -> None:
    module = coupled(tmp_path, "influence", hessian="arnoldi", rank=8, test=25)
    module.NEW = 1e-6  # all directions of so small a network are wanted
    training = state(module)
    network, points = training.network, training.objective.points
    parameters = list(network.parameters())
    loss = module.TEST * module.total_loss(module.loss_terms(network, points))
    slopes = torch.autograd.grad(loss, parameters, create_graph=True)
    hessian = rows_of(list(torch.cat([slope.reshape(-1) for slope in slopes])), network)
    size, vectors = torch.linalg.eigh(hessian + module.DAMPING * torch.eye(len(hessian), dtype=torch.float64))
    assert size[0] < 0, "negative curvature has to drop out"
    some = torch.randn(6, len(hessian), generator=torch.Generator().manual_seed(1), dtype=torch.float64)
    wanted = some @ vectors[:, -8:] @ (vectors[:, -8:] / size[-8:]).T
    left, right = module.factors(network, some, points)
    assert close(left @ right, wanted, 1e-6)


def test_influence_foretells_retraining_with_one_more_point(tmp_path: Path) -> None:
    text = decay("broyden(steps = 400)", "random(points = 30)", "influence(hessian = direct, test = 30)")
    module = in_full(import_text(text.replace("width = 6", "width = 2"), tmp_path))  # too small to meet the equation
    training = module.Training(0, "cpu")
    for _ in range(300):
        training.advance()
    network, tests = training.network, training.objective.points.interior
    start = training.optimiser.x.clone()
    equations = module.Weighted(network, module.in_equations)

    def at(x: Tensor, points: Tensor) -> Tensor:
        """The residuals at points with the parameters x."""
        sizes = [p.numel() for _, p in equations.named_parameters()]
        parts = zip(equations.named_parameters(), x.split(sizes), strict=True)
        named = {name: part.reshape(parameter.shape) for (name, parameter), part in parts}
        found: Tensor = torch.func.functional_call(equations, named, (points,))
        return found[:, 0]

    def trained(points: Tensor, weight: Tensor) -> Tensor:
        """Gauss-Newton steps to the minimum of the weighted sum of squares, damped towards the start."""
        x = start
        for _ in range(40):
            jacobian = weight[:, None] * torch.func.jacrev(at)(x, points)
            damped = 2 * jacobian.T @ jacobian + module.DAMPING * torch.eye(len(x), dtype=torch.float64)
            x = x - torch.linalg.solve(damped, 2 * jacobian.T @ (weight * at(x, points)) + module.DAMPING * (x - start))
        return x

    base, small = trained(tests, torch.ones(30, dtype=torch.float64)), 1e-4
    training.objective.place(base)
    candidates = torch.linspace(0.05, 1.95, 12, dtype=torch.float64)[:, None]
    slopes = loss_gradients(module, network, tests)
    left, right = module.factors(slopes, module.linearised(network, training.objective.points)[1])
    foretold = (left @ module.along(network, candidates, right)).T
    weight = torch.ones(31, dtype=torch.float64)
    weight[30] = small**0.5
    changes = [
        (at(trained(torch.cat([tests, c[None]]), weight), tests).square() - at(base, tests).square()) / small
        for c in candidates
    ]
    found = torch.stack(changes).detach()
    assert rank_correlation(foretold.abs().sum(dim=1), found.abs().sum(dim=1)) > 0.9
    assert close(-foretold, found, 0.2)  # the sign too: the Hessian is that of Gauss and Newton


def test_slopes_of_the_solution(tmp_path: Path) -> None:
    module = coupled(tmp_path, "output_gradient")
    network = module.Training(0, "cpu").network
    candidates = module.sample_pool(10, torch.Generator().manual_seed(0))
    step = 1e-6
    moved = [candidates + step * torch.eye(2, dtype=torch.float64)[axis] for axis in range(2)]
    with torch.no_grad():
        base = module.solution(network, candidates)
        slopes = torch.cat([(module.solution(network, other) - base) / step for other in moved], dim=1)
    assert close(module.scores(network, candidates), slopes.norm(dim=1), 1e-4)


# -------------------------------------------------------------------------------------------------------
# From scores to points
# -------------------------------------------------------------------------------------------------------


def test_points_follow_the_residual(tmp_path: Path) -> None:
    module = make(tmp_path, SPREAD)
    training = module.Training(0, "cpu")
    module.interior_residual = lambda _, points: torch.where(points[:, 0] > 1.5, 1e6, 0.0).double()
    points, _ = module.resample(training.network, training.objective.points, training.generator)
    assert len(points.interior) == 40
    assert float((points.interior[:, 0] > 1.5).double().mean()) > 0.45  # against a quarter of the pool


def test_without_a_uniform_part_no_score_of_zero_is_drawn(tmp_path: Path) -> None:
    module = make(tmp_path, decay("broyden", resample="rad(power = 2, uniform = 0)"))
    found = torch.arange(400, dtype=torch.float64).clamp(min=200) - 200
    for seed in range(5):
        rows = module.pick(found, 40, torch.Generator().manual_seed(seed))
        assert len(set(rows.tolist())) == 40
        assert (found[rows] > 0).all()


def test_a_uniform_part_of_one_has_half_of_the_chances(tmp_path: Path) -> None:
    module = make(tmp_path, decay("broyden", resample="rad"))
    found = torch.zeros(10_000, dtype=torch.float64)
    found[:100] = 1.0
    drawn = [module.pick(found, 1, torch.Generator().manual_seed(seed)).item() < 100 for seed in range(600)]
    assert 0.43 < sum(drawn) / 600 < 0.58


def test_the_highest_scores_are_taken(tmp_path: Path) -> None:
    module = make(tmp_path, decay("broyden", resample="rad(top = true)"))
    found = torch.randn(100, generator=torch.Generator().manual_seed(0))
    rows = module.pick(found, 7, torch.Generator())
    assert set(rows.tolist()) == set(found.argsort()[-7:].tolist())


def test_added_points_leave_the_others_where_they_are(tmp_path: Path) -> None:
    module = make(tmp_path, decay("broyden", resample="residual(count = 6, pool = 200)"))
    training = module.Training(0, "cpu")
    before = training.objective.points
    after, found = module.resample(training.network, before, training.generator)
    assert torch.equal(after.interior[:40], before.interior)
    assert len(after.interior) == 46
    assert found.new.tolist() == [False] * 40 + [True] * 6
    assert found.scores[:40].isnan().all()
    assert torch.equal(found.scores[40:], module.interior_residual(training.network, after.interior[40:]))


def test_r3_retains_what_is_above_the_mean(tmp_path: Path) -> None:
    module = make(tmp_path, decay("broyden", resample="r3"))
    training = module.Training(0, "cpu")
    before = training.objective.points.interior
    size = module.interior_residual(training.network, before)
    after, found = module.resample(training.network, training.objective.points, training.generator)
    kept = before[size > size.mean()]
    assert 0 < len(kept) < 40
    assert torch.equal(after.interior[: len(kept)], kept)
    assert len(after.interior) == 40
    assert not torch.isin(after.interior[len(kept) :], before).any()
    assert int(found.new.sum()) == 40 - len(kept)


# -------------------------------------------------------------------------------------------------------
# In training
# -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", EVERY_METHOD)
def test_resumed_training_equals_uninterrupted_training(method: str, tmp_path: Path) -> None:
    pool = {} if method == "r3" else {"pool": 90}
    tests = {"test": 15} if "influence" in method or "dot" in method else {}
    module = coupled(tmp_path, method, every=15, **pool, **tests)
    module.draw_pictures = lambda *_: ""
    whole, parts = tmp_path / "whole", tmp_path / "parts"
    assert module.train(whole, quiet=True)["finished"]
    module.train(parts, quiet=True, interrupted=StopAfter(31))
    torch.manual_seed(99)
    assert module.train(parts, quiet=True, resume=True)["finished"]
    assert same(checkpoint(parts), checkpoint(whole))
    with np.load(whole / "points.npz") as one, np.load(parts / "points.npz") as other:
        assert sorted(one) == sorted(other)
        assert [name for name in one if not np.array_equal(one[name], other[name], equal_nan=True)] == []
        assert {name.split("_")[1] for name in one} == {"0", "15", "30", "60"}
        assert len(one["points_0"]) == 30


def test_the_rounds_are_drawn(tmp_path: Path) -> None:
    coupled(tmp_path, "rad", every=15).train(tmp_path / "run", quiet=True)
    assert (tmp_path / "run" / "points.png").stat().st_size > 5000
    make(tmp_path, SPREAD).train(tmp_path / "line", quiet=True)
    assert (tmp_path / "line" / "points.png").stat().st_size > 3000


def test_the_rounds_that_are_kept_double(tmp_path: Path) -> None:
    module = make(tmp_path, decay("adam(steps = 200)", resample="r3(every = 1)"))
    module.train(tmp_path / "run", quiet=True)
    with np.load(tmp_path / "run" / "points.npz") as arrays:
        kept = {int(name.removeprefix("points_")) for name in arrays if name.startswith("points_")}
    assert kept == {0, *(2**power for power in range(8))}


def test_nan_in_the_scores_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = make(tmp_path, SPREAD)
    monkeypatch.setattr(module, "scores", lambda _, points: points[:, 0] / 0 * 0)
    with pytest.raises(module.RunError, match="the scores of candidates became NaN at step 21"):
        module.train(tmp_path / "run", quiet=True)


def test_points_without_any_residual_can_be_resampled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = make(tmp_path, SPREAD.replace("every = 20", "every = 20, uniform = 0"))
    monkeypatch.setattr(module, "scores", lambda _, points: 0 * points[:, 0])
    assert module.train(tmp_path / "run", quiet=True)["finished"]


# -------------------------------------------------------------------------------------------------------
# In the plan
# -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("train", "sampler", "resample", "planned"),
    [
        ("broyden", "random(points = 100)", "", ("rad", 800)),
        ("adam then lbfgs", "random(points = 100)", "", ("rad", 800)),
        ("adam", "random(points = 100)", "", None),
        ("broyden", "random(points = 100, fresh = 9)", "", None),
        ("broyden", "random(points = 100)", "none", None),
        ("adam", "random(points = 100)", "influence", ("influence", 500)),
        ("adam", "random(points = 100)", "influence(pool = 333)", ("influence", 333)),
    ],
)
def test_what_is_planned(
    train: str, sampler: str, resample: str, planned: tuple[str, int] | None, tmp_path: Path
) -> None:
    plan = compile_text(decay(train, sampler, resample), tmp_path).plan
    assert plan is not None
    assert (plan.resample and (plan.resample.name, plan.resample.option("pool"))) == planned
    reasons = dict(plan.reasons)
    assert ("resample" in reasons) == (planned is not None and not resample)


@pytest.mark.parametrize(
    ("sampler", "resample", "code"),
    [
        ("random(points = 100)", "rad(pool = 99)", "E507"),
        ("random(points = 100)", "residual(pool = 9)", "E507"),
        ("random(points = 100, fresh = 9)", "rad", "E512"),
    ],
)
def test_choices_that_exclude_each_other(sampler: str, resample: str, code: str, tmp_path: Path) -> None:
    from pdel.compiler import diagnose

    path = tmp_path / "decay.pde"
    path.write_text(decay("broyden", sampler, resample), encoding="utf-8")
    found = [item.code for item in diagnose(path).diagnostics if item.severity is Severity.ERROR]
    assert found == [code]
