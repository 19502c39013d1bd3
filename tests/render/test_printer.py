"""The printer: Python's value of the text equals the expression's value, with the fewest parentheses."""

from __future__ import annotations

import math

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from pdel.evaluate import evaluate
from pdel.expression import (
    Call,
    Comparison,
    Conditional,
    Constant,
    Coordinate,
    Expr,
    Logical,
    Negative,
    Number,
    Partial,
    Pi,
    Power,
    Product,
    Quotient,
    Sum,
)
from pdel.render.printer import code

X, Y, A = Coordinate("x"), Coordinate("y"), Constant("a")
TWO, THREE = Number("2"), Number("3")


def leaves() -> st.SearchStrategy[Expr]:
    numbers = st.sampled_from(["1", "2", "0.5", "1e-3", "4"]).map(Number)
    return st.one_of(numbers, st.sampled_from([X, Y, A, Pi()]))


def grown(children: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
    several = st.lists(children, min_size=2, max_size=4).map(tuple)
    return st.one_of(
        several.map(Sum),
        several.map(Product),
        children.map(Negative),
        st.tuples(children, children).map(lambda pair: Quotient(*pair)),
        st.tuples(children, st.sampled_from([TWO, THREE, Negative(TWO)])).map(lambda pair: Power(*pair)),
        st.tuples(st.sampled_from(["sin", "exp", "tanh", "abs"]), children).map(lambda p: Call(p[0], (p[1],))),
    )


@settings(max_examples=300, deadline=None)
@given(st.recursive(leaves(), grown, max_leaves=12))
def test_the_text_has_the_value_of_the_expression(expression: Expr) -> None:
    values = {"x": 0.7, "y": -1.3}
    expected = evaluate(expression, values, {"a": 1.9})
    tensors = {name: torch.tensor([[value]], dtype=torch.float64) for name, value in values.items()}
    try:
        found = eval(code(expression), {"torch": torch, "math": math, "a": 1.9, **tensors})
    except (ZeroDivisionError, OverflowError):
        return
    found = float(found)
    if not math.isfinite(expected) or not math.isfinite(found) or abs(expected) > 1e100:
        return
    assert found == pytest.approx(expected, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        (Sum((X, Negative(Product((A, Y))))), "x - a * y"),
        (Negative(Power(X, TWO)), "-(x**2)"),
        (Power(Negative(X), TWO), "(-x) ** 2"),
        (Power(Sum((X, Number("1"))), TWO), "(x + 1) ** 2"),
        (Quotient(X, Product((A, Y))), "x / (a * y)"),
        (Product((Quotient(X, A), Y)), "x / a * y"),
        (Product((X, Quotient(Y, A))), "x * (y / a)"),
        (Sum((X, Negative(Sum((Y, A))))), "x - (y + a)"),
        (Call("sin", (Product((Pi(), X)),)), "torch.sin(math.pi * x)"),
        (Call("sqrt", (A,)), "math.sqrt(a)"),
        (Call("max", (Number("0"), X)), "torch.clamp(x, min=0)"),
        (Call("min", (X, Y)), "torch.minimum(x, y)"),
        (Partial("u", (("x", 2),)), "u.xx"),
        (Partial("u", (("theta", 2),)), "u.theta_theta"),
        (Constant("lambda"), "lambda_"),
        (Coordinate("z"), "z"),
        (Constant("z"), "z_"),
    ],
)
def test_spelling(expression: Expr, text: str) -> None:
    assert code(expression) == text


def test_a_conditional_of_numbers_keeps_the_coordinates_type() -> None:
    condition = Logical("and", (Comparison("<", Number("0"), X), Comparison("<=", X, Number("1"))))
    text = code(Conditional(condition, Number("0.1"), Number("0.2")))
    x = torch.tensor([[0.5], [2.0]], dtype=torch.float64)
    values = eval(text, {"torch": torch, "x": x})
    assert values.dtype == torch.float64
    assert values[:, 0].tolist() == [0.1, 0.2]


@pytest.mark.parametrize(("text", "expected"), [("1" + 24 * "0", "1e+24"), ("9" * 18, "9" * 18)])
def test_whole_numbers_beyond_64_bits_are_floats(text: str, expected: str) -> None:
    assert code(Number(text)) == expected
    assert torch.isfinite(float(expected) * torch.ones(1, dtype=torch.float64)).all()
