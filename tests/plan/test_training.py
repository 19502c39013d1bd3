"""Which optimisers the plan takes by itself, and which it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from pdel.compiler import compile_specification
from tests.modules import ROD, compile_text


@pytest.mark.parametrize(
    ("network", "names"),
    [("mlp(width = 20)", ["broyden"]), ("mlp(width = 40)", ["broyden"]), ("mlp(width = 64)", ["soap", "lbfgs"])],
)
def test_the_default_method_follows_the_size_of_the_network(network: str, names: list[str], tmp_path: Path) -> None:
    plan = compile_text(ROD + f"network {network}\n", tmp_path, "rod").plan
    assert plan is not None
    assert [phase.name for phase in plan.phases] == names
    assert any(subject == "train" for subject, _ in plan.reasons)


def test_points_move_often_under_gauss_newton(tmp_path: Path) -> None:
    plan = compile_text(ROD + "train gauss_newton\n", tmp_path, "rod").plan
    assert plan is not None
    assert plan.resample is not None
    assert plan.resample.option("every") == 10
    assert plan.precision == "float64"


@pytest.mark.parametrize("phase", ["broyden", "adam then gauss_newton"])
def test_a_matrix_that_does_not_fit_is_refused_at_its_phase(phase: str, tmp_path: Path) -> None:
    path = tmp_path / "rod.pde"
    path.write_text(f"{ROD}network mlp(width = 200)\ntrain {phase}\n", encoding="utf-8")
    (item,) = compile_specification(path).diagnostics
    assert item.code == "E531"
    assert item.message == f"`{phase.rsplit(maxsplit=1)[-1]}` needs a matrix of 81_201 by 81_201 numbers"
