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
    assert [exact.residual.source.label for exact in found.exact_conditions] == ["sides"]


@pytest.mark.parametrize("equation", ["-laplacian(u) + u^3 = 1", "-div((1 + x^2)*grad(u)) + u_x = 1"])
def test_lower_orders_change_nothing(equation: str) -> None:
    assert (0, 0) in vertices(L_SHAPE.replace("-laplacian(u) = 1", equation))
