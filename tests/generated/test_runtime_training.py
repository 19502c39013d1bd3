"""Training in generated modules: resuming, NaN, interruption, budget, the choice of the network."""

from __future__ import annotations

import csv
import json
import math
import os
import signal
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import torch

from tests.generated.runs import SOFT, TABLE, StopAfter, decay, make, write_module

PHASES = {
    "adam": decay("adam(steps = 250, rate = 0.01)"),
    "adam fresh": decay("adam(steps = 250, rate = 0.01)", "random(points = 40, fresh = 3)"),
    "lbfgs": decay("lbfgs(steps = 250, history = 4, tolerance = 0)"),
    "broyden": decay("broyden(steps = 250)", resample="rad(every = 40, pool = 120)"),
    "gauss_newton": decay("gauss_newton(steps = 150)", resample="rad(every = 10)"),
    "soap": decay("soap(steps = 250)", resample="rad(every = 40)"),
    "three phases": decay(
        "adam(steps = 90) then lbfgs(steps = 80, tolerance = 0) then broyden(steps = 80)",
        resample="rad(every = 30)",
    ),
}


def same(left: Any, right: Any) -> bool:
    """Equality to the last bit of nested checkpoint values."""
    if isinstance(left, torch.Tensor):
        return torch.equal(left, right)
    if isinstance(left, dict):
        return left.keys() == right.keys() and all(same(left[key], right[key]) for key in left)
    if isinstance(left, list | tuple):
        return len(left) == len(right) and all(map(same, left, right))
    return bool(left == right)


def checkpoint(folder: Path) -> dict[str, Any]:
    state: dict[str, Any] = torch.load(folder / "checkpoint.pt", weights_only=True)
    state.pop("seconds")
    return state


def rows(folder: Path) -> list[dict[str, str]]:
    with (folder / "metrics.csv").open(newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("name", PHASES)
@pytest.mark.parametrize("stop", [1, 40, 137])
def test_resumed_training_equals_uninterrupted_training_bit_for_bit(tmp_path: Path, name: str, stop: int) -> None:
    module = make(tmp_path, PHASES[name])
    module.draw_pictures = lambda *_: ""
    whole, parts = tmp_path / "whole", tmp_path / "parts"
    module.train(whole, quiet=True)
    first = module.train(parts, quiet=True, interrupted=StopAfter(stop))
    assert not first["finished"]
    assert first["steps"] == stop
    assert "interrupted" in first["stopped"]
    torch.manual_seed(99)  # resuming must not depend on what happened since
    last = module.train(parts, quiet=True, resume=True)
    assert last["finished"]
    assert same(checkpoint(parts), checkpoint(whole))
    regular = [(row["step"], row["phase"], row["loss"]) for row in rows(whole) if int(row["step"]) % 100 == 0]
    resumed = [(row["step"], row["phase"], row["loss"]) for row in rows(parts) if int(row["step"]) % 100 == 0]
    assert resumed == regular


def test_resuming_forgets_rows_after_the_checkpoint(tmp_path: Path) -> None:
    module = make(tmp_path, PHASES["adam"])
    module.train(tmp_path / "run", quiet=True, interrupted=StopAfter(120))
    with (tmp_path / "run" / "metrics.csv").open("a") as file:
        file.write("200,1.0,adam,1.0,1.0,1.0\n")
    module.train(tmp_path / "run", quiet=True, resume=True)
    steps = [int(row["step"]) for row in rows(tmp_path / "run")]
    assert steps == sorted(set(steps))
    assert steps[-1] == 250


@pytest.mark.parametrize(
    ("part", "name"), [("optimiser", "loss"), ("network", "layer_1.weight"), ("points", "interior"), ("", "best")]
)
def test_a_checkpoint_of_another_version_is_refused_and_kept(tmp_path: Path, part: str, name: str) -> None:
    """Of the same plan, from a module that kept other things: nothing is resumed, nothing written."""
    module = make(tmp_path, decay("broyden(steps = 10)", resample="none"))
    module.train(tmp_path / "run", steps=4, quiet=True)
    path = tmp_path / "run" / "checkpoint.pt"
    state = torch.load(path, weights_only=True)
    holder = state[part] if part else state
    holder["earlier"] = holder.pop(name)
    torch.save(state, path)
    before = {file: file.read_bytes() for file in (tmp_path / "run").iterdir()}
    with pytest.raises(module.RunError, match="does not hold what this module keeps there"):
        module.train(tmp_path / "run", resume=True, quiet=True)
    assert {file: file.read_bytes() for file in (tmp_path / "run").iterdir()} == before


@pytest.mark.parametrize(
    "failure",
    [torch.OutOfMemoryError("CUDA out of memory"), RuntimeError("DefaultCPUAllocator: not enough memory")],
    ids=["accelerator", "processor"],
)
def test_a_lack_of_memory_is_not_put_down_to_the_checkpoint(tmp_path: Path, failure: RuntimeError) -> None:
    module = make(tmp_path, decay("adam(steps = 10)", resample="none"))
    module.train(tmp_path / "run", steps=4, quiet=True)

    def fail(*_: Any) -> None:
        raise failure

    module.Training.load = fail
    with pytest.raises(type(failure), match="memory"):
        module.train(tmp_path / "run", resume=True, quiet=True)


def test_another_seed_gives_another_network_and_the_same_seed_the_same(tmp_path: Path) -> None:
    module = make(tmp_path, decay("adam(steps = 20)"))
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        assert module.train(tmp_path / name, seed=seed, quiet=True)["seed"] == seed
    assert same(checkpoint(tmp_path / "a"), checkpoint(tmp_path / "b"))
    assert not same(checkpoint(tmp_path / "a")["network"], checkpoint(tmp_path / "c")["network"])


def test_a_finished_run_resumed_stays_as_it_is(tmp_path: Path) -> None:
    module = make(tmp_path, PHASES["three phases"])
    before = module.train(tmp_path / "run", quiet=True)
    state = checkpoint(tmp_path / "run")
    after = module.train(tmp_path / "run", quiet=True, resume=True)
    assert same(checkpoint(tmp_path / "run"), state)
    assert after["fields"] == before["fields"]


@pytest.mark.parametrize(
    "phase",
    [
        "adam(steps = 400)",
        "lbfgs(steps = 400, tolerance = 0)",
        "broyden(steps = 400)",
        "gauss_newton(steps = 400)",
    ],
)
def test_nan_stops_with_the_name_and_line_of_the_term_and_the_step(
    tmp_path: Path, phase: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "table.csv").write_text(TABLE)
    text = SOFT.replace("broyden(steps = 120)", phase)
    module = make(tmp_path, text)
    place = f"soft.pde:{1 + text.splitlines().index('boundary   walls:   u = 0  on x = 0, x = 1')}"
    healthy = module.loss_terms
    monkeypatch.setattr(module, "SAVE_EVERY", 0.0)
    advance = module.Training.advance

    def spoiled(training: Any) -> None:
        if training.step == 211:
            monkeypatch.setattr(module, "loss_terms", broken)
            training.optimiser.points_changed()
        advance(training)

    def broken(network: Any, points: Any) -> dict[str, torch.Tensor]:
        return healthy(network, points) | {"boundary.walls": torch.tensor(math.nan, dtype=torch.float64)}

    monkeypatch.setattr(module.Training, "advance", spoiled)
    restored = module.write_report
    monkeypatch.setattr(
        module, "write_report", lambda *given: (monkeypatch.setattr(module, "loss_terms", healthy), restored(*given))[1]
    )
    with pytest.raises(module.RunError, match=rf"boundary `walls` \({place}\) became NaN at step 212"):
        module.train(tmp_path / "run", quiet=True)
    summary = json.loads((tmp_path / "run" / "summary.json").read_text())
    assert not summary["finished"]
    assert f"boundary `walls` ({place}) became NaN at step 212" in summary["stopped"]
    assert summary["steps"] == 211
    state = torch.load(tmp_path / "run" / "checkpoint.pt", weights_only=True)
    assert state["step"] == 211
    assert all(bool(value.isfinite().all()) for value in state["network"].values())


def test_a_gradient_that_is_no_number_is_named_too(tmp_path: Path) -> None:
    module = make(tmp_path, decay("adam(steps = 10)"))
    training = module.Training(0, "cpu")
    sound = module.loss_terms
    try:

        def broken(network: Any, points: Any) -> dict[str, torch.Tensor]:
            bias = network.output.bias
            return {"equation.rate": (bias - bias).square().sum().sqrt()}  # 0 with the derivative 0/0

        module.loss_terms = broken
        with pytest.raises(module.NotFinite, match=r"^the gradient of equation `rate` \(decay.pde:4\) became NaN$"):
            training.advance()
    finally:
        module.loss_terms = sound


def test_the_budget_ends_training_with_a_checkpoint_to_go_on_from(tmp_path: Path) -> None:
    module = make(tmp_path, decay("adam(steps = 1_000_000)"))
    began = time.perf_counter()
    summary = module.train(tmp_path / "run", budget=0.3, quiet=True)
    assert time.perf_counter() - began < 20
    assert not summary["finished"]
    assert "the time of 0.3 s is used up" in summary["stopped"]
    more = module.train(tmp_path / "run", budget=0.3, quiet=True, resume=True)
    assert more["steps"] > summary["steps"]
    assert more["seconds"] >= summary["seconds"] + 0.3


def test_the_kept_network_is_the_best_on_points_never_trained_on(tmp_path: Path) -> None:
    module = make(tmp_path, decay("adam(steps = 350, rate = 0.5, decay = 1)"))  # a rate at which the loss jumps
    summary = module.train(tmp_path / "run", quiet=True)
    training = module.Training(summary["seed"], "cpu")
    losses = {}
    for step in range(1, 351):
        training.advance()
        if step % module.CHECK_EVERY == 0 or step == 350:
            training.objective.place(training.optimiser.x)
            losses[step] = module.total_loss(module.loss_terms(training.network, training.held_out)).item()
    assert summary["held_out_loss"] == min(losses.values())
    assert summary["kept_step"] == min(losses, key=losses.__getitem__)
    held_out, trained = training.held_out.interior, training.objective.points.interior
    assert not torch.isin(held_out, trained).any()


def test_known_values_never_steer_training(tmp_path: Path) -> None:
    text = decay("broyden(steps = 120)", resample="rad(every = 50)")
    module = make(tmp_path, text)
    module.train(tmp_path / "a", quiet=True)
    module.known_values = lambda *_: []
    module.train(tmp_path / "b", quiet=True)
    assert same(checkpoint(tmp_path / "a"), checkpoint(tmp_path / "b"))


def test_a_new_run_keeps_the_former_checkpoint(tmp_path: Path) -> None:
    module = make(tmp_path, decay("adam(steps = 5)"))
    module.train(tmp_path / "run", seed=1, quiet=True)
    state = checkpoint(tmp_path / "run")
    module.train(tmp_path / "run", seed=2, quiet=True)
    kept = torch.load(tmp_path / "run" / "previous.pt", weights_only=True)
    assert torch.equal(kept["optimiser"]["x"], state["optimiser"]["x"])


def test_fresh_points_are_drawn_when_they_are_due(tmp_path: Path) -> None:
    module = make(tmp_path, PHASES["adam fresh"])
    training = module.Training(0, "cpu")
    seen = []
    for _ in range(7):
        training.advance()
        seen.append(training.objective.points.interior.clone())
    changed = [not torch.equal(before, after) for before, after in pairwise(seen)]
    assert changed == [False, False, True, False, False, True]


def test_an_interruption_from_the_keyboard_leaves_a_usable_run(tmp_path: Path) -> None:
    path = write_module(tmp_path, decay("adam(steps = 10_000_000)"))
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, path.name, "train", "--out", "run", "--compile", "never"]
    process = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, text=True, env=environment)
    assert process.stdout is not None
    assert "adam" in process.stdout.readline()
    process.send_signal(signal.SIGINT)
    printed, _ = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "interrupted" in printed
    summary = json.loads((tmp_path / "run" / "summary.json").read_text())
    assert not summary["finished"]
    assert summary["fields"]["u"]["l2_relative"] > 0
    assert checkpoint(tmp_path / "run")["step"] == summary["steps"]


def test_nan_at_once_still_leaves_a_sound_summary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = make(tmp_path, decay("broyden(steps = 50)"))
    nothing = torch.tensor(math.nan, dtype=torch.float64)
    monkeypatch.setattr(module, "loss_terms", lambda _, points: {"equation.rate": nothing * points.interior.sum()})
    monkeypatch.setattr(module.Objective, "gradient", lambda *_: torch.zeros(19, dtype=torch.float64))
    with pytest.raises(module.RunError, match=r"equation `rate` \(decay.pde:4\) became NaN at step 1"):
        module.train(tmp_path / "run", quiet=True)
    summary = json.loads((tmp_path / "run" / "summary.json").read_text(), parse_constant=pytest.fail)
    assert summary["steps"] == 0
    assert summary["held_out_loss"] is None
    assert summary["loss_terms"] == {"equation.rate": None}
