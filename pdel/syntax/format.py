"""The formatter: spaces and line ends of a specification in one style; its words, comments and order stay.

In: a source. Out: its formatted text, or the syntax diagnostics where it does not parse.

The style is line-local: no space depends on another line, so that a longer name changes one line of a diff.
The first word is padded to a column, the label of an equation or a condition to the next, lines that continue a
statement are indented by four, and two spaces stand before `on`, `at`, `where` and a comment. Where lines break
is the author's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from pdel.diagnostics.model import Diagnostic, Result, error
from pdel.source import Source, Span
from pdel.source_load import check_text
from pdel.syntax.grammar import make_terminals
from pdel.syntax.lexer import Kind, Token, tokenize
from pdel.syntax.parse import parse
from pdel.syntax.words import CLOSERS, OPENERS, RESERVED_WORDS, STATEMENT_WORDS

WORD_COLUMN = 11
"""What the first word of a statement is padded to."""

LABEL_COLUMN = 24
"""What the first word with a label is padded to."""

INDENT = " " * 4
APART = frozenset(("on", "at", "where"))
"""Words with two spaces before them: they say where what stands before them holds."""

_TIGHT = frozenset(("*", "/", "^", ".."))
_SIGNS = frozenset(("+", "-"))
_RELATIONS = frozenset(("=", "<", "<=", ">", ">=", "!=", "&"))
_VALUE_KINDS = frozenset((Kind.NAME, Kind.NUMBER, Kind.TEXT))


def format_text(text: str, name: str = "specification") -> Result[str]:
    """The formatted text, or the diagnostics that say why it cannot be read."""
    checked = check_text(name, text)
    if checked.value is None or checked.has_errors:
        return Result(None, checked.diagnostics)
    return format_source(checked.value)


def format_source(source: Source) -> Result[str]:
    """The formatted text of a source, or the diagnostics of its syntax.

    The result is read again and compared with the source. Error: E902 where they do not say the same, which is
    a mistake of the formatter.
    """
    parsed = parse(source)
    if parsed.value is None or parsed.has_errors:
        return Result(None, parsed.diagnostics)
    lines = _lines(tokenize(source.text))
    text = "".join(f"{line}\n" for line in _layout(lines))
    again = parse(Source(source.name, text))
    same_words = _words(tokenize(text)) == _words(tokenize(source.text))
    if again.value is None or not same_words or not same_tree(parsed.value.statements, again.value.statements):
        return Result(None, (_changed(source),))
    return Result(text)


def same_tree(first: Any, second: Any) -> bool:
    """Whether two syntax trees are equal but for the places in the text."""
    if isinstance(first, Span):
        return isinstance(second, Span)
    if type(first) is not type(second):
        return False
    if isinstance(first, tuple):
        return len(first) == len(second) and all(map(same_tree, first, second))
    if is_dataclass(first):
        return all(same_tree(getattr(first, item.name), getattr(second, item.name)) for item in fields(first))
    return bool(first == second)


def _words(tokens: Sequence[Token]) -> list[tuple[Kind, str]]:
    """Everything but spaces and line ends."""
    kept = (token for token in tokens if token.kind not in (Kind.SPACE, Kind.NEWLINE))
    return [(token.kind, token.text.rstrip() if token.kind is Kind.COMMENT else token.text) for token in kept]


def _changed(source: Source) -> Diagnostic:
    return error(
        "E902",
        "the formatter would change more than spaces, so the text is left as it is",
        Span(0, min(1, len(source.text))),
        help="This is an error of pdel. Please report it with the specification.",
    )


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of the text: its words, its comment, and whether it was indented or continues a statement."""

    tokens: tuple[Token, ...]
    comment: str
    indented: bool
    continues: bool


@dataclass(frozen=True, slots=True)
class _Place:
    """How a word stands: the spaces before it, and whether it closes the last open bracket."""

    gap: int
    closes: bool


def _lines(tokens: Sequence[Token]) -> list[_Line]:
    """The lines of a text. A word in column 1 starts a statement, always, except a closing bracket."""
    lines: list[_Line] = []
    words: list[Token] = []
    comment, indented, inside = "", False, False

    def finish() -> None:
        nonlocal comment, indented, inside
        continues = bool(words) and inside and (indented or words[0].text in CLOSERS)
        inside = inside or bool(words)
        lines.append(_Line(tuple(words), comment, indented, continues))
        words.clear()
        comment, indented = "", False

    for token in tokens:
        match token.kind:
            case Kind.NEWLINE:
                finish()
            case Kind.SPACE:
                indented = indented or not words
            case Kind.COMMENT:
                comment = token.text.rstrip()
            case _:
                words.append(token)
    finish()
    return lines


def _layout(lines: Sequence[_Line]) -> Iterator[str]:
    """The formatted lines: no blank ones at the ends, at most one between others."""
    continued = _continued(lines)
    places: dict[int, _Place] = {}
    blank = written = False
    for index, line in enumerate(lines):
        if not line.tokens and not line.comment:
            blank = True
            continue
        if blank and written:
            yield ""
        blank = False
        if line.tokens:
            if not line.continues:
                of_statement = lines[index : continued[index]]
                places = _places([token for item in of_statement for token in item.tokens])
            yield _words_line(line, places)
        else:
            belongs = continued[index] > index + 1 or (line.indented and bool(places))
            yield (INDENT if belongs else "") + line.comment
        written = True


def _continued(lines: Sequence[_Line]) -> list[int]:
    """For every line the end (exclusive) of the lines of its statement that follow; itself + 1 where none do."""
    ends = [0] * len(lines)
    end = 0
    for index in range(len(lines) - 1, -1, -1):
        line = lines[index]
        ends[index] = max(end, index + 1)
        if line.continues:
            end = max(end, index + 1)
        elif line.tokens:
            end = 0
    return ends


def _words_line(line: _Line, places: Mapping[int, _Place]) -> str:
    """The words of a line with the spaces between them, and its comment.

    A line that continues a statement is indented, except one of brackets that close the last open ones.
    """
    first, *others = line.tokens
    parts = [INDENT if line.continues and not places[first.span.start].closes else "", first.text]
    for token in others:
        parts += [" " * places[token.span.start].gap, token.text]
    if line.comment:
        parts.append(f"  {line.comment}")
    return "".join(parts)


def _places(statement: Sequence[Token]) -> dict[int, _Place]:
    """How the words of a statement stand, by their offsets; the first one stands in column 1."""
    units = _inside_units(statement)
    label = _label_end(statement)
    places: dict[int, _Place] = {}
    depth = 0
    for index, token in enumerate(statement):
        before = statement[index - 1]
        if index == 0:
            gap = 0
        elif token.span.start in units:
            gap = 1 if {before.kind, token.kind} <= {Kind.NAME, Kind.NUMBER} else 0
        elif index == 1:
            gap = 1 if statement[0].text == "problem" else max(1, WORD_COLUMN - len(before.text))
        elif index == label:
            written = max(WORD_COLUMN, len(statement[0].text) + 1) + len(statement[1].text) + 1
            gap = max(1, LABEL_COLUMN - written)
        else:
            gap = _gap(statement, index, depth)
        depth += (token.text in OPENERS) - (token.text in CLOSERS)
        places[token.span.start] = _Place(gap, token.text in CLOSERS and depth == 0)
    return places


def _label_end(statement: Sequence[Token]) -> int:
    """The index of the first word after the label of a physics statement, 0 where it has none."""
    labelled = len(statement) > 3 and statement[0].text in STATEMENT_WORDS and statement[2].text == ":"
    return 3 if labelled else 0


def _inside_units(statement: Sequence[Token]) -> frozenset[int]:
    """The offsets of the words within the brackets of units, and of the closing ones."""
    if not any(token.text == "[" for token in statement):
        return frozenset()
    units = {item.start: item.end for item in make_terminals(statement) if item.kind == "UNIT"}
    inside: set[int] = set()
    end = 0
    for token in statement:
        start = token.span.start
        if start < end:
            inside.add(start)
        end = units.get(start, end)
    return frozenset(inside)


def _gap(statement: Sequence[Token], index: int, depth: int) -> int:
    """The spaces between two neighbours within a statement."""
    before, token = statement[index - 1], statement[index]
    if before.text in OPENERS or token.text in CLOSERS or token.text in (",", ":"):
        return 0
    if token.text == ".." and before.text.endswith("."):
        return 1  # `2. ..`: three points in a row would be read otherwise
    if before.text in _TIGHT or token.text in _TIGHT or _is_sign_of(statement, index - 1):
        return 0
    if token.text == "(":
        return 0 if (before.kind is Kind.NAME and _is_called(statement, index - 1)) or before.text == ")" else 1
    if token.text == "[":
        return 0 if _takes_component(statement, index - 1) else 1
    return 2 if token.text in APART and depth == 0 else 1


def _is_sign_of(statement: Sequence[Token], index: int) -> bool:
    """Whether a word is the sign of what follows it, and not an operation on what stands before it."""
    if statement[index].text not in _SIGNS:
        return False
    before = statement[index - 1]
    value = before.kind in _VALUE_KINDS and before.text not in RESERVED_WORDS and index > 1
    return not value and before.text not in CLOSERS


def _is_called(statement: Sequence[Token], index: int) -> bool:
    return statement[index].text not in RESERVED_WORDS or statement[index].text == "if"


def _takes_component(statement: Sequence[Token], index: int) -> bool:
    """Whether brackets after a word are those of components or indices, not of a unit or an interval."""
    before = statement[index]
    if index == 1 and statement[0].text in STATEMENT_WORDS:
        return statement[0].text == "space"
    return before.text in CLOSERS or (before.kind is Kind.NAME and before.text not in RESERVED_WORDS)
