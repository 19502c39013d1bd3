"""What a stopped parse is called: one diagnostic for one broken statement."""

from __future__ import annotations

from collections.abc import Sequence

from pdel.diagnostics.model import Diagnostic, error
from pdel.source import Span
from pdel.syntax.grammar import Stop
from pdel.syntax.lexer import Token


def explain_stop(stop: Stop, tokens: Sequence[Token], places: Sequence[Span]) -> Diagnostic:
    """The diagnostic for a statement whose parse stopped. `places` are the spans of its terminals."""
    if stop.index < len(places):
        return error("E110", "this does not fit here", places[stop.index])
    return error("E110", "the statement is not complete", tokens[-1].span)
