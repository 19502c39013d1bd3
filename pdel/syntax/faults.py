"""What is wrong with the tokens of a statement, found before it is parsed.

Where the mistake is certain (`**`, `==`, `2x`, a minus sign of another alphabet) the tokens are mended, so that
the statement is still parsed and nothing that depends on it is reported. Mistakes of one kind in one statement are
one diagnostic.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pdel.diagnostics.model import Diagnostic, Edit, Label, error
from pdel.source import Span
from pdel.syntax.brackets import check_brackets
from pdel.syntax.characters import ASCII_HELP, replacement
from pdel.syntax.grammar import STATEMENT_START
from pdel.syntax.lexer import Kind, StatementTokens, Token
from pdel.syntax.words import LONGEST_NAME, STATEMENT_WORDS

MOST_TOKENS = 150_000
MOST_DIGITS = 40
_MOST_PLACES = 5


@dataclass(frozen=True, slots=True)
class Inspection:
    """A statement's tokens, mended where the mistake is certain; not `sound` where they cannot be parsed."""

    tokens: tuple[Token, ...]
    diagnostics: tuple[Diagnostic, ...]
    sound: bool


@dataclass(frozen=True, slots=True)
class _Finding:
    """A mistake at one token, and the tokens that stand there once it is mended (None where it cannot be)."""

    diagnostic: Diagnostic
    mended: tuple[Token, ...] | None


def inspect_tokens(statement: StatementTokens, start: str = STATEMENT_START) -> Inspection:
    """Checks the tokens of a statement, or of a value alone."""
    tokens = statement.tokens
    if len(tokens) > MOST_TOKENS:
        return Inspection(tokens, (_too_long(tokens),), False)
    if tokens[0].text == "reference":
        unquoted = _unquoted_file(tokens)
        if unquoted is not None:
            return Inspection(tokens, (unquoted,), False)
    found: dict[str, list[Diagnostic]] = {}
    mended: list[Token] = []
    sound = True
    if 0 in statement.indents and tokens[0].kind is Kind.NAME:
        found["E113"] = [_indented(tokens[0], statement.indents[0])]
    for index, token in enumerate(tokens):
        pieces: tuple[Token, ...] | None = (token,)
        for finding in _check(tokens, index):
            found.setdefault(finding.diagnostic.code, []).append(finding.diagnostic)
            pieces = finding.mended if pieces is not None else None
        sound = sound and pieces is not None
        mended.extend(pieces or ())
    diagnostics = [_joined(items) for items in found.values()]
    if sound and start == STATEMENT_START and mended[0].kind is not Kind.NAME:
        return Inspection(tokens, (*diagnostics, _no_word(mended[0])), False)
    unbalanced = check_brackets(mended, start) if sound else None
    if unbalanced is not None:
        return Inspection(tokens, (*diagnostics, unbalanced), False)
    return Inspection(tuple(mended), tuple(diagnostics), sound)


def split_indented(statement: StatementTokens) -> tuple[StatementTokens, ...]:
    """Splits a statement before indented lines that begin like a physics statement.

    Such words are no names, so they can only be statements that were indented by mistake.
    """
    tokens = statement.tokens
    cuts = [index for index in statement.indents if index and _looks_like_start(tokens, index)]
    if not cuts:
        return (statement,)
    pieces = []
    for start, end in zip([0, *cuts], [*cuts, len(tokens)], strict=True):
        indents = {index - start: indent for index, indent in statement.indents.items() if start <= index < end}
        pieces.append(StatementTokens(tokens[start:end], indents))
    return tuple(pieces)


def _looks_like_start(tokens: Sequence[Token], index: int) -> bool:
    if tokens[index].text not in STATEMENT_WORDS or index + 1 == len(tokens):
        return False
    follower = tokens[index + 1]
    if tokens[index].text == "boundary" and tokens[index - 1].text in ("on", ",", "except"):
        return index + 2 < len(tokens) and tokens[index + 2].text == ":"
    return follower.kind is Kind.NAME or follower.text == "("


def _check(tokens: Sequence[Token], index: int) -> Iterator[_Finding]:
    token = tokens[index]
    match token.kind:
        case Kind.UNKNOWN:
            yield _unknown(tokens, index)
        case Kind.UNTERMINATED:
            yield _unterminated(token)
        case Kind.QUOTE:
            yield _single_quotes(token)
        case Kind.PRIME:
            yield _prime(tokens, index)
        case Kind.NUMBER:
            yield from _number(tokens, index)
        case Kind.NAME:
            yield from _name(token)
        case Kind.SYMBOL if token.text in _OTHER_LANGUAGES:
            yield _other_language(token)


_OTHER_LANGUAGES = {
    "**": ("E120", "^", "a power is written `^`", "Write `x^2`."),
    "==": ("E121", "=", "two sides are related by one `=`", "Write `=`, in conditions too."),
}


def _other_language(token: Token) -> _Finding:
    code, sign, message, remedy = _OTHER_LANGUAGES[token.text]
    diagnostic = error(
        code, f"{message}, not `{token.text}`", token.span, f"write `{sign}`", help=remedy,
        edits=[Edit(token.span, sign)],
    )  # fmt: skip
    return _Finding(diagnostic, (replace(token, text=sign),))


def _unknown(tokens: Sequence[Token], index: int) -> _Finding:
    token = tokens[index]
    if token.text.isascii():
        remedy = ASCII_HELP.get(token.text, "Remove it, or put it into a comment after `#`.")
        shown = token.text if token.text.isprintable() else f"U+{ord(token.text):04X}"
        message = f"the character `{shown}` has no meaning here"
        return _Finding(error("E107", message, token.span, "unknown character", help=remedy), None)
    text, kind = replacement(token.text)
    if not text:
        text = "".join(replacement(char)[0] for char in token.text)
        kind = None
    message = f"the character `{token.text[:20]}` stands outside comments and titles"
    remedy = f"Write `{text}`." if text.strip() else "Names and formulas are written in ASCII."
    edits = [Edit(token.span, text)] if text else []
    diagnostic = error("E106", message, token.span, "not ASCII", help=remedy, edits=edits)
    alone = kind is Kind.SYMBOL or (kind is Kind.NAME and not _touches_word(tokens, index))
    return _Finding(diagnostic, (Token(kind, text, token.span),) if kind is not None and alone else None)


def _touches_word(tokens: Sequence[Token], index: int) -> bool:
    neighbours = [tokens[other] for other in (index - 1, index + 1) if 0 <= other < len(tokens)]
    span = tokens[index].span
    return any(
        other.kind in (Kind.NAME, Kind.NUMBER) and (other.span.end == span.start or other.span.start == span.end)
        for other in neighbours
    )


def _unterminated(token: Token) -> _Finding:
    text = token.text.rstrip()
    end = token.span.start + len(text)
    diagnostic = error(
        "E108",
        "the text has no closing quote",
        Span(token.span.start, end, token.span.origin),
        "the text begins here and reaches the end of the line",
        help='Close it with `"`; a text stands on one line.',
        edits=[Edit(Span(end, end, token.span.origin), '"')],
    )
    return _Finding(diagnostic, (Token(Kind.TEXT, text + '"', token.span),))


def _single_quotes(token: Token) -> _Finding:
    inside = token.text[1:-1]
    if '"' in inside:
        return _Finding(error("E109", "a text stands in single quotes", token.span, help="Use double quotes."), None)
    text = f'"{inside}"'
    diagnostic = error(
        "E109",
        "a text stands in single quotes",
        token.span,
        f"write `{text}`",
        help="Texts stand in double quotes.",
        edits=[Edit(token.span, text)],
    )
    return _Finding(diagnostic, (Token(Kind.TEXT, text, token.span),))


def quotes_around(span: Span) -> list[Edit]:
    """The edits that put a place into double quotes."""
    return [Edit(Span(offset, offset, span.origin), '"') for offset in (span.start, span.end)]


def _unquoted_file(tokens: Sequence[Token]) -> Diagnostic | None:
    """`reference u from data.csv`: seen here, because the name of a file is no sequence of words."""
    index = next((index for index, token in enumerate(tokens[:-1]) if token.text == "from"), None)
    if index is None or tokens[index + 1].kind in (Kind.TEXT, Kind.UNTERMINATED, Kind.QUOTE):
        return None
    end = index + 1
    while end + 1 < len(tokens) and tokens[end].span.end == tokens[end + 1].span.start:
        end += 1
    place = tokens[index + 1].span.to(tokens[end].span)
    return error(
        "E131", "the name of the file has no quotes", place, 'expected a text in `"`',
        help="Put the name of the file into double quotes.", edits=quotes_around(place),
    )  # fmt: skip


def _prime(tokens: Sequence[Token], index: int) -> _Finding:
    token = tokens[index]
    before = tokens[index - 1] if index else token
    name = before.text if before.kind is Kind.NAME else "u"
    count = len(token.text)
    message = f"`'` does not say by which coordinate `{name}` is differentiated"
    remedy = f"Name the coordinate: `{name}_{'x' * count}` for x, or `d({name}, x{f', {count}' if count > 1 else ''})`."
    return _Finding(error("E123", message, token.span, "a derivative", help=remedy), None)


def _number(tokens: Sequence[Token], index: int) -> Iterator[_Finding]:
    token = tokens[index]
    follower = tokens[index + 1] if index + 1 < len(tokens) else None
    fault = _number_fault(token.text)
    if fault:
        message, remedy = fault
        yield _Finding(error("E116", message, token.span, "this number", help=remedy), None)
    elif follower is not None and follower.span.start == token.span.end and follower.kind is Kind.NUMBER:
        span = token.span.to(follower.span)
        message = f"`{token.text}{follower.text}` is no number"
        yield _Finding(
            error("E116", message, span, "two numbers", help="A number has one point and one exponent."), None
        )
    elif follower is not None and follower.span.start == token.span.end and follower.kind is Kind.NAME:
        place = Span(token.span.end, token.span.end, token.span.origin)
        diagnostic = error(
            "E122",
            f"`{token.text}` stands directly before `{follower.text}`",
            token.span.to(follower.span),
            f"write `{token.text}*{follower.text}`",
            help="A product needs its `*`.",
            edits=[Edit(place, "*")],
        )
        yield _Finding(diagnostic, (token, Token(Kind.SYMBOL, "*", place)))


def _number_fault(text: str) -> tuple[str, str] | None:
    """Why a number is refused, and what to do, or None."""
    mantissa = re.split("[eE]", text)[0]
    if sum(char.isdigit() for char in mantissa) > MOST_DIGITS:
        return f"a number has more than {MOST_DIGITS} digits", "A double holds about 17 significant digits; shorten it."
    if re.fullmatch(r"0[0-9_]*[1-9][0-9_]*", text):
        return f"the whole number `{text}` begins with a zero", f"Write `{text.replace('_', '').lstrip('0')}`."
    value = float(text)
    if math.isinf(value) or (value == 0 and any(char in "123456789" for char in mantissa)):
        return f"`{_short(text)}` is outside the range of numbers", "Numbers lie between 1e-308 and 1e308; scale it."
    return None


def _name(token: Token) -> Iterator[_Finding]:
    text = token.text
    clean = re.sub("__+", "_", text).strip("_")
    if len(text) > LONGEST_NAME:
        message = f"the name `{_short(text)}` has more than {LONGEST_NAME} characters"
        yield _Finding(error("E115", message, token.span, "this name", help="Shorten it."), None)
    elif clean != text:
        why = "begins with `_`" if text[0] == "_" else "ends with `_`" if text[-1] == "_" else "has `__` in it"
        edits = [Edit(token.span, clean)] if clean and not clean[0].isdigit() else []
        remedy = f"Write `{clean}`." if edits else "Begin the name with a letter."
        diagnostic = error("E115", f"the name `{text}` {why}", token.span, "this name", help=remedy, edits=edits)
        yield _Finding(diagnostic, None)


def _joined(items: Sequence[Diagnostic]) -> Diagnostic:
    """The mistakes of one kind in one statement as one diagnostic."""
    first = items[0]
    if len(items) == 1:
        return first
    others = tuple(Label(item.primary.span, "and here") for item in items[1:_MOST_PLACES])
    notes = (f"There are {len(items)} such places in this statement.",) if len(items) > _MOST_PLACES else ()
    edits = tuple(edit for item in items for edit in item.edits)
    return replace(first, secondary=others, notes=notes, edits=edits)


def _indented(token: Token, indent: Span) -> Diagnostic:
    return error(
        "E113",
        f"`{_short(token.text)}` begins a statement but is indented",
        token.span,
        "not in the first column",
        help="Remove the spaces before it: indented lines continue the statement above them.",
        edits=[Edit(indent, "")],
    )


def _no_word(token: Token) -> Diagnostic:
    return error(
        "E119",
        f"a statement cannot begin with `{_short(token.text)}`",
        token.span,
        "a statement begins in the first column, with a word",
        help="Indent this line if it continues the statement above it.",
        edits=[Edit(Span(token.span.start, token.span.start, token.span.origin), "    ")],
    )


def _too_long(tokens: Sequence[Token]) -> Diagnostic:
    return error(
        "E118",
        f"the statement has more than {MOST_TOKENS:_} words and signs",
        tokens[0].span,
        "this statement",
        help="Split it with `let`, or read the numbers from a file.",
    )


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:37] + "…"
