"""What a data file gives: columns of numbers, or the reason why it gives none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pdel.diagnostics.model import FilePlace

MOST_BYTES = 64 * 1024 * 1024
"""The largest file, and the most that its arrays may unpack to."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a file cannot be used, as a diagnostic says it: the place in the file where there is one."""

    code: str
    message: str
    label: str = ""
    help: str = ""
    place: FilePlace | None = None


@dataclass(frozen=True, slots=True)
class DataTable:
    """Columns of finite numbers, all of one length, by name.

    `lines` has the line of each row and `text` the whole text, where the file has lines. `resolved` is the file on
    disk, `sha256` its content's.
    """

    written: str
    resolved: Path
    sha256: str
    columns: dict[str, Sequence[float]]
    lines: Sequence[int] | None = None
    text: str = ""

    @property
    def rows(self) -> int:
        """The number of rows."""
        return len(next(iter(self.columns.values())))

    def place(self, row: int, label: str) -> FilePlace:
        """Where a row (from 0) stands in the file."""
        if self.lines is None:
            return FilePlace(self.written, label=label)
        return place_of_line(self.written, self.text, self.lines[row], label)


def place_of_line(written: str, text: str, line: int, label: str) -> FilePlace:
    """A line (from 1) of a text, all of it marked."""
    found = nth_line(text, line)
    return FilePlace(written, line, found, 0, len(found), label)


def nth_line(text: str, line: int) -> str:
    """A line of a text, counted from 1, without its end."""
    begin = 0
    for _ in range(line - 1):
        begin = text.find("\n", begin) + 1
        if not begin:
            return ""
    end = text.find("\n", begin)
    return text[begin : len(text) if end < 0 else end].rstrip("\r")
