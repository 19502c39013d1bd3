from __future__ import annotations

import math

import pytest

from pdel.evaluate import evaluate, evaluate_points, find_fault
from pdel.expression import Call, Coordinate, Expr, Number, Partial, Power, Quotient, Sum, add, negate
from tests.maths.reading import closed

VALUES = {"x": 0.3, "y": 0.8, "t": 0.5}
CONSTANTS = {"a": 0.7, "n": 3.0}
X = Coordinate("x")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 - x*2/4 + x^2", 1 - 0.15 + 0.09),
        ("-x^2", -0.09),
        ("2^n^2", 512.0),
        ("a*sin(pi*x)*exp(-t)", 0.7 * math.sin(0.3 * math.pi) * math.exp(-0.5)),
        ("atan2(x, y) + erf(x) + cosh(t)", math.atan2(0.3, 0.8) + math.erf(0.3) + math.cosh(0.5)),
        ("max(x, y) - min(x, y) + abs(x - y) + sign(x - y)", 0.5 + 0.5 - 1),
        ("if(x < y and not t > 1, x, y)", 0.3),
        ("if(0 < x <= 0.2 or y = 0, 1, 2)", 2.0),
    ],
)
def test_values(text: str, expected: float) -> None:
    assert evaluate(closed(text), VALUES, CONSTANTS) == pytest.approx(expected, rel=1e-15)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        (Call("log", (negate(X),)), math.nan),
        (Call("log", (Number("0"),)), -math.inf),
        (Call("sqrt", (negate(X),)), math.nan),
        (Quotient(X, Number("0")), math.inf),
        (Quotient(Number("0"), Number("0")), math.nan),
        (Power(Number("10"), Power(Number("10"), Number("10"))), math.inf),
        (Power(Number("0"), negate(X)), math.inf),
        (Power(negate(X), Number("0.5")), math.nan),
        (Call("exp", (Number("1e6"),)), math.inf),
        (Call("asin", (Number("2"),)), math.nan),
    ],
)
def test_outside_domains_nothing_is_raised(expression: Expr, expected: float) -> None:
    value = evaluate(expression, VALUES, CONSTANTS)
    assert value == expected or (math.isnan(expected) and math.isnan(value))


def test_fields_are_no_closed_forms() -> None:
    with pytest.raises(TypeError, match="Partial"):
        evaluate(Partial("u"), VALUES, {})


def test_many_points_at_once() -> None:
    columns = {"x": [0.0, 1.0, 2.0]}
    assert evaluate_points((Power(X, Number("2")), add(X, X)), columns, {}, count=3) == [[0, 1, 4], [0, 2, 4]]


def test_deep_and_shared_expressions_are_evaluated_without_recursion() -> None:
    expression: Expr = X
    for _ in range(60):
        expression = Sum((expression, expression))
    assert evaluate(expression, {"x": 1.0}, {}) == 2.0**60
    for _ in range(5000):
        expression = Call("abs", (expression,))
    assert evaluate(expression, {"x": 1.0}, {}) == 2.0**60


def test_the_first_fault_is_the_innermost_one() -> None:
    expression = Call("exp", (Call("log", (add(X, negate(Number("0.5"))),)),))
    fault = find_fault(expression, {"x": [0.9, 0.2]}, {}, count=2)
    assert fault is not None
    assert isinstance(fault.node, Call)
    assert (fault.node.function, fault.point) == ("log", 1)
    assert fault.operands == pytest.approx((-0.3,))


def test_branches_that_are_not_chosen_have_no_faults() -> None:
    expression = closed("if(x > 0.1, 1/x, 0)")
    assert find_fault(expression, {"x": [0.0, 0.5], "y": [0, 0], "t": [0, 0]}, {}, count=2) is None
    assert find_fault(closed("if(x < 0.1, 1/x, 0)"), {"x": [0.0, 0.5]}, {}, count=2) is not None
