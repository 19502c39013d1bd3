"""What is wrong with the tokens of a statement, found before it is parsed."""

from __future__ import annotations

from dataclasses import dataclass

from pdel.diagnostics.model import Diagnostic, error
from pdel.syntax.lexer import Kind, StatementTokens, Token


@dataclass(frozen=True, slots=True)
class Inspection:
    """A statement's tokens, mended where the mistake is certain; not `sound` where it cannot be parsed."""

    tokens: tuple[Token, ...]
    diagnostics: tuple[Diagnostic, ...]
    sound: bool


def inspect_tokens(statement: StatementTokens) -> Inspection:
    """Checks the tokens of a statement."""
    for token in statement.tokens:
        if token.kind in (Kind.UNKNOWN, Kind.UNTERMINATED, Kind.PRIME, Kind.QUOTE):
            return Inspection(statement.tokens, (error("E107", f"unknown character `{token.text}`", token.span),), False)
    return Inspection(statement.tokens, (), True)
