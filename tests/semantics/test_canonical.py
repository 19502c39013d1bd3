"""The canonical spelling: what makes no difference, and what does."""

from __future__ import annotations

from textwrap import dedent

import pytest

from pdel.semantics.canonical import canonical_statements, number
from pdel.source import Source
from pdel.syntax.parse import parse

TEXT = """
problem heat "Title"
space x in [0, 1]
time t in [0, 1]
field u(x, t), v(x, t)
constant alpha = 0.4
equation a: u_t = alpha*u_xx
equation b: v_t = if(x < 0.5, v_xx, 0)
boundary ends: u = 0, v = 0 on x = 0, x = 1
initial start: u = sin(pi*x), v = 0
train adam(steps = 1000, rate = 1e-3) then lbfgs
"""


def canonical(text: str) -> tuple[str, ...]:
    parsed = parse(Source("test.pde", dedent(text).lstrip()))
    assert parsed.value is not None
    return canonical_statements(parsed.value.statements)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("0.4", "4.00e-1"),
        ("1000", "1_000.0"),
        ("field u(x, t), v(x, t)", "field v(x, t)\nfield u(x, t)"),
        ("alpha*u_xx", "alpha *\n    u_xx   # diffusion"),
        ("steps = 1000, rate = 1e-3", "rate = 0.001, steps = 1000"),
        ("on x = 0, x = 1", "on x = 1, x = 0"),
        ("time t in [0, 1]\nfield u(x, t), v(x, t)\n", "field u(x, t), v(x, t)\ntime t in [0, 1]\n"),
        ("(x < 0.5, v_xx, 0)", "((x) < 0.5, v_xx, 0)"),
    ],
)
def test_spelling_makes_no_difference(old: str, new: str) -> None:
    assert old in TEXT
    assert canonical(TEXT.replace(old, new)) == canonical(TEXT)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("0.4", "0.41"),
        ("alpha*u_xx", "alpha*u_x"),
        ("u_t = alpha*u_xx", "u_t + alpha*u_xx = 0"),
        ("Title", "title"),
        ("x < 0.5", "x <= 0.5"),
        ("adam(steps = 1000, rate = 1e-3) then lbfgs", "lbfgs then adam(steps = 1000, rate = 1e-3)"),
        ("u = 0, v = 0 on", "u = 0 on"),
    ],
)
def test_meaning_makes_a_difference(old: str, new: str) -> None:
    assert old in TEXT
    assert canonical(TEXT.replace(old, new)) != canonical(TEXT)


def test_statements_are_sorted_by_address() -> None:
    found = canonical(TEXT)
    assert list(found) == sorted(found)
    assert "constant.alpha = 4e-1" in found


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", "0"),
        ("0.00", "0"),
        ("1e-3", "1e-3"),
        ("0.001", "1e-3"),
        ("10_000", "1e4"),
        ("2.50", "25e-1"),
        ("7E2", "7e2"),
    ],
)
def test_numbers_by_value(text: str, value: str) -> None:
    assert number(text) == value
