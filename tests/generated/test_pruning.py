"""Pruning in generated modules: observations told apart, neurons pruned, stages, controls, resuming."""

from __future__ import annotations

import csv
import json
import math
import random
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import torch
from matplotlib.figure import Figure

from tests.generated.runs import StopAfter, make
from tests.generated.test_runtime_training import checkpoint, same

OSCILLATION = """\
problem swing
time       t in [0, 3]
field      u(t)
unknown    stiffness = 2 in [0.5, 8]
equation   motion:   u_tt = -stiffness*u
data       sensors:  u from "swing.csv"{sigma}
exact      u = cos(2*t)
reference  stiffness = 4
network    {network}
sample     interior: hammersley(points = 40)
resample   none
prune      sensors: {prune}
train      {train}
precision  float64
"""
NETWORK = "mlp(width = 12, depth = 2)"
TRAIN = "broyden(steps = 60) then prune then broyden(steps = 25)"
NETWORKS = {
    "mlp": NETWORK,
    "siren": "siren(width = 10, depth = 2, frequency = 3)",
    "fourier": "fourier(width = 10, depth = 2, features = 4)",
    "residual": "residual(width = 10, depth = 2)",
    "softplus": "mlp(width = 12, depth = 2, activation = softplus)",
    "masked": f"{NETWORK}\nmask exponential",
}
STAGES = ["baseline", "robust", "retained", "random", "pruned"]


def swing(
    network: str = NETWORK, prune: str = "bias(rounds = 8, fraction = 0.1)", train: str = TRAIN, sigma: str = ""
) -> str:
    """The specification of an oscillation with corrupted observations."""
    return OSCILLATION.format(network=network, prune=prune, train=train, sigma=sigma)


def observe(folder: Path, *, corrupted: int = 12, told: bool = True) -> None:
    """Sixty observations, the last ones corrupted."""
    numbers = random.Random(4)
    with (folder / "swing.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["t", "u", *(["corrupted"] if told else [])])
        for index in range(60):
            t, wrong = 3 * ((7 * index) % 60) / 59, index >= 60 - corrupted
            value = math.cos(2 * t) + numbers.gauss(0, 1.0 if wrong else 0.01)
            writer.writerow([t, value, *([int(wrong)] if told else [])])


def built(folder: Path, text: str, **observed: Any) -> ModuleType:
    """The module of a specification, beside its observations and without pictures."""
    observe(folder, **observed)
    module = make(folder, text)
    module.draw_pictures = lambda *_: ""
    return module


def test_two_normals_are_told_apart(tmp_path: Path) -> None:
    module = built(tmp_path, swing())
    generator = torch.Generator().manual_seed(0)
    wrong = torch.rand(4000, 1, generator=generator) < 0.6
    misfit = torch.randn(4000, 1, generator=generator).double() * torch.where(wrong, 1.0, 0.01)
    chance, narrow, wide = module.two_normals(misfit)
    assert narrow == pytest.approx(0.01, rel=0.05)
    assert wide == pytest.approx(1, rel=0.05)
    flagged, wrong = chance > 0.5, wrong[:, 0]
    assert (flagged & wrong).sum() / flagged.sum() > 0.99
    assert (flagged & wrong).sum() / wrong.sum() > 0.96  # the rest lies among the good ones


def test_both_components_of_an_observation_decide(tmp_path: Path) -> None:
    module = built(tmp_path, swing())
    misfit = 0.01 * torch.randn(500, 2, generator=torch.Generator().manual_seed(1)).double()
    misfit[:100, 1] *= 100
    chance, narrow, wide = module.two_normals(misfit)
    assert narrow == pytest.approx(0.01, rel=0.1)
    assert narrow < wide < 1.2
    assert (chance[:100] > 0.5).sum() > 94
    assert (chance[100:] > 0.5).sum() < 3


@pytest.mark.parametrize(
    ("flagged", "wide", "reason"),
    [(0, 1.0, "no observation is flagged"), (81, 1.0, "too few are left"), (20, 0.02, "are like the narrow ones")],
)
def test_a_split_that_is_not_credible_is_refused(tmp_path: Path, flagged: int, wide: float, reason: str) -> None:
    module = built(tmp_path, swing())
    flags = torch.arange(100) < flagged
    assert reason in module.credible(flags, 0.01, wide)
    assert not module.credible(torch.arange(100) < 80, 0.01, 0.03)


def test_huber_is_the_square_of_the_bent_misfit(tmp_path: Path) -> None:
    module = built(tmp_path, swing())
    misfit = torch.tensor([-5.0, -0.1, 0.0, 0.4, 2.0], dtype=torch.float64, requires_grad=True)
    bend = torch.tensor(0.5, dtype=torch.float64)
    found = module.bend_beyond(misfit, bend).square()
    assert torch.allclose(found, torch.tensor([4.75, 0.01, 0.0, 0.16, 1.75], dtype=torch.float64))
    (slope,) = torch.autograd.grad(found.sum(), misfit)
    assert torch.allclose(slope, torch.tensor([-1.0, -0.2, 0.0, 0.8, 1.0], dtype=torch.float64))
    straight = module.bend_beyond(misfit, torch.tensor(module.STRAIGHT, dtype=torch.float64))
    assert torch.equal(straight, misfit)


def test_gauss_newton_sees_the_loss_of_the_stage(tmp_path: Path) -> None:
    text = swing(prune="bias(reduce = 0.25)", train="gauss_newton(steps = 4) then prune then adam(steps = 2)")
    module = built(tmp_path, text)
    torch.manual_seed(1)
    network, points = module.Network(), module.draw_points(torch.Generator().manual_seed(0))
    for staged in (points, module.robust(points, 0.1), module.fine_tuned(points)):
        found = torch.cat([values for values, _ in module.linearise(network, staged)])
        loss = module.total_loss(module.loss_terms(network, staged)).item()
        assert found.square().sum().item() == pytest.approx(loss)


def importances(module: ModuleType, network: Any, layer: str, retained: Any, forgotten: Any) -> torch.Tensor:
    with torch.no_grad():
        found = module.importance(*(module.before_activation(network, layer, p) for p in (retained, forgotten)))
    assert isinstance(found, torch.Tensor)
    return found


@pytest.mark.parametrize("criterion", ["bias", "absolute", "rms", "frequency", "deviation", "random"])
def test_pruning_ends_where_no_importance_is_positive(tmp_path: Path, criterion: str) -> None:
    module = built(tmp_path, swing(prune=f"{criterion}(fraction = 0.2, rounds = 30)"))
    torch.manual_seed(2)
    network = module.Network()
    retained, forgotten = torch.rand(30, 1, dtype=torch.float64), 2 + torch.rand(20, 1, dtype=torch.float64)
    positive = importances(module, network, "layer_1", retained, forgotten) > 0
    neurons = module.prune(network, retained, forgotten)
    if 0 < positive.sum() < len(positive):
        assert torch.equal(neurons["layer_1"], ~positive)
    for layer, keep in neurons.items():
        assert keep.any()
        if keep.sum() > 1:
            assert (importances(module, network, layer, retained, forgotten)[keep] <= 0).all()


def test_a_single_round_prunes_its_fraction(tmp_path: Path) -> None:
    module = built(tmp_path, swing(prune="bias(fraction = 0.25, rounds = 1, layers = 1)"))
    torch.manual_seed(2)
    network = module.Network()
    retained, forgotten = torch.rand(30, 1, dtype=torch.float64), 2 + torch.rand(20, 1, dtype=torch.float64)
    largest = importances(module, network, "layer_1", retained, forgotten).topk(3).indices
    neurons = module.prune(network, retained, forgotten)
    assert list(neurons) == ["layer_1"]
    assert set(torch.nonzero(~neurons["layer_1"])[:, 0].tolist()) == set(largest.tolist())


@pytest.mark.parametrize("name", NETWORKS)
def test_the_compact_network_gives_the_values_of_the_pruned_one(tmp_path: Path, name: str) -> None:
    module = built(tmp_path, swing(NETWORKS[name]))
    torch.manual_seed(0)
    network = module.Network()
    points = torch.linspace(0, 3, 50, dtype=torch.float64)[:, None]
    neurons = module.prune(network, points[:25], points[25:])
    assert all(0 < keep.sum() < len(keep) for keep in neurons.values())
    state = network.state_dict()
    small = module.compact(state, neurons)
    compacted = module.Network(module.widths_of(small))
    compacted.load_state_dict(small)
    assert sum(p.numel() for p in compacted.parameters()) < sum(p.numel() for p in network.parameters())
    assert torch.allclose(compacted(points), network(points), atol=1e-13)
    # the masks of pruned neurons are lost, and nothing reads them
    again = module.Network()
    again.load_state_dict(module.spread_out(small, neurons))
    assert torch.allclose(again(points), network(points), atol=1e-13)


@pytest.mark.parametrize(
    ("name", "train"),
    [
        ("mlp", "adam(steps = 100)"),
        ("softplus", "broyden(steps = 20)"),
        ("residual", "lbfgs(steps = 20)"),
        ("masked", "adam(steps = 40)"),
        ("fourier", "broyden(steps = 20)"),
        ("mlp", "gauss_newton(steps = 8)"),
    ],
)
def test_dead_neurons_stay_dead(tmp_path: Path, name: str, train: str) -> None:
    module = built(tmp_path, swing(NETWORKS[name], train=f"broyden(steps = 30) then prune then {train}"))
    module.credible = lambda *_: ""  # short training: any split will do
    module.train(tmp_path / "run", quiet=True)
    state = torch.load(tmp_path / "run" / "checkpoint.pt", weights_only=True)
    stages = json.loads((tmp_path / "run" / "summary.json").read_text())["pruning"]["stages"]
    masked = torch.load(tmp_path / "run" / "masked.pt", weights_only=True)
    network = module.load_network(tmp_path / "run", "cpu")
    kept = state["kept"]
    for layer, reader in module.PRUNED:
        keep = state["neurons"].get(kept, {}).get(layer, torch.ones(len(masked[f"{layer}.bias"]), dtype=torch.bool))
        assert stages[kept]["neurons"][layer] == keep.sum()
        assert not masked[f"{layer}.weight"][~keep].any()
        assert not masked[f"{reader}.weight"][:, ~keep].any()
    full = module.Network()
    full.load_state_dict(masked)
    points = torch.linspace(0, 3, 50, dtype=torch.float64)[:, None]
    assert torch.allclose(full(points), network(points), atol=1e-12)
    assert stages["random"]["neurons"] == stages["pruned"]["neurons"]


@pytest.mark.parametrize("partition", ["", "partition = indicator, threshold = 0.1"])
def test_influence_counts_residuals_as_the_stage_does(tmp_path: Path, partition: str) -> None:
    resample = "influence(every = 20, test = 120, pool = 60, hessian = direct, test_terms = all)"
    text = swing(prune=f"bias({partition})" if partition else "bias")
    module = built(tmp_path, text.replace("resample   none", f"resample   {resample}"))
    module.train(tmp_path / "run", quiet=True)
    network = module.load_network(tmp_path / "run", "cpu")
    points = module.draw_points(torch.Generator().manual_seed(0))
    halves = {name: torch.full_like(getattr(points, name), 0.25) for name in ("reduce", "bend")}
    points = points._replace(**halves)  # 40 points and 60 observations stand in 120 rows
    values, rows = module.linearised(network, points)
    loss = module.total_loss(module.loss_terms(network, points))
    assert torch.allclose(values.square().sum(), 120 * loss)
    slope = torch.autograd.grad(120 * loss, [p for p in network.parameters() if p.requires_grad])
    found = 2 * torch.einsum("rt,rtp->p", values, rows)
    assert torch.allclose(found, torch.cat([part.flatten() for part in slope]))


@pytest.mark.parametrize("stop", [75, 130])
def test_resumed_stages_equal_uninterrupted_ones_bit_for_bit(tmp_path: Path, stop: int) -> None:
    module = built(tmp_path, swing())
    module.train(tmp_path / "whole", quiet=True)
    module.train(tmp_path / "parts", quiet=True, interrupted=StopAfter(stop))
    module.train(tmp_path / "parts", quiet=True, resume=True)
    assert same(checkpoint(tmp_path / "whole"), checkpoint(tmp_path / "parts"))
    summaries = [json.loads((tmp_path / name / "summary.json").read_text()) for name in ("whole", "parts")]
    assert summaries[0]["pruning"] == summaries[1]["pruning"]


@pytest.mark.parametrize("steps", [111, 136])
def test_a_run_that_ends_within_a_branch_keeps_the_best_that_has_ended(tmp_path: Path, steps: int) -> None:
    module = built(tmp_path, swing())
    module.credible = lambda *_: ""
    summary = module.train(tmp_path / "run", quiet=True, steps=steps)
    stages = {name: stage for name, stage in summary["pruning"]["stages"].items() if name in module.BRANCHES}
    kept = min(stages, key=lambda name: stages[name]["held_out_loss"])
    assert list(stages) == STAGES[2 : 2 + len(stages)]
    assert summary["pruning"]["kept"] == kept
    assert summary["held_out_loss"] == stages[kept]["held_out_loss"]
    assert summary["unknowns"] == stages[kept]["unknowns"]
    network = module.load_network(tmp_path / "run", "cpu")
    assert module.unknown_errors(network) == stages[kept]["unknowns"]
    masked = torch.load(tmp_path / "run" / "masked.pt", weights_only=True)
    keep = len(masked["layer_1.bias"])
    assert (keep, stages[kept]["neurons"]["layer_1"]) == (12, len(network.layer_1.bias))


def test_before_the_observations_are_told_apart_the_report_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    module = built(tmp_path, swing())
    module.train(tmp_path / "run", steps=20)
    said = capsys.readouterr().out
    assert "flagged   nothing yet: training ended before the observations were told apart" in said


def test_the_report_has_the_controls_and_the_confusion(tmp_path: Path) -> None:
    module = built(tmp_path, swing(sigma=" (sigma = 0.01)", train=TRAIN.replace("60", "150")))
    summary = module.train(tmp_path / "run", quiet=True)
    found = summary["pruning"]
    assert list(found["stages"]) == STAGES
    assert found["refused"] is None
    assert sum(found["confusion"].values()) == found["observations"] == 60
    assert found["confusion"]["corrupted and flagged"] >= 10
    assert found["confusion"]["good and flagged"] <= 2
    branches = {name: found["stages"][name]["held_out_loss"] for name in ("retained", "random", "pruned")}
    assert found["kept"] == min(branches, key=lambda name: branches[name])
    assert summary["held_out_loss"] == pytest.approx(branches[found["kept"]])
    kept = found["stages"][found["kept"]]
    assert summary["fields"] == kept["fields"]
    assert summary["unknowns"] == kept["unknowns"]
    assert kept["fields"]["u"]["l2_relative"] < found["stages"]["baseline"]["fields"]["u"]["l2_relative"]
    with (tmp_path / "run" / "pruning.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert sum(int(row["flagged"]) for row in rows) == found["flagged"]
    assert min(float(row["misfit"]) for row in rows if row["flagged"] == "1") > 0.01


def test_held_out_observations_are_retained_and_not_trained_on(tmp_path: Path) -> None:
    module = built(tmp_path, swing(train=TRAIN.replace("60", "150")))
    training = module.PrunedTraining(0, "cpu")
    while training.step < 180:
        training.advance()
    assert not (training.held & training.flagged).any()
    good = int((~training.flagged).sum())
    assert training.held.sum() == math.ceil(0.1 * good)
    assert len(training.objective.points.sensors) == good - training.held.sum()
    assert len(training.held_out.sensors) == training.held.sum()
    assert training.objective.points.reduce == module.REDUCE


def test_flagged_and_retained_misfits_are_counted_in_the_same_bins(tmp_path: Path) -> None:
    module = built(tmp_path, swing())
    rows = ["t,misfit,flagged", "0.1,0.01,0", "0.2,0.1,0", "0.3,3,0", "0.4,10,1", "0.5,1000,1", "0.6,20,1"]
    (tmp_path / "pruning.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    figure = Figure()
    module.draw_flagged(figure, tmp_path / "pruning.csv")
    bars = [(patch.get_x(), patch.get_width(), patch.get_height()) for patch in figure.axes[1].patches]
    retained, flagged = bars[:40], bars[40:]
    assert [bar[:2] for bar in retained] == [bar[:2] for bar in flagged]
    assert (sum(bar[2] for bar in retained), sum(bar[2] for bar in flagged)) == (3, 3)
    assert bars[0][0] == pytest.approx(-2)


def test_stages_are_marked_where_they_begin(tmp_path: Path) -> None:
    module = built(tmp_path, swing())
    phases = ["broyden (baseline)", "broyden (baseline)", "broyden (robust)", "adam (retained)", "adam (retained)"]
    rows = ["step,seconds,phase,loss,unknown.stiffness"]
    rows += [f"{10 * number},1,{phase},0.5,2.5" for number, phase in enumerate(phases, 1)]
    (tmp_path / "metrics.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    for draw in (module.draw_loss, module.draw_unknowns):
        figure = Figure()
        draw(figure, tmp_path / "metrics.csv")
        found = [(text.get_text(), text.get_position()[0]) for text in figure.axes[0].texts]
        assert found == [("robust", 30), ("retained", 40)]


def test_without_a_column_there_is_no_confusion(tmp_path: Path) -> None:
    module = built(tmp_path, swing(), told=False)
    assert module.train(tmp_path / "run", quiet=True)["pruning"]["confusion"] is None


def test_sound_observations_are_not_pruned(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    module = built(tmp_path, swing(sigma=" (sigma = 0.01)", train=TRAIN.replace("60", "200")), corrupted=0)
    summary = module.train(tmp_path / "run")
    found = summary["pruning"]
    assert summary["finished"]
    assert found["refused"]
    assert found["kept"] == "baseline"
    assert list(found["stages"]) == ["baseline", "robust"]
    assert f"pruned    nothing: {found['refused']}" in capsys.readouterr().out


def test_the_indicator_flags_by_misfit_and_residual(tmp_path: Path) -> None:
    options = "partition = indicator, threshold = 0.04, score_data = 1, score_residual = 0"
    module = built(tmp_path, swing(prune=f"bias({options})", train=TRAIN.replace("60", "150")))
    summary = module.train(tmp_path / "run", quiet=True)
    assert list(summary["pruning"]["stages"]) == [stage for stage in STAGES if stage != "robust"]
    with (tmp_path / "run" / "pruning.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert all((float(row["misfit"]) ** 2 >= 0.04) == (row["flagged"] == "1") for row in rows)


def test_a_branch_that_is_not_finite_ends_and_the_others_go_on(tmp_path: Path) -> None:
    module = built(tmp_path, swing(train="broyden(steps = 60) then prune then adam(steps = 20)"))
    step = module.Adam.step
    calls = {"count": 0}

    def failing(self: Any, objective: Any, done: float) -> None:
        calls["count"] += 1
        if calls["count"] == 25:  # in the second of four times 20 steps
            self.x = torch.full_like(self.x, math.nan)
        step(self, objective, done)

    module.Adam.step = failing
    summary = module.train(tmp_path / "run", quiet=True)
    assert summary["finished"]
    assert "back to step" in summary["stopped"]
    assert list(summary["pruning"]["stages"]) == STAGES
    assert all(math.isfinite(error["l2_relative"]) for error in summary["fields"].values())


def test_without_prune_in_train_it_comes_last(tmp_path: Path) -> None:
    module = built(tmp_path, swing(train="adam(steps = 80) then broyden(steps = 40)"))
    expected = [("baseline", 80), ("baseline", 40)] + [(stage, n) for stage in STAGES[1:] for n in (20, 10)]
    assert [(phase.stage, phase.steps) for phase in module.PHASES] == expected
    assert "prune: at the end of training, then 1/4 of its steps" in " ".join(str(module.__doc__).split())
