"""Observations that contradict conditions which hold exactly at their points."""

from __future__ import annotations

from pathlib import Path

import pytest

from pdel.compiler import compile_specification
from pdel.diagnostics.model import Diagnostic

ROD = """\
problem rod
space x in [0, 1]
time t in [0, 1]
field u(x, t)
unknown alpha = 1 in [0, 5]
equation conduction: u_t = alpha*u_xx
boundary ends: u = 0 on x = 0, x = 1
initial profile: u = sin(pi*x)
data sensors: u from "obs.csv"{sigma}
"""
RING = """\
problem ring
shape hole = disk((0.5, 0.5), 0.2)
space (x, y) in rectangle((0, 0), (1, 1)) - hole
field u(x, y)
equation balance: laplacian(u) = 1
boundary hot: u = 2 on hole
boundary rim: u = 0 on x = 0, x = 1, y = 0, y = 1
data probes: u from "obs.csv" (sigma = 0.1)
"""


def advice(folder: Path, text: str, rows: str) -> list[Diagnostic]:
    """The diagnostics W721 of a specification with observations."""
    (folder / "obs.csv").write_text(rows, encoding="utf-8")
    (folder / "spec.pde").write_text(text, encoding="utf-8")
    return [item for item in compile_specification(folder / "spec.pde").diagnostics if item.code == "W721"]


def test_what_contradicts_a_wall_is_told_with_its_lines(tmp_path: Path) -> None:
    rows = "x,t,u\n0.5,0.1,0.4\n0,0.2,0.3\n1,0.3,0.31\n0.5,0,1.01\n"
    (found,) = advice(tmp_path, ROD.format(sigma=" (sigma = 0.01)"), rows)
    assert found.message == "2 observations of `u` contradict boundary condition `ends`, which holds exactly"
    assert found.primary.text == "observed 0.3 at x = 0, t = 0.2, 30 sigma away"
    assert [label.text for label in found.secondary] == ["fixes it at 0 there"]
    assert [(place.path, place.line, place.label) for place in found.files] == [("obs.csv", 3, "the first of them")]
    assert found.help == (
        "Correct these rows or leave them out; if the observations are right, write `enforce ends: softly`."
    )


@pytest.mark.parametrize(
    ("sigma", "row", "told"),
    [
        (" (sigma = 0.01)", "0,0.2,0.049", False),
        (" (sigma = 0.01)", "0,0.2,-0.051", True),
        (" (sigma = 0.01)", "0.001,0.2,0.3", False),
        (" (sigma = 0.01)", "0.5,0,0.9", True),
        (" (sigma = 0.01)", "0.5,0,1.04", False),
        ("", "0,0.2,0.1", False),
        ("", "1,0.2,0.2", True),
    ],
)
def test_it_takes_several_sigma_or_a_quarter_of_the_scale(sigma: str, row: str, told: bool, tmp_path: Path) -> None:
    assert bool(advice(tmp_path, ROD.format(sigma=sigma), f"x,t,u\n0.5,0.1,0.4\n{row}\n")) is told


def test_soft_conditions_are_contradicted_freely(tmp_path: Path) -> None:
    text = ROD.format(sigma=" (sigma = 0.01)") + "enforce ends: softly\n"
    assert advice(tmp_path, text, "x,t,u\n0.5,0.1,0.4\n0,0.2,0.3\n") == []


def test_data_that_are_known_to_be_corrupted_are_passed_over(tmp_path: Path) -> None:
    rows = "x,t,u\n0.5,0.1,0.4\n0,0.2,0.3\n"
    text = ROD.format(sigma=" (sigma = 0.01)") + 'data probes: u from "obs.csv" (sigma = 0.01)\nprune sensors: bias\n'
    (found,) = advice(tmp_path, text, rows)
    assert text[found.primary.span.start :].startswith("data probes")


def test_round_boundaries_are_known(tmp_path: Path) -> None:
    rows = "x,y,u\n0.1,0.1,0.1\n0.7,0.5,0.5\n0.5,0.3,2.1\n"
    (found,) = advice(tmp_path, RING, rows)
    assert found.message == "1 observation of `u` contradicts boundary condition `hot`, which holds exactly"
    assert found.files[0].line == 3


def test_observed_expressions_are_passed_over(tmp_path: Path) -> None:
    text = ROD.format(sigma=" (sigma = 0.01)").replace("sensors: u from", "sensors: 2*u = v from")
    assert advice(tmp_path, text, "x,t,v\n0.5,0.1,0.4\n0,0.2,0.3\n") == []
