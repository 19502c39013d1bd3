"""Corners that point inwards, and places where conditions change: where they are found, and what stands against it."""

from __future__ import annotations

import math
from collections.abc import Iterable

import pytest

from pdel.maths.model import Vertex
from pdel.notation import notation
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


MOTZ = """\
problem motz
space      x in [-1, 1], y in [0, 1]
field      u(x, y)
equation   laplace:    laplacian(u) = 0
boundary   held:       u = 0  on y = 0  where x < 0
boundary   hot:        u = 500  on x = 1
boundary   insulated:  dn(u) = 0  on y = 0  where x > 0
boundary   others:     dn(u) = 0  on x = -1, y = 1
"""


def test_a_value_beside_a_derivative_on_one_side_has_the_power_one_half() -> None:
    (place,) = model(MOTZ).vertices
    assert (place.place[0].value, place.place[1].value) == (0, 0)
    assert (place.exponent.value, place.logarithm, place.quarters) == (0.5, False, 2)
    assert place.inward == (0, 1)
    assert (place.size, place.reach, place.bend) == (1, pytest.approx(math.sqrt(2)), 0)


def test_all_conditions_enter_the_loss_where_one_changes() -> None:
    reasons = {soft.residual.source.label: soft.reason for soft in model(MOTZ).soft}
    assert set(reasons) == {"held", "hot", "insulated", "others"}
    assert "where conditions change" in reasons["hot"]


def test_the_place_keeps_the_names_of_constants() -> None:
    text = MOTZ.replace("x < 0", "x < a/2").replace("x > 0", "not x <= a/2").replace("field", "constant a = 0.5\nfield")
    ((x, _),) = [vertex.place for vertex in model(text).vertices]
    assert x.value == 0.25
    assert notation(x.expression) == "a/2"


def test_a_place_that_no_comparison_names() -> None:
    text = MOTZ.replace("x < 0", "x^3 + x < 1").replace("x > 0", "x^3 + x >= 1")
    ((x, y),) = vertices(text)
    assert x**3 + x == pytest.approx(1, abs=1e-11)
    assert y == 0


def test_several_changes_on_one_side() -> None:
    text = MOTZ.replace("x > 0", "x > 0.25 or -0.75 < x and x < -0.25").replace(
        "x < 0\n", "abs(x) < 0.25 or x < -0.75\n"
    )
    found = vertices(text)
    assert set(found) == {(-0.75, 0), (-0.25, 0), (0.25, 0)}
    assert [vertex.size for _, vertex in sorted(found.items())] == [0.25, 0.5, 0.5]


def test_sides_of_two_boxes_in_a_line() -> None:
    text = MOTZ.replace(
        "space      x in [-1, 1], y in [0, 1]",
        "shape      left = rectangle((-1, 0), (0, 1))\nshape      right = rectangle((0, 0), (1, 1))\n"
        "space      (x, y) in left + right",
    )
    text = text.replace("y = 0  where x < 0", "left except x = -1, y = 1")
    text = text.replace("y = 0  where x > 0", "right except x = 1, y = 1")
    assert set(vertices(text)) == {(0, 0)}
    assert not model(text.replace("dn(u) = 0  on right", "u = 0  on right")).vertices


DISC = """\
problem disc
shape      plate = disk((1, 0), 2)
space      (x, y) in plate
field      u(x, y)
equation   poisson:  -laplacian(u) = 1
boundary   held:     u = 0  on plate  where y < 1
boundary   free:     dn(u) = 0  on plate  where y > 1
"""


def test_a_change_on_a_circle() -> None:
    found = sorted(vertices(DISC).items())
    assert [place for place, _ in found] == [(pytest.approx(1 - math.sqrt(3)), 1), (pytest.approx(1 + math.sqrt(3)), 1)]
    for (x, y), vertex in found:
        assert vertex.exponent.value == 0.5
        assert vertex.inward == pytest.approx(((1 - x) / 2, -y / 2))
        assert vertex.size == pytest.approx(2 * math.sqrt(3))
    assert not logarithms(DISC)
    assert vertices(DISC.replace("dn(u)", "(x - 1)*u_x + y*u_y")), "the way from the centre is the normal"
    assert not vertices(DISC.replace("dn(u)", "u_x")), "no derivative along the normal of a circle"


def test_on_a_removed_circle_the_functions_are_singular_again_at_its_centre() -> None:
    text = DISC.replace(
        "space      (x, y) in plate", "shape      whole = disk((0, 0), 5)\nspace      (x, y) in whole - plate"
    )
    found = vertices(f"{text}boundary   rim:      u = 0  on whole\n")
    assert len(found) == 2
    for vertex in found.values():
        assert vertex.reach / vertex.bend == pytest.approx(2, rel=0.01)


@pytest.mark.parametrize(
    ("equation", "derivative"),
    [("laplacian(u) = 0", "dn(u) + 2*u = 0"), ("laplacian(u) + 3*u_y = 0", "dn(u) = 0")],
)
def test_terms_that_make_a_logarithm_of_the_next_power(equation: str, derivative: str) -> None:
    text = MOTZ.replace("laplacian(u) = 0", equation).replace("dn(u) = 0  on y = 0", f"{derivative}  on y = 0")
    assert vertices(text)[0, 0].exponent.value == 0.5
    assert logarithms(text)[0, 0].exponent.value == 1.5


@pytest.mark.parametrize(
    ("left", "right", "exponent"),
    [
        ("dn(u) = 0", "dn(u) = 1", 1),
        ("dn(u) = 0", "dn(u) = x", 2),
        ("dn(u) = 2*x", "dn(u) = x*(2 + x)", None),
        ("dn(u) = 0", "dn(u) + 3*u = 0", 1),
        ("dn(u) + 3*u = 0", "-u_y + 3*u = 0", None),
        ("u = 0", "u = x", 1),
        ("u = x", "u = x + x^2", 2),
        ("u = x", "u = sin(x)", None),
    ],
)
def test_conditions_of_one_kind_that_change(left: str, right: str, exponent: float | None) -> None:
    text = MOTZ.replace("x = -1, y = 1", "x = -1, x = 1").replace("500  on x = 1", "500  on y = 1")
    text = text.replace("held:       u = 0", f"held:       {left}").replace(
        "insulated:  dn(u) = 0", f"insulated:  {right}"
    )
    found = model(text)
    assert [vertex.exponent.value for vertex in found.vertices if vertex.quarters == 2] == [exponent] * bool(exponent)
    assert bool(found.vertices) is bool(exponent)
    assert not found.rough


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("laplacian(u) = 0", "2*u_xx + u_yy = 0", "an equation is not a*(u_xx + u_yy) = f"),
        ("u = 500  on x = 1", "u = 500  on x = -1", "the values on the two sides of (-1, 0) differ there"),
        ("x > 0", "x > 0.1", ""),
    ],
)
def test_changes_about_which_nothing_is_done(old: str, new: str, reason: str) -> None:
    text = MOTZ.replace("on x = -1, y = 1", "on x = 1, y = 1") if "500" in old else MOTZ
    found = model(text.replace(old, new))
    assert found.vertices == ()
    assert found.rough.startswith(reason)
    assert bool(found.rough) is bool(reason)


def test_changes_in_an_unsteady_problem() -> None:
    text = MOTZ.replace("field      u(x, y)", "time       t in [0, 1]\nfield      u(x, y, t)")
    text = text.replace("laplacian(u) = 0", "u_t = laplacian(u)") + "initial    start:      u = 0\n"
    found = model(text)
    assert found.vertices == ()
    assert found.rough == "the problem is not steady"
