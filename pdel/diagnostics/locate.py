"""Places of spans as the forms for tools give them: offsets, lines and columns."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

from pdel.diagnostics.model import FilePlace
from pdel.diagnostics.order import Findings
from pdel.source import Span


@dataclass(frozen=True, slots=True)
class Place:
    """A range of a file. Offsets count code points from 0, lines and columns count from 1; ends are exclusive.

    `in_file` is False for a range of an override, whose text is in no file.
    """

    file: str
    in_file: bool
    start: int
    start_line: int
    start_column: int
    end: int
    end_line: int
    end_column: int


def locate(span: Span, findings: Findings) -> Place:
    """The place of a span; what lies beyond the end of the text is at its end."""
    source = findings.sources.of(span)
    start = min(max(span.start, 0), len(source.text))
    end = min(max(span.end, start), len(source.text))
    start_line, start_column = source.line_column(start)
    end_line, end_column = source.line_column(end)
    return Place(findings.name(source), span.origin == 0, start, start_line, start_column, end, end_line, end_column)


def specification_name(findings: Findings) -> str:
    """What the specification itself is called in reports."""
    return findings.name(findings.sources.items[0])


def file_name(place: FilePlace, findings: Findings) -> str:
    """What a data file is called in reports: its path beside that of the specification."""
    return PurePath(specification_name(findings)).parent.joinpath(place.path).as_posix()


def file_line(place: FilePlace, findings: Findings) -> str:
    """The file and the line of a place in it, with the column where one is marked: `data/obs.csv:17:5`."""
    name = file_name(place, findings)
    if place.line is None:
        return name
    return f"{name}:{place.line}:{place.start + 1}" if place.end > place.start else f"{name}:{place.line}"
