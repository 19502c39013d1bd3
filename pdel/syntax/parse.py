"""The second stage: from a source to a `Specification`, one statement at a time.

Each statement is parsed on its own: a broken one costs one diagnostic and nothing else, the sound ones stay.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import lark

from pdel.diagnostics.model import Diagnostic, Result, Severity
from pdel.source import Source, Sources, Span
from pdel.syntax.ast import Name, Specification, Statement, UnbuiltStatement
from pdel.syntax.build import build_statement
from pdel.syntax.faults import inspect_tokens
from pdel.syntax.grammar import STATEMENT_START, Stop, make_terminals, parse_terminals
from pdel.syntax.lexer import Kind, StatementTokens, Token, cut_statements, tokenize
from pdel.syntax.messages import explain_stop
from pdel.syntax.overrides import apply_overrides
from pdel.syntax.words import UNBUILT_WORDS


@dataclass(frozen=True, slots=True)
class ParsedStatement:
    """What became of one statement: its tree and AST where it is sound, and its diagnostics."""

    tokens: tuple[Token, ...]
    tree: lark.Tree[lark.Token] | None
    statement: Statement | None
    diagnostics: tuple[Diagnostic, ...]


def parse(source: Source, overrides: tuple[str, ...] = ()) -> Result[Specification]:
    """Parses a specification and applies the overrides of `--set`.

    The value always exists: it holds the sound statements, and in `broken` what the others began with.
    """
    parsed = parse_statements(source)
    statements = tuple(item.statement for item in parsed if item.statement is not None)
    broken = tuple(entry for item in parsed if item.statement is None for entry in _broken(item.tokens))
    diagnostics = tuple(diagnostic for item in parsed for diagnostic in item.diagnostics)
    specification = Specification(Sources((source,)), statements, broken, overrides)
    if not overrides:
        return Result(specification, diagnostics)
    result = apply_overrides(specification, overrides)
    return Result(result.value, diagnostics + result.diagnostics)


def parse_statements(source: Source) -> tuple[ParsedStatement, ...]:
    """The statements of a source, sound and broken, in their order."""
    return tuple(parse_statement(statement) for statement in cut_statements(tokenize(source.text)))


def parse_statement(statement: StatementTokens, origin: int = 0) -> ParsedStatement:
    """One statement: checks its tokens, parses them, builds the AST."""
    inspection = inspect_tokens(statement)
    tokens, diagnostics = inspection.tokens, inspection.diagnostics
    if not inspection.sound:
        return ParsedStatement(statement.tokens, None, None, diagnostics)
    if tokens[0].text in UNBUILT_WORDS:
        word, span = tokens[0], tokens[0].span.to(tokens[-1].span)
        unbuilt = UnbuiltStatement(Name(word.text, word.span), word.span, span)
        return ParsedStatement(statement.tokens, None, unbuilt, diagnostics)
    terminals = make_terminals(tokens, first_is_family=True)
    tree = parse_terminals(terminals, STATEMENT_START)
    if isinstance(tree, Stop):
        places = [Span(item.start_pos or 0, item.end_pos or 0, origin) for item in terminals]
        found = diagnostics or (explain_stop(tree, tokens, places),)
        return ParsedStatement(statement.tokens, None, None, found)
    assert isinstance(tree, lark.Tree)
    built = build_statement(tree, origin)
    diagnostics += built.diagnostics
    failed = any(item.severity is Severity.ERROR for item in built.diagnostics)
    return ParsedStatement(statement.tokens, tree, None if failed else built.statement, diagnostics)


def _broken(tokens: Sequence[Token]) -> list[tuple[str, str | None]]:
    """The first word of a broken statement with its name; for fields and spaces with every name in it."""
    keyword = tokens[0].text
    names = [token.text for token in tokens[1:] if token.kind is Kind.NAME]
    if keyword in ("field", "space", "time") and names:
        return [(keyword, name) for name in names]
    second = tokens[1] if len(tokens) > 1 else None
    return [(keyword, second.text if second is not None and second.kind is Kind.NAME else None)]
