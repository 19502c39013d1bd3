"""The second stage: from a source to a `Specification`, one statement at a time.

Each statement is parsed on its own: a broken one costs its own diagnostics and nothing else, the sound ones stay.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pdel.diagnostics.model import Result
from pdel.source import Source, Sources
from pdel.syntax.ast import Specification
from pdel.syntax.faults import split_indented
from pdel.syntax.lexer import Kind, StatementTokens, Token, cut_statements, tokenize
from pdel.syntax.overrides import apply_overrides
from pdel.syntax.statement import ParsedStatement, parse_statement
from pdel.syntax.words import STATEMENT_WORDS

_DECLARING_MANY = frozenset(("field", "space", "time"))


def parse(source: Source, overrides: tuple[str, ...] = ()) -> Result[Specification]:
    """Parses a specification and applies the overrides of `--set`.

    The value always exists: it holds the sound statements, and in `broken` what the others began with.
    """
    parsed = parse_statements(source)
    statements = tuple(item.statement for item in parsed if item.statement is not None)
    broken = tuple(entry for item in parsed if item.statement is None for entry in _broken(item.tokens))
    diagnostics = tuple(diagnostic for item in parsed for diagnostic in item.diagnostics)
    specification = Specification(Sources((source,)), statements, broken)
    if not overrides:
        return Result(specification, diagnostics)
    result = apply_overrides(specification, overrides)
    return Result(result.value, diagnostics + result.diagnostics)


def parse_statements(source: Source) -> tuple[ParsedStatement, ...]:
    """The statements of a source, sound and broken, in their order."""
    pieces = [
        piece for statement in cut_statements(tokenize(source.text)) for piece in split_indented(statement)
    ]  # fmt: skip
    parsed: list[ParsedStatement] = []
    index = 0
    while index < len(pieces):
        joined = _join_next(pieces, index)
        parsed.append(joined or parse_statement(pieces[index]))
        index += 1 if joined is None else 2
    return tuple(parsed)


def _join_next(pieces: Sequence[StatementTokens], index: int) -> ParsedStatement | None:
    """A statement with the line after it, where that begins with a sign and only its indentation is missing."""
    if index + 1 == len(pieces) or pieces[index + 1].tokens[0].kind not in (Kind.SYMBOL, Kind.NUMBER, Kind.TEXT):
        return None
    lost = parse_statement(pieces[index + 1])
    joined = parse_statement(StatementTokens(pieces[index].tokens + pieces[index + 1].tokens, pieces[index].indents))
    if joined.statement is None or joined.diagnostics:
        return None
    return replace(joined, diagnostics=lost.diagnostics)


def _broken(tokens: Sequence[Token]) -> list[tuple[str, str | None]]:
    """The first word of a broken statement with its name; for fields and coordinates with every name in it."""
    keyword = tokens[0].text
    names = list(dict.fromkeys(token.text for token in tokens[1:] if token.kind is Kind.NAME))
    if keyword in _DECLARING_MANY or keyword not in STATEMENT_WORDS:
        return [(keyword, name) for name in names] or [(keyword, None)]
    named = len(tokens) > 1 and tokens[1].kind is Kind.NAME
    return [(keyword, tokens[1].text if named else None)]
