from __future__ import annotations

import pytest

from pdel.diagnostics.model import Diagnostic
from tests.maths.reading import codes, lowered

ROD = "problem rod\nspace x in [0, 1]\ntime t in [0, 1]\nfield u(x, t)\n"
BAR = "problem bar\nspace x in [0, 1]\nfield u(x)\n"
PLATE = "problem plate\nspace x in [0, 1], y in [0, 1]\nfield u(x, y)\n"
FLOW = (
    "problem flow\nspace x in [0, 1], y in [0, 1]\nfield vel = (u, v)(x, y), p(x, y)\n"
    "equation mass: div(vel) = 0\nequation momentum: advect(vel, vel) = -grad(p) + 0.01*laplacian(vel)\n"
)


def first(text: str) -> Diagnostic:
    return lowered(text).diagnostics[0]


SOUND = {
    "heat with mixed conditions": ROD + "equation e: u_t = u_xx\nboundary a: u = 0 on x = 0\n"
    "boundary b: dn(u) + u = 0 on x = 1\ninitial i: u = x*(3 - 2*x)\n",
    "cantilever": BAR + "equation e: u_xxxx = 1\nboundary a: u = 0, u_x = 0 on x = 0\n"
    "boundary b: u_xx = 0, u_xxx = 0 on x = 1\n",
    "third order with three conditions": ROD + "equation e: u_t + u_xxx = 0\nboundary a: u = 0 on x = 0, x = 1\n"
    "boundary b: u_x = 0 on x = 1\ninitial i: u = (x*(1 - x))^2\n",
    "initial value problem in space": BAR + "equation e: u_xx + u = 0\nboundary a: u = 0, u_x = 1 on x = 0\n",
    "transport": ROD + "equation e: u_t + u_x = 0\nboundary a: u = 0 on x = 0\ninitial i: u = x\n",
    "periodic": "problem p\nspace x in [0, 1] periodic\ntime t in [0, 1]\nfield u(x, t)\n"
    "equation e: u_t = u_xx\ninitial i: u = sin(2*pi*x)\n",
    "flow without a complaint about p": FLOW + "boundary w: vel = 0 on boundary\nconstraint g: p = 0 at (0, 0)\n",
    "outlet that fixes the pressure": FLOW + "boundary w: vel = 0 on x = 0, y = 0, y = 1\n"
    "boundary o: vel = 0, p = 0 on x = 1\n",
    "conditions on parts": PLATE + "equation e: laplacian(u) = 0\nboundary a: u = 0 on x = 0, x = 1, y = 0\n"
    "boundary b: u = 0 on y = 1 where x < 0.5\nboundary c: u_y = 0 on y = 1 where x > 0.5\n",
    "steady equation with y as time": PLATE + "equation e: u_xx = u_yy\nboundary a: u = 0 on x = 0, x = 1\n"
    "boundary b: u = sin(pi*x), u_y = 0 on y = 0\n",
    "branch that avoids a pole": BAR + "equation e: u_xx = if(x > 0.1, 1/x, 10)\nboundary a: u = 0 on x = 0, x = 1\n",
    "chain of constants": BAR + "constant c = 2\nconstant k = c^2\nequation e: k*u_xx = 1\n"
    "boundary a: u = 0 on x = 0, x = 1\n",
    "ordinary equation with a point value": "problem o\ntime t in [0, 1]\nfield a(t)\nequation e: a_t = a\n"
    "constraint s: a = 1 at (1)\n",
    "exact solution of a condition on a circle": "problem p\nshape hole = disk((0.5, 0.5), 0.2)\n"
    "space (x, y) in rectangle((0, 0), (1, 1)) - hole\nfield u(x, y)\nequation e: laplacian(u) = 4\n"
    "boundary h: dn(u) = -0.4 on hole\nboundary s: u = (x - 0.5)^2 + (y - 0.5)^2 on x = 0, x = 1, y = 0, y = 1\n"
    "exact u = (x - 0.5)^2 + (y - 0.5)^2\n",
}


@pytest.mark.parametrize("name", SOUND)
def test_sound_problems_have_no_findings(name: str) -> None:
    assert [(item.code, item.message) for item in lowered(SOUND[name]).diagnostics] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (ROD + "equation e: u_t = u_xx\nboundary a: u = 0 on x = 0\ninitial i: u = x\n", ["E406"]),
        (BAR + "equation e: x*u_xx + u_x = 1\nboundary a: u = 0 on x = 1\n", ["W702"]),
        (PLATE + "equation e: laplacian(u) = 1\nboundary a: u = 0 on x = 0, x = 1, y = 0\n", ["E406"]),
        (ROD + "equation e: u_t + u_xxx = 0\nboundary a: u = 0 on x = 0, x = 1\ninitial i: u = x*(1 - x)\n", ["E406"]),
        (FLOW + "boundary w: vel = 0 on x = 0, y = 0, y = 1\nconstraint g: p = 0 at (0, 0)\n", ["W702", "W702"]),
        (FLOW + "boundary w: vel = 0 on boundary\n", ["W703"]),
        (
            "problem p\nshape hole = disk((0.5, 0.5), 0.2)\nspace (x, y) in rectangle((0, 0), (1, 1)) - hole\n"
            "field u(x, y)\nequation e: laplacian(u) = 1\nboundary s: u = 0 on x = 0, x = 1, y = 0, y = 1\n",
            ["E406"],
        ),
        (ROD + "equation e: u_t = u_xx\nboundary a: u = 0, u_x = 0 on x = 0\ninitial i: u = 0\n", ["W702"]),
        (ROD + "equation e: u_t = -u_xxxx\nboundary a: u = 0, u_xx = 0 on x = 0, x = 1\ninitial i: u = 0\n", []),
        (ROD + "equation e: u_t = u_xxxx\nboundary a: u = 0, u_xx = 0 on x = 0, x = 1\ninitial i: u = 0\n", ["W711"]),
    ],
)
def test_counts_of_conditions(text: str, expected: list[str]) -> None:
    assert codes(text) == expected


def test_missing_initial_conditions_of_every_order() -> None:
    found = lowered(ROD + "equation e: u_ttt = u_xx\nboundary a: u = 0 on x = 0, x = 1\ninitial i: u_t = 0\n")
    assert [item.message for item in found.diagnostics] == [
        "no initial condition for `u`",
        "no initial condition for `u_tt`",
    ]


def test_the_violated_equation_is_shown_term_by_term() -> None:
    found = first(
        ROD + "equation heat: u_t = 2*u_xx\nboundary a: u = 0 on x = 0, x = 1\ninitial i: u = sin(pi*x)\n"
        "exact u = exp(-pi^2*t)*sin(pi*x)\n"
    )
    assert found.code == "E408"
    assert "`heat`" in found.message
    assert "u_t = -" in found.notes[0]
    assert "-2*u_xx = " in found.notes[0]
    assert found.secondary[0].text.startswith("left minus right is ")


@pytest.mark.parametrize(
    ("statement", "label"),
    [
        ("boundary b: dn(u) = 1 on x = 1", "boundary condition `b`"),
        ("constraint c: u = 1 at (0.5, 0.5)", "constraint `c`"),
    ],
)
def test_violated_conditions_of_every_kind(statement: str, label: str) -> None:
    text = ROD + f"equation e: u_t = u_xx\nboundary a: u = 0 on x = 0\n{statement}\n"
    text += "initial i: u = sin(pi*x)\nexact u = exp(-pi^2*t)*sin(pi*x)\n"
    if statement.startswith("constraint"):
        text = text.replace("on x = 0\n", "on x = 0, x = 1\n")
    found = first(text)
    assert (found.code, label in found.message) == ("E409", True)


def test_a_circle_has_its_own_normal() -> None:
    text = SOUND["exact solution of a condition on a circle"]
    assert codes(text.replace("dn(u) = -0.4", "dn(u) = 0.4")) == ["E409"]


@pytest.mark.parametrize(
    ("form", "reason"),
    [
        ("sqrt(x - 0.5)", "`x - 0.5` is -0.382 there, and a square root needs an argument that is not negative"),
        ("1/(x - 0.5)", "`x - 0.5` is 0 there"),
        ("asin(2*x)", "asin needs an argument between -1 and 1"),
        ("(x - 0.9)^0.5", "`x - 0.9` is"),
        ("exp(1000*(x + 1))", "beyond the range"),
    ],
)
def test_reasons_of_faults(form: str, reason: str) -> None:
    found = first(BAR + f"equation e: u_xx = {form}\nboundary a: u = 0 on x = 0, x = 1\n")
    assert found.code in ("E405", "W713")
    assert reason in found.notes[0]


def test_one_mistake_gives_one_finding() -> None:
    text = "problem p\nspace x in [0, 1]\nfield u(x), v(x)\nequation e: u_xx = 1\n"
    assert codes(text + "boundary a: u = 0 on x = 0\n") == ["E401"]


def test_manufactured_problems_have_no_corners() -> None:
    text = ROD + "equation e: u_t = u_xx\nboundary a: u = 0 on x = 0, x = 1\ninitial i: u = 1\n"
    assert codes(text) == ["W704"]
    assert codes(text + "manufacture u = cos(x)*exp(-t)\n") == []


@pytest.mark.parametrize(("height", "found"), [("", []), ("0.001 + ", ["W704"])])
def test_what_enters_is_the_scale_of_disagreement(height: str, found: list[str]) -> None:
    """The tail of a pulse, 1e-30 at the start, is no disagreement with 0; a thousandth of the pulse is."""
    pulse = f"boundary a: u = {height}exp(-((t - 0.5)/0.06)^2) on x = 0\nboundary b: u = 0 on x = 1\n"
    assert codes(ROD + "equation e: u_t = u_xx\n" + pulse + "initial i: u = 0\n") == found


@pytest.mark.parametrize(
    ("equation", "place"),
    [
        ("d(if(x < 0.5, 1, 10)*u_x, x) = 1", "a factor of 10 at x = 0.5"),
        ("d(if(x < 0.5, u_x, 10*u_x), x) = 1", "a factor of 10 at x = 0.5"),
        ("u_xx + d((1 + sign(x - 1/3))*u_x, x) = 1", "a jump at x = 0.3333"),
    ],
)
def test_a_derivative_across_a_jump_is_refused(equation: str, place: str) -> None:
    found = first(BAR + f"equation e: {equation}\nboundary a: u = 0 on x = 0, x = 1\n")
    assert (found.code, found.primary and found.primary.text) == ("E425", place)


def test_a_jump_across_a_circle_is_found_along_both_coordinates() -> None:
    jump = "if((x - 0.5)^2 + (y - 0.5)^2 < 0.1, 3, 1)"
    assert codes(PLATE + f"equation e: div({jump}*grad(u)) = 0\nboundary b: u = x on boundary\n") == ["E425"]


@pytest.mark.parametrize(
    "equation",
    [
        "if(x < 0.5, 1, 10)*u_xx = 1",
        "d(if(x < 0.5, 1, 2*x)*u_x, x) = 1",
        "d((1 + abs(x - 0.5))*u_x, x) = 1",
        "d((2 + tanh((x - 0.5)/1e-4))*u_x, x) = 1",
        "d((1 + if(u < 0.5, 0, (u - 0.5)^2))*u_x, x) = 1",
        "d(if(x < 0.5, 1, 10)*u_x, x) = 1 where x > 0.6",
    ],
)
def test_kinks_and_steep_coefficients_may_be_differentiated(equation: str) -> None:
    assert codes(BAR + f"equation e: {equation}\nboundary a: u = 0 on x = 0, x = 1\n") == []


def test_small_coefficients_are_told_as_they_are() -> None:
    text = ROD + "equation e: u_t = 1e-16*u_xx\nboundary a: u = 0 on x = 0, x = 1\ninitial i: u = sin(pi*x)\n"
    found = first(text)
    assert (found.code, found.primary and found.primary.text) == ("W707", "it is about 1e-16")
