"""Rows of results as CSV: a benchmark adds to those of former runs and goes on where they ended."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any, TypeVar

Row = TypeVar("Row", bound=Any)  # a dataclass

TYPES = {"str": str, "int": int, "float": float}


def read_rows(path: Path, kind: type[Row]) -> list[Row]:
    """The rows of a former file, of a dataclass of texts and numbers; nothing where there is no file."""
    if not path.exists():
        return []
    with path.open(newline="", encoding="utf-8") as file:
        return [
            kind(**{each.name: TYPES[str(each.type)](row[each.name]) for each in fields(kind)})
            for row in csv.DictReader(file)
        ]


def write_rows(path: Path, rows: Sequence[Row], kind: type[Row]) -> None:
    """All rows, below a line of names."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, [each.name for each in fields(kind)], lineterminator="\n")
        writer.writeheader()
        writer.writerows(asdict(row) for row in rows)
