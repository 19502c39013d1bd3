"""Text as a terminal shows it: widths of characters, tabs, and characters that must not reach a terminal."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import Enum

from pdel.diagnostics.model import Severity

TAB_WIDTH = 4


class Role(Enum):
    """What a piece of a report is, with its ANSI colour: the renderers paint by role."""

    PLAIN = ""
    BOLD = "1"
    ERROR = "1;31"
    WARNING = "1;33"
    NOTE = "1;36"
    MARGIN = "1;34"
    ADDED = "32"
    REMOVED = "31"


SEVERITY_ROLES: dict[Severity, Role] = {
    Severity.ERROR: Role.ERROR,
    Severity.WARNING: Role.WARNING,
    Severity.NOTE: Role.NOTE,
}


def paint(text: str, role: Role, color: bool) -> str:
    """The text in the colour of its role, where colour is wanted."""
    return f"\x1b[{role.value}m{text}\x1b[0m" if color and role.value and text else text


def visible(text: str) -> str:
    """Text whose control and direction characters are replaced by signs that show them.

    So nothing in a specification can move the cursor, colour a terminal or reorder what a reviewer reads.
    Line feeds stay.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(char if char == "\n" else _visible_character(char) for char in text)


def _visible_character(char: str) -> str:
    code = ord(char)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    return "\ufffd" if unicodedata.category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp"} else char


def character_width(char: str) -> int:
    """How many columns a character takes: 0 for combining marks, 2 for wide ones."""
    if char.isascii():
        return 1
    if unicodedata.category(char) in {"Mn", "Me"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in {"W", "F"} else 1


@dataclass(frozen=True, slots=True)
class DisplayedLine:
    """A line as shown, and the display column of each of its characters (with one beyond the last)."""

    text: str
    columns: tuple[int, ...]

    def column(self, index: int) -> int:
        """The display column of a character; the column just past the line for anything beyond."""
        return self.columns[min(max(index, 0), len(self.columns) - 1)]


def displayed(line: str) -> DisplayedLine:
    """A line with tabs expanded to stops of four columns and unsafe characters made visible."""
    pieces: list[str] = []
    columns = [0]
    column = 0
    for char in line:
        if char == "\t":
            piece = " " * (TAB_WIDTH - column % TAB_WIDTH)
            width = len(piece)
        else:
            piece = _visible_character(char)
            width = character_width(piece)
        pieces.append(piece)
        column += width
        columns.append(column)
    return DisplayedLine("".join(pieces), tuple(columns))
