"""CSV files: a first line that names the columns, and a row of numbers on every other line."""

from __future__ import annotations

import csv
import io
import math
import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pdel.datafiles.table import Refusal, place_of_line
from pdel.diagnostics.model import FilePlace
from pdel.diagnostics.suggest import did_you_mean, enumerate_words


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A CSV file: its name as written, its text, and the names of its columns."""

    written: str
    text: str
    header: tuple[str, ...]

    def line(self, line: int, label: str) -> FilePlace:
        """A line of the file."""
        return place_of_line(self.written, self.text, line, label)

    def cell(self, line: int, index: int, label: str) -> FilePlace:
        """A cell of the file, by its column from 0; all of its line where quotes hide it."""
        place = self.line(line, label)
        cells = place.text.split(",")
        if len(cells) != len(self.header):
            return place
        content = cells[index].strip()
        start = sum(len(cell) + 1 for cell in cells[:index])
        start += len(cells[index]) - len(cells[index].lstrip()) if content else 0
        return replace(place, start=start, end=start + max(len(content), 1))


def read_csv(written: str, text: str, names: tuple[str, ...]) -> tuple[dict[str, array[float]], array[int]] | Refusal:
    """The named columns of a text, and the line of each row. Errors: E603, E604, E605."""
    reader = csv.reader(io.StringIO(text, newline=""))
    lines: array[int] = array("L")
    columns: tuple[array[float], ...] = tuple(array("d") for _ in names)
    try:
        sheet = _Sheet(written, text, tuple(name.strip() for name in next(reader, [])))
        refused = _check_header(sheet, names)
        if refused is not None:
            return refused
        places = [sheet.header.index(name) for name in names]
        for row in reader:
            if not row:
                continue
            found = _numbers(sheet, row, places, reader.line_num)
            if isinstance(found, Refusal):
                return found
            lines.append(reader.line_num)
            for column, number in zip(columns, found, strict=True):
                column.append(number)
    except csv.Error as fault:
        place = place_of_line(written, text, max(reader.line_num, 1), "not a line of a table")
        return Refusal("E604", f"a line of the table cannot be read: {fault}", "not a CSV file", "", place)
    if not lines:
        remedy = "Every line below the first is a row of numbers."
        return Refusal("E605", "the table has no rows", "only a header", remedy)
    return dict(zip(names, columns, strict=True)), lines


def _check_header(sheet: _Sheet, names: tuple[str, ...]) -> Refusal | None:
    header = sheet.header
    if not any(header):
        return Refusal("E605", "the file is empty", "nothing in it", "The first line names the columns.")
    for index, name in enumerate(header):
        if name in names and name in header[:index]:
            place = sheet.cell(1, index, "again here")
            remedy = "Rename or remove one of the two."
            return Refusal("E603", f"the column `{name}` stands twice in the table", f"`{name}` twice", remedy, place)
    missing = [name for name in names if name not in header]
    if not missing:
        return None
    shown = [name for name in header if name.isprintable() and name][:12]
    remedy = did_you_mean(missing[0], shown) or f"The columns are {enumerate_words(shown)}."
    remedy = f"{remedy} The first line names one column for each coordinate and each field."
    return Refusal(
        "E603",
        f"the table has no column {enumerate_words(missing, 'or')}",
        f"no column `{missing[0]}`",
        _other_separator(header, names) or _more_than_a_name(header, missing) or remedy,
        sheet.line(1, "the names of the columns"),
    )


def _other_separator(header: Sequence[str], names: Sequence[str]) -> str:
    """What to do where the names stand in the header, but not between commas; nothing where they do not."""
    for word, separator in (("semicolons", ";"), ("tabs", "\t"), ("spaces", None)):
        if any(set(names) <= {name.strip() for name in cell.split(separator)} for cell in header):
            return f"The columns are separated by {word}: write commas between them, and points in decimals."
    return ""


def _more_than_a_name(header: Sequence[str], missing: Sequence[str]) -> str:
    """What to do where a cell has a comment sign before a name, or a unit behind it; nothing where none does."""
    for name in missing:
        for cell in header:
            if cell.isprintable() and re.fullmatch(rf"[#%]*\s*{name}\s*([(\[].*)?", cell):
                return f"The column is called `{cell}`: write `{name}` alone, without units and comment signs."
    return ""


def _numbers(sheet: _Sheet, row: Sequence[str], places: Sequence[int], line: int) -> list[float] | Refusal:
    """The values of a row in the wanted columns."""
    if len(row) != len(sheet.header):
        message = f"a row has {len(row)} columns, and the header has {len(sheet.header)}"
        place = sheet.line(line, f"{len(row)} columns")
        return Refusal("E604", message, "uneven", "Every row has a value for each column.", place)
    numbers = []
    for index in places:
        try:
            number = float(row[index])
        except ValueError:
            number = math.nan
        if not math.isfinite(number):
            return _no_number(sheet, row[index].strip(), index, line)
        numbers.append(number)
    return numbers


def _no_number(sheet: _Sheet, content: str, index: int, line: int) -> Refusal:
    """The refusal of a cell that is empty, no number or not finite."""
    if not content:
        what, label = "an empty cell", "empty"
    else:
        what, label = f"`{content[:30]}`" if content.isprintable() else "a cell", "not a finite number"
    message = f"{what} in the column `{sheet.header[index]}` is not a finite number"
    remedy = "Leave rows without a value out of the file."
    return Refusal("E604", message, "not a number", remedy, sheet.cell(line, index, label))
