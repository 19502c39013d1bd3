"""The LALR automaton of the grammar, and trees by it.

The table is made from `grammar/pdel.lark` by lark and kept beside it, because making it takes longer than the
rest of reading a specification. `python -m tests.syntax.parse_table` writes it; a test fails where it is stale.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from pdel.resources import grammar_text
from pdel.syntax.tree import Node, Terminal, Tree
from pdel.syntax.words import END

TABLE = "pdel.lalr.json"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: the symbol it makes out of `size` symbols, and the tree; without a tree the parts join those around."""

    origin: str
    size: int
    tree: str | None
    collapses: bool
    """Whether a single part stands for the whole."""


@dataclass(frozen=True, slots=True)
class Table:
    """The automaton: for each state, the symbols that fit and what follows.

    A number is the next state; a negative one, `~rule`, says to reduce by a rule.
    """

    rules: tuple[Rule, ...]
    starts: dict[str, int]
    ends: dict[str, int]
    states: tuple[dict[str, int], ...]


@dataclass(frozen=True, slots=True)
class DeadEnd:
    """Where a parse stopped: the index of the terminal that did not fit, and the states then."""

    index: int
    states: tuple[int, ...]


@cache
def table() -> Table:
    """The automaton, read on first use."""
    data: dict[str, Any] = json.loads(grammar_text(TABLE))
    rules = tuple([Rule(*row) for row in data["rules"]])
    return Table(rules, data["starts"], data["ends"], tuple(data["states"]))


@cache
def accessing_symbols() -> dict[int, str]:
    """The grammar symbol that leads into each state (every state of an LR automaton has one)."""
    return {
        target: symbol for actions in table().states for symbol, target in actions.items() if target >= 0
    }  # fmt: skip


def parse(terminals: Sequence[Terminal], start: str) -> Node | DeadEnd:
    """The tree of all terminals by a start symbol of the grammar, or where they stop to be one."""
    states = [table().starts[start]]
    values: list[_Value] = []
    for index, terminal in enumerate(terminals):
        if not _reduce(states, values, terminal.kind):
            return DeadEnd(index, tuple(states))
        states.append(table().states[states[-1]][terminal.kind])
        parts: list[Node] = [] if terminal.kind.startswith("_") else [terminal]
        values.append(_Value(parts, terminal.start, terminal.end))
    if not _reduce(states, values, END):
        return DeadEnd(len(terminals), tuple(states))
    return values[-1].parts[0]


def advance(states: Sequence[int], kind: str) -> tuple[bool, list[int]]:
    """Whether a terminal fits after a stack of states, and the stack after it (or where it did not fit)."""
    after = list(states)
    fits = _reduce(after, None, kind)
    if fits and kind != END:
        after.append(table().states[after[-1]][kind])
    return fits, after


@dataclass(slots=True)
class _Value:
    """What a symbol on the stack has come to: the parts that it gives to the tree around it, and its whole place."""

    parts: list[Node]
    start: int
    end: int


def _reduce(states: list[int], values: list[_Value] | None, kind: str) -> bool:
    """Reduces until a terminal can be shifted, or at the end until the start symbol is complete; says whether
    that came about. Changes the stacks."""
    automaton = table()
    while True:
        action = automaton.states[states[-1]].get(kind)
        if action is None:
            return False
        if action >= 0:
            return True
        rule = automaton.rules[~action]
        if values is not None:
            values[-rule.size :] = [_made(rule, values[-rule.size :])]
        del states[-rule.size :]
        states.append(automaton.states[states[-1]][rule.origin])
        if kind == END and states[-1] in automaton.ends.values():
            return True


def _made(rule: Rule, values: list[_Value]) -> _Value:
    """The value of a rule. The list of the first one is reused: long lists grow from the left."""
    parts = values[0].parts
    for value in values[1:]:
        parts.extend(value.parts)
    start, end = values[0].start, values[-1].end
    if rule.tree is not None and not (rule.collapses and len(parts) == 1):
        parts = [Tree(rule.tree, parts, start, end)]
    return _Value(parts, start, end)
