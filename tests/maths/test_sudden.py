"""Boundary values that differ from the start: which are taken off in closed form, what that leaves, and the ansatz."""

from __future__ import annotations

import math

import pytest

from pdel.evaluate import evaluate_points
from pdel.maths.model import Model
from pdel.notation import notation
from tests.maths.reading import lowered, model

PROBLEM = """\
problem wall
space x in {domain}
time t in [0, 1]
field u(x, t)
constant D = 0.01
equation balance: {equation}
{boundary}
initial start: u = {start}
"""

ENDS = "boundary ends: u = 0 on x = 0, x = 1"
LEFT = "boundary left: u = {} on x = 0\nboundary right: {} on x = 1"


def read(
    start: str = "1", boundary: str = ENDS, domain: str = "[0, 1]", equation: str = "u_t = D*u_xx", more: str = ""
) -> Model:
    return model(PROBLEM.format(domain=domain, equation=equation, boundary=boundary, start=start) + more)


def offset(found: Model, x: float, t: float) -> float:
    """The offset of the ansatz of u at a point."""
    (ansatz,) = found.ansatz
    return evaluate_points((ansatz.offset,), {"x": [x], "t": [t]}, found.problem.numbers, count=1)[0][0]


def left(found: Model) -> list[tuple[bool | None, int]]:
    """The ends at which something is left that does not fit, and of what order."""
    return [(place.upper, place.order) for place in found.incompatible]


def test_a_cold_wall_is_a_part_of_the_offset() -> None:
    found = read()
    text = notation(found.ansatz[0].offset)
    assert text.startswith("-(1 - erf(x/sqrt(4*D*t + 1e-16))) - (1 - erf((1 - x)/sqrt(4*D*t + 1e-16)))")
    assert "by -1 at x = 0 and by -1 at x = 1" in found.ansatz[0].notes[-1]
    assert [exact.residual.source.label for exact in found.exact_conditions] == ["ends"]
    for end in (0.0, 1.0):
        for time in (0.0, 1e-9, 0.3, 1.0):
            assert abs(offset(found, end, time)) < 1e-15, "the boundary value holds at all times"
    reached = math.erfc(0.02 / math.sqrt(4 * 0.01 * 0.01))
    assert offset(found, 0.02, 0.01) == pytest.approx(1 - reached, abs=1e-12)


def test_it_is_nothing_at_the_start() -> None:
    """So the network begins from the initial values; at the corner itself all is finite."""
    found = read("0", LEFT.format("2 + t", "u = 0"))
    for place in (1e-6, 0.1, 1.0):
        assert abs(offset(found, place, 0.0)) < 1e-15
    assert offset(found, 0.0, 0.0) == pytest.approx(2)


@pytest.mark.parametrize(
    ("start", "boundary", "differences"),
    [
        ("0", LEFT.format("cos(3*t)", "dn(u) + 2*u = 0"), ["1"]),
        ("x", LEFT.format("D", "u = 3"), ["D", "2"]),
        ("cos(x)", LEFT.format("1", "u_x = 0"), []),
        ("0", LEFT.format("t", "u = cos(pi/2)"), []),
        ("1", LEFT.format("t", "u = 1"), ["-1"]),
    ],
    ids=["moving", "both ends", "fits", "rounding", "rising"],
)
def test_the_difference_is_that_of_the_corner(start: str, boundary: str, differences: list[str]) -> None:
    (ansatz,) = read(start, boundary).ansatz
    note = next((note for note in ansatz.notes if "differs from the start" in note), "")
    assert note.count(" at x = ") == len(differences)
    assert all(f"by {difference} at" in note for difference in differences)


@pytest.mark.parametrize(
    ("equation", "order"),
    [
        ("u_t = D*u_xx + u^2", 2),
        ("u_t = D*u_xx - u*u_x", 1),
        ("u_t = (1 + x)*D*u_xx + u^2", 1),
        ("2*u_t = D*u_xx + exp(-u)*u", 2),
    ],
)
def test_what_further_terms_leave(equation: str, order: int) -> None:
    found = read(equation=equation, boundary=LEFT.format("2", "u = 1"))
    assert left(found)[0] == (False, order)
    assert found.windows.joined


@pytest.mark.parametrize("equation", ["u_t = d((D + D*u)*u_x, x)", "u_t = D*u_xx + u_x^2"])
def test_nothing_is_taken_off_where_as_much_would_be_left(equation: str) -> None:
    found = read(equation=equation, boundary=LEFT.format("2", "u = 1"))
    assert found.windows.count == 1
    assert "erf" not in notation(found.ansatz[0].offset)


def test_linear_diffusion_leaves_nothing_but_rates_that_differ() -> None:
    assert left(read()) == []
    assert read().windows.joined
    assert left(read(boundary=LEFT.format("cos(3*t)", "u = 1"))) == []
    assert left(read(boundary=LEFT.format("2 + t", "u = 1"))) == [(False, 2)]
    assert left(read("1 + x^2", LEFT.format("0", "u = 2"))) == [(False, 2), (True, 2)]


@pytest.mark.parametrize(
    ("boundary", "domain"),
    [("boundary left: u_x + u = 3 on x = 0\nboundary right: u = 1 on x = 1", "[0, 1]"), ("", "[0, 1] periodic")],
    ids=["a law of Newton", "a seam"],
)
def test_other_ends_have_none(boundary: str, domain: str) -> None:
    found = read("1 - x", boundary.replace("u = 1 on", "u = 0 on"), domain)
    assert "erf" not in notation(found.ansatz[0].offset)


def test_another_field_that_the_change_drives() -> None:
    """v has rates that differ where u jumps, at its own diffusivity."""
    text = PROBLEM.format(domain="[0, 1]", equation="u_t = D*u_xx", boundary=ENDS, start="1")
    text += "field v(x, t)\nequation drawn: v_t = 3*v_xx + u\n"
    text += "boundary sides: v_x = 0 on x = 0, x = 1\ninitial none: v = 0\n"
    found = model(text)
    assert [(place.upper, place.order, notation(place.diffusivity)) for place in found.incompatible] == [
        (False, 2, "3"),
        (True, 2, "3"),
    ]


def test_softly_it_is_in_the_offset_alone() -> None:
    found = read(more="enforce ends: softly\n")
    assert notation(found.ansatz[0].offset).count("erf") == 2
    assert [soft.residual.source.label for soft in found.soft] == ["ends"]


def test_one_network_for_all_of_time_holds_both_conditions() -> None:
    found = read(more="march whole\n")
    assert {exact.residual.source.label for exact in found.exact_conditions} == {"ends", "start"}


def test_the_warning_says_where_to_look() -> None:
    text = PROBLEM.format(domain="[0, 1]", equation="u_t = D*u_xx", boundary=ENDS, start="1")
    (warning,) = [item for item in lowered(text).diagnostics if item.code == "W704"]
    assert (
        warning.help == "Make them agree at the corner if no jump is meant; `pdel plan` tells what is done about one."
    )
