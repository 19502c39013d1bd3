"""Compiled training in generated modules: the same numbers, resuming, machines that cannot compile, the decision."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest
import torch
import torch._inductor
from torch._dynamo.utils import counters

from tests.generated.runs import StopAfter, decay, make
from tests.generated.test_runtime_training import checkpoint, same

ADAM = decay("adam(steps = 60, rate = 0.01)")
GROWING = decay("broyden(steps = 60)", resample="rad(every = 20, pool = 60, mode = add, count = 5)")
WIDE = """\
problem rod
space x in [0, 1]
time t in [0, 1]
field u(x, t)
equation heat: u_t = u_xx
boundary ends: u = 0 on boundary
initial start: u = sin(pi*x)
enforce ends: softly
enforce start: softly
network mlp(width = 40, depth = 2)
sample interior: random(points = 1500)
sample ends: random(points = 300)
sample start: random(points = 7)
train adam(steps = 10)
precision float64
"""


def test_a_compiled_run_resumes_bit_for_bit_and_agrees_with_an_eager_one(tmp_path: Path) -> None:
    module = make(tmp_path, ADAM)
    module.draw_pictures = lambda *_: ""
    whole = module.train(tmp_path / "whole", quiet=True, compiling="always")
    module.train(tmp_path / "parts", quiet=True, compiling="always", interrupted=StopAfter(23))
    parts = module.train(tmp_path / "parts", quiet=True, resume=True)
    eager = module.train(tmp_path / "eager", quiet=True, compiling="never")
    assert (whole["compiled"], parts["compiled"], eager["compiled"]) == (True, True, False)
    assert same(checkpoint(tmp_path / "parts"), checkpoint(tmp_path / "whole"))
    compiled, plain = checkpoint(tmp_path / "whole"), checkpoint(tmp_path / "eager")
    torch.testing.assert_close(compiled["optimiser"]["x"], plain["optimiser"]["x"], rtol=1e-9, atol=1e-12)


def test_points_that_are_added_need_no_other_graph(tmp_path: Path) -> None:
    module = make(tmp_path, GROWING)
    module.draw_pictures = lambda *_: ""
    torch._dynamo.reset()
    counters.clear()
    module.train(tmp_path / "run", quiet=True, compiling="always")
    assert len(checkpoint(tmp_path / "run")["points"]["interior"]) == 50
    assert counters["stats"]["unique_graphs"] == 1


def test_what_is_compiled_is_code_of_the_module_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """torch keeps eight graphs of a piece of code: with code of torch the ninth module of a process ran uncompiled."""
    module = make(tmp_path, GROWING)
    compiled: list[Any] = []
    monkeypatch.setattr(torch, "compile", lambda function, **_: compiled.append(function) or function)
    training = module.Training(0, "cpu")
    assert training.objective.compile(training.optimiser.x) == ""
    assert [function.__code__.co_filename for function in compiled] == [module.__file__]
    eager = module.Training(0, "cpu").objective.evaluate(training.optimiser.x)
    for found, expected in zip(training.objective.evaluate(training.optimiser.x), eager, strict=True):
        torch.testing.assert_close(found, expected, rtol=1e-12, atol=0.0)


def test_where_one_file_of_code_fails_torch_compiles_in_its_own_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = make(tmp_path, ADAM)
    training = module.Training(0, "cpu")
    x, points = training.optimiser.x, training.objective.points
    gradient, loss = torch.ones(3), torch.ones(())
    tried: list[dict[str, Any]] = []

    def compiles(graph: Any, inputs: list[torch.Tensor], options: dict[str, Any]) -> Any:
        tried.append(options)
        if options:
            raise RuntimeError("this system has no such option")
        assert [tuple(part.shape) for part in inputs] == [tuple(part.shape) for part in (x, *points)]
        torch.testing.assert_close(graph(*inputs)[1], training.objective.loss(x, points))
        return lambda *_: (gradient, loss)

    monkeypatch.setattr(torch._inductor, "compile", compiles)
    assert training.objective.compile(x) == ""
    assert tried == list(module.COMPILER_OPTIONS)
    assert training.objective.evaluate(x) == (loss, gradient)


def test_a_block_of_points_after_the_other_gives_the_loss_of_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = make(tmp_path, WIDE)
    seen: list[list[int]] = []

    def compiles(graph: Any, inputs: list[torch.Tensor], options: dict[str, Any]) -> Any:
        def noting(*arguments: torch.Tensor) -> Any:
            seen.append([len(part) for part in arguments[1:]])
            return graph(*arguments)

        return noting

    monkeypatch.setattr(torch._inductor, "compile", compiles)
    training = module.Training(0, "cpu")
    x = training.optimiser.x
    eager = training.objective.evaluate(x)
    assert training.objective.compile(x) == ""
    seen.clear()
    for found, expected in zip(training.objective.evaluate(x), eager, strict=True):
        torch.testing.assert_close(found, expected, rtol=1e-12, atol=1e-15)
    assert seen == 3 * [[500, 100, 7]]  # 7 cannot be divided by 3


def test_a_machine_that_cannot_compile_says_so_once_and_trains(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def nowhere(*_: object, **__: object) -> Any:
        raise RuntimeError("No working C++ compiler found\nand much more")

    monkeypatch.setattr(torch._inductor, "compile", nowhere)
    module = make(tmp_path, ADAM)
    summary = module.train(tmp_path / "run", compiling="always")
    printed = capsys.readouterr().out
    assert printed.count("compiled  nothing: No working C++ compiler found; training goes on, slower\n") == 1
    assert "much more" not in printed
    assert summary["finished"]
    assert not summary["compiled"]
    assert not checkpoint(tmp_path / "run")["compiled"]


def test_a_torch_without_what_compiling_takes_is_said_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(torch._inductor, "compile")
    training = make(tmp_path, ADAM).Training(0, "cpu")
    assert "compile" in training.objective.compile(training.optimiser.x)
    assert training.objective.graph is None


@pytest.mark.parametrize(
    ("steps", "budget", "expected"),
    [(100, math.inf, False), (10**9, math.inf, True), (10**9, 20.0, False), (10**9, 30.0, True)],
)
def test_auto_weighs_the_time_that_is_left(tmp_path: Path, steps: int, budget: float, expected: bool) -> None:
    module = make(tmp_path, ADAM)
    training = module.Training(0, "cpu")
    assert module.worth_compiling(training.objective, training.optimiser.x, steps, budget) is expected


@pytest.mark.parametrize(
    ("statement", "choice"), [("", "auto"), ("compile always", "always"), ("compile never", "never")]
)
def test_the_specification_chooses(tmp_path: Path, statement: str, choice: str) -> None:
    module = make(tmp_path, f"{ADAM}{statement}\n")
    assert choice == module.COMPILE
