"""The parser of one statement: what the lexer's tokens are to the grammar, and where a parse stops."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from pdel.syntax.lexer import Kind, Token
from pdel.syntax.table import DeadEnd, accessing_symbols, advance, parse, table
from pdel.syntax.tree import Node, Terminal
from pdel.syntax.words import METHOD_TERMINAL, STATEMENT_WORDS, SYMBOL_TERMINALS, WORD_TERMINALS

STATEMENT_START = "statement"
CONDITION_START = "condition"


@dataclass(frozen=True, slots=True)
class Stop:
    """Where a parse stopped: the index of the terminal that did not fit, and the symbols read before it."""

    index: int
    symbols: tuple[str, ...]
    accepted: frozenset[str]


def parse_terminals(terminals: Sequence[Terminal], start: str) -> Node | Stop:
    """The tree of a statement or a condition, or where its parse stopped."""
    parsed = parse(terminals, start)
    return stop_at(parsed.states, parsed.index) if isinstance(parsed, DeadEnd) else parsed


def stop_at(states: Sequence[int], index: int) -> Stop:
    """The stop of a parse in some states, before the terminal of an index."""
    symbols = tuple(accessing_symbols()[state] for state in states[1:])
    accepted = frozenset(name for name in table().states[states[-1]] if name.isupper() and advance(states, name)[0])
    return Stop(index, symbols, accepted)


def make_terminals(tokens: Sequence[Token], start: str = STATEMENT_START) -> list[Terminal]:
    """The terminals of a statement's tokens; the first word decides what kind of statement it is.

    A unit in brackets (after a number, or after the name that `constant` or `unknown` declares) becomes one terminal.
    Inside call brackets a word before `=` is the name of an option, whatever word it is.
    """
    terminals: list[Terminal] = []
    depth = 0
    index = 0
    while index < len(tokens):
        token = tokens[index]
        end = _unit_end(tokens, index, terminals) if token.text == "[" else index
        if end > index:
            terminals.append(_terminal("UNIT", tokens[index : end + 1]))
            index = end + 1
            continue
        depth += (token.text in "([") - (token.text in ")]") if token.kind is Kind.SYMBOL else 0
        if start == STATEMENT_START and index == 0:
            kind = METHOD_TERMINAL if token.text not in STATEMENT_WORDS else token.text.upper()
        else:
            kind = _terminal_type(tokens, index, depth, terminals)
        terminals.append(_terminal(kind, (token,)))
        index += 1
    return terminals


_WORDS = frozenset((Kind.NAME, Kind.NUMBER))


def _terminal(kind: str, tokens: Sequence[Token]) -> Terminal:
    """One terminal for one token, or for the tokens of a unit, which has a space between two words only."""
    first, last = tokens[0], tokens[-1]
    text = first.text
    for before, token in itertools.pairwise(tokens):
        text += " " + token.text if {before.kind, token.kind} <= _WORDS else token.text
    return Terminal(kind, text, first.span.start, last.span.end)


def _terminal_type(tokens: Sequence[Token], index: int, depth: int, before: Sequence[Terminal]) -> str:
    token = tokens[index]
    match token.kind:
        case Kind.NUMBER:
            return "NUMBER"
        case Kind.TEXT:
            return "TEXT"
        case Kind.SYMBOL:
            return SYMBOL_TERMINALS.get(token.text, "UNKNOWN")
        case Kind.NAME:
            return _word_type(tokens, index, depth, before)
        case _:
            return "UNKNOWN"


def _word_type(tokens: Sequence[Token], index: int, depth: int, before: Sequence[Terminal]) -> str:
    text = tokens[index].text
    is_option = (
        depth > 0 and tokens[index - 1].text in ("(", ",") and index + 1 < len(tokens) and tokens[index + 1].text == "="
    )
    if is_option:
        return "NAME"
    if text == "language" and len(before) > 1 and before[0].kind == "PROBLEM":
        return "_LANGUAGE"
    if text in STATEMENT_WORDS and text != "boundary":
        return "RESERVED"
    return WORD_TERMINALS.get(text, "RESERVED" if text in _UNUSED_RESERVED else "NAME")


_UNUSED_RESERVED = frozenset(("between", "of", "with", "as"))


def _unit_end(tokens: Sequence[Token], index: int, before: Sequence[Terminal]) -> int:
    """The index of the `]` that closes a unit opened at `index`, or `index` where it opens no unit."""
    if not before:
        return index
    after_number = before[-1].kind == "NUMBER"
    after_declared = len(before) == 2 and before[0].kind in ("CONSTANT", "UNKNOWN") and before[1].kind == "NAME"
    if not after_number and not after_declared:
        return index
    for end in range(index + 1, len(tokens)):
        if tokens[end].text == "]":
            return end
        if tokens[end].text in ("[", ",", "=", ":", ".."):
            return index
    return index
