"""A specification for comparisons: each statement on a line, formatted, sorted by address, without comments."""

from __future__ import annotations

from pdel.semantics.canonical import spelled_statement
from pdel.syntax import ast


def readable_statements(specification: ast.Specification) -> str:
    """The statements one to a line; those of one address in the order in which they stand."""
    rows = []
    for statement in specification.statements:
        text = " ".join(specification.sources.text(statement.span).split())
        address = next(spelled_statement(statement))[0]
        rows.append((address, text))
    return "".join(f"{text}\n" for _, text in sorted(rows, key=lambda row: row[0]))
