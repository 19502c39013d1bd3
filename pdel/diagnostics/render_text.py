"""Diagnostics for people: message, quoted lines with carets, help and notes."""

from __future__ import annotations

from collections.abc import Iterable

from pdel.diagnostics.display import SEVERITY_ROLES, Role, paint, visible
from pdel.diagnostics.locate import file_line
from pdel.diagnostics.model import Diagnostic, Edit, FilePlace, Label
from pdel.diagnostics.order import CAP, Findings, capped, count_text, ordered
from pdel.diagnostics.snippet import Row, snippet
from pdel.source import Source, Span


def render_text(findings: Iterable[Findings], *, color: bool = False, cap: int = CAP) -> str:
    """The report on some specifications: every diagnostic in full, at most `cap` a file, and a count at the end.

    Empty where there is nothing to report.
    """
    blocks: list[str] = []
    shown: list[Diagnostic] = []
    every: list[Diagnostic] = []
    for item in findings:
        diagnostics = ordered(item.diagnostics)
        kept, left_out = capped(diagnostics, cap)
        blocks.extend(render_diagnostic(diagnostic, item, color=color) for diagnostic in kept)
        if left_out:
            blocks.append(f"… and {left_out} more in {item.name(item.sources.items[0])}\n")
        shown.extend(kept)
        every.extend(diagnostics)
    if not every:
        return ""
    codes = list(dict.fromkeys(diagnostic.code for diagnostic in shown))
    explain = f"`pdel explain {codes[0] if len(codes) == 1 else 'CODE'}` tells more"
    blocks.append(f"{paint(count_text(every), Role.BOLD, color)}; {explain}\n")
    return "\n".join(blocks)


def render_diagnostic(diagnostic: Diagnostic, findings: Findings, *, color: bool = False) -> str:
    """One diagnostic in full, ending in a line feed."""
    role = SEVERITY_ROLES[diagnostic.severity]
    groups = _groups(diagnostic, findings)
    drawn = [snippet(source, labels, role) for source, labels in groups]
    numbers = [row.number for rows in drawn for row in rows if row.number and row.number > 0]
    numbers += [place.line for place in diagnostic.files if place.line is not None]
    width = max((len(str(number)) for number in numbers), default=1)

    message = visible(diagnostic.message).replace("\n", " ")
    heading = paint(f"{diagnostic.severity.value}[{diagnostic.code}]", role, color)
    lines = [heading + paint(f": {message}", Role.BOLD, color)]
    bar = paint(f"{'':{width}} |", Role.MARGIN, color)
    for position, ((source, labels), rows) in enumerate(zip(groups, drawn, strict=True)):
        if position:
            lines.append(bar)
        arrow = paint(f"{'':{width}}{'-->' if position == 0 else ':::'}", Role.MARGIN, color)
        line, column = source.line_column(_clamped(labels[0][0], source))
        lines += [f"{arrow} {visible(findings.name(source))}:{line}:{column}", bar]
        lines += [_row_text(row, width, color) for row in rows]
    for place in diagnostic.files:
        lines += [bar, paint(f"{'':{width}}:::", Role.MARGIN, color) + f" {visible(file_line(place, findings))}"]
        quoted = _quoted(place, role)
        lines += [bar] * bool(quoted) + [_row_text(row, width, color) for row in quoted]
    endings = _endings(diagnostic, findings)
    if endings:
        lines.append(bar)
        sign = paint(f"{'':{width}} =", Role.MARGIN, color)
        for kind, text in endings:
            first, *rest = visible(text).split("\n")
            lines.append(f"{sign} {paint(f'{kind}:', Role.BOLD, color)} {first}")
            lines += [f"{'':{width + 3 + len(kind) + 2}}{line}".rstrip() for line in rest]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _groups(diagnostic: Diagnostic, findings: Findings) -> list[tuple[Source, list[tuple[Label, bool]]]]:
    """The labels by source, the primary's source first and the primary label first in it."""
    groups: dict[int, list[tuple[Label, bool]]] = {diagnostic.primary.span.origin: [(diagnostic.primary, True)]}
    for label in diagnostic.secondary:
        groups.setdefault(label.span.origin, []).append((label, False))
    return [(findings.sources.items[origin], labels) for origin, labels in groups.items()]


def _quoted(place: FilePlace, role: Role) -> list[Row]:
    """The line of a data file with its mark; nothing where the file has no lines."""
    if place.line is None:
        return []
    label = Label(Span(place.start, place.end), place.label)
    rows = snippet(Source(place.path, place.text), [(label, True)], role)
    return [Row(place.line if row.number == 1 else row.number, row.cells) for row in rows]


def _clamped(label: Label, source: Source) -> int:
    return min(max(label.span.start, 0), len(source.text))


def _endings(diagnostic: Diagnostic, findings: Findings) -> list[tuple[str, str]]:
    """Help and notes; where there are edits but no help, the edits in words are the help."""
    advice = diagnostic.help or " ".join(_edit_text(edit, findings) for edit in diagnostic.edits)
    endings = [("help", advice)] if advice else []
    return endings + [("note", note) for note in diagnostic.notes]


def _edit_text(edit: Edit, findings: Findings) -> str:
    old = findings.sources.text(edit.span)
    if not old:
        return f"Insert `{edit.replacement}`."
    return f"Write `{edit.replacement}` for `{old}`." if edit.replacement else f"Remove `{old}`."


def _row_text(row: Row, width: int, color: bool) -> str:
    """A row of a snippet behind its margin."""
    if row.number == -1:
        margin = paint(f"{'':{max(width - 1, 0)}} … ", Role.MARGIN, color) if row.cells else f"{'':{width}} …"
    else:
        number = "" if row.number is None else str(row.number)
        margin = paint(f"{number:>{width}} |", Role.MARGIN, color) + " "
    pieces: list[str] = []
    run = ""
    role = Role.PLAIN
    for char, char_role in row.cells:
        if char_role is not role:
            pieces.append(paint(run, role, color))
            run, role = "", char_role
        run += char
    pieces.append(paint(run, role, color))
    return margin + "".join(pieces)
