"""Corners at which stresses are infinite: where they are found."""

from __future__ import annotations

from pdel.plan.build import build_plan
from tests.maths.reading import model

CANTILEVER = """\
problem cantilever "A plate held on the left and pulled down on the right, in its plane"
space      x in [0, 2], y in [0, 1/2]
field      (u, v)(x, y)
constant   E = 1
constant   nu = 0.3
constant   lam = E*nu/(1 - nu^2)
constant   mu = E/(2*(1 + nu))
equation   balance_x:  (lam + 2*mu)*u_xx + mu*u_yy + (lam + mu)*v_xy = 0
equation   balance_y:  mu*v_xx + (lam + 2*mu)*v_yy + (lam + mu)*u_xy = 0
boundary   held:    u = 0, v = 0  on x = 0
boundary   pulled:  (lam + 2*mu)*u_x + lam*v_y = 0, mu*(u_y + v_x) = -1e-3  on x = 2
boundary   free:    mu*(u_y + v_x) = 0, lam*u_x + (lam + 2*mu)*v_y = 0  on y = 0, y = 1/2
"""

PLATE = """\
problem plate
space      x in [0, 1], y in [0, 1]
field      w(x, y)
equation   bending:  w_xxxx + 2*w_xxyy + w_yyyy = 1
boundary   held:     w = 0, w_x = 0  on x = 0
boundary   end:      w_xx + 0.3*w_yy = 0, w_xxx + 1.7*w_xyy = 0  on x = 1
boundary   sides:    w_yy + 0.3*w_xx = 0, w_yyy + 1.7*w_xxy = 0  on y = 0, y = 1
"""


def places(text: str) -> dict[tuple[float, float], float]:
    """The corners of a problem and the shorter side there."""
    return {(item.place[0].value, item.place[1].value): item.size for item in model(text).concentrations}


def test_between_a_held_side_and_a_free_one() -> None:
    assert places(CANTILEVER) == {(0, 0): 0.5, (0, 0.5): 0.5}
    assert places(PLATE) == {(0, 0): 1, (0, 1): 1}


def test_none_where_all_sides_are_held() -> None:
    held = CANTILEVER.split("boundary   pulled", maxsplit=1)[0].replace("on x = 0", "on boundary")
    assert not places(held)


def test_none_where_fields_are_not_tied_in_second_derivatives() -> None:
    assert not places(CANTILEVER.replace("(lam + mu)*v_xy", "v_x").replace("(lam + mu)*u_xy", "u_y"))


def test_corners_that_point_inwards() -> None:
    ell = CANTILEVER.split("boundary", maxsplit=1)[0].replace(
        "space      x in [0, 2], y in [0, 1/2]\n",
        "shape      whole = rectangle((-1, -1), (1, 1))\n"
        "shape      notch = rectangle((0, -1), (1, 0))\n"
        "space      (x, y) in whole - notch\n",
    )
    found = model(ell + "boundary   sides:   u = 0, v = x  on whole, notch\n")
    assert [(item.place[0].value, item.place[1].value) for item in found.concentrations] == [(0, 0)]
    assert not found.rough, "something is done about it"


def test_none_in_time() -> None:
    moving = CANTILEVER.replace("field      (u, v)(x, y)", "time       t in [0, 1]\nfield      (u, v)(x, y, t)")
    moving = moving.replace("+ (lam + mu)*v_xy = 0", "+ (lam + mu)*v_xy = u_tt")
    moving = moving.replace("+ (lam + mu)*u_xy = 0", "+ (lam + mu)*u_xy = v_tt")
    assert not places(moving + "initial    rest:    u = 0, u_t = 0, v = 0, v_t = 0\n")


def test_none_beside_rollers_and_simple_support() -> None:
    """The solution can be reflected in such a side."""
    roller = "boundary   roller:  v = 0, mu*(u_y + v_x) = 0  on y = 0\n"
    symmetric = CANTILEVER.replace("on y = 0, y = 1/2", "on y = 1/2") + roller
    assert places(symmetric) == {(0, 0.5): 0.5}
    assert not places(symmetric.replace("held:    u = 0, v = 0", "held:    u = 0, mu*(u_y + v_x) = 0"))
    assert not places(PLATE.replace("w = 0, w_x = 0", "w = 0, w_xx = 0"))


def test_none_where_sums_of_fields_have_equations_of_their_own() -> None:
    tied = CANTILEVER.replace("(lam + mu)*v_xy", "0.1*(v_xx + v_yy)").replace("(lam + mu)*u_xy", "0.1*(u_xx + u_yy)")
    assert not places(tied)


def test_every_equation_by_its_order_and_conditions_on_derivatives_by_the_highest() -> None:
    plan = build_plan(model(CANTILEVER)).value
    assert plan is not None
    residuals = {item.address: item.vanishing for item in plan.residuals}
    assert residuals["equation.balance_x"] == 2
    assert residuals["boundary.free.1"] == 2
