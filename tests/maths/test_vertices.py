"""Corners that point inwards: where they are found, and what stands against it."""

from __future__ import annotations

import math
from collections.abc import Iterable

import pytest

from pdel.maths.model import Vertex
from tests.maths.reading import model

L_SHAPE = """\
problem ell
shape      whole = rectangle((-1, -1), (1, 1))
shape      notch = rectangle((0, -1), (1, 0))
space      (x, y) in whole - notch
field      u(x, y)
equation   poisson:  -laplacian(u) = 1
boundary   sides:    u = 0  on whole, notch
"""


def vertices(text: str) -> dict[tuple[float, float], Vertex]:
    """The corners of a problem with a power by their places."""
    return _by_place(vertex for vertex in model(text).vertices if not vertex.logarithm)


def logarithms(text: str) -> dict[tuple[float, float], Vertex]:
    """The corners of a problem with a power that is multiplied by its logarithm, by their places."""
    return _by_place(vertex for vertex in model(text).vertices if vertex.logarithm)


def _by_place(found: Iterable[Vertex]) -> dict[tuple[float, float], Vertex]:
    return {(vertex.place[0].value, vertex.place[1].value): vertex for vertex in found}


def test_the_corner_of_an_l_has_the_power_two_thirds() -> None:
    corner = vertices(L_SHAPE)[0, 0]
    assert corner.exponent.value == pytest.approx(2 / 3)
    assert corner.inward == (-1, 1)
    assert corner.size == 1
    assert corner.reach == pytest.approx(math.sqrt(2))


def test_all_corners_have_a_logarithm_where_second_derivatives_differ() -> None:
    found = logarithms(L_SHAPE)
    assert set(found) == {(0, 0), (1, 0), (1, 1), (-1, 1), (-1, -1), (0, -1)}
    assert all(vertex.exponent.value == 2 for vertex in found.values())
    assert found[1, 1].inward == (-1, -1)
    assert found[0, 0].inward == (-1, 1)
    assert set(vertices(L_SHAPE)) == {(0, 0)}
    assert not logarithms(L_SHAPE.replace("= 1", "= 0"))
    assert not logarithms(L_SHAPE.replace("u = 0", "u = -x^2/2")), "-u_xx = 1 on all sides along x"


OUTER = "boundary   outer:    u = x*y  on whole\n"


def inner(upper: str, left: str) -> str:
    """An L with values on the two sides of the corner that points inwards."""
    sides = f"boundary   upper:    u = {upper}  on notch where y >= 0\n"
    sides += f"boundary   left:     u = {left}  on notch where y < 0\n"
    return L_SHAPE.replace("boundary   sides:    u = 0  on whole, notch\n", f"{OUTER}{sides}")


def test_values_beside_the_corner_that_points_inwards() -> None:
    """u_xx by those along x, u_yy by those along y."""
    assert (0, 0) in logarithms(inner("0", "0"))
    assert (0, 0) not in logarithms(inner("0", "-y^2/2 - y/2")), "-u_yy = 1 along y"
    assert (0, 0) in logarithms(inner("x*(1 - x)/2", "-y^2/2 - y/2")), "-u_xx - u_yy = 2"
    assert (0, 0) not in logarithms(inner("x*(1 - x)/2", "0")), "-u_xx = 1 along x"


def test_values_that_differ_at_the_corner_that_points_inwards() -> None:
    found = model(inner("0", "1 + y"))
    assert found.vertices == ()
    assert found.rough == "the values on the two sides of (0, 0) differ there"


def test_the_same_region_as_a_union() -> None:
    union = L_SHAPE.replace("rectangle((-1, -1), (1, 1))", "rectangle((-1, -1), (0, 1))")
    union = union.replace("rectangle((0, -1), (1, 0))", "rectangle((-1, 0), (1, 1))").replace("- notch", "+ notch")
    assert vertices(union).keys() == vertices(L_SHAPE).keys()
    assert logarithms(union).keys() == logarithms(L_SHAPE).keys()


def test_the_conditions_enter_the_loss() -> None:
    found = model(L_SHAPE)
    assert [soft.residual.source.label for soft in found.soft] == ["sides"]
    assert "points inwards" in found.soft[0].reason


HOLE = L_SHAPE.replace("(0, -1), (1, 0)", "(-0.4, -0.3), (0.3, 0.4)")


def test_a_removed_square_has_four() -> None:
    """The region goes on behind each of them: the functions are singular again in the middle of the square."""
    found = vertices(HOLE)
    assert set(found) == {(-0.4, -0.3), (-0.4, 0.4), (0.3, -0.3), (0.3, 0.4)}
    assert found[-0.4, -0.3].inward == (-1, -1)
    for vertex in found.values():
        assert vertex.reach / vertex.bend == pytest.approx(math.sqrt(2) * 0.35, rel=0.01)
    bends = {place: vertex.bend for place, vertex in logarithms(HOLE).items()}
    assert len(bends) == 8
    assert all(bend == (found[place].bend if place in found else 0) for place, bend in bends.items())


MIXED = "boundary   sides:    u = 0  on whole\nboundary   upper:    dn(u) = 0  on notch where y >= 0\n"


def mixed(left: str, upper: str = "0") -> str:
    """An L with a derivative along the normal on one of the two inner sides, or on both."""
    sides = MIXED.replace("dn(u) = 0", f"dn(u) = {upper}") + f"boundary   left:     {left}  on notch where y < 0\n"
    return L_SHAPE.replace("boundary   sides:    u = 0  on whole, notch\n", sides)


def test_a_value_beside_a_derivative_has_the_power_one_third() -> None:
    assert vertices(mixed("u = 0"))[0, 0].exponent.value == pytest.approx(1 / 3)
    assert (0, 0) not in logarithms(mixed("u = 0"))
    assert logarithms(mixed("u = y + y^2"))[0, 0].exponent.value == 1, "dn(u) = 0 along x says u_y = 0"


@pytest.mark.parametrize("left", ["dn(u) = 0", "u_x = 0", "dn(u) + 2*u = 0"])
def test_two_derivatives_have_the_power_two_thirds(left: str) -> None:
    assert vertices(mixed(left))[0, 0].exponent.value == pytest.approx(2 / 3)
    assert (0, 0) not in logarithms(mixed(left))


def test_corners_with_derivatives_that_do_not_fit() -> None:
    """At (1, 0), u = 0 along y says u_y = 0; at (0, -1), u = 0 along x says u_x = 0."""
    assert not {(1, 0), (0, -1)} & set(logarithms(mixed("dn(u) = 0")))
    found = logarithms(mixed("dn(u) = 1", upper="3*x"))
    assert found[1, 0].exponent.value == 1
    assert found[0, -1].exponent.value == 1
    assert found[0, 0].exponent.value == 2, "u_xy is -3 along x and 0 along y"


def test_two_derivatives_of_other_corners_give_the_mixed_one() -> None:
    walls = "boundary   west:     dn(u) = {west}  on x = -1\nboundary   north:    dn(u) = {north}  on y = 1\n"
    walls += "boundary   rest:     u = 0  on x = 1, y = -1, notch\n"
    text = L_SHAPE.replace("boundary   sides:    u = 0  on whole, notch\n", walls)
    assert (-1, 1) not in logarithms(text.format(west="-2*y", north="2*x")), "u = 2*x*y has both"
    assert logarithms(text.format(west="-2*y", north="3*x"))[-1, 1].exponent.value == 2


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("-laplacian(u) = 1", "-2*u_xx - u_yy = 1"),
        ("-laplacian(u) = 1", "-laplacian(u) - u_xy = 1"),
        ("u = 0  on whole, notch", "u = 0  on whole, notch\nenforce    sides: exactly"),
        (" - notch", ""),
    ],
)
def test_what_is_left_as_it_is(old: str, new: str) -> None:
    text = L_SHAPE.replace(old, new)
    text = text if "notch" in new or old != " - notch" else text.replace(", notch", "").replace("shape      notch", "#")
    found = model(text)
    assert found.vertices == ()
    assert bool(found.rough) is (old != " - notch")
    assert [exact.residual.source.label for exact in found.exact_conditions] == ["sides"]


def test_thin_layers_come_first() -> None:
    found = model(L_SHAPE.replace("-laplacian(u) = 1", "-1e-4*laplacian(u) + u = 1"))
    assert found.layers
    assert found.vertices == ()
    assert "thin layers" in found.rough


@pytest.mark.parametrize("equation", ["-laplacian(u) + u^3 = 1", "-div((1 + x^2)*grad(u)) + u_x = 1"])
def test_lower_orders_change_nothing(equation: str) -> None:
    assert (0, 0) in vertices(L_SHAPE.replace("-laplacian(u) = 1", equation))
