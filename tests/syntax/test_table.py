"""The parse table that is kept is the grammar's, and it makes the trees that lark makes."""

from __future__ import annotations

from pathlib import Path

import lark
import pytest

from pdel.diagnostics.codes.registry import CODES
from pdel.resources import grammar_text
from pdel.syntax.grammar import STATEMENT_START, make_terminals
from pdel.syntax.lexer import cut_statements, tokenize
from pdel.syntax.table import TABLE, DeadEnd, parse
from pdel.syntax.tree import Node, Terminal
from tests.syntax.parse_table import lark_parser, lark_tree, table_text

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*/*.pde"))
SPECIFICATIONS = [
    *(path.read_text(encoding="utf-8") for path in EXAMPLES),
    *(text for code in CODES for text in (code.good, code.bad)),
]


def test_the_table_is_current() -> None:
    assert grammar_text(TABLE) == table_text(), "run `python -m tests.syntax.parse_table`"


def rows(node: Node | DeadEnd) -> object:
    """A tree as nested tuples, its places among them."""
    match node:
        case Terminal():
            return node
        case DeadEnd(index=index):
            return index
        case _:
            return (node.rule, node.start, node.end, tuple(rows(child) for child in node.children))


@pytest.fixture(scope="module")
def parser() -> lark.Lark:
    return lark_parser()


def test_trees_and_dead_ends_are_those_of_lark(parser: lark.Lark) -> None:
    compared = 0
    for text in SPECIFICATIONS:
        for statement in cut_statements(tokenize(text)):
            terminals = make_terminals(statement.tokens)
            found = parse(terminals, STATEMENT_START)
            try:
                expected = rows(lark_tree(parser, terminals, STATEMENT_START))
            except lark.UnexpectedToken as fault:
                token = fault.token
                places = [item.start for item in terminals]
                expected = len(terminals) if token.type == "$END" else places.index(token.start_pos)
            assert rows(found) == expected, terminals
            compared += not isinstance(found, DeadEnd)
    assert compared > 1000


def test_a_long_sum_takes_time_in_proportion_to_its_length() -> None:
    terminals = [Terminal("LET", "let", 0, 3), Terminal("NAME", "a", 4, 5), Terminal("EQUAL", "=", 6, 7)]
    terms = [Terminal(*item) for _ in range(50_000) for item in (("NAME", "b", 8, 9), ("PLUS", "+", 9, 10))]
    found = parse([*terminals, *terms[:-1]], STATEMENT_START)
    assert not isinstance(found, DeadEnd | Terminal)
    (_, _, _, total) = found.children
    assert not isinstance(total, Terminal)
    assert len(total.children) == 99_999
