"""Brackets of a statement that do not match: where, and how the statement would be sound."""

from __future__ import annotations

from collections.abc import Sequence

from pdel.diagnostics.model import Diagnostic, Edit, Label, error
from pdel.source import Span
from pdel.syntax.grammar import Stop, make_terminals, parse_terminals
from pdel.syntax.lexer import Kind, Token
from pdel.syntax.words import CLOSERS, OPENERS

_MOST_ATTEMPTS = 4
_MOST_TOKENS_TRIED = 2_000
_BEFORE = frozenset(("on", "where", "at", "in", "then", "from", "=", ",", ":"))


def check_brackets(tokens: Sequence[Token], start: str) -> Diagnostic | None:
    """The first bracket that is not closed, or closes nothing, or is closed by one of another kind."""
    opened: list[int] = []
    for index, token in enumerate(tokens):
        if token.kind is not Kind.SYMBOL:
            continue
        if token.text in OPENERS:
            opened.append(index)
        elif token.text in CLOSERS and not opened:
            return _too_many(token)
        elif token.text in CLOSERS and tokens[opened[-1]].text != CLOSERS[token.text]:
            return _wrong_kind(tokens[opened[-1]], token)
        elif token.text in CLOSERS:
            opened.pop()
    return _unclosed(tokens, opened, start) if opened else None


def _too_many(token: Token) -> Diagnostic:
    return error(
        "E112",
        f"`{token.text}` closes nothing",
        token.span,
        "no bracket is open here",
        help=f"Remove it, or open a `{CLOSERS[token.text]}` before it.",
        edits=[Edit(token.span, "")],
    )


def _wrong_kind(opening: Token, closing: Token) -> Diagnostic:
    wanted = OPENERS[opening.text]
    return error(
        "E112",
        f"`{opening.text}` is closed by `{closing.text}`",
        closing.span,
        f"`{wanted}` is needed here",
        secondary=[Label(opening.span, "opened here")],
        help=f"Write `{wanted}`: `(` groups, calls and makes vectors, `[` makes ranges and takes components.",
        edits=[Edit(closing.span, wanted)],
    )


def _unclosed(tokens: Sequence[Token], opened: Sequence[int], start: str) -> Diagnostic:
    opening = tokens[opened[-1]]
    closer = OPENERS[opening.text]
    place = _place_of_closer(tokens, opened[-1], closer, start) if len(opened) == 1 else None
    return error(
        "E112",
        f"`{opening.text}` is never closed",
        opening.span,
        "opened here",
        help=f"Add the missing `{closer}`.",
        edits=[] if place is None else [Edit(place, closer)],
    )


def _place_of_closer(tokens: Sequence[Token], opening: int, closer: str, start: str) -> Span | None:
    """The first place where one more closing bracket makes the statement sound."""
    if len(tokens) > _MOST_TOKENS_TRIED:
        return None
    candidates = [index for index in range(opening + 1, len(tokens)) if tokens[index].text in _BEFORE]
    for index in [*candidates[:_MOST_ATTEMPTS], len(tokens)]:
        end = tokens[index - 1].span.end
        place = Span(end, end, tokens[0].span.origin)
        tried = [*tokens[:index], Token(Kind.SYMBOL, closer, place), *tokens[index:]]
        if not isinstance(parse_terminals(make_terminals(tried, start), start), Stop):
            return place
    return None
