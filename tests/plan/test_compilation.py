"""How points are cut into blocks for a compiled loss."""

from __future__ import annotations

from pathlib import Path

import pytest

from pdel.plan.compilation import blocks
from pdel.plan.describe import describe
from tests.modules import compile_text

HEAT = """\
problem heat "Heat"
space x in [0, 1]
time t in [0, 1]
field u(x, t)
equation heat: u_t = u_xx
boundary walls: u = 0 on boundary
initial start: u = sin(pi*x)
enforce walls: softly
enforce start: softly
network mlp(width = {width}, depth = 2)
sample interior: random(points = {interior})
sample walls: random(points = {walls})
sample start: random(points = {start})
train {train}
precision float32
"""


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ({}, 5),
        ({"interior": 2500}, 5),
        ({"interior": 2000, "width": 128}, 4),
        ({"interior": 10_000}, 20),
        ({"interior": 900}, 1),  # no blocks of 500
        ({"width": 8}, 1),  # its channels stay in the cache as they are
        ({"interior": 2539}, 1),  # a prime
        ({"walls": 83}, 1),  # 332 points more to evaluate
        ({"walls": 41}, 5),
        ({"train": "least_squares"}, 1),
        ({"train": "adam(steps = 10) then least_squares"}, 5),
    ],
)
def test_blocks_have_five_hundred_points(numbers: dict[str, int | str], expected: int, tmp_path: Path) -> None:
    holes = {"width": 64, "interior": 2540, "walls": 80, "start": 160, "train": "adam(steps = 10)"} | numbers
    plan = compile_text(HEAT.format(**holes), tmp_path, "heat").plan
    assert plan is not None
    assert blocks(plan) == expected


@pytest.mark.parametrize(("train", "said"), [("adam(steps = 10)", True), ("least_squares", False)])
def test_compiling_is_spoken_of_where_something_can_be_compiled(train: str, said: bool, tmp_path: Path) -> None:
    compilation = compile_text(HEAT.format(width=8, interior=100, walls=10, start=10, train=train), tmp_path, "heat")
    assert compilation.plan is not None
    assert compilation.text is not None
    assert ("\n    compile " in compilation.text) is said
    assert ("\n  compile " in describe(compilation.plan)) is said
