"""`least_squares` of generated modules: against dense linear algebra, on what it has to solve at once, and resumed."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest
import torch
from torch import Tensor, nn

from tests.generated.runs import DECAY, SOFT, TABLE, decay, make

LOGISTIC = """\
problem logistic
time       t in [0, 2]
field      u(t)
equation   rate:   u_t = u*(1 - u)
initial    start:  u = 0.2
exact      u = 1/(1 + 4*exp(-t))
network    mlp(width = 25, depth = 1)
sample     interior: hammersley(points = 80)
train      least_squares(steps = 4)
"""


def linear_decay(steps: int = 100) -> str:
    """Exponential decay by a network of one layer."""
    text = DECAY.format(train=f"least_squares(steps = {steps})", sampler="hammersley(points = 40)")
    return text.replace("width = 6", "width = 12")


@pytest.fixture(scope="module")
def soft(tmp_path_factory: pytest.TempPathFactory) -> SimpleNamespace:
    """A module with soft conditions beside its equation, an objective and an optimiser."""
    folder = tmp_path_factory.mktemp("least_squares")
    (folder / "table.csv").write_text(TABLE, encoding="utf-8")
    text = SOFT.replace("broyden(steps = 120)", "least_squares").replace("resample   rad(every = 30, pool = 90)\n", "")
    module = make(folder, text.replace("random(points = 30)", "random(points = 60)"))
    training = module.Training(0, "cpu")
    return SimpleNamespace(module=module, objective=training.objective, optimiser=training.optimiser)


def weighted_residuals(module: ModuleType, objective: object) -> Tensor:
    """All residuals times sqrt(weight/points), by the plain definition of the loss."""
    found = module.residuals(objective.network, objective.points)  # type: ignore[attr-defined]
    return torch.cat([(module.WEIGHTS[name] / len(part)) ** 0.5 * part.flatten() for name, part in found.items()])


def by_output_layer(module: ModuleType, objective: object) -> Tensor:
    """The derivatives of all residuals by the output layer, row by row."""
    output = list(objective.network.output.parameters())  # type: ignore[attr-defined]
    rows = [
        torch.cat([slope.reshape(-1) for slope in torch.autograd.grad(value, output, retain_graph=True)])
        for value in weighted_residuals(module, objective)
    ]
    return torch.stack(rows)


@pytest.mark.parametrize(("block", "held", "again"), [(7, 100, True), (7, 2**25, False), (1000, 2**25, False)])
def test_the_triangle_has_the_normal_equations_of_all_rows(
    soft: SimpleNamespace, block: int, held: int, again: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rows are held as long as there is room for them, then they are reduced once."""
    module, objective, calls = soft.module, soft.objective, []
    plain = module.reduced
    monkeypatch.setattr(module, "BLOCK", block)
    monkeypatch.setattr(module, "HELD", held)
    monkeypatch.setattr(module, "reduced", lambda *given: calls.append(1) or plain(*given))
    rows, values = by_output_layer(module, objective), weighted_residuals(module, objective).detach()
    matrix, right = module.normal_form(module.Equations(objective.network, objective.network, objective.points))
    objective.network.requires_grad_(True)
    assert (len(calls) > 1) == again
    assert matrix.shape == (rows.shape[1] + 1, rows.shape[1])
    assert torch.allclose(matrix.T @ matrix, rows.T @ rows, rtol=1e-10, atol=1e-12)
    assert torch.allclose(matrix.T @ right, rows.T @ values, rtol=1e-10, atol=1e-12)
    assert right.square().sum().item() == pytest.approx(values.square().sum().item(), rel=1e-10)


def test_linear_equations_are_solved_at_once(soft: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    """One factorisation, after which no change of the output layer lowers the loss."""
    module, objective, optimiser = soft.module, soft.objective, soft.optimiser
    calls = []
    plain = module.normal_form
    monkeypatch.setattr(module, "normal_form", lambda *given: calls.append(1) or plain(*given))
    optimiser.step(objective, 0.0)
    assert len(calls) == 1
    objective.place(optimiser.x.clone())
    output = list(objective.network.output.parameters())
    assert all(parameter.requires_grad for parameter in objective.parameters)
    loss = module.total_loss(module.loss_terms(objective.network, objective.points))
    assert loss.item() == pytest.approx(optimiser.loss, rel=1e-12)
    slope = nn.utils.parameters_to_vector(torch.autograd.grad(loss, output))
    size = by_output_layer(module, objective).norm() * loss.sqrt()
    assert slope.norm() < 1e-8 * size


def test_hidden_neurons_are_their_drawing_times_the_scales(tmp_path: Path) -> None:
    module = make(tmp_path, linear_decay())
    training = module.Training(0, "cpu")
    while not training.finished:
        training.advance()
    optimiser, first = training.optimiser, training.network.layer_1
    training.objective.place(optimiser.x.clone())
    slopes = optimiser.slopes * optimiser.scales
    assert torch.allclose(first.weight, slopes)
    assert torch.allclose(first(optimiser.centres)[range(12), range(12)], torch.zeros(12, dtype=torch.float64))
    assert optimiser.centres.abs().max() <= 1


def test_scales_are_kept_that_lower_the_loss_and_the_search_ends(tmp_path: Path) -> None:
    module = make(tmp_path, linear_decay())
    training = module.Training(0, "cpu")
    losses = []
    while not training.finished:
        training.advance()
        losses.append(training.optimiser.loss)
    assert losses == sorted(losses, reverse=True)
    assert losses[-1] < losses[0] / 10
    assert training.optimiser.scales.item() != 1
    assert training.ended[0].startswith("no other scales lower the loss")
    assert 4 < training.step < 60
    assert module.evaluate(training.network, "cpu")["fields"]["u"]["l2_relative"] < 1e-7


def test_other_equations_are_solved_by_corrections(tmp_path: Path) -> None:
    module = make(tmp_path, LOGISTIC)
    summary = module.train(tmp_path / "run", quiet=True)
    assert summary["fields"]["u"]["l2_relative"] < 1e-7


def test_resumed_training_equals_uninterrupted_training(tmp_path: Path) -> None:
    module = make(tmp_path, linear_decay(9))
    whole = module.train(tmp_path / "whole", quiet=True)
    module.train(tmp_path / "parts", steps=4, quiet=True)
    parts = module.train(tmp_path / "parts", resume=True, quiet=True)
    assert parts["fields"] == whole["fields"]
    assert parts["held_out_loss"] == whole["held_out_loss"]
    assert parts["steps"] == whole["steps"] == 9


def test_losses_at_other_points_are_no_measure(tmp_path: Path) -> None:
    module = make(tmp_path, linear_decay())
    training = module.Training(0, "cpu")
    training.advance()
    training.optimiser.points_changed()
    training.objective.points = training.draw(torch.Generator().manual_seed(7))
    scales = training.optimiser.scales
    training.advance()
    assert torch.equal(training.optimiser.scales, scales)
    expected = module.total_loss(module.loss_terms(training.network, training.objective.points)).item()
    assert training.optimiser.loss == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("text", [linear_decay(), decay("gauss_newton(steps = 5)")], ids=["linear", "gauss_newton"])
def test_what_takes_no_gradient_has_nothing_that_compiles_one(tmp_path: Path, text: str) -> None:
    module = make(tmp_path, text)
    written = Path(str(module.__file__)).read_text(encoding="utf-8")
    assert not [word for word in ("COMPILE", "compiling", "torch.compile", "self.graph") if word in written]
    with pytest.raises(SystemExit):
        module.main(["train", "--compile", "never"])
    assert module.train(tmp_path / "run", steps=1, quiet=True)["compiled"] is False


def test_steps_that_go_too_far_are_damped(tmp_path: Path) -> None:
    """The undamped first step from u = 1 to the steep solution of a cubic equation raises the loss."""
    text = LOGISTIC.replace("u*(1 - u)", "30*u*(1 - u^2)").replace("u = 0.2", "u = 0.1").replace("[0, 2]", "[0, 0.5]")
    text += "march      whole\n"
    text = "\n".join(line for line in text.splitlines() if not line.startswith("exact")) + "\n"
    module = make(tmp_path, text)
    training = module.Training(0, "cpu")
    objective, optimiser = training.objective, training.optimiser
    optimiser.step(objective, 0.0)
    start = torch.zeros(26, dtype=torch.float64)
    equations = module.Equations(objective.network, objective.network, objective.points)
    before = equations.loss(start)
    bold = module.damped_solution(*module.normal_form(equations), 1e-15)
    assert equations.loss(bold) > before
    equations.use(start)
    assert module.correction(equations, start, before).loss < before


def test_a_step_that_promises_nothing_is_not_tried(soft: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    """At the best output layer no correction is left, and none costs an evaluation."""
    module, objective, optimiser = soft.module, soft.objective, soft.optimiser
    optimiser.draw_neurons(objective)
    x, loss = optimiser.fit(objective, torch.full((1,), 2.0, dtype=torch.float64))
    objective.place(x.clone())
    weights = nn.utils.parameters_to_vector(objective.network.output.parameters()).detach().clone()
    equations = module.Equations(objective.network, objective.network, objective.points)
    monkeypatch.setattr(equations, "loss", lambda *_: pytest.fail("evaluated"))
    found = module.correction(equations, weights, loss)
    objective.network.requires_grad_(True)
    assert found.last
    assert found.loss == loss


@pytest.mark.parametrize("panel", [1, 2, 128])
def test_damping_bounds_what_residuals_cannot_tell_apart(
    soft: SimpleNamespace, panel: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The damped solution solves the normal equations with the damping's square on the diagonal."""
    monkeypatch.setattr(soft.module, "PANEL", panel)
    matrix = torch.randn(8, 5, dtype=torch.float64, generator=torch.Generator().manual_seed(3))
    right = torch.arange(8, dtype=torch.float64)
    strength = 0.1 * matrix.norm(dim=0).max()
    normal = matrix.T @ matrix + strength**2 * torch.eye(5, dtype=torch.float64)
    expected = torch.linalg.solve(normal, -matrix.T @ right)
    assert torch.allclose(soft.module.damped_solution(*soft.module.reduced(matrix, right), 0.1), expected, rtol=1e-10)
    twins = torch.cat([matrix, matrix[:, :1]], dim=1)
    triangle = soft.module.reduced(twins, right)
    first, *_, twin = soft.module.damped_solution(*triangle, 1e-5).tolist()
    assert first == pytest.approx(twin, rel=1e-3)
    assert soft.module.damped_solution(*triangle, 1e-15).isfinite().all()


def test_fewer_rows_than_columns_are_damped_as_well(soft: SimpleNamespace) -> None:
    matrix = torch.randn(3, 5, dtype=torch.float64, generator=torch.Generator().manual_seed(4))
    right = torch.arange(3, dtype=torch.float64)
    normal = matrix.T @ matrix + (0.1 * matrix.norm(dim=0).max()) ** 2 * torch.eye(5, dtype=torch.float64)
    expected = torch.linalg.solve(normal, -matrix.T @ right)
    found = soft.module.damped_solution(*soft.module.reduced(matrix, right), 0.1)
    assert torch.allclose(found, expected, rtol=1e-10)


@pytest.mark.parametrize(("reached", "tried", "taken"), [([0.99, 0.3], 2, 1), ([0.2], 1, 0), ([1.5, 0.99, 1.2], 3, 1)])
def test_a_step_that_gains_too_little_is_damped(
    soft: SimpleNamespace, reached: list[float], tried: int, taken: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One damping after the other is tried until a step gains enough; the lowest loss is kept where none does."""
    module, dampings = soft.module, []
    found = [*reached, 2.0]

    def damped(matrix: Tensor, right: Tensor, damping: float) -> Tensor:
        dampings.append(damping)
        return torch.full((1,), float(len(dampings)), dtype=torch.float64)

    # Steps of every size promise a loss of 0.1.
    normal = torch.zeros(1, 1, dtype=torch.float64), torch.full((1,), 0.1**0.5, dtype=torch.float64)
    monkeypatch.setattr(module, "damped_solution", damped)
    monkeypatch.setattr(module, "normal_form", lambda _: normal)
    monkeypatch.setattr(module, "DAMPINGS", module.DAMPINGS[:tried])
    equations = SimpleNamespace(loss=lambda weights: found[round(weights.item()) - 1])
    result = module.correction(equations, torch.zeros(1, dtype=torch.float64), 1.0)
    assert len(dampings) == tried
    assert result.loss == found[taken]
    assert result.weights.item() == taken + 1


def test_where_no_damping_helps_a_part_of_the_step_is_taken(
    soft: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every step as a whole raises the loss, a quarter of the least damped one lowers it most."""
    module, tried = soft.module, []

    def loss(weights: Tensor) -> float:
        tried.append(round(weights.item(), 3))
        return {0.5: 0.9, 0.25: 0.4, 0.1: 0.6}.get(tried[-1], 3.0)

    normal = torch.zeros(1, 1, dtype=torch.float64), torch.full((1,), 0.1**0.5, dtype=torch.float64)
    monkeypatch.setattr(module, "damped_solution", lambda *given: torch.ones(1, dtype=torch.float64) - given[2] / 1e3)
    monkeypatch.setattr(module, "normal_form", lambda _: normal)
    result = module.correction(SimpleNamespace(loss=loss), torch.zeros(1, dtype=torch.float64), 1.0)
    assert len(tried) == len(module.DAMPINGS) + len(module.LENGTHS)
    assert (result.loss, result.last) == (0.4, False)
    assert result.weights.item() == pytest.approx(0.25)
