"""Problems, closed forms and models from text, for the tests of the mathematics."""

from __future__ import annotations

from pathlib import Path

from pdel.diagnostics.model import Result
from pdel.expression import Expr
from pdel.maths.lower import lower
from pdel.maths.model import Model
from pdel.semantics.problem import Problem
from pdel.semantics.resolve import resolve
from pdel.source import Source
from pdel.syntax.parse import parse

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*/*.pde"))


def problem(text: str, folder: Path | None = None) -> Problem:
    parsed = parse(Source("test.pde", text))
    assert parsed.value is not None, parsed.diagnostics
    resolved = resolve(parsed.value, folder)
    assert resolved.value is not None, resolved.diagnostics
    return resolved.value


def lowered(text: str, folder: Path | None = None) -> Result[Model]:
    return lower(problem(text, folder))


def model(text: str, folder: Path | None = None) -> Model:
    result = lowered(text, folder)
    assert result.value is not None, [(item.code, item.message) for item in result.diagnostics]
    return result.value


def codes(text: str) -> list[str]:
    return [item.code for item in lowered(text).diagnostics]


def closed(text: str) -> Expr:
    """A closed form in x, y, t and the constants a = 0.7 and n = 3."""
    found = problem(
        "problem test\nspace x in [0, 1], y in [0, 1]\ntime t in [0, 1]\nfield u(x, y, t)\n"
        "constant a = 0.7\nconstant n = 3\nequation e: u_t = laplacian(u)\n"
        f"boundary b: u = 0 on boundary\ninitial i: u = 0\nexact u = {text}\n"
    )
    return found.exact[0].expression


def term(text: str) -> Expr:
    """A term in the fields u and v of x, y and t."""
    found = problem(
        "problem test\nspace x in [0, 1], y in [0, 1]\ntime t in [0, 1]\nfield u(x, y, t), v(x, y, t)\n"
        f"constant a = 0.7\nequation e: {text} = 0\nequation f: v_t = u\n"
    )
    return found.equations[0].left
