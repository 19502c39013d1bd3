from __future__ import annotations

import pytest

from pdel.semantics.unused import check_unused
from pdel.source import Source
from pdel.syntax.parse import parse

HEAD = "problem rod\nspace x in [0, 1]\ntime t in [0, 1]\nfield u(x, t)\nequation e: u_t = u_xx\n"


def unused(text: str) -> list[str]:
    parsed = parse(Source("test.pde", HEAD + text))
    assert parsed.value is not None
    return [item.message for item in check_unused(parsed.value)]


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("constant c = 1\n", "the constant `c` is never used"),
        ("let q = x^2\n", "the name `q` is never used"),
        ("function f(s) = s^2\n", "the function `f` is never used"),
        ("shape hole = disk((0, 0), 1)\n", "the shape `hole` is never used"),
        ("part base on x = 0\n", "the part `base` is never used"),
    ],
)
def test_every_kind_of_name(statement: str, message: str) -> None:
    assert unused(statement) == [message]


@pytest.mark.parametrize(
    "text",
    [
        "constant c = 1\nconstant k = 2*c\ninitial i: u = k\n",
        "let q = x^2\ninitial i: u = q_x\n",
        "function f(s) = s^2\nlet q = f(x)\nquantity m = integral(q)\n",
        "part base on x = 0\nboundary b: u = 0 on base\n",
        "shape hole = disk((0, 0), 1)\nboundary b: u = 0 on boundary except hole\n",
    ],
)
def test_mentions_count_wherever_they_stand(text: str) -> None:
    assert unused(text) == []
