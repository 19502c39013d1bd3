"""What each token of a specification is to a reader: the roles that highlighters and editors colour.

Works on every text, sound or not: it looks at the words and at where they stand, and at no declaration.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum

from pdel.syntax.lexer import Kind, StatementTokens, Token, cut_statements, tokenize
from pdel.syntax.words import CLOSERS, OPENERS, SYMBOL_TERMINALS
from pdel.vocabulary import BOUNDARY, WordKind, names_of_kind


class Role(Enum):
    """What a token is."""

    BLANK = "blank"
    COMMENT = "comment"
    TEXT = "text"
    NUMBER = "number"
    STATEMENT = "first word of a statement"
    FAMILY = "family of methods"
    METHOD = "method"
    OPTION = "option of a method"
    LABEL = "label or declared name"
    CLAUSE = "word within a statement"
    FUNCTION = "function, operator or shape"
    VALUE = "value of the language"
    NAME = "name"
    OPERATOR = "operator sign"
    PUNCTUATION = "punctuation"
    MISTAKE = "no token of the language"


_ROLES: dict[Kind, Role] = {
    Kind.NEWLINE: Role.BLANK,
    Kind.SPACE: Role.BLANK,
    Kind.COMMENT: Role.COMMENT,
    Kind.TEXT: Role.TEXT,
    Kind.NUMBER: Role.NUMBER,
}
_PUNCTUATION = frozenset((*OPENERS, *CLOSERS, ",", ":", ";", ".."))
NAMED_BY_SECOND_WORD = ("problem", "function", "part")
"""Statements whose second word is a name that they give, whatever follows it."""
REFERRING = ("field", "space", "time", "exact", "manufacture", "reference")
"""Statements in which what follows a name may follow a second word that is none."""

CALLED = (WordKind.FUNCTION, WordKind.OPERATOR, WordKind.SHAPE)
"""Kinds of words that are called with brackets."""


def roles(text: str) -> Iterator[tuple[Token, Role]]:
    """Every token of a text with its role, in order; the tokens tile the text."""
    tokens = tokenize(text)
    named: dict[int, Role] = {}
    for statement in cut_statements(tokens):
        for index, token in enumerate(statement.tokens):
            if token.kind is Kind.NAME:
                named[token.span.start] = _name_role(statement, index)
    for token in tokens:
        match token.kind:
            case Kind.NAME:
                yield token, named[token.span.start]
            case Kind.SYMBOL:
                yield token, _symbol_role(token.text)
            case kind:
                yield token, _ROLES.get(kind, Role.MISTAKE)


def is_method_statement(tokens: Sequence[Token]) -> bool:
    """Whether a statement chooses methods, judged by its first word."""
    return bool(tokens) and tokens[0].text in names_of_kind(WordKind.FAMILY)


def _symbol_role(text: str) -> Role:
    if text in _PUNCTUATION:
        return Role.PUNCTUATION
    return Role.OPERATOR if text in SYMBOL_TERMINALS else Role.MISTAKE


def _name_role(statement: StatementTokens, index: int) -> Role:
    tokens = statement.tokens
    text = tokens[index].text
    if index == 0:
        return _first_word_role(text)
    before = tokens[index - 1].text
    after = tokens[index + 1].text if index + 1 < len(tokens) else ""
    if is_method_statement(tokens):
        return _method_role(tokens, index, before, after)
    if index == 1 and _is_named(tokens[0].text, after):
        return Role.LABEL
    if text in names_of_kind(WordKind.CLAUSE) or text == BOUNDARY:
        return Role.CLAUSE
    if text in names_of_kind(WordKind.VALUE):
        return Role.VALUE
    called = after == "(" and tokens[0].text != "field"
    if called and any(text in names_of_kind(kind) for kind in CALLED):
        return Role.FUNCTION
    return Role.NAME


def _is_named(first: str, after: str) -> bool:
    """Whether the second word of a statement is a name that it gives."""
    return first in NAMED_BY_SECOND_WORD or (after in (":", "=", "[", "in") and first not in REFERRING)


def _first_word_role(text: str) -> Role:
    if text in names_of_kind(WordKind.STATEMENT):
        return Role.STATEMENT
    return Role.FAMILY if text in names_of_kind(WordKind.FAMILY) else Role.NAME


def _method_role(tokens: Sequence[Token], index: int, before: str, after: str) -> Role:
    """`sample walls: sobol(points = 100) then …`: targets, methods, options and their values."""
    text = tokens[index].text
    if after == "=":
        return Role.OPTION
    if before == "=":
        return Role.VALUE
    if text == "then":
        return Role.CLAUSE
    if any(token.text == ":" for token in tokens[index:]):
        return Role.LABEL
    return Role.METHOD if before in (tokens[0].text, ":", "then") else Role.NAME
