"""The benchmark of pruning: its observations, and its specifications, whose sources belong to their exact solutions."""

from __future__ import annotations

import csv
from pathlib import Path
from types import ModuleType

import pytest

from pdel.compiler import compile_specification
from tests.modules import import_module

BENCH = Path(__file__).parents[1] / "bench" / "pruning"
CORRUPTED = {
    "poisson": (225, 45),
    "heat": (400, 160),
    "wave": (340, 68),
    "stokes": (300, 60),
    "pinv": (625, 375),
    "hinv": (1000, 600),
    "winv": (1000, 600),
    "ebinv": (1000, 600),
    "nsinv": (1000, 600),
}


@pytest.fixture(scope="module")
def observations() -> ModuleType:
    return import_module(BENCH / "observations.py")


@pytest.mark.parametrize("problem", CORRUPTED)
def test_the_corrupted_share_is_exact_and_the_file_reproducible(
    problem: str, observations: ModuleType, tmp_path: Path
) -> None:
    first, second, other = (tmp_path / f"{name}.csv" for name in "abc")
    observations.write_observations(problem, first, 0, full=False)
    observations.write_observations(problem, second, 0, full=False)
    observations.write_observations(problem, other, 1, full=False)
    assert first.read_bytes() == second.read_bytes()
    assert first.read_bytes() != other.read_bytes()
    with first.open(newline="", encoding="utf-8") as file:
        flags = [int(row["corrupted"]) for row in csv.DictReader(file)]
    assert (len(flags), sum(flags)) == CORRUPTED[problem]


@pytest.mark.parametrize("problem", CORRUPTED)
def test_the_exact_solution_satisfies_the_equations(problem: str, observations: ModuleType, tmp_path: Path) -> None:
    """The compiler checks `exact` against every equation and condition, so that the sources are checked too."""
    observations.write_observations(problem, tmp_path / f"{problem}.csv", 0, full=False)
    path = tmp_path / f"{problem}.pde"
    path.write_text((BENCH / "problems" / path.name).read_text(encoding="utf-8") + "prune sensors: bias\n")
    advice = [item.code for item in compile_specification(path, last="plan").diagnostics]
    assert advice == (["W703"] if problem == "nsinv" else [])  # its pressure has no level


@pytest.mark.parametrize("problem", ["poisson", "heat"])
def test_a_wrong_source_is_found(problem: str, observations: ModuleType, tmp_path: Path) -> None:
    observations.write_observations(problem, tmp_path / f"{problem}.csv", 0, full=False)
    path = tmp_path / f"{problem}.pde"
    text = (BENCH / "problems" / path.name).read_text(encoding="utf-8")
    wrong = text.replace("60*", "61*").replace("4*pi^2*exp(-4*pi^2*t^2)*sin(2*pi*x)*(", "5*pi^2*sin(2*pi*x)*(")
    assert wrong != text
    path.write_text(wrong)
    assert compile_specification(path, last="plan").diagnostics
