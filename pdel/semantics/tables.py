"""Tables of reference values: where they may lie, and what must stand in them.

The compiler reads a table to check it; the generated module reads it again when it runs.
"""

from __future__ import annotations

import csv
import hashlib
import io
import math
import re
from dataclasses import dataclass
from pathlib import Path

from pdel.diagnostics.model import error
from pdel.diagnostics.suggest import did_you_mean, enumerate_words
from pdel.semantics.problem import ReferenceTable
from pdel.semantics.scope import Scope
from pdel.source import Span
from pdel.syntax import ast

MOST_BYTES = 64 * 1024 * 1024
LONGEST_PATH = 255


@dataclass(frozen=True, slots=True)
class _Refusal:
    """Why a table cannot be used."""

    code: str
    message: str
    label: str = ""
    help: str = ""


def read_table(
    scope: Scope, file: ast.Text, fields: tuple[str, ...], folder: Path | None, span: Span
) -> ReferenceTable | None:
    """Check a table and note its path, its number of rows and the SHA-256 of its content.

    Columns are named by coordinates and fields; others are passed over. Errors: E601 to E605.
    """
    found = _read(file.text, (*scope.coordinates, *fields), folder)
    if isinstance(found, _Refusal):
        scope.report(error(found.code, found.message, file.span, found.label, help=found.help))
        return None
    resolved, sha256, rows = found
    return ReferenceTable(fields, file.text, resolved, sha256, rows, span)


def _read(written: str, columns: tuple[str, ...], folder: Path | None) -> tuple[Path, str, int] | _Refusal:
    path = _resolve(written, folder)
    if isinstance(path, _Refusal):
        return path
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            return _Refusal("E602", f"the file is larger than {MOST_BYTES // 1024**2} MiB", f"{size // 1024**2} MiB")
        content = path.read_bytes()
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _Refusal("E604", "the file is not a text in UTF-8", "not a CSV file")
    except OSError as fault:
        return _Refusal("E602", f"the file cannot be read: {fault.strerror or 'unknown reason'}", "cannot be read")
    rows = _check(text, columns)
    return rows if isinstance(rows, _Refusal) else (path, hashlib.sha256(content).hexdigest(), rows)


SEARCHED = "Put it beside the specification: paths are relative to its folder."


def _resolve(written: str, folder: Path | None) -> Path | _Refusal:
    """The file on disk: it must lie in the specification's folder, also once links are followed."""
    remedy = "Write a path relative to the specification's folder, with `/` between its parts."
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", written):
        return _Refusal("E601", "a file is named by a path, not by an address or a drive", "not a path", remedy)
    if not written.strip() or len(written) > LONGEST_PATH or not written.isprintable():
        return _Refusal("E601", "the path is empty, too long or holds unprintable characters", "not a path", remedy)
    if written.startswith(("/", "~")) or "\\" in written or "$" in written:
        return _Refusal("E601", "the path is not relative to the specification's folder", "not allowed", remedy)
    if folder is None:
        return _Refusal("E602", "there is no folder to look for the file in", "no folder", "Save the specification.")
    try:
        root = folder.resolve(strict=True)
        resolved = (root / written).resolve()
        if not resolved.is_relative_to(root):
            remedy = "Copy the file into the specification's folder."
            return _Refusal("E601", "the file lies outside the specification's folder", "outside", remedy)
        if not resolved.is_file():
            there = sorted(item.name for item in root.glob("*.csv"))[:50]
            return _Refusal("E602", "there is no such file", "not found", did_you_mean(written, there) or SEARCHED)
    except (OSError, RuntimeError, ValueError):
        return _Refusal("E602", "the path cannot be followed", "cannot be read", remedy)
    return resolved


def _check(text: str, columns: tuple[str, ...]) -> int | _Refusal:
    """The number of rows of a table whose header and numbers are sound."""
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        header = [name.strip() for name in next(reader, [])]
        refused = _check_header(header, columns)
        if refused is not None:
            return refused
        places = [header.index(name) for name in columns]
        count = 0
        for row in reader:
            if not row:
                continue
            refused = _check_row(row, header, places, reader.line_num)
            if refused is not None:
                return refused
            count += 1
    except csv.Error as fault:
        return _Refusal("E604", f"line {reader.line_num} is not a line of a CSV file: {fault}", "not a CSV file")
    return count or _Refusal("E605", "the table has no rows", "only a header")


def _check_header(header: list[str], columns: tuple[str, ...]) -> _Refusal | None:
    if not any(header):
        return _Refusal("E605", "the file is empty", "nothing in it", "The first line names the columns.")
    twice = next((name for index, name in enumerate(header) if name in header[:index] and name in columns), None)
    if twice is not None:
        return _Refusal("E603", f"the column `{twice}` stands twice in the table", f"`{twice}` twice")
    missing = [name for name in columns if name not in header]
    if not missing:
        return None
    shown = [name for name in header if name.isprintable() and name][:12]
    remedy = did_you_mean(missing[0], []) or f"The columns are {enumerate_words(shown)}."
    return _Refusal(
        "E603",
        f"the table has no column {enumerate_words(missing, 'or')}",
        f"no column `{missing[0]}`",
        f"{remedy} The first line names one column for each coordinate and each field.",
    )


def _check_row(row: list[str], header: list[str], places: list[int], line: int) -> _Refusal | None:
    if len(row) != len(header):
        return _Refusal("E604", f"line {line} has {len(row)} columns, and the header has {len(header)}", "uneven")
    for place in places:
        try:
            number = float(row[place])
        except ValueError:
            shown = row[place][:30] if row[place].isprintable() else "it"
            return _Refusal("E604", f"line {line} of the table: `{shown}` is not a number", "not a number")
        if not math.isfinite(number):
            return _Refusal("E604", f"line {line} of the table: `{header[place]}` is not finite", "not finite")
    return None
