"""A lexer that never fails: its tokens tile the text, and statements are cut where a line begins in column 1.

In: a text. Out: tokens with their trivia (spaces, line ends, comments), and the statements as slices of them.
What belongs to no token of the language is a token too, of a kind that says what is wrong with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from pdel.source import Span
from pdel.syntax.words import CLOSERS


class Kind(Enum):
    """What a token is. The values are the names of the groups of the lexer's pattern."""

    NEWLINE = "newline"
    SPACE = "space"
    COMMENT = "comment"
    TEXT = "text"
    UNTERMINATED = "unterminated"
    QUOTE = "quote"
    PRIME = "prime"
    NUMBER = "number"
    NAME = "name"
    SYMBOL = "symbol"
    UNKNOWN = "unknown"


TRIVIA = frozenset((Kind.NEWLINE, Kind.SPACE, Kind.COMMENT))


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the text; the texts of all tokens joined are the text."""

    kind: Kind
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class StatementTokens:
    """One statement: its significant tokens, and the indentation of those that stand first on an indented line.

    Index 0 is among `indents` where the statement itself begins with an indentation by mistake.
    """

    tokens: tuple[Token, ...]
    indents: Mapping[int, Span]


_DIGITS = r"[0-9](?:_?[0-9])*"
_PATTERN = re.compile(
    rf"""
    (?P<newline>\n)
  | (?P<space>[ \t]+)
  | (?P<comment>\#[^\n]*)
  | (?P<text>"[^"\n]*")
  | (?P<unterminated>"[^"\n]*)
  | (?P<quote>(?<![A-Za-z0-9_)\]'])'[^'\n]*')
  | (?P<prime>'+)
  | (?P<number>(?:{_DIGITS}(?:\.(?!\.)(?:{_DIGITS})?)?|\.{_DIGITS})(?:[eE][+-]?{_DIGITS})?)
  | (?P<name>[A-Za-z_][A-Za-z0-9_]*)
  | (?P<symbol>\.\.|\*\*|==|<=|>=|!=|[-+*/^&=<>()\[\],:;])
  | (?P<unknown>[^\x00-\x7f]+|.)
    """,
    re.VERBOSE | re.DOTALL,
)
_KINDS = {kind.value: kind for kind in Kind}


def tokenize(text: str, origin: int = 0, start: int = 0) -> tuple[Token, ...]:
    """The tokens of a text from offset `start` on."""
    return tuple(
        Token(_KINDS[match.lastgroup or "unknown"], match.group(), Span(match.start(), match.end(), origin))
        for match in _PATTERN.finditer(text, start)
    )


def significant(tokens: Iterable[Token]) -> tuple[Token, ...]:
    """The tokens without spaces, line ends and comments."""
    return tuple(token for token in tokens if token.kind not in TRIVIA)


def cut_statements(tokens: Sequence[Token]) -> tuple[StatementTokens, ...]:
    """Cuts tokens into statements.

    A token in column 1 starts a statement, always, except a closing bracket. Indented, blank and comment
    lines continue the statement before them; before the first one they make a statement of their own.
    """
    statements: list[StatementTokens] = []
    current: list[Token] = []
    indents: dict[int, Span] = {}
    at_line_start = True
    indent: Span | None = None
    for token in tokens:
        if token.kind is Kind.NEWLINE:
            at_line_start, indent = True, None
        elif token.kind in TRIVIA:
            indent = token.span if token.kind is Kind.SPACE else indent
        else:
            if at_line_start and indent is not None:
                indents[len(current)] = indent
            elif at_line_start and current and token.text not in CLOSERS:
                statements.append(StatementTokens(tuple(current), indents))
                current, indents = [], {}
            at_line_start = False
            current.append(token)
    if current:
        statements.append(StatementTokens(tuple(current), indents))
    return tuple(statements)
