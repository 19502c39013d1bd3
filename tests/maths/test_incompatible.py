"""Where the start does not fit the boundary: which places are found, of what order, with which diffusivity."""

from __future__ import annotations

import pytest

from pdel.notation import notation
from tests.maths.reading import model

HEAT = """\
problem heat
space x in {domain}
time t in [0, 1]
field u(x, t)
constant D = 0.01
equation balance: {equation}
{boundary}
initial start: u = {start}
"""

ENDS = "boundary ends: u = 0 on x = 0, x = 1"


def places(
    start: str,
    boundary: str = ENDS,
    domain: str = "[0, 1]",
    equation: str = "u_t = D*u_xx + u^2",
) -> list[tuple[bool | None, int, str]]:
    """End (None for the seam), order and diffusivity of every place in the model."""
    text = HEAT.format(domain=domain, equation=equation, boundary=boundary, start=start)
    found = model(text).incompatible
    return [(place.upper, place.order, notation(place.diffusivity)) for place in found]


def test_data_that_fit_are_no_places() -> None:
    assert places("sin(pi*x)") == []
    assert places("exp(cos(2*pi*x))", boundary="", domain="[0, 1] periodic") == []


def test_rates_that_the_boundary_does_not_have() -> None:
    """u = x*(1 - x) asks for u_t = -2 D at both ends, where u stays 0."""
    assert places("x*(1 - x)") == [(False, 2, "D"), (True, 2, "D")]


def test_moving_values_are_compared_with_the_rate() -> None:
    moving = "boundary left: u = t on x = 0\nboundary right: u = 0 on x = 1"
    assert places("sin(pi*x)", moving) == [(False, 2, "D")]


def test_slopes_that_the_boundary_does_not_have() -> None:
    walls = "boundary left: u_x = 0 on x = 0\nboundary right: u = 0 on x = 1"
    assert places("sin(pi*x)", walls) == [(False, 1, "D")]
    normal = "boundary left: dn(u) = 1 on x = 0\nboundary right: u = 0 on x = 1"
    assert places("-sin(pi*x)/pi", normal) == []


def test_a_kink_at_the_seam() -> None:
    assert places("x*(1 - x)", "", "[0, 1] periodic") == [(None, 1, "D")]


@pytest.mark.parametrize(
    ("equation", "diffusivity"),
    [("3*u_t = 6*D*u_xx + u^2", "6*D/3"), ("u_t = (1 + x)*u_xx + u^2", "1"), ("u_t = D*u_xx - u*u_x", "D")],
)
def test_the_diffusivity_is_that_of_the_equation_there(equation: str, diffusivity: str) -> None:
    walls = "boundary left: u_x = 0 on x = 0\nboundary right: u = 0 on x = 1"
    assert places("sin(pi*x)", walls, equation=equation) == [(False, 1, diffusivity)]


def test_linear_equations_are_solved_in_windows_where_such_places_are() -> None:
    counts = []
    for start in ("sin(pi*x)", "x*(1 - x)"):
        text = HEAT.format(domain="[0, 1]", equation="u_t = D*u_xx", boundary=ENDS, start=start)
        windows = model(text).windows
        counts.append(windows.count)
        assert windows.joined == (windows.count > 1)
        assert ("not smooth" in windows.reason) == windows.joined
    assert counts == [1, 20]
