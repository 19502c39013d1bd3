"""The LALR parser of one statement: built once from `grammar/pdel.lark`, fed with our tokens.

The only file that touches lark's tables; what they say is given out in terms of the grammar's symbols.
"""

from __future__ import annotations

import gc
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import lark
from lark.lexer import Lexer

from pdel.resources import grammar_text
from pdel.syntax.lexer import Kind, Token
from pdel.syntax.words import END, METHOD_TERMINAL, STATEMENT_WORDS, SYMBOL_TERMINALS, WORD_TERMINALS

STATEMENT_START = "statement"
CONDITION_START = "condition"


class TokenFeed(Lexer):
    """Hands terminals that we made from our own tokens to lark."""

    def __init__(self, _configuration: object) -> None:
        pass

    def lex(self, terminals: Any, *_: Any) -> Iterator[lark.Token]:
        """The terminals as they are."""
        return iter(terminals)


@dataclass(frozen=True, slots=True)
class Stop:
    """Where a parse stopped: the index of the terminal that did not fit, and the symbols read before it."""

    index: int
    symbols: tuple[str, ...]
    accepted: frozenset[str]


@cache
def parser() -> lark.Lark:
    """The parser, built on first use."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        return lark.Lark(
            grammar_text("pdel.lark"),
            parser="lalr",
            lexer=TokenFeed,
            start=[STATEMENT_START, CONDITION_START],
            propagate_positions=True,
            maybe_placeholders=False,
        )
    finally:
        if collecting:
            gc.enable()


def parse_terminals(terminals: Sequence[lark.Token], start: str) -> lark.Tree[lark.Token] | lark.Token | Stop:
    """The tree of a statement or a condition, or where its parse stopped."""
    try:
        return parser().parse(terminals, start=start)
    except lark.UnexpectedToken as fault:
        stack = list(fault.state.state_stack)
        symbols = tuple(accessing_symbols()[state] for state in stack[1:])
        places = (index for index, terminal in enumerate(terminals) if terminal is fault.token)
        accepted = frozenset(name for name in table().states[stack[-1]] if name.isupper() and advance(stack, name)[0])
        return Stop(next(places, len(terminals)), symbols, accepted)


def advance(stack: Sequence[int], terminal: str) -> tuple[bool, list[int]]:
    """Whether a terminal fits after a stack of states, and the stack after it (or where it did not fit)."""
    states, ends = table().states, table().end_states.values()
    after = list(stack)
    while True:
        action = states[after[-1]].get(terminal)
        if action is None:
            return False, after
        _, target = action
        if isinstance(target, int):
            return True, [*after, target]
        size = len(target.expansion)
        if size:
            del after[-size:]
        after.append(states[after[-1]][target.origin.name][1])
        if terminal == END and after[-1] in ends:
            return True, after


def table() -> Any:
    """lark's parse table: `states` maps a state and a symbol to an action."""
    return parser().parser.parser._parse_table


@cache
def accessing_symbols() -> dict[int, str]:
    """The grammar symbol that leads into each state (every state of an LR automaton has one)."""
    return {
        target: symbol
        for actions in table().states.values()
        for symbol, (action, target) in actions.items()
        if isinstance(target, int)
    }


def make_terminals(tokens: Sequence[Token], start: str = STATEMENT_START) -> list[lark.Token]:
    """The terminals of a statement's tokens; the first word decides what kind of statement it is.

    A unit in brackets (after a number, or after the name that `constant` declares) becomes one terminal.
    Inside call brackets a word before `=` is the name of an option, whatever word it is.
    """
    terminals: list[lark.Token] = []
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


def _terminal(kind: str, tokens: Sequence[Token]) -> lark.Token:
    """One terminal for one token, or for the tokens of a unit."""
    first, last = tokens[0], tokens[-1]
    text = first.text
    for before, token in itertools.pairwise(tokens):
        text += token.text if token.span.start == before.span.end else " " + token.text
    return lark.Token(kind, text, first.span.start, None, None, None, None, last.span.end)


def _terminal_type(tokens: Sequence[Token], index: int, depth: int, before: Sequence[lark.Token]) -> str:
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


def _word_type(tokens: Sequence[Token], index: int, depth: int, before: Sequence[lark.Token]) -> str:
    text = tokens[index].text
    is_option = (
        depth > 0 and tokens[index - 1].text in ("(", ",") and index + 1 < len(tokens) and tokens[index + 1].text == "="
    )
    if is_option:
        return "NAME"
    if text == "language" and len(before) > 1 and before[0].type == "PROBLEM":
        return "_LANGUAGE"
    if text in STATEMENT_WORDS and text != "boundary":
        return "RESERVED"
    return WORD_TERMINALS.get(text, "RESERVED" if text in _UNUSED_RESERVED else "NAME")


_UNUSED_RESERVED = frozenset(("between", "of", "with", "as"))


def _unit_end(tokens: Sequence[Token], index: int, before: Sequence[lark.Token]) -> int:
    """The index of the `]` that closes a unit opened at `index`, or `index` where it opens no unit."""
    if not before:
        return index
    after_number = before[-1].type == "NUMBER"
    after_declared = [terminal.type for terminal in before] == ["CONSTANT", "NAME"]
    if not after_number and not after_declared:
        return index
    for end in range(index + 1, len(tokens)):
        if tokens[end].text == "]":
            return end
        if tokens[end].text in ("[", ",", "=", ":", ".."):
            return index
    return index
