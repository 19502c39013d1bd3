"""When training ends in generated modules: by the clock, by its steps, by the shares of the phases."""

from __future__ import annotations

import math
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest
import torch

from tests.generated.runs import decay
from tests.modules import import_text

LARGE = """\
problem large
time t in [0, 2]
field u(t)
equation rate: u_t = -u
initial start: u = 1
network mlp(width = 80, depth = 2)
sample interior: hammersley(points = 20)
budget 10
compile never
"""


class Clock:
    """A clock that goes on by a second whenever a step is made, and by nothing else."""

    def __init__(self, module: ModuleType, preparing: float = 0.0) -> None:
        """What comes before the first step takes `preparing` seconds."""
        self.now = 0.0
        advance, prepare = module.Training.advance, module.Training.prepare

        def slow(*arguments: object) -> None:
            prepare(*arguments)
            self.now += preparing

        def ticking(training: object) -> None:
            advance(training)
            self.now += 1.0

        module.Training.advance = ticking  # type: ignore[method-assign]
        module.Training.prepare = slow  # type: ignore[method-assign]
        module.time = SimpleNamespace(perf_counter=lambda: self.now)  # type: ignore[attr-defined]


def small(folder: Path, methods: str) -> ModuleType:
    """The decay problem without its `train` statement."""
    lines = [line for line in decay("adam").splitlines() if not line.startswith("train")]
    return import_text("\n".join([*lines, "compile never", methods, ""]), folder, "decay")


def test_the_budget_of_the_plan_ends_training(tmp_path: Path) -> None:
    module = small(tmp_path, "budget 7")
    assert module.BUDGET == 7
    Clock(module)
    summary = module.train(tmp_path / "run", quiet=True)
    assert summary["steps"] == 7
    assert summary["stopped"] == "the time of 7 s is used up; --resume goes on"


def test_half_of_the_budget_is_left_where_compiling_used_it_up(tmp_path: Path) -> None:
    module = small(tmp_path, "budget 8")
    Clock(module, preparing=30)
    summary = module.train(tmp_path / "run", quiet=True)
    assert summary["steps"] == 4
    assert summary["stopped"] == "the time of 34 s is used up; --resume goes on"


def test_the_budget_of_a_run_stands_before_that_of_the_plan(tmp_path: Path) -> None:
    module = small(tmp_path, "budget 7")
    Clock(module)
    assert module.train(tmp_path / "run", budget=3, quiet=True)["steps"] == 3
    assert module.train(tmp_path / "run", budget=2, quiet=True, resume=True)["steps"] == 5


def test_steps_are_made_whatever_time_they_take(tmp_path: Path) -> None:
    module = small(tmp_path, "budget 7")
    Clock(module)
    summary = module.train(tmp_path / "run", steps=12, quiet=True)
    assert summary["steps"] == 12
    assert summary["stopped"] == "12 steps are done; --resume goes on"
    assert module.train(tmp_path / "run", steps=15, quiet=True, resume=True)["steps"] == 15
    both = module.train(tmp_path / "both", steps=12, budget=5, quiet=True)
    assert both["steps"] == 5


def test_a_number_of_steps_is_the_same_run_each_time(tmp_path: Path) -> None:
    module = small(tmp_path, "budget 7")
    first, second = (module.train(tmp_path / name, steps=40, quiet=True) for name in "ab")
    assert first["held_out_loss"] == second["held_out_loss"]
    assert first["loss_terms"] == second["loss_terms"]


def test_phases_that_are_stated_end_by_their_steps_alone(tmp_path: Path) -> None:
    module = small(tmp_path, "train adam(steps = 90)")
    Clock(module)
    summary = module.train(tmp_path / "run", quiet=True)
    assert math.isinf(module.BUDGET)
    assert summary["steps"] == 90
    assert summary["finished"]


def test_phases_of_the_plan_share_the_budget(tmp_path: Path) -> None:
    module = import_text(LARGE, tmp_path, "large")
    assert [phase.name for phase in module.PHASES] == ["soap", "lbfgs"]
    Clock(module)
    seen: list[tuple[str, float]] = []
    for phase in module.PHASES:
        optimiser = type(phase.start(torch.zeros(3, dtype=module.DTYPE)))
        step = optimiser.step

        def noted(self: object, objective: object, done: float, name: str = phase.name, step: object = step) -> None:
            seen.append((name, done))
            step(self, objective, done)  # type: ignore[operator]

        optimiser.step = noted
    summary = module.train(tmp_path / "run", quiet=True)
    assert summary["steps"] == 10
    assert [name for name, _ in seen] == ["soap"] * 9 + ["lbfgs"]
    soap = [done for name, done in seen if name == "soap"]
    assert soap == pytest.approx([step / 8 for step in range(9)])
    assert "soap: 80% of the time are used up" in summary["stopped"]


def test_the_command_line_takes_a_number_of_steps(tmp_path: Path) -> None:
    module = small(tmp_path, "budget 7")
    assert module.main(["train", "--out", str(tmp_path / "run"), "--steps", "3", "--quiet"]) == 0
    assert torch.load(tmp_path / "run" / "checkpoint.pt", weights_only=True)["step"] == 3
    with pytest.raises(SystemExit):
        module.main(["train", "--steps", "0"])
