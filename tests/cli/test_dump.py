"""The readable form of any stage's value."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from pathlib import Path

from pdel.cli.dump import dump_text
from pdel.diagnostics.model import Severity
from pdel.expression import Constant, Number, Partial, add, multiply, negate
from pdel.geometry import Scalar
from pdel.source import Source, Sources, Span
from pdel.syntax import ast

SOURCES = Sources((Source("a.pde", "problem a\nequation b:  u =\n   2*w\n"), Source("--set c", "1")))


@dataclass(frozen=True)
class Leaf:
    name: str
    span: Span


@dataclass(frozen=True)
class Node:
    title: str
    leaves: tuple[Leaf, ...]
    value: object = None
    options: tuple[tuple[str, int], ...] = ()


def test_small_parts_take_one_line() -> None:
    node = Node("top", (Leaf("a", Span(10, 18)), Leaf("b", Span(0, 1, origin=1))), options=(("steps", 1), ("n", 2)))
    assert dump_text(node, SOURCES) == textwrap.dedent("""\
        Node
          title: top
          leaves:
            Leaf(name: a, span: 2:1)
            Leaf(name: b, span: --set c:1:1)
          options: (steps, 1), (n, 2)
        """)


def test_large_parts_are_indented() -> None:
    node = Node("top", (), value=Node("x" * 90, (Leaf("y" * 60, Span(0, 1)),), value=1.5))
    assert dump_text(node, SOURCES) == textwrap.dedent(f"""\
        Node
          title: top
          value:
            Node
              title: {"x" * 90}
              leaves:
                Leaf(name: {"y" * 60}, span: 1:1)
              value: 1.5
        """)


def test_expressions_are_in_the_notation_of_the_language() -> None:
    second = Partial("u", (("x", 2),))
    residual = add(Partial("u", (("t", 1),)), negate(multiply(Constant("nu"), second)))
    assert dump_text(residual, SOURCES) == "u_t - nu*u_xx\n"
    assert dump_text(Scalar(Number("2"), 2.0), SOURCES) == "2\n"
    assert dump_text(Scalar(Constant("H"), 0.41), SOURCES) == "H = 0.41\n"
    start = SOURCES.items[0].text.index("u =")
    written = ast.Vector((), Span(start, len(SOURCES.items[0].text) - 1))
    assert dump_text(written, SOURCES) == "u = 2*w\n"


def test_nothing_of_the_machine_or_for_the_terminal_is_shown() -> None:
    node = Node("a\x1b[1m", (), value=(Path("/home/me/u.csv"), Severity.ERROR, SOURCES))
    assert dump_text(node, SOURCES) == "Node(title: a␛[1m, value: (u.csv, error, a.pde, --set c))\n"


def test_what_is_shared_is_shown_once() -> None:
    shared = Leaf("n" * 60, Span(0, 1))

    @dataclass(frozen=True)
    class Named:
        name: str
        leaves: tuple[Leaf, ...]

    inner = Named("inner", (shared, shared))
    text = dump_text(Node("top", (), value=(inner, inner)), SOURCES)
    assert text.count("Leaf") == 2
    assert text.endswith("\n    Named inner (as above)\n")
