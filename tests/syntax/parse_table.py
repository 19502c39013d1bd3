"""The parse table of the grammar, as lark finds it.

`python -m tests.syntax.parse_table` writes `grammar/pdel.lalr.json`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import lark
from lark.lexer import Lexer

from pdel.syntax.grammar import CONDITION_START, STATEMENT_START
from pdel.syntax.table import TABLE
from pdel.syntax.tree import Node, Terminal, Tree

GRAMMAR = Path(__file__).parents[2] / "grammar"


class Terminals(Lexer):
    """Hands our terminals to lark."""

    def __init__(self, _configuration: object) -> None:
        pass

    def lex(self, terminals: Any, *_: Any) -> Iterator[lark.Token]:
        for item in terminals:
            yield lark.Token(item.kind, item.text, item.start, None, None, None, None, item.end)


def lark_parser() -> lark.Lark:
    """lark's own parser of the grammar."""
    return lark.Lark(
        (GRAMMAR / "pdel.lark").read_text(encoding="utf-8"),
        parser="lalr",
        lexer=Terminals,
        start=[STATEMENT_START, CONDITION_START],
        propagate_positions=True,
        maybe_placeholders=False,
    )


def lark_tree(parser: lark.Lark, terminals: Sequence[Terminal], start: str) -> Node:
    """The tree that lark makes, as one of ours."""

    def ours(node: Any) -> Node:
        if isinstance(node, lark.Token):
            return Terminal(node.type, str(node), node.start_pos or 0, node.end_pos or 0)
        return Tree(str(node.data), [ours(child) for child in node.children], node.meta.start_pos, node.meta.end_pos)

    return ours(parser.parse(terminals, start=start))


def table_text() -> str:
    """The table as JSON, a line for each rule and state, numbered by a walk: the same text whenever it is made."""
    found = lark_parser().parser.parser._parse_table
    numbers: dict[int, int] = {}
    waiting = [found.start_states[start] for start in (STATEMENT_START, CONDITION_START)]
    while waiting:
        state = waiting.pop(0)
        if state not in numbers:
            numbers[state] = len(numbers)
            waiting += [target for _, (_, target) in sorted(found.states[state].items()) if isinstance(target, int)]
    rows = {
        rule: [rule.origin.name, len(rule.expansion), tree_name(rule), rule.options.expand1 and not rule.alias]
        for actions in found.states.values()
        for _, rule in actions.values()
        if not isinstance(rule, int)
    }
    assert all(rule.expansion for rule in rows), "an empty rule has no place"
    rules = sorted({json.dumps(row) for row in rows.values()})

    def action(target: Any) -> int:
        return numbers[target] if isinstance(target, int) else ~rules.index(json.dumps(rows[target]))

    states = [
        json.dumps({symbol: action(target) for symbol, (_, target) in sorted(found.states[state].items())})
        for state in numbers
    ]
    starts = json.dumps({start: numbers[state] for start, state in sorted(found.start_states.items())})
    ends = json.dumps({start: numbers[state] for start, state in sorted(found.end_states.items())})
    lists = [f"[\n{joined}\n]" for joined in (",\n".join(rules), ",\n".join(states))]
    parts = zip(("starts", "ends", "rules", "states"), (starts, ends, *lists), strict=True)
    return "{" + ",\n".join(f'"{name}": {text}' for name, text in parts) + "}\n"


def tree_name(rule: Any) -> str | None:
    """The name of the tree that a rule makes; None where its parts join those around, as those of `(a b)*` do."""
    return None if rule.origin.name.startswith("_") else rule.alias or str(rule.origin.name)


if __name__ == "__main__":
    (GRAMMAR / TABLE).write_text(table_text(), encoding="utf-8")
