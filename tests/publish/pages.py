"""Pages of specifications, made within a test."""

from __future__ import annotations

from pathlib import Path

from pdel.compiler import Compilation, compile_specification
from pdel.publish.layout import Layout
from pdel.publish.page import Page, page
from pdel.publish.vocabulary import Vocabulary
from pdel.publish.written import written
from pdel.source import Source
from pdel.syntax import ast
from pdel.syntax.parse import parse

EXAMPLES = Path(__file__).parent.parent.parent / "examples"

PLANE = Vocabulary(
    space=("x", "y"),
    time="t",
    ranks={"x": 0, "y": 0, "t": 0, "u": 0, "v": 0, "p": 0, "u1": 0, "vel": 1, "stress": 2, "nu": 0, "Re": 0, "r2": 0},
    complex=True,
)


def expression(text: str) -> ast.Expression:
    """The tree of an expression."""
    specification = parse(Source("a.pde", f"problem a\nlet q = {text}\n")).value
    assert specification is not None
    statement = specification.statements[-1]
    assert isinstance(statement, ast.LetStatement), text
    return statement.value


def formula(text: str, known: Vocabulary = PLANE) -> Layout:
    """The layout of an expression."""
    return written(expression(text), known).layout


def compiled(path: Path, overrides: tuple[str, ...] = ()) -> Compilation:
    """A specification up to its plan, without errors."""
    done = compile_specification(path, overrides, last="plan")
    assert done.plan is not None, done.diagnostics
    return done


def page_of(path: Path, *, subscripts: bool = False) -> Page:
    """The page of a specification."""
    done = compiled(path)
    assert done.specification is not None
    assert done.problem is not None
    assert done.plan is not None
    return page(done.specification, done.problem, done.plan, subscripts=subscripts)


def page_of_text(text: str, folder: Path) -> Page:
    """The page of a specification's text."""
    path = folder / "a.pde"
    path.write_text(text, encoding="utf-8")
    return page_of(path)
