"""The second stage: from a source to a `Specification`, one statement at a time.

Each statement is parsed on its own: a broken one costs its own diagnostics and nothing else, the sound ones stay.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pdel.diagnostics.model import Diagnostic, Edit, Result
from pdel.source import Source, Sources
from pdel.syntax.addresses import names_of
from pdel.syntax.ast import SpaceStatement, Specification, Statement, TimeStatement
from pdel.syntax.faults import split_indented
from pdel.syntax.lexer import Kind, StatementTokens, Token, cut_statements, tokenize
from pdel.syntax.overrides import apply_overrides
from pdel.syntax.statement import ParsedStatement, parse_statement
from pdel.syntax.words import LONGEST_NAME, STATEMENT_WORDS

_NAME_BEFORE = re.compile(r"[A-Za-z][A-Za-z0-9]*$")
_DECLARING_MANY = frozenset(("field", "space", "time"))


def parse(source: Source, overrides: tuple[str, ...] = ()) -> Result[Specification]:
    """Parses a specification and applies the overrides of `--set`.

    The value always exists: it holds the sound statements, and in `broken` what the others began with.
    """
    result = combine(source, parse_statements(source))
    if not overrides or result.value is None:
        return result
    changed = apply_overrides(result.value, overrides)
    return Result(changed.value, result.diagnostics + changed.diagnostics)


def combine(source: Source, parsed: Sequence[ParsedStatement]) -> Result[Specification]:
    """The specification of parsed statements."""
    statements = tuple(item.statement for item in parsed if item.statement is not None)
    broken = tuple(entry for item in parsed if item.statement is None for entry in _broken(item.tokens))
    diagnostics = tuple(
        _with_coordinate(diagnostic, statements, source) for item in parsed for diagnostic in item.diagnostics
    )  # fmt: skip
    return Result(Specification(Sources((source,)), statements, broken), diagnostics)


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


def _with_coordinate(diagnostic: Diagnostic, statements: Sequence[Statement], source: Source) -> Diagnostic:
    """A derivative with a prime (`u''`) gets its fix where the specification has one coordinate only."""
    if diagnostic.code != "E123":
        return diagnostic
    coordinates = [name for item in statements if isinstance(item, SpaceStatement | TimeStatement)
                   for name in names_of(item)]  # fmt: skip
    places = [label.span for label in (diagnostic.primary, *diagnostic.secondary)]
    names = [_NAME_BEFORE.search(source.text, max(0, place.start - LONGEST_NAME), place.start) for place in places]
    if len(coordinates) != 1 or None in names or not names[0]:
        return diagnostic
    written = ["_" + coordinates[0] * (place.end - place.start) for place in places]
    edits = tuple(Edit(place, text) for place, text in zip(places, written, strict=True))
    return replace(diagnostic, help=f"Name the coordinate: `{names[0].group()}{written[0]}`.", edits=edits)
