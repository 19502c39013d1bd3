from __future__ import annotations

import pytest

from pdel.evaluate import evaluate
from pdel.expression import Coordinate, Differentiate, Expr, Partial, transform, walk
from pdel.maths.differentiate import Differentiator, collect
from pdel.maths.limits import TooLarge
from pdel.maths.substitute import substitute
from pdel.maths.symbolic import derivative
from pdel.notation import notation
from pdel.semantics.problem import Problem, Term
from pdel.source import Span
from tests.maths.reading import closed, problem, term

SPAN = Span(0, 1)
PROBLEM = problem(
    "problem test\nspace x in [0, 1], y in [0, 1]\ntime t in [0, 1]\nfield u(x, y, t), v(x, y, t)\n"
    "constant a = 0.7\nequation e: u_t = a*u_xx\nequation f: v_t = u\n"
)


def terms(text: str, of: Problem = PROBLEM) -> list[str]:
    differentiator = Differentiator(of.axes, of.fields)
    return [notation(item.expression) for item in differentiator.expand_terms(Term(term(text), SPAN))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a*laplacian(u)", ["a*u_xx", "a*u_yy"]),
        ("-(u_xx + u_yy)/a", ["-u_xx/a", "-u_yy/a"]),
        ("u*(1 - u^2)", ["u*(1 - u^2)"]),
        ("d(u*u_x, x)", ["u_x*u_x", "u*u_xx"]),
        ("d(u*u_x, x, 2)", ["3*u_xx*u_x", "u*u_xxx"]),
        ("div(a*grad(u))", ["a*u_xx", "a*u_yy"]),
        ("div((1 + x^2)*grad(u))", ["2*x*u_x", "(1 + x^2)*u_xx", "(1 + x^2)*u_yy"]),
        ("d(u_t, x)", ["u_xt"]),
        ("d(u^3, x)", ["3*u^2*u_x"]),
        ("d(sin(u), x, 2)", ["-sin(u)*u_x*u_x", "cos(u)*u_xx"]),
        ("d(u_x/(1 + u^2), x)", ["u_xx/(1 + u^2)", "-2*u_x*u*u_x/(1 + u^2)^2"]),
        ("d(exp(-x)*u*v, x)", ["-exp(-x)*u*v", "exp(-x)*u_x*v", "exp(-x)*u*v_x"]),
        ("d(x^2*t, x)*u", ["2*x*t*u"]),
        ("d(u*v, x, 4)", ["u_xxxx*v", "4*u_xxx*v_x", "6*u_xx*v_xx", "4*u_x*v_xxx", "u*v_xxxx"]),
        ("d(x*u - u*x, x)", []),
    ],
)
def test_terms_keep_the_written_order(text: str, expected: list[str]) -> None:
    assert terms(text) == expected


EXACT = {"u": closed("exp(-t)*sin(x + 2*y) + 1.5"), "v": closed("cos(x*y) + t^2 + 2")}
POINT = {"x": 0.31, "y": 0.62, "t": 0.4}


@pytest.mark.parametrize(
    "text",
    [
        "d(u^2*v_x + sin(u*v), x)", "d(sqrt(u)*log(v), x, 2)", "d(u/v, x)", "d(v^u, t)", "d(atan2(u, v), x)",
        "d(exp(-u^2)*erf(v), y)", "d(tanh(u*x)*acos(v/9), x)", "d(max(u, v)*min(u, 1), x)", "d(abs(u - v), t)",
        "d(if(x < 0.5, u^2, v), x)", "d(asin(u/9)*tan(v/9)*cosh(u)*sinh(v), x)", "d(atan(u)*cos(v)*sign(u), x, 3)",
        "div(u*grad(u^2))", "d(d(u*v_t, x), y)", "d(x*y*u, x, 2)",
    ],
)  # fmt: skip
def test_derivatives_of_fields_agree_with_those_of_closed_forms(text: str) -> None:
    expression = term(text)
    differentiator = Differentiator(PROBLEM.axes, PROBLEM.fields)
    carried_out = differentiator.carry_out(expression)
    assert not any(isinstance(node, Differentiate) for node in walk(carried_out))
    constants = {"a": 0.7}
    found = evaluate(substitute(carried_out, EXACT, PROBLEM.fields), POINT, constants)
    parts = differentiator.expand_terms(Term(expression, SPAN))
    split = sum(evaluate(substitute(item.expression, EXACT, PROBLEM.fields), POINT, constants) for item in parts)

    def inside_out(node: Expr) -> Expr | None:
        if isinstance(node, Partial):
            return derivative(EXACT[node.field], node.orders)
        if isinstance(node, Differentiate):
            return derivative(transform(node.operand, inside_out), ((node.coordinate, 1),))
        return None

    expected = evaluate(transform(expression, inside_out), POINT, constants)
    assert found == pytest.approx(expected, rel=1e-10)
    assert split == pytest.approx(expected, rel=1e-10)


def test_substitution_at_a_point() -> None:
    found = problem(
        "problem test\nspace x in [0, 1]\nfield u(x)\nequation e: u_xx = 0\nboundary b: u = 0 on x = 0, x = 1\n"
        "quantity rise = u(1) - 2*u(0.25)\n"
    )
    replaced = substitute(found.quantities[0].expression, {"u": closed("x^2")}, found.fields)
    assert evaluate(replaced, {}, {}) == pytest.approx(1 - 2 / 16)


def test_equal_terms_that_cancel_disappear() -> None:
    u, v = Partial("u"), Partial("v")
    from pdel.expression import Negative, Product

    assert collect([Product((u, v)), Negative(Product((v, u)))]) == []


def test_derivatives_that_explode_are_refused() -> None:
    differentiator = Differentiator(PROBLEM.axes, PROBLEM.fields)
    expression: Expr = term("sin(u)*cos(u)*exp(u)*tanh(u)*(1 + u^2)*sin(sin(cos(u)))*sin(cos(u)*exp(u)*tanh(u))")
    for _ in range(6):
        expression = Differentiate(expression, "x")
    with pytest.raises(TooLarge):
        differentiator.carry_out(expression)


def test_coordinates_of_which_a_field_is_no_function() -> None:
    found = Differentiator(PROBLEM.axes, PROBLEM.fields).derivative(Partial("u"), "y")
    assert found == Partial("u", (("y", 1),))
    assert Differentiator(PROBLEM.axes, PROBLEM.fields).derivative(Coordinate("x"), "y") == closed("0")
