"""The verdict at the end of a run, on made-up histories."""

from __future__ import annotations

import math
import random
import re
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest
import torch
from torch import Tensor

from tests.generated.runs import SOFT, TABLE, decay, make
from tests.modules import one_thread


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


OBSERVED = """\
problem observed
time       t in [0, 2]
field      u(t)
unknown    rate = 1 in [0, 5]
equation   law:     u_t = -rate*u
data       sensors: u from "decay.csv" {sigma}
network    mlp(width = 6, depth = 1)
sample     interior: hammersley(points = 100)
train      broyden(steps = 900)
precision  float64
"""


def observed(folder: Path, sigma: str = "", noise: float = 0.1) -> ModuleType:
    """The module of a decay law with an unknown rate, observed at 200 times with noise."""
    drawn = random.Random(0)
    times = [drawn.uniform(0, 2) for _ in range(200)]
    rows = [f"{t!r},{2 * math.exp(-1.5 * t) + drawn.gauss(0, noise)!r}" for t in times]
    (folder / "decay.csv").write_text("\n".join(["t,u", *rows]) + "\n", encoding="utf-8")
    return make(folder, OBSERVED.format(sigma=sigma))


@pytest.mark.parametrize("sigma", ["(sigma = 0.1)", "(sigma = 0.05)", ""])
def test_data_that_are_fitted_to_their_noise_need_no_other_weight(sigma: str, tmp_path: Path) -> None:
    module = observed(tmp_path, sigma)
    with one_thread():
        said = module.train(tmp_path / "run", quiet=True)["verdict"]
    found = {
        "(sigma = 0.1)": "data.sensors is fitted to its noise: the misfit is 1.0",
        "(sigma = 0.05)": "data.sensors is fitted up to what looks like noise of 2.",
        "": "data.sensors is fitted up to what looks like noise of 0.1",
    }
    assert said.startswith(found[sigma])
    assert "more or better observations lower the error" in said
    assert "`weigh" not in said


def verdict_of_data(module: ModuleType, monkeypatch: pytest.MonkeyPatch, misfits: Tensor, share: float = 0.99) -> str:
    """What is said of misfits at as many times, in units of sigma, that make up a share of the loss."""
    times = torch.linspace(0, 2, len(misfits), dtype=torch.float64)[:, None]
    objective = SimpleNamespace(points=SimpleNamespace(sensors=times))
    training = SimpleNamespace(network=None, objective=objective)
    monkeypatch.setattr(module, "residuals", lambda *_: {"data.sensors": misfits[:, None]})
    said: str = module.verdict_of_data(training, "data.sensors", share)
    return said


@pytest.mark.parametrize(("share", "asked"), [(0.9, True), (0.96, False)])
def test_equations_that_are_bent_to_noise_ask_for_less_weight_of_the_data(
    share: float, asked: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = observed(tmp_path, "(sigma = 0.1)")
    noise = torch.randn(200, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    said = verdict_of_data(module, monkeypatch, noise, share)
    assert said.startswith("data.sensors is fitted to its noise: the misfit is ")
    assert (", and all other terms are 10% of the loss; try `weigh sensors: 0.001`" in said) is asked
    assert ("larger weights do not" in said) is not asked


@pytest.mark.parametrize(("size", "asked"), [(0.8, True), (0.9, False)])
def test_data_that_are_fitted_more_closely_than_their_noise_ask_for_less_weight(
    size: float, asked: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = observed(tmp_path, "(sigma = 0.1)")
    misfits = size * torch.ones(200, 1, dtype=torch.float64)
    monkeypatch.setattr(module, "residuals", lambda *_: {"data.sensors": misfits})
    monkeypatch.setattr(module, "read_metrics", lambda _: [{"loss": "0.1"}] * 40)
    terms = {"equation.law": 0.05, "data.sensors": size**2}  # the data are a small part of the loss
    loss = module.total_loss({name: torch.tensor(term) for name, term in terms.items()}).item()
    training = SimpleNamespace(network=None, objective=SimpleNamespace(points=None), best=(loss, 10, None))
    said = module.verdict(training, terms, tmp_path)
    wanted = "data.sensors is fitted more closely than its noise: the misfit is 0.80 sigma, so that the equations"
    assert said.startswith(wanted) is asked
    assert ("`weigh sensors: 0.001`" in said) is asked


def test_misfits_above_sigma_that_vary_slowly_ask_for_weight(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = observed(tmp_path, "(sigma = 0.1)")
    slow = 2 * torch.sin(torch.linspace(0, 6, 200, dtype=torch.float64))
    said = verdict_of_data(module, monkeypatch, slow)
    assert said.startswith("observations make up 99% of the loss, and the misfit 1.4 sigma of data.sensors is not")
    assert said.endswith("try another weight, `weigh sensors: 0.1`")


def test_few_observations_leave_it_open_whether_a_misfit_is_noise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = observed(tmp_path)
    said = verdict_of_data(module, monkeypatch, 0.3 * torch.ones(10, dtype=torch.float64))
    assert "if the noise of data.sensors is 0.3, they are fitted" in said
    assert "if it is less, try another weight, `weigh sensors: " in said


def test_neighbours_are_found_whatever_the_order_of_observations(tmp_path: Path) -> None:
    module = observed(tmp_path)
    generator = torch.Generator().manual_seed(0)
    times = 2 * torch.rand(3000, 1, generator=generator, dtype=torch.float64)
    noise = torch.randn(3000, 1, generator=generator, dtype=torch.float64)
    assert module.likeness_of_neighbours(times, torch.sin(20 * times)) > 0.95
    assert abs(module.likeness_of_neighbours(times, noise)) < 0.1
    assert 0.3 < module.likeness_of_neighbours(times, torch.sin(20 * times) + noise / math.sqrt(2)) < 0.7


def test_equations_that_are_solved_are_told_so_and_what_more_would_cost(steady: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "metrics.csv").write_text("step,loss\n0,1e-18\n")
    optimiser = steady.LeastSquaresInParts(torch.zeros(3), 2.0, 0.0)
    optimiser.loss, optimiser.without = 1e-18, 1.0

    def said(held_out: float) -> str:
        training = SimpleNamespace(best=(held_out, 1, None), optimiser=optimiser, finished=False)
        text: str = steady.verdict(training, dict.fromkeys(steady.WEIGHTS, 1e-18), tmp_path / "metrics.csv")
        return text

    assert said(1e-16) == (
        "the equations are solved: the residual at fresh points is 1e-08 of that without the network; "
        "more accuracy takes more neurons and points: `budget 300`"
    )
    assert said(1e-8).startswith("the points are overfitted")
    optimiser.loss = 1e-26
    assert said(1e-16).startswith("rounding is the floor")
    assert said(1e-8).startswith("the points are overfitted")


def test_a_layer_that_is_stated_is_told_what_a_larger_one_costs(tmp_path: Path) -> None:
    module = make(tmp_path, decay("least_squares").replace("width = 6", "width = 20"))
    assert "a solve 3.4 times as long: `network mlp(width = 30, depth = 1, activation = tanh)`" in module.DEARER
    assert "`sample interior: hammersley(points = 60)` and `train least_squares`" in module.DEARER


def test_windows_that_were_not_reached_are_told(tmp_path: Path) -> None:
    text = "problem swing\ntime t in [0, 4]\nfield x(t)\nequation force: x_t = -sin(x)\ninitial start: x = 0.5\n"
    methods = "network mlp(width = 8, depth = 1)\nmarch windows(count = 4)\ntrain least_squares(steps = 1)\n"
    module = make(tmp_path, text + methods)
    with one_thread():
        summary = module.train(tmp_path / "part", steps=2, quiet=True)
        whole = module.train(tmp_path / "whole", quiet=True)
    assert summary["verdict"].startswith("training ended in window 3 of 4: errors are those up to t = 3, beyond it")
    assert whole["verdict"].startswith("the window up to t =")


@pytest.mark.parametrize("start", [0.5, 0])
def test_windows_that_are_all_solved_are_told(start: float, tmp_path: Path) -> None:
    """A network of zeros solves the equations where the pendulum hangs still: nothing is left over of nothing."""
    text = f"problem swing\ntime t in [0, 1]\nfield x(t)\nequation force: x_t = -sin(x)\ninitial start: x = {start}\n"
    methods = "network mlp(width = 40, depth = 1)\nmarch windows(count = 2)\ntrain least_squares(steps = 4)\n"
    module = make(tmp_path, text + methods)
    with one_thread():
        summary = module.train(tmp_path / "run", quiet=True)
    assert max(window["left_over"] for window in summary["windows"]) < module.ACCURATE
    assert summary["verdict"].startswith("the equations are solved in every window: the residual at fresh points is ")
    assert "try" not in summary["verdict"]


LAYER = """\
problem layer
space      x in [0, 1]
field      u(x)
equation   balance:   {equation}
boundary   ends:      u = 0  on boundary
network    mlp(width = 20, depth = 1)
train      least_squares(steps = 8)
"""


@pytest.mark.parametrize("equation", ["u_xx = sin(2000*x)", "u_x = 1e-4*u_xx + 1 + 1e-12*u^2"])
def test_equations_that_are_not_solved_are_told_so(equation: str, tmp_path: Path) -> None:
    """Waves that 20 neurons cannot have, a layer of which nothing is seen: the best network is next to none."""
    module = make(tmp_path, LAYER.format(equation=equation))
    with one_thread():
        summary = module.train(tmp_path / "run", quiet=True)
    told = re.match(r"the equations are not solved: the residual at fresh points is (\d+)%", summary["verdict"])
    assert told is not None
    assert int(told[1]) > 90
