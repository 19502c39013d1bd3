"""The benchmark of accuracy: its problems, which runs are asked for, its table."""

from __future__ import annotations

import argparse
import dataclasses
from pathlib import Path
from types import ModuleType

import pytest

from pdel.compiler import compile_specification
from tests.modules import import_module

BENCH = Path(__file__).parents[1] / "bench" / "accuracy"


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    return import_module(BENCH / "run.py")


@pytest.mark.parametrize("path", sorted((BENCH / "problems").glob("*.pde")), ids=lambda path: path.stem)
def test_its_problems_are_sound_and_say_nothing_about_methods(path: Path) -> None:
    compilation = compile_specification(path)
    assert compilation.text is not None, compilation.diagnostics
    assert not compilation.diagnostics
    assert compilation.problem is not None
    assert compilation.problem.methods == ()
    assert compilation.problem.exact or compilation.problem.reference_tables


def test_every_aim_has_a_problem_and_every_setting_compiles(bench: ModuleType, tmp_path: Path) -> None:
    for aim in bench.AIMS:
        assert bench.specification(aim.problem).exists()
    for name, settings in bench.SETTINGS.items():
        for problem in settings:
            folder = tmp_path / f"{name}_{problem}"
            folder.mkdir()
            module, _ = bench.compiled(problem, name, 60, folder)
            assert "BUDGET = 60.0" in module.read_text(encoding="utf-8")


def test_what_runs_where_nothing_is_said(bench: ModuleType) -> None:
    def given(**changed: object) -> list[tuple[str, str, float]]:
        return list(bench.wanted(argparse.Namespace(**{"only": (), "settings": ("default",), "budget": ()} | changed)))

    assert len(given()) == 12
    assert sum(seconds for *_, seconds in given()) == 640
    assert given(only=("burgers",)) == [("burgers", "default", 60)]
    assert given(only=("burgers",), budget=[15, 300]) == [("burgers", "default", 15), ("burgers", "default", 300)]
    assert given(only=("wave",), settings=("default", "soft")) == [("wave", "default", 60), ("wave", "soft", 60)]


def test_rows_are_read_as_they_were_written_and_the_table_has_the_aims(
    bench: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bench, "RESULTS", tmp_path / "results.csv")
    row = bench.Row(
        "burgers", "default", 60.0, 0, 4e-6, "u 4.0e-06", 900, 60.1, True, "time", "more", "abc", "a machine"
    )
    rows = [dataclasses.replace(row, seed=seed, error=error) for seed, error in ((2, 9e-6), (0, 4e-6), (1, 3e-6))]
    heat = dataclasses.replace(row, problem="heat", budget=20.0, error=1e-7)
    bench.write_rows([*rows, heat])
    assert bench.read_rows() == [heat, *sorted(rows, key=lambda row: row.seed)]
    table = bench.report(bench.read_rows())
    assert "| burgers | default | 60 | 3 | 4.0e-06 | 9.0e-06 | 5e-06 | yes | 900 | 3 of 3 |" in table
    assert "| heat | default | 20 | 1 | 1.0e-07 | 1.0e-07 | 1e-08 | no | 900 | 1 of 1 |" in table
