"""Exact enforcement on regions other than boxes."""

from __future__ import annotations

import pytest

from pdel.geometry import Box, Difference, Intersection, Shape, Union
from pdel.maths.enforcement.build import Enforcement
from pdel.notation import notation
from tests.maths.enforcement_problems import Case, check, disk, names, rectangle, scalar

PLANE = {"x": (-1, 1), "y": (-1, 1)}
UNIT = {"x": (0, 1), "y": (0, 1)}
SQUARE = rectangle((-1, -1), (1, 1), "square")
NOTCHED = Difference("L", SQUARE, (rectangle((0, 0), (1, 1), "notch"),))
HOLED = Difference("plate", rectangle((0, 0), (1, 1)), (disk((0.5, 0.5), 0.2, "hole"),))
RING = Difference("ring", disk((0, 0), 1, "outer"), (disk((0, 0), 0.5, "inner"),))


def poisson(shape: Shape, **more: object) -> Case:
    return Case(space=PLANE, shape=shape, **more).equation("u_xx + u_yy + 1")  # type: ignore[arg-type]


def parts(enforcement: Enforcement, field: str = "u") -> tuple[str, str]:
    item = next(item for item in enforcement.ansatz if item.field == field)
    return notation(item.offset), notation(item.factor)


def reasons(enforcement: Enforcement) -> dict[str, str]:
    return {names([item])[0]: item.reason for item in enforcement.soft}


@pytest.mark.parametrize(
    "shape",
    [
        NOTCHED,
        Union("L", (rectangle((-1, -1), (1, 0)), rectangle((-1, 0), (0, 1), "b"))),
        Union("L", (rectangle((-1, -1), (1, 0)), rectangle((-1, -1), (0, 1), "b"))),
    ],
    ids=["difference", "touching", "overlapping"],
)
def test_l_shape_however_it_is_written(shape: Shape) -> None:
    enforcement = check(poisson(shape).boundary("walls", "u"))
    assert parts(enforcement) == ("0", "(1 - x^2)*(1 - y^2)*(sqrt(x^2 + y^2) - x - y)")
    assert names(enforcement.exact) == ["walls"]


def test_l_shape_in_time() -> None:
    case = Case(space=PLANE, shape=NOTCHED, time=(0, 1)).equation("u_t - u_xx - u_yy").boundary("walls", "u")
    assert names(check(case.initial("start", "u")).exact) == ["walls", "start"]


def test_values_on_some_sides_of_an_l() -> None:
    case = poisson(NOTCHED).boundary("walls", "u", "x = -1", "y = -1")
    case.boundary("notch", "u - 1", "x = 0", "y = 0").boundary("free", "u_x", "x = 1", "y = 1")
    enforcement = check(case)
    assert parts(enforcement) == ("0", "(x + 1)*(y + 1)/4")
    assert "differ from those on the pieces of the boundary that it touches" in reasons(enforcement)["notch"]


def test_values_on_one_side_of_a_notch() -> None:
    case = poisson(NOTCHED).boundary("walls", "u", "x = 0").boundary("free", "u_x", "y = 0")
    assert reasons(check(case))["walls"] == "another kind of condition holds on the rest of the surface of `x = 0`"


def test_square_with_a_round_hole() -> None:
    case = Case(space=UNIT, shape=HOLED).equation("u_xx + u_yy + 1")
    case.boundary("walls", "u", "x = 0", "x = 1", "y = 0", "y = 1").boundary("hot", "u - 1", "hole")
    enforcement = check(case)
    assert names(enforcement.exact) == ["walls", "hot"]
    hole = "1 - 0.04/((x - 0.5)^2 + (y - 0.5)^2)"
    assert parts(enforcement)[1] == f"16*x*(1 - x)*y*(1 - y)*({hole})"
    assert "blends their values by distance" in enforcement.ansatz[0].notes[1]


def test_square_with_one_value_all_around() -> None:
    case = Case(space=UNIT, shape=HOLED).equation("u_xx + u_yy + 1").boundary("all", "u - 2")
    assert parts(check(case))[0] == "2"


def test_square_with_a_square_hole() -> None:
    shape = Difference("plate", rectangle((0, 0), (1, 1)), (rectangle((0.4, 0.4), (0.6, 0.6), "hole"),))
    case = Case(space=UNIT, shape=shape).equation("u_xx + u_yy + 1").boundary("all", "u")
    assert names(check(case).exact) == ["all"]


def test_square_with_two_holes_of_different_values() -> None:
    shape = Difference("plate", SQUARE, (disk((-0.5, 0), 0.2, "a"), disk((0.5, 0), 0.2, "b")))
    case = poisson(shape).boundary("walls", "u - y", "x = -1", "x = 1", "y = -1", "y = 1")
    case.boundary("left", "u - 1", "a").boundary("right", "u + 1", "b").method("exactly")
    assert names(check(case).exact) == ["walls", "left", "right"]


def test_channel_with_a_pillar() -> None:
    channel = Box("channel", (scalar(0, {}), scalar(0, {})), (scalar(2.2, {}), scalar("H", {"H": 0.41})))
    shape = Difference("flow", channel, (disk((0.2, 0.2), 0.05, "pillar"),))
    case = Case(space={"x": (0, 2.2), "y": (0, "H")}, constants={"H": 0.41}, shape=shape).equation("u_xx + u_yy")
    case.boundary("inlet", "u - 1.2*y*(H - y)/H**2", "x = 0").boundary("walls", "u", "y = 0", "y = H", "pillar")
    enforcement = check(case.boundary("outlet", "u_x", "x = 2.2"))
    assert names(enforcement.exact) == ["inlet", "walls"]
    assert reasons(enforcement) == {"outlet": "a derivative of u appears"}


def test_disk() -> None:
    assert parts(check(poisson(disk((0, 0), 1)).boundary("rim", "u - x*y"))) == ("x*y", "1 - x^2 - y^2")
    assert parts(check(poisson(disk((0.5, 0), 0.5)).boundary("rim", "u")))[1] == "1 - ((x - 0.5)^2 + y^2)/0.25"


def test_disk_in_time() -> None:
    case = Case(space=PLANE, shape=disk((0, 0), 1), time=(0, 1)).equation("u_t - u_xx - u_yy").boundary("rim", "u")
    assert parts(check(case.initial("start", "u - (1 - x**2 - y**2)"))) == ("1 - x^2 - y^2", "t*(1 - x^2 - y^2)")


def test_disk_with_a_start_that_disagrees() -> None:
    case = Case(space=PLANE, shape=disk((0, 0), 1), time=(0, 1)).equation("u_t - u_xx - u_yy").boundary("rim", "u")
    enforcement = check(case.initial("start", "u - 1"))
    assert enforcement.exact == ()
    assert reasons(enforcement)["start"].startswith("its values disagree with `rim` at the point (")


def test_ball_and_its_hole() -> None:
    space = {"x": (-1, 1), "y": (-1, 1), "z": (-1, 1)}
    shape = Difference("shell", disk((0, 0, 0), 1, "outer"), (disk((0, 0, 0), 0.5, "inner"),))
    case = Case(space=space, shape=shape).equation("u_xx + u_yy + u_zz")
    case.boundary("out", "u", "outer").boundary("in", "u - 1", "inner")
    assert names(check(case).exact) == ["out", "in"]


def test_annulus_with_different_values() -> None:
    enforcement = check(poisson(RING).boundary("out", "u - x", "outer").boundary("in", "u - 2", "inner"))
    assert names(enforcement.exact) == ["out", "in"]
    assert parts(enforcement)[1] == "(1 - x^2 - y^2)*(1 - 0.25/(x^2 + y^2))"


def test_annulus_with_values_on_one_circle() -> None:
    case = poisson(RING).boundary("out", "u - x", "outer").boundary("in", "n_x*u_x + n_y*u_y", "inner")
    assert parts(check(case)) == ("x", "1 - x^2 - y^2")


def test_half_disk() -> None:
    half = Intersection("half", (disk((0, 0), 1, "disk"), rectangle((-1, 0), (1, 2))))
    assert names(check(poisson(half).boundary("all", "u")).exact) == ["all"]
    split = poisson(half).boundary("arc", "u", "disk").boundary("base", "u - 1", "y = 0")
    assert list(reasons(check(split))) == ["arc"]


def test_union_of_disks() -> None:
    shape = Union("pair", (disk((-0.4, 0), 0.5, "a"), disk((0.4, 0), 0.5, "b")))
    assert names(check(poisson(shape).boundary("all", "u")).exact) == ["all"]


def test_overlapping_disks_beyond_two_are_soft() -> None:
    shape = Union("three", (disk((-0.3, 0), 0.4, "a"), disk((0.3, 0), 0.4, "b"), disk((0, 0.3), 0.4, "c")))
    assert reasons(check(poisson(shape).boundary("all", "u"))) == {
        "all": "more than two parts of `three` overlap, and no smooth factor is built for that"
    }


def test_long_derivatives_are_refused_unless_asked_for() -> None:
    stadium = Union(
        "stadium", (disk((-0.5, 0), 0.4, "a"), disk((0.5, 0), 0.4, "b"), rectangle((-0.5, -0.4), (0.5, 0.4)))
    )
    case = poisson(stadium).boundary("all", "u")
    assert "a derivative of the factor would have" in reasons(check(case))["all"]
    assert names(check(case.method("exactly", "all")).exact) == ["all"]


def test_removed_boxes_in_three_dimensions() -> None:
    space = {"x": (0, 1), "y": (0, 1), "z": (0, 1)}
    cube = rectangle((0, 0, 0), (1, 1, 1), "cube")
    groove = Difference("groove", cube, (rectangle((0.5, 0.5, 0), (1, 1, 1), "cut"),))
    corner = Difference("corner", cube, (rectangle((0.5, 0.5, 0.5), (1, 1, 1), "cut"),))
    equation = "u_xx + u_yy + u_zz"
    assert names(check(Case(space=space, shape=groove).equation(equation).boundary("all", "u")).exact) == ["all"]
    refused = check(Case(space=space, shape=corner).equation(equation).boundary("all", "u"))
    assert "faces across three axes" in reasons(refused)["all"]


def test_the_exact_solution_is_no_offset() -> None:
    case = poisson(disk((0, 0), 1)).boundary("rim", "u - exp(x)*cos(y)").solution("u", "exp(x)*cos(y)")
    assert "nothing would be left to learn" in reasons(check(case))["rim"]


def test_what_does_not_hold_at_points_is_given_up() -> None:
    """Right and top would meet where the L has no corner: nothing but the last check finds that they disagree."""
    case = poisson(NOTCHED).boundary("left", "u", "x = -1").boundary("bottom", "u - (1 + x)/2", "y = -1")
    case.boundary("right", "u - 1", "x = 1").boundary("top", "u", "y = 1").boundary("notch", "u_x", "x = 0", "y = 0")
    enforcement = check(case)
    assert names(enforcement.exact) == ["left", "bottom", "top"]
    assert reasons(enforcement)["right"] == "the ansatz does not hold it to rounding beside the other conditions"
