"""The verdict at the end of a run, on made-up histories."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest
import torch

from tests.generated.runs import SOFT, TABLE, decay, make


@pytest.fixture(scope="module")
def module(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    """A module with soft conditions and moving points."""
    folder = tmp_path_factory.mktemp("verdict")
    (folder / "table.csv").write_text(TABLE, encoding="utf-8")
    return make(folder, SOFT)


def verdict(module: ModuleType, folder: Path, losses: list[float], held_out: float, **terms: float) -> str:
    rows = [f"{step},{loss}" for step, loss in enumerate(losses)]
    (folder / "metrics.csv").write_text("\n".join(["step,loss", *rows]) + "\n")
    parts = {address: terms.get(address.split(".")[1], 1e-6) for address in module.WEIGHTS}
    training = SimpleNamespace(best=(held_out, 10, None))
    said: str = module.verdict(training, parts, folder / "metrics.csv")
    return said


def test_overfitted_points(module: ModuleType, tmp_path: Path) -> None:
    said = verdict(module, tmp_path, [1e-6] * 40, 1e-2, heat=1e-4)
    assert said.startswith("the points are overfitted: the residual at fresh ones is")
    assert "sample interior: random(points = 60)" in said


def test_one_condition_is_what_is_left(module: ModuleType, tmp_path: Path) -> None:
    said = verdict(module, tmp_path, [1e-3] * 40, 1e-3, walls=1e-4)
    assert said.startswith("boundary.walls makes up 9")
    assert said.endswith("`weigh walls: 100`")


def test_a_falling_loss(module: ModuleType, tmp_path: Path) -> None:
    said = verdict(module, tmp_path, [0.8**step for step in range(60)], 2e-6, heat=2e-6)
    assert said.startswith("the loss was still falling")
    assert "--resume" in said


def test_a_loss_that_stands_still(module: ModuleType, tmp_path: Path) -> None:
    said = verdict(module, tmp_path, [1.0, 0.1, *[1e-3] * 60], 1e-3, heat=1e-3)
    assert said == "the loss has stopped falling; try a larger network, `network mlp(width = 15)`"


def test_few_steps_tell_nothing(module: ModuleType, tmp_path: Path) -> None:
    assert "too few steps" in verdict(module, tmp_path, [1.0, 0.5], 1.0)


@pytest.mark.parametrize(
    ("train", "remedy"),
    [("adam(steps = 300)\nprecision float32", "precision float64"), ("lbfgs(steps = 300)", "train broyden")],
)
def test_the_remedy_fits_the_plan(train: str, remedy: str, tmp_path: Path) -> None:
    text = decay(train)
    text = text.replace("precision  float64\n", "") if "float32" in train else text
    module = make(tmp_path, text)
    assert remedy in module.STALLED


def test_least_squares_say_when_rounding_is_the_floor_and_ask_for_neurons_or_points(tmp_path: Path) -> None:
    wide = "width = 60, depth = 1, activation = sin"
    module = make(tmp_path, decay("least_squares").replace("width = 6, depth = 1", wide))
    summary = module.train(tmp_path / "run", quiet=True)
    assert summary["verdict"].startswith("rounding is the floor")
    assert "`network mlp(width = 90, depth = 1, activation = sin)` and `train least_squares`" in module.STALLED
    assert "sample interior" in module.FRESH_POINTS


STEADY = """\
problem steady
space      x in [-1, 1]
field      u(x)
equation   balance:   u_xx = u^3 - 1
boundary   ends:      u = 0  on boundary
budget     60
"""


def limit(module: ModuleType, curve: list[float], *, finished: bool, **state: object) -> str:
    optimiser = module.LeastSquaresInParts(torch.zeros(3), 2.0, 0.0)
    optimiser.loss = optimiser.least = 1e-9
    optimiser.without = 1.0
    for name, value in state.items():
        setattr(optimiser, name, value)
    said: str = module.limit_of_trials(optimiser, finished, curve)
    return said


@pytest.fixture(scope="module")
def steady(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    """A module of a nonlinear equation that least squares solve."""
    return make(tmp_path_factory.mktemp("steady"), STEADY)


@pytest.mark.parametrize(
    ("curve", "state", "start", "remedy"),
    [
        ([1e-8, 1e-9, 1e-9, 1e-9], {}, "the layer is too narrow", "`budget 300`"),
        ([1e-6, 1e-8, 1e-9], {}, "the time ended when scales still lowered the loss", "`budget 120`"),
        ([1e-9, 1e-9], {}, "the layer is too narrow", "`budget 300`"),
        (
            [1.0],
            {"following": True, "reached": 0.25},
            "the time ended when nonlinear terms",
            "`budget 120`",
        ),
        ([1.0], {"following": True}, "the time ended when neurons still followed", "`budget 120`"),
        ([0.1] * 4, {"loss": 0.1}, "Gauss-Newton steps have stalled: they left 1.0e-01", "`train broyden`"),
    ],
)
def test_what_limits_least_squares(
    steady: ModuleType, curve: list[float], state: dict[str, object], start: str, remedy: str
) -> None:
    said = limit(steady, curve, finished=len(curve) == 4, **state)
    assert said.startswith(start)
    assert remedy in said


def test_few_trials_have_a_verdict(tmp_path: Path) -> None:
    module = make(tmp_path, decay("least_squares").replace("width = 6", "width = 12"))
    summary = module.train(tmp_path / "run", steps=1, quiet=True)
    assert summary["verdict"].startswith("the layer is too narrow")
    assert "activation = tanh" in summary["verdict"]


def test_it_is_reported(tmp_path: Path) -> None:
    module = make(tmp_path, decay("adam(steps = 900)", resample="none"))
    summary = module.train(tmp_path / "run", quiet=True)
    assert "loss" in summary["verdict"]
