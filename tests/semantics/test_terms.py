"""Unknown terms in specifications: what they mean, where they may stand, the scales of their arguments."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from pdel.compiler import diagnose
from pdel.notation import notation
from pdel.plan.plan import Plan
from tests.modules import compile_text

WAVES = """\
problem waves
space x in [0, 2]
time t in [0, 1]
field u(x, t), v(x, t)
unknown k(x) in [1, 2]
{unknown}
equation one: u_t = u_xx + {term}
equation two: v_t = k*v_xx
boundary ends: u = 3*sin(x)*t, v = 5 + x on x = 0, x = 2
initial start: u = 0, v = 5 + x
{data}
"""
DATA = 'data sensors: u, v from "sensors.csv"'


def observed(folder: Path) -> None:
    """u = 3*sin(x)*t and v = 5 + x at points all over the region."""
    points = [(2 * i / 19, j / 19) for i in range(20) for j in range(20)]
    rows = [f"{x!r},{t!r},{3 * math.sin(x) * t!r},{5 + x!r}" for x, t in points]
    (folder / "sensors.csv").write_text("\n".join(["x,t,u,v", *rows]) + "\n", encoding="utf-8")


def found(folder: Path, unknown: str, term: str, data: str = DATA) -> list[str]:
    """The codes of the diagnostics of a specification."""
    observed(folder)
    path = folder / "waves.pde"
    path.write_text(WAVES.format(unknown=unknown, term=term, data=data), encoding="utf-8")
    return [item.code for item in diagnose(path).diagnostics]


@pytest.mark.parametrize(
    ("unknown", "term", "codes"),
    [
        ("unknown f(u)", "f(u)", []),
        ("unknown f(u)", "f", []),
        ("unknown f(u, u_x, x)", "f*u_xx", []),
        ("unknown f(u)", "d(f(u), x)", []),
        ("unknown f(u)", "f_x", []),
        ("unknown f(u)", "div(f(u + v)*grad(u))", []),
        ("unknown f(u, u)", "f", ["E308"]),
        ("unknown f(u, k)", "f", ["E350"]),
        ("unknown f(u, w)", "f", ["E201"]),
        ("unknown f(u) in [2, 1]", "f", ["E325"]),
        ("unknown f(u) = 3 in [0, 1]", "f", ["E327"]),
        ("unknown f(u)", "f(u, v)", ["E304"]),
        ("unknown f(u)", "f(2)", ["E351"]),
        ("unknown f(u)", "f(f(u))", ["E351"]),
        ("unknown f(u)", "u", ["E421"]),
        ("unknown f(u)\nquantity q = f(u)", "f", ["E318"]),
        ("unknown f(u)\nlet g = f(u)\nquantity q = 2*g", "f", ["E318"]),
        ("unknown f(u)\nconstant c = f", "f", ["E324"]),
    ],
)
def test_where_a_term_may_stand(unknown: str, term: str, codes: list[str], tmp_path: Path) -> None:
    assert found(tmp_path, unknown, term) == codes


def test_a_term_needs_data_and_no_manufactured_solution(tmp_path: Path) -> None:
    assert "E423" in found(tmp_path, "unknown f(u)", "f", "")
    assert found(tmp_path, "unknown f(u)", "f", f"{DATA}\nmanufacture u = x, v = 0, k = 1") == ["E424"]


def test_an_exact_solution_is_not_put_into_equations_with_a_term(tmp_path: Path) -> None:
    assert found(tmp_path, "unknown f(u)", "f", f"{DATA}\nexact u = 3*sin(x)*t") == []


def plan(folder: Path, unknown: str, term: str, data: str = DATA) -> Plan:
    """The plan of a specification."""
    observed(folder)
    compiled = compile_text(WAVES.format(unknown=unknown, term=term, data=data), folder, "waves")
    assert compiled.plan is not None
    return compiled.plan


def test_arguments_are_scaled_by_what_was_observed(tmp_path: Path) -> None:
    (term,) = plan(tmp_path, "unknown f(u, v, u_x, u_xt, x)", "f").unknown_terms
    u, v, u_x, u_xt, x = term.arguments
    assert (u.low, u.high) == pytest.approx((0, 3), abs=0.15)
    assert (v.low, v.high) == pytest.approx((5, 7), abs=0.15)
    assert (u_x.low, u_x.high) == pytest.approx((3 * math.cos(2), 3), abs=0.6)
    assert (u_xt.low, u_xt.high) == pytest.approx((3 * math.cos(2), 3), abs=0.6)
    assert (x.low, x.high) == (0, 2)


def test_a_field_that_is_not_observed_has_size_one(tmp_path: Path) -> None:
    data = 'data sensors: u^2 = u from "sensors.csv"\ndata others: v from "sensors.csv"'
    assert found(tmp_path, "unknown f(u)", "f", data) == ["W718"]
    (term,) = plan(tmp_path, "unknown f(u)", "f", data).unknown_terms
    assert (term.arguments[0].low, term.arguments[0].high) == (-1, 1)


def test_the_chain_rule_names_derivatives_by_arguments(tmp_path: Path) -> None:
    made = plan(tmp_path, "unknown f(u, u_x)", "d(f, x)")
    residual = next(one for one in made.residuals if one.address == "equation.one")
    texts = [notation(term.expression) for term in residual.terms]
    assert "-(df/du)(u, u_x)*u_x" in texts
    assert "-(df/du_x)(u, u_x)*u_xx" in texts
    (term,) = made.unknown_terms
    assert term.jet is not None
    assert [channel.name for channel in term.jet.channels] == ["u", "u_x"]
    assert residual.inferred_terms == ("f",)
