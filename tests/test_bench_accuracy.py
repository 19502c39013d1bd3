"""The benchmark of accuracy: its problems, which runs are asked for, its table."""

from __future__ import annotations

import argparse
import dataclasses
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from pdel.compiler import compile_specification
from tests.modules import import_module

BENCH = Path(__file__).parents[1] / "bench" / "accuracy"

WARNINGS = {"cavity_1000": ["W705"]}
"""By problem: the lid and the walls are meant to disagree."""


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    return import_module(BENCH / "run.py")


@pytest.mark.parametrize("path", sorted((BENCH / "problems").glob("*.pde")), ids=lambda path: path.stem)
def test_its_problems_are_sound_and_say_nothing_about_methods(path: Path) -> None:
    compilation = compile_specification(path)
    assert compilation.text is not None, compilation.diagnostics
    assert [item.code for item in compilation.diagnostics] == WARNINGS.get(path.stem, [])
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


def test_the_cavity_table_has_the_published_extrema_and_conserves_mass() -> None:
    table = np.loadtxt(BENCH / "problems" / "cavity_1000_reference.csv", delimiter=",", skiprows=1)
    u, v = table[:, 2].reshape(50, 50), table[:, 3].reshape(50, 50)  # rows are heights
    # Botella and Peyret 1998, Re = 1000, on lines half a cell from these columns and rows
    assert u[:, 24:26].mean(axis=1).min() == pytest.approx(-0.3885698, abs=1e-3)
    assert v[24:26].mean(axis=0).max() == pytest.approx(0.3769447, abs=1e-3)
    assert v[24:26].mean(axis=0).min() == pytest.approx(-0.5270771, abs=1e-3)
    assert np.abs(v[:40].mean(axis=1)).max() < 1e-3
    assert np.abs(u[:, 5:45].mean(axis=0)).max() < 2e-3


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
