"""The benchmark of steps: the module of pdel and nested automatic differentiation do the same work."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

STEP = Path(__file__).parents[1] / "bench" / "step"
CASES = ("burgers_small", "burgers", "poisson", "flow", "waves")


@pytest.fixture(scope="module")
def run() -> Iterator[ModuleType]:
    """bench/step/run.py; what it imports is forgotten afterwards, as its names are common ones."""
    before = set(sys.modules)
    sys.path.insert(0, str(STEP))
    import run

    yield run
    sys.path.remove(str(STEP))
    for name in set(sys.modules) - before:
        if str(STEP) in str(getattr(sys.modules[name], "__file__", "")):
            del sys.modules[name]


@pytest.mark.parametrize("name", CASES)
def test_the_generated_module_and_nested_differentiation_have_the_same_loss(
    name: str, run: ModuleType, tmp_path: Path
) -> None:
    from dataclasses import replace

    import building
    import frameworks.nested
    import frameworks.pdel_eager
    import worker

    each = run.case(name)
    small = replace(each, sets=dict.fromkeys(each.sets, 20))
    source = building.compiled_module(small, "float64", tmp_path, points=50)
    building.write_data(each, building.loaded(source), tmp_path / "data.npz")
    inputs = worker.read_arrays(each, "float64", tmp_path / "data.npz", source)
    ours, nested = frameworks.pdel_eager.prepare(inputs), frameworks.nested.prepare(inputs)
    assert ours.loss == pytest.approx(nested.loss, rel=1e-12)
    assert ours.seconds_of(1) > 0
    assert nested.seconds_of(1) > 0


def test_the_report_has_a_line_for_every_case_and_says_what_failed(run: ModuleType) -> None:
    import report

    nan = float("nan")
    rows = [
        run.Row("float64", name, framework, "torch 2", failed, 1.0, 2.0, *[3.0] * 9, 4.0, 5.0, 6.0)
        for name in CASES
        for framework, failed in (("pdel_compiled", ""), ("pdel_eager", ""), ("nested", ""), ("jno", "no answer"))
    ]
    text = report.text(rows, "a note")
    assert "a note" in text
    assert text.count("no answer") == len(CASES)
    assert text.count("| Poisson 4x64 | 3.0 (3.0–3.0) |") == 1
    assert report.number(nan) == "–"
