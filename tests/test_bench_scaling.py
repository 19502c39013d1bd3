"""The benchmark of how a step grows, and the tables of the race: same work on both sides, and what the tables say."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from tests.modules import import_module

BENCH = Path(__file__).parents[1] / "bench"


@pytest.fixture(scope="module")
def path() -> Iterator[None]:
    """The folders of the benchmarks, whose modules have common names and are forgotten afterwards."""
    before, places = set(sys.modules), [str(BENCH / name) for name in ("scaling", "step", "race")]
    sys.path[:0] = places[:2]
    yield
    for place in places:
        if place in sys.path:
            sys.path.remove(place)
    for name in set(sys.modules) - before:
        if str(BENCH) in str(getattr(sys.modules[name], "__file__", "")):
            del sys.modules[name]


def program(name: str) -> ModuleType:
    """bench/NAME/run.py, under a name of its own."""
    return import_module(BENCH / name / "run.py")


@pytest.mark.parametrize("number", range(6))
def test_the_largest_problem_of_a_series_is_the_same_for_both_sides(number: int, path: None, tmp_path: Path) -> None:
    import building
    import frameworks.nested
    import frameworks.pdel_eager
    import series
    import worker

    problem = series.SERIES[number].problems[-1]
    source = building.compiled_module(problem.case, "float64", tmp_path, points=30)
    building.write_data(problem.case, building.loaded(source), tmp_path / "data.npz")
    inputs = worker.read_arrays(problem.case, "float64", tmp_path / "data.npz", source)
    losses = [side.prepare(inputs).loss for side in (frameworks.pdel_eager, frameworks.nested)]
    assert losses[0] == pytest.approx(losses[1], rel=1e-9)


def test_the_exponent_is_the_slope_between_logarithms(path: None) -> None:
    run = program("scaling")
    rows = [run.Row("points", n, "nested", 0.5 * n**1.5, 0, 0) for n in (10, 40, 160)]
    assert run.exponent(rows) == pytest.approx(1.5)


def test_the_table_of_the_race_has_first_times_and_last_errors(path: None) -> None:
    run = program("race")
    rows = [
        run.Row("deepxde", seed, seconds, 1, error)
        for seed in (0, 1)
        for seconds, error in ((5.0, 0.5), (20.0 + 10 * seed, 0.05), (40.0, 0.2))
    ]
    text = run.results_text(rows, "a note")
    assert "a note" in text
    assert "| DeepXDE | 2 | 25 (20–30) | – | – | – | – | – | – | 2.0e-01 (2.0e-01–2.0e-01) | 40 (40–40) |" in text
