"""The quoted lines of one source with the labels drawn under them.

Labels within a line share a row of marks, `^` for the primary and `-` for others; the text of the
rightmost one stands beside its marks, the others hang below. A label over several lines is drawn as a
bracket to the left of the text. Lines far from each other are joined by `…`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pdel.diagnostics.display import DisplayedLine, Role, displayed, visible
from pdel.diagnostics.model import Label
from pdel.source import Source

LONGEST_LINE = 160
CONTEXT = 40
LONGEST_BRACKET = 6


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a snippet: the line number (None on rows of marks, -1 on rows that elide lines), and
    its characters with their roles."""

    number: int | None
    cells: tuple[tuple[str, Role], ...] = ()


@dataclass(frozen=True, slots=True)
class _Mark:
    """A label placed in its source: lines counted from 1, character indices in them from 0, `end` exclusive."""

    first_line: int
    start: int
    last_line: int
    end: int
    text: str
    role: Role
    primary: bool

    @property
    def sign(self) -> str:
        return "^" if self.primary else "-"


@dataclass(frozen=True, slots=True)
class _Line:
    """A quoted line: its number, its text from character `cut` on, and the column where that text stands."""

    number: int
    shown: DisplayedLine
    cut: int
    left: int

    def column(self, index: int) -> int:
        """The column of a character of the whole line."""
        return self.left + self.shown.column(index - self.cut)


class _Canvas:
    """A growing row of characters with roles."""

    def __init__(self) -> None:
        self.cells: list[tuple[str, Role]] = []

    def put(self, column: int, text: str, role: Role, *, over: bool = True) -> None:
        """Write text at a column; with `over` False only where the row is blank."""
        while len(self.cells) < column + len(text):
            self.cells.append((" ", Role.PLAIN))
        for index, char in enumerate(text, start=column):
            if over or self.cells[index][0] == " ":
                self.cells[index] = (char, role)

    def row(self, number: int | None = None) -> Row:
        """The row, without blanks at its end."""
        end = len(self.cells)
        while end and self.cells[end - 1][0] == " ":
            end -= 1
        return Row(number, tuple(self.cells[:end]))


def snippet(source: Source, labels: Iterable[tuple[Label, bool]], role: Role) -> tuple[Row, ...]:
    """The rows for labels of one source; each label comes with whether it is the primary one (painted in `role`)."""
    marks = sorted(
        (_place(source, label, primary, role) for label, primary in labels),
        key=lambda mark: (mark.first_line, mark.start, mark.last_line, mark.end, not mark.primary),
    )
    brackets = _bracket_columns([mark for mark in marks if mark.first_line < mark.last_line])
    gutter = 2 * (1 + max(brackets.values())) if brackets else 0
    rows: list[Row] = []
    previous = 0
    for number in _shown_lines(marks):
        if previous and number == previous + 2:
            rows.extend(_line_rows(source, number - 1, marks, brackets, gutter))
        elif previous and number > previous + 1:
            canvas = _Canvas()
            _draw_bars(canvas, number, brackets)
            rows.append(canvas.row(-1))
        rows.extend(_line_rows(source, number, marks, brackets, gutter))
        previous = number
    return tuple(rows)


def _place(source: Source, label: Label, primary: bool, role: Role) -> _Mark:
    """A label's lines and indices; blanks at the end of a span are not marked, and an empty span is one mark."""
    start = min(max(label.span.start, 0), len(source.text))
    end = min(max(label.span.end, start), len(source.text))
    while end > start + 1 and source.text[end - 1].isspace():
        end -= 1
    first_line, first_column = source.line_column(start)
    last_line, last_column = source.line_column(max(end - 1, start))
    return _Mark(
        first_line,
        first_column - 1,
        last_line,
        last_column,
        visible(label.text),
        role if primary else Role.MARGIN,
        primary,
    )


def _bracket_columns(marks: list[_Mark]) -> dict[_Mark, int]:
    """A column of the gutter for each label over several lines; labels that share a line get different ones."""
    columns: dict[_Mark, int] = {}
    for mark in marks:
        taken = [column for other, column in columns.items() if other.last_line >= mark.first_line]
        columns[mark] = next(column for column in range(len(marks)) if column not in taken)
    return columns


def _shown_lines(marks: list[_Mark]) -> list[int]:
    """The lines that labels start and end on, with all lines of short brackets, in order."""
    lines: dict[int, None] = {}
    for mark in marks:
        span = range(mark.first_line, mark.last_line + 1)
        if len(span) > LONGEST_BRACKET:
            lines |= dict.fromkeys((*span[:2], *span[-2:]))
        else:
            lines |= dict.fromkeys(span)
    return sorted(lines)


def _draw_bars(canvas: _Canvas, number: int, brackets: dict[_Mark, int], *, below: bool = False) -> None:
    """The bars of the brackets that are open on a line (`below`: on the rows of marks under it)."""
    for mark, column in brackets.items():
        if mark.first_line < number < mark.last_line or (number == mark.last_line and not below):
            canvas.put(2 * column, "|", mark.role)


def _line_rows(
    source: Source, number: int, marks: list[_Mark], brackets: dict[_Mark, int], gutter: int
) -> Iterable[Row]:
    """A quoted line and the rows of marks under it."""
    raw = source.line_text(number)
    here = [mark for mark in marks if number in (mark.first_line, mark.last_line)]
    cut = _cut(raw, [mark.start if mark.first_line == number else mark.end - 1 for mark in here])
    line = displayed(raw[cut : cut + LONGEST_LINE])
    canvas = _Canvas()
    _draw_bars(canvas, number, brackets)
    openings = [mark for mark in brackets if mark.first_line == number]
    flush = [mark for mark in openings if not raw[: mark.start].strip() and not cut]
    for mark in flush:
        canvas.put(2 * brackets[mark], "/", mark.role)
    text = ("…" if cut else "") + line.text + ("…" if cut + LONGEST_LINE < len(raw) else "")
    canvas.put(gutter, text, Role.PLAIN)
    yield canvas.row(number)

    place = _Line(number, line, cut, gutter + (1 if cut else 0))
    singles = [mark for mark in marks if mark.first_line == mark.last_line == number]
    for row in _single_rows(place, singles):
        _draw_bars(row, number, brackets)
        for mark in openings:
            if mark in flush:
                row.put(2 * brackets[mark], "|", mark.role, over=False)
        yield row.row()
    drawn = {mark: brackets[mark] for mark in flush}
    for mark in openings:
        if mark not in flush:
            yield _bracket_row(place, mark, brackets, drawn, opens=True)
            drawn[mark] = brackets[mark]
    for mark in sorted((mark for mark in brackets if mark.last_line == number), key=lambda mark: mark.end):
        yield _bracket_row(place, mark, brackets, drawn, opens=False)
        drawn[mark] = -1


def _bracket_row(line: _Line, mark: _Mark, brackets: dict[_Mark, int], drawn: dict[_Mark, int], *, opens: bool) -> Row:
    """The row ` _____^` that opens a bracket under its first line, or `|_____^ text` that closes it.

    `drawn` holds the brackets with rows above this one: those opened have their column, those closed -1.
    """
    canvas = _Canvas()
    _draw_bars(canvas, line.number, brackets, below=True)
    for other, column in brackets.items():
        opened = other.first_line == line.number and drawn.get(other, -1) >= 0
        still_open = other.last_line == line.number and other not in drawn
        if opened or still_open:
            canvas.put(2 * column, "|", other.role)
    target = line.column(mark.start if opens else mark.end - 1)
    start = 2 * brackets[mark] + 1
    canvas.put(start, "_" * (target - start), mark.role, over=False)
    canvas.put(target, mark.sign, mark.role)
    if not opens and mark.text:
        canvas.put(target + 2, mark.text.replace("\n", " "), mark.role)
    return canvas.row()


def _cut(raw: str, indices: list[int]) -> int:
    """How many characters at the start of a long line are left out so that its marks are seen."""
    if len(raw) <= LONGEST_LINE or not indices:
        return 0
    return max(0, min(min(indices) - CONTEXT, len(raw) - LONGEST_LINE))


def _single_rows(line: _Line, singles: list[_Mark]) -> list[_Canvas]:
    """The rows of marks for the labels that lie within one line."""
    if not singles:
        return []
    marks_row = _Canvas()
    places: list[tuple[int, int, _Mark]] = []
    for mark in sorted(singles, key=lambda mark: mark.primary):
        start = line.column(mark.start)
        end = max(line.column(mark.end), start + 1)
        marks_row.put(start, mark.sign * (end - start), mark.role)
        places.append((start, end, mark))
    places.sort(key=lambda place: (place[0], place[1]))
    texted = [place for place in places if place[2].text]
    reach = max(end for _, end, _ in places)
    rows = [marks_row]
    if texted and texted[-1][1] == reach and "\n" not in texted[-1][2].text:
        marks_row.put(reach + 1, texted[-1][2].text, texted[-1][2].role)
        texted.pop()
    if texted:
        bars = _Canvas()
        for start, _, mark in texted:
            bars.put(start, "|", mark.role)
        rows.append(bars)
    while texted:
        start, _, mark = texted.pop()
        for piece in mark.text.split("\n"):
            row = _Canvas()
            for other_start, _, other in texted:
                row.put(other_start, "|", other.role)
            row.put(start, piece, mark.role)
            rows.append(row)
    return rows
