"""Where solutions of linear equations may change within a short distance of the boundary."""

from __future__ import annotations

from pathlib import Path

import pytest

from pdel.maths.layers import polynomial_roots
from tests.modules import compile_text

LINE = """\
problem line
space x in [0, 2]
field u(x)
constant eps = 1e-3
equation balance: {equation}
boundary ends: u = 0 on boundary
"""
PLANE = """\
problem plane
{space}
field u(x, y)
constant eps = 1e-3
equation balance: {equation}
boundary rim: u = 0 on boundary
"""
SQUARE = "space x in [0, 1], y in [0, 1]"
PLATE = "shape plate = rectangle((0, 0), (1, 1))\n"


def layers(text: str, folder: Path) -> dict[str, float]:
    """The widths of layers by the name of the piece of the boundary, of two digits."""
    model = compile_text(text, folder).model
    assert model is not None
    return {model.problem.pieces[layer.piece].label: layer.width for layer in model.layers}


@pytest.mark.parametrize(
    ("equation", "expected"),
    [
        ("-eps*u_xx + u_x = 1", {"x = 2": 1e-3}),
        ("eps*u_xx + 2*u_x = 1", {"x = 0": 5e-4}),
        ("-eps*u_xx + (1 + x)*u_x + u = 1", {"x = 2": 3.3e-4}),
        ("-eps^2*u_xx + u = x", {"x = 0": 1e-3, "x = 2": 1e-3}),
        ("eps*u_xx + (x - 1)*u_x = 0", {}),
        ("eps*u_xx - (x - 1)*u_x = 1", {"x = 0": 1e-3, "x = 2": 1e-3}),
        ("eps^2*u_xx + u = x", {}),
        ("-u_xx + u_x = 1", {}),
        ("-0.2*u_xx + u_x = 1", {}),
        ("-eps*u_xx + u*u_x = 1", {}),
    ],
)
def test_layers_of_a_line(equation: str, expected: dict[str, float], tmp_path: Path) -> None:
    found = layers(LINE.format(equation=equation), tmp_path)
    assert found == expected


def test_a_beam_under_tension_is_bent_beside_its_ends(tmp_path: Path) -> None:
    text = LINE.format(equation="eps^2*u_xxxx - u_xx = 1") + "boundary clamped: u_x = 0 on boundary\n"
    assert layers(text, tmp_path) == {"x = 0": 1e-3, "x = 2": 1e-3}


def test_beside_a_thin_layer_wider_ones_count(tmp_path: Path) -> None:
    """Along y = 0 the flow carries what begins at x = 0: a layer of sqrt(eps)."""
    found = layers(PLANE.format(equation="-eps*laplacian(u) + u_x = 1", space=SQUARE), tmp_path)
    assert found == {"x = 1": 1e-3, "y = 0": 0.032, "y = 1": 0.032}
    assert layers(PLANE.format(equation="-eps*laplacian(u) + u_x + u_y = 1", space=SQUARE), tmp_path).keys() == {
        "x = 1",
        "y = 1",
    }


def test_round_boundaries_have_layers(tmp_path: Path) -> None:
    space = f"{PLATE}shape hole = disk((0.5, 0.5), 0.2)\nspace (x, y) in plate - hole"
    found = layers(PLANE.format(equation="-eps^2*laplacian(u) + u = 1", space=space), tmp_path)
    assert found == dict.fromkeys(("hole", "x = 0", "x = 1", "y = 0", "y = 1"), 1e-3)


def test_faces_that_bound_a_part_alone_have_none(tmp_path: Path) -> None:
    """Beyond them the distance would be negative, and has no logarithm."""
    space = f"{PLATE}shape notch = rectangle((0.5, 0.5), (1, 1))\nspace (x, y) in plate - notch"
    found = layers(PLANE.format(equation="-eps^2*laplacian(u) + u = 1", space=space), tmp_path)
    assert found.keys() == {"x = 0", "x = 1", "y = 0", "y = 1"}


COOLED = """\
problem cooled
space {space}
time t in [0, 1]
field u({arguments})
equation heat: u_t = 1e-4*laplacian(u)
boundary rim: u = 0 on boundary
initial start: u = {start}
"""


def test_what_a_start_leaves_counts_in_more_than_one_coordinate_of_space(tmp_path: Path) -> None:
    """Along a line it is solved for in windows of time; a start that fits leaves nothing."""
    line = COOLED.format(space="x in [0, 1]", arguments="x, t", start="sin(pi*x)")
    assert layers(line, tmp_path) == {}
    plane = COOLED.format(space="x in [0, 1], y in [0, 1]", arguments="x, y, t", start="sin(pi*x)*sin(pi*y)")
    assert layers(plane, tmp_path) == dict.fromkeys(("x = 0", "x = 1", "y = 0", "y = 1"), 1e-2)


@pytest.mark.parametrize(
    ("powers", "roots"),
    [
        ([0, 1, -1e-3], [1000]),
        ([1, 0, -1e-6], [-1000, 1000]),
        ([0, 0, -1, 0, 1e-4], [-100, 100]),
        ([5, 0, 1], [-(5**0.5) * 1j, 5**0.5 * 1j]),
        ([-6, 11, -6, 1], [1, 2, 3]),
        ([0, 0, 1], []),
        ([3], []),
    ],
)
def test_roots_of_polynomials(powers: list[float], roots: list[complex]) -> None:
    found = sorted(polynomial_roots(powers), key=lambda root: (round(root.real, 6), root.imag))
    assert found == pytest.approx(roots, rel=1e-9, abs=1e-9)
