"""Standard errors of unknown numbers: against the information of the observations, and where they are not to be had."""

from __future__ import annotations

import ast
import json
import math
import random
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import torch

from tests.modules import compile_text, import_text, one_thread

DECAY = """\
problem decay
time       t in [0, 2]
field      u(t)
unknown    rate = {start}
{more}equation   law:    u_t = {law}
data       sensors: u from "decay.csv"{sigma}
network    mlp(width = 6, depth = 1)
sample     interior: hammersley(points = 40)
train      broyden(steps = 400)
"""
TIMES = [2 * k / 39 for k in range(40)]


def train(folder: Path, noise: float, **stated: str) -> tuple[ModuleType, dict[str, Any]]:
    """A decay law with an unknown rate, 1.5, and an unknown start, 2, observed at 40 times."""
    generator = random.Random(3)
    rows = [f"{2 * math.exp(-1.5 * t) + noise * generator.gauss(0, 1)!r},{t!r}" for t in TIMES]
    (folder / "decay.csv").write_text("\n".join(["u,t", *rows]) + "\n", encoding="utf-8")
    holes = {"start": "1 in [0, 5]", "more": "", "law": "-rate*u", "sigma": ""}
    module = import_text(DECAY.format(**(holes | stated)), folder, "decay")
    with one_thread():
        return module, module.train(folder / "run", quiet=True)


def expected(sigma: float) -> float:
    """The standard error of the rate in u = start*exp(-rate*t), from the information on both numbers."""
    by = [(-2 * t * math.exp(-1.5 * t), math.exp(-1.5 * t)) for t in TIMES]
    rates, both, starts = (sum(one[i] * one[j] for one in by) for i, j in ((0, 0), (0, 1), (1, 1)))
    return sigma / math.sqrt(rates - both**2 / starts)


@pytest.fixture(scope="module")
def stated(tmp_path_factory: pytest.TempPathFactory) -> tuple[ModuleType, dict[str, Any], Path]:
    """A module with a stated noise, the summary of its run and the run's folder."""
    folder = tmp_path_factory.mktemp("stated")
    return (*train(folder, 0.0, sigma=" (sigma = 0.02)"), folder / "run")


def test_it_is_that_of_the_information_of_the_observations(
    stated: tuple[ModuleType, dict[str, Any], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    module, summary, run = stated
    rate = summary["unknowns"]["rate"]
    assert rate["standard_error"] == pytest.approx(expected(0.02), rel=0.25)
    low, high = rate["interval"]
    assert high - low == pytest.approx(2 * 1.96 * rate["standard_error"], rel=0.01)
    assert low < rate["value"] < high
    assert rate["caution"] is None
    module.main(["evaluate", "--run", str(run)])
    assert f"standard error {rate['standard_error']:.1e} (95 %: {low:.6g} to {high:.6g})" in capsys.readouterr().out


def test_the_more_data_bend_the_equations_the_larger_it_is(stated: tuple[ModuleType, dict[str, Any], Path]) -> None:
    module, _, run = stated
    network = module.load_network(run, "cpu")
    before, found = dict(module.WEIGHTS), []
    try:
        for weight in (1e-4, 0.01, 1.0):
            module.WEIGHTS["data.sensors"] = weight
            found.append(module.standard_errors(network, "cpu")["rate"]["standard_error"])
    finally:
        module.WEIGHTS.update(before)
    assert found[0] == pytest.approx(expected(0.02), rel=0.02)
    assert found == sorted(found)


def test_noise_that_is_not_stated_is_that_of_the_misfits(tmp_path: Path) -> None:
    _, summary = train(tmp_path, 0.05)
    assert summary["unknowns"]["rate"]["standard_error"] == pytest.approx(expected(0.05), rel=0.3)


def test_misfits_beyond_sigma_are_told(tmp_path: Path) -> None:
    _, summary = train(tmp_path, 0.05, sigma=" (sigma = 0.01)")
    assert "misfits of data.sensors are" in summary["unknowns"]["rate"]["caution"]


def test_numbers_that_only_a_combination_of_is_determined_are_told(tmp_path: Path) -> None:
    _, summary = train(
        tmp_path, 0.0, start="1", more="unknown    other = 0.2\n", law="-rate*u - other*u", sigma=" (sigma = 0.02)"
    )
    for name, other in (("rate", "other"), ("other", "rate")):
        caution = summary["unknowns"][name]["caution"]
        assert "the observations hardly determine it" in caution
        assert f"only a combination with {other} is well known" in caution


def test_intervals_stay_in_the_range(stated: tuple[ModuleType, dict[str, Any], Path]) -> None:
    module, _, run = stated
    network = module.load_network(run, "cpu")
    before = network.unknowns.raw_rate.item()
    for error in (0.01, 100.0, 1e6):
        low, high = module.interval(network, 0, error)
        assert 0 <= low < 1.5 < high <= 5
    assert network.unknowns.raw_rate.item() == before


def test_an_interval_without_an_end_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "decay.csv").write_text("u,t\n1,0.5\n0.5,1.5\n", encoding="utf-8")
    module = import_text(DECAY.format(start="1 in [0, inf]", more="", law="-rate*u", sigma=""), tmp_path, "decay")
    told = {"rate": {"interval": module.interval(module.Network(), 0, 1e6)}}
    assert told["rate"]["interval"] == [0, math.inf]
    assert json.dumps(module.finite(told), allow_nan=False) == '{"rate": {"interval": [0.0, null]}}'


def test_at_an_end_of_the_range_there_is_none(stated: tuple[ModuleType, dict[str, Any], Path]) -> None:
    module, _, run = stated
    network = module.load_network(run, "cpu")
    torch.nn.init.constant_(network.unknowns.raw_rate, 6.0)
    rate = module.with_errors(network, "cpu")["rate"]
    assert rate["at_end_of_range"]
    assert (rate["standard_error"], rate["interval"]) == (None, None)


def test_what_is_too_large_is_left_out_and_said(
    stated: tuple[ModuleType, dict[str, Any], Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    module, _, run = stated
    monkeypatch.setattr(module, "MOST_WORK", 1)
    found = module.with_errors(module.load_network(run, "cpu"), "cpu")
    assert found["rate"]["standard_error"] is None
    module.print_unknowns(found)
    assert "no standard error: 20 weights at 80 points are too many" in capsys.readouterr().out


def test_an_unsettled_number_is_told(stated: tuple[ModuleType, dict[str, Any], Path]) -> None:
    module, _, run = stated
    network = module.load_network(run, "cpu")
    with torch.no_grad():
        network.unknowns.raw_rate.add_(0.5)
    assert "training has not settled it" in module.with_errors(network, "cpu")["rate"]["caution"]


def test_where_observations_are_left_out_by_their_misfits_there_are_none(tmp_path: Path) -> None:
    (tmp_path / "decay.csv").write_text("u,t\n1,0.5\n0.5,1.5\n", encoding="utf-8")
    text = DECAY.format(start="1", more="", law="-rate*u", sigma=" (sigma = 0.1)")
    text = text.replace("steps = 400)", "steps = 400) then prune then broyden(steps = 5)")
    module = import_text(f"{text}prune      sensors: bias\n", tmp_path, "decay")
    assert not hasattr(module, "standard_errors")
    assert "standard_error" not in module.evaluate(module.Network(), "cpu")["unknowns"]["rate"]


def test_no_constant_of_the_module_is_set_twice(tmp_path: Path) -> None:
    (tmp_path / "decay.csv").write_text("u,t\n1,0.5\n0.5,1.5\n", encoding="utf-8")
    text = DECAY.format(start="1", more="", law="-rate*u", sigma="") + "resample   influence\n"
    compiled = compile_text(text, tmp_path, "decay")
    assert compiled.text is not None
    names = [
        target.id
        for node in ast.parse(compiled.text).body
        for target in (node.targets if isinstance(node, ast.Assign) else ())
        if isinstance(target, ast.Name)
    ]
    assert "REST" in names
    assert len(names) == len(set(names))
