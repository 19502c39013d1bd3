from __future__ import annotations

import math
from pathlib import Path

import pytest

from pdel.diagnostics.model import Severity
from pdel.evaluate import evaluate_points
from pdel.expression import Differentiate, add, walk
from pdel.maths.checks.exact import points_of
from pdel.maths.checks.setting import Setting
from pdel.maths.model import Model, Residual
from pdel.maths.points import sampler_of
from pdel.maths.substitute import substitute
from pdel.notation import notation
from tests.maths.reading import EXAMPLES, codes, lowered, model

ROD = "problem rod\nspace x in [0, 1]\ntime t in [0, 1]\nfield u(x, t)\n"
ENDS = "boundary ends: u = 0 on x = 0, x = 1\n"


def texts(residual: Residual) -> list[str]:
    return [notation(term.expression) for term in residual.terms]


def largest_residual(found: Model, residual: Residual) -> float:
    """The largest value of a residual when the closed forms stand for the fields."""
    problem = found.problem
    setting = Setting(problem, found.equations, (), (), (), sampler_of(problem))
    points = points_of(setting, residual)
    terms = [substitute(term.expression, dict(found.exact), problem.fields) for term in residual.terms]
    values = evaluate_points((add(*terms),), points.columns, setting.constants, count=points.count)[0]
    return max(abs(value) for value in values)


def conditions(found: Model) -> list[Residual]:
    return [item.residual for item in (*found.exact_conditions, *found.soft)]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_examples_have_models_and_no_errors(path: Path) -> None:
    result = lowered(path.read_text(encoding="utf-8"), path.parent)
    assert [item.message for item in result.diagnostics if item.severity is Severity.ERROR] == []
    found = result.value
    assert found is not None
    expressions = [term.expression for residual in (*found.equations, *conditions(found)) for term in residual.terms]
    assert not [node for item in expressions for node in walk(item) if isinstance(node, Differentiate)]
    assert len(found.ansatz) == len(found.problem.fields)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_exact_solutions_of_examples_make_every_residual_vanish(path: Path) -> None:
    found = model(path.read_text(encoding="utf-8"), path.parent)
    for residual in (*found.equations, *conditions(found)) if found.exact else ():
        assert largest_residual(found, residual) < 1e-8


def test_vector_equations_become_terms_in_written_order() -> None:
    cavity = next(path for path in EXAMPLES if path.stem == "cavity")
    found = model(cavity.read_text(encoding="utf-8"), cavity.parent)
    assert [texts(residual) for residual in found.equations[:2]] == [
        ["u_x", "v_y"],
        ["u*u_x", "v*u_y", "p_x", "-u_xx/Re", "-u_yy/Re"],
    ]


def test_terms_of_one_written_term_share_its_place() -> None:
    text = ROD + "equation motion: u_t = d((1 + x)*u_x, x) + u\n" + ENDS + "initial start: u = 0\n"
    spans = [text[term.span.start : term.span.end] for term in model(text).equations[0].terms]
    assert spans == ["u_t", "d((1 + x)*u_x, x)", "d((1 + x)*u_x, x)", "+ u"]


MANUFACTURED = {
    "poisson": "problem p\nspace x in [0, 1], y in [0, 1]\nfield u(x, y)\nequation e: -laplacian(u) = 0\n"
    "boundary w: u = 0 on boundary\nmanufacture u = sin(pi*x)*sin(pi*y)\n",
    "nonlinear": ROD + "equation e: u_t + u*u_x = d((1 + u^2)*u_x, x) + exp(x)\n"
    "boundary a: u = 0 on x = 0\nboundary b: dn(u) + 2*u = 1 on x = 1\ninitial i: u = 0\n"
    "manufacture u = exp(-t)*cos(x + 1)/(1 + x^2)\n",
    "wave": ROD + "constant c = 1.5\nequation e: u_tt = c^2*u_xx\n" + ENDS + "initial i: u = 0, u_t = 0\n"
    "manufacture u = sin(3*x)*cosh(t) + x*t^3\n",
    "disk": "problem p\nspace (x, y) in rectangle((0, 0), (1, 1)) - disk((0.5, 0.5), 0.2)\nfield u(x, y)\n"
    "equation e: div(exp(x)*grad(u)) = u^3\nboundary w: dn(u) = 0 on disk_1\n"
    "boundary v: u = 0 on x = 0, x = 1, y = 0, y = 1\nmanufacture u = log(2 + x*y)\n",
    "system": "problem p\ntime t in [0, 2]\nfield (a, b)(t)\nequation e: a_t = a*b\nequation f: b_tt = sin(a)\n"
    "initial i: a = 0, b = 0, b_t = 0\nmanufacture a = exp(-t)\nmanufacture b = t^2/2\n",
}


@pytest.mark.parametrize("name", [name for name in MANUFACTURED if name != "disk"])
def test_manufactured_solutions_make_every_residual_vanish(name: str) -> None:
    found = model(MANUFACTURED[name])
    for residual in (*found.equations, *conditions(found)):
        assert largest_residual(found, residual) < 1e-12


def test_manufactured_sources_read_well() -> None:
    found = model(MANUFACTURED["poisson"])
    assert texts(found.equations[0]) == ["-u_xx", "-u_yy", "-2*pi^2*sin(pi*x)*sin(pi*y)"]
    assert found.exact[0][0] == "u"


def test_manufactured_sources_replace_stated_ones() -> None:
    found = model(MANUFACTURED["nonlinear"])
    assert not any(text == "-exp(x)" for text in texts(found.equations[0]))


@pytest.mark.parametrize(
    ("equation", "kind", "linear"),
    [
        ("u_t = u_xx", "parabolic", True),
        ("u_t + u*u_x = u_xx", "parabolic", False),
        ("u_tt = 4*u_xx", "hyperbolic", True),
        ("u_tt + u_xxxx = 0", "dispersive", True),
        ("u_t + u*u_x + u_xxx = 0", "dispersive", False),
        ("u_t + u_x = 0", "first order", True),
        ("u_t = -u_xxxx + sin(u)", "parabolic", False),
        ("u_t + abs(u_x) = 0", "first order", False),
    ],
)
def test_types_of_equations_in_time(equation: str, kind: str, linear: bool) -> None:
    bends = "boundary bends: u_xx = 0 on x = 0, x = 1\n"
    text = ROD + f"equation e: {equation}\n" + ENDS + bends + "initial i: u = sin(pi*x), u_t = 0\n"
    facts = lowered(text).value.facts[0]  # type: ignore[union-attr]
    assert (facts.kind, facts.linear) == (kind, linear)


@pytest.mark.parametrize(
    ("equation", "kind"),
    [
        ("laplacian(u) = 1", "elliptic"),
        ("2*u_xx + (1 + x^2)*u_yy + u_x = 0", "elliptic"),
        ("u_xx = u_yy", "hyperbolic"),
        ("u_x = u_yy", "parabolic"),
        ("laplacian(laplacian(u)) = 1", "elliptic"),
        ("x*u_xx + (x - 0.5)*u_yy = 0", ""),
        ("u_x + u_y = 1", "first order"),
    ],
)
def test_types_of_steady_equations(equation: str, kind: str) -> None:
    text = (
        f"problem p\nspace x in [0, 1], y in [0, 1]\nfield u(x, y)\nequation e: {equation}\n"
        "boundary w: u = 0, dn(u) = 0 on boundary\n"
    )
    assert lowered(text).value.facts[0].kind == kind  # type: ignore[union-attr]


def test_quantities_have_their_derivatives_carried_out() -> None:
    text = (
        "problem p\nspace x in [0, 1]\nfield u(x)\nequation e: u_xx = 1\n" + ENDS + "quantity q = integral(d(u^2, x))\n"
    )
    assert notation(model(text).quantities[0][1]) == "integral(2*u*u_x)"


def test_errors_of_one_statement_leave_the_others_checked() -> None:
    long = "*".join(f"(1 + sin({number}*u))*exp(u*{number})" for number in range(1, 8))
    text = (
        ROD + f"equation e: u_t = d({long}, x, 6)\nequation f: u_tt = d({long}, x, 6)\n" + ENDS + "initial i: u = 0\n"
    )
    result = lowered(text)
    assert result.value is None
    assert [item.code for item in result.diagnostics] == ["E400", "E400"]


@pytest.mark.parametrize(
    "exact",
    [
        "sin(" * 40 + "x*t" + ")" * 40,
        "*".join(f"(1 + sin({number}*x + t))" for number in range(1, 40)),
        "((((x + t)^20 + 1)^20 + 2)^20 + 3)^20",
        "exp(exp(exp(exp(sin(x*t)))))/(1 + x^2*t)^3",
        " + ".join(f"exp(-{number}^2*t)*sin({number}*pi*x)" for number in range(1, 150)),
    ],
)
def test_hostile_exact_solutions_end_in_a_diagnostic(exact: str) -> None:
    text = ROD + "equation e: u_t = u_xx\n" + ENDS + f"initial i: u = 0\nexact u = {exact}\n"
    assert set(codes(text)) & {"E400", "E405", "E408", "E409"}


def test_long_sums_are_no_mistake() -> None:
    terms = " + ".join(f"{number}*sin({number}*x)*u" for number in range(1, 1500))
    found = model(ROD + f"equation e: u_t = u_xx + {terms}\n" + ENDS + "initial i: u = sin(pi*x)\n")
    assert len(found.equations[0].terms) == 1501


def test_the_time_limit_ends_mathematics_that_never_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    from pdel.maths import lower as module
    from pdel.maths.limits import time_limit

    def endless(*_: object, **__: object) -> None:
        while True:
            math.sqrt(2)

    monkeypatch.setattr(module, "time_limit", lambda: time_limit(0.2))
    monkeypatch.setattr(module, "enforce", endless)
    result = lowered(ROD + "equation e: u_t = u_xx\n" + ENDS + "initial i: u = sin(pi*x)\n")
    assert [item.code for item in result.diagnostics] == ["E400"]
