"""Corners that point inwards: where they are found, and what stands against it."""

from __future__ import annotations

import math

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
    """The corners of a problem by their places."""
    return {(vertex.place[0].value, vertex.place[1].value): vertex for vertex in model(text).vertices}


def test_the_corner_of_an_l_has_the_power_two_thirds() -> None:
    corner = vertices(L_SHAPE)[0, 0]
    assert corner.exponent.value == pytest.approx(2 / 3)
    assert corner.inward == (-1, 1)
    assert not corner.logarithm
    assert corner.size == 1
    assert corner.reach == pytest.approx(math.sqrt(2))


def test_other_corners_have_a_logarithm_where_second_derivatives_differ() -> None:
    others = {place: vertex for place, vertex in vertices(L_SHAPE).items() if place != (0, 0)}
    assert set(others) == {(1, 0), (1, 1), (-1, 1), (-1, -1), (0, -1)}
    assert all(vertex.logarithm and vertex.exponent.value == 2 for vertex in others.values())
    assert others[1, 1].inward == (-1, -1)
    assert set(vertices(L_SHAPE.replace("= 1", "= 0"))) == {(0, 0)}
    assert set(vertices(L_SHAPE.replace("u = 0", "u = -x^2/2"))) == {(0, 0)}, "-u_xx = 1 on all sides along x"


def test_the_same_region_as_a_union() -> None:
    union = L_SHAPE.replace("rectangle((-1, -1), (1, 1))", "rectangle((-1, -1), (0, 1))")
    union = union.replace("rectangle((0, -1), (1, 0))", "rectangle((-1, 0), (1, 1))").replace("- notch", "+ notch")
    assert vertices(union).keys() == vertices(L_SHAPE).keys()


def test_the_conditions_enter_the_loss() -> None:
    found = model(L_SHAPE)
    assert [soft.residual.source.label for soft in found.soft] == ["sides"]
    assert "points inwards" in found.soft[0].reason


HOLE = L_SHAPE.replace("(0, -1), (1, 0)", "(-0.4, -0.3), (0.3, 0.4)")


def test_a_removed_square_has_four() -> None:
    """The region goes on behind each of them: the functions are singular again in the middle of the square."""
    found = vertices(HOLE)
    inner = {place: vertex for place, vertex in found.items() if not vertex.logarithm}
    assert set(inner) == {(-0.4, -0.3), (-0.4, 0.4), (0.3, -0.3), (0.3, 0.4)}
    assert inner[-0.4, -0.3].inward == (-1, -1)
    for vertex in inner.values():
        assert vertex.reach / vertex.bend == pytest.approx(math.sqrt(2) * 0.35, rel=0.01)
    assert {vertex.bend for vertex in found.values() if vertex.logarithm} == {0}


MIXED = "boundary   sides:    u = 0  on whole\nboundary   upper:    dn(u) = 0  on notch where y >= 0\n"


def mixed(left: str, upper: str = "0") -> dict[tuple[float, float], Vertex]:
    """The corners of an L with a derivative along the normal on one of the two inner sides, or on both."""
    sides = MIXED.replace("dn(u) = 0", f"dn(u) = {upper}") + f"boundary   left:     {left}  on notch where y < 0\n"
    return vertices(L_SHAPE.replace("boundary   sides:    u = 0  on whole, notch\n", sides))


def test_a_value_beside_a_derivative_has_the_power_one_third() -> None:
    corner = mixed("u = 0")[0, 0]
    assert corner.exponent.value == pytest.approx(1 / 3)
    assert not corner.logarithm


@pytest.mark.parametrize("left", ["dn(u) = 0", "u_x = 0", "dn(u) + 2*u = 0"])
def test_two_derivatives_have_the_power_two_thirds(left: str) -> None:
    assert mixed(left)[0, 0].exponent.value == pytest.approx(2 / 3)


def test_other_corners_with_derivatives_that_do_not_fit() -> None:
    """At (1, 0), u = 0 along y says u_y = 0; at (0, -1), u = 0 along x says u_x = 0."""
    assert not {(1, 0), (0, -1)} & set(mixed("dn(u) = 0"))
    found = mixed("dn(u) = 1", upper="3*x")
    assert {place: vertex.exponent.value for place, vertex in found.items() if place in {(1, 0), (0, -1)}} == {
        (1, 0): 1,
        (0, -1): 1,
    }
    assert found[1, 0].logarithm


def test_two_derivatives_of_other_corners_give_the_mixed_one() -> None:
    walls = "boundary   west:     dn(u) = {west}  on x = -1\nboundary   north:    dn(u) = {north}  on y = 1\n"
    walls += "boundary   rest:     u = 0  on x = 1, y = -1, notch\n"
    text = L_SHAPE.replace("boundary   sides:    u = 0  on whole, notch\n", walls)
    assert (-1, 1) not in vertices(text.format(west="-2*y", north="2*x")), "u = 2*x*y has both"
    assert vertices(text.format(west="-2*y", north="3*x"))[-1, 1].exponent.value == 2


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
