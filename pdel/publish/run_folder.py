"""What a run left in its folder, as far as it is there: the standard library reads all of it."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pdel.datafiles.arrays import Array
from pdel.datafiles.numpy_zip import names_in, read_npz
from pdel.datafiles.table import Refusal


class RunFolderError(Exception):
    """The folder holds no finished run; the text says what is missing and what to do."""


@dataclass(frozen=True, slots=True)
class RunFolder:
    """The summary, the rows of the metrics, the arrays of the solution and of the points, and pictures."""

    path: Path
    summary: Mapping[str, Any]
    metrics: tuple[Mapping[str, str], ...]
    solution: Mapping[str, Array]
    points: Mapping[str, Array]
    flags: tuple[Mapping[str, str], ...]

    def curve(self, column: str) -> tuple[tuple[float, float], ...]:
        """A column of the metrics over the steps."""
        found = []
        for one in self.metrics:
            try:
                found.append((float(one["step"]), float(one[column])))
            except (KeyError, ValueError, TypeError):
                continue
        return tuple(found)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the metrics."""
        return tuple(self.metrics[0]) if self.metrics else ()

    def phases(self) -> tuple[float, ...]:
        """The steps at which a new phase began."""
        pairs = zip(self.metrics, self.metrics[1:], strict=False)
        return tuple(float(later["step"]) for before, later in pairs if before.get("phase") != later.get("phase"))

    def picture(self, name: str) -> bytes | None:
        """A picture that the module drew."""
        file = self.path / name
        return file.read_bytes() if file.is_file() else None


def read_run(path: Path, coordinates: Sequence[str], fields: Sequence[str]) -> RunFolder:
    """The contents of a run folder. Raises RunFolderError where there is no summary."""
    summary = read_summary(path)
    points = path / "points.npz"
    return RunFolder(
        path,
        summary,
        read_rows(path / "metrics.csv"),
        _arrays(path / "solution.npz", (*coordinates, *fields)),
        _arrays(points, names_in(points.read_bytes())) if points.is_file() else {},
        read_rows(path / "pruning.csv"),
    )


def read_summary(path: Path) -> Mapping[str, Any]:
    """summary.json. Raises RunFolderError."""
    file = path / "summary.json"
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise RunFolderError(f"there is no {file}: train first, as in `pdel run SPEC --out {path}`") from None
    except (OSError, ValueError) as failure:
        raise RunFolderError(f"{file} cannot be read: {failure}") from failure
    if not isinstance(found, dict):
        raise RunFolderError(f"{file} is not the summary of a run")
    return found


def read_rows(file: Path) -> tuple[Mapping[str, str], ...]:
    """The rows of a CSV file, none where it is not there."""
    if not file.is_file():
        return ()
    with file.open(newline="", encoding="utf-8") as stream:
        return tuple(csv.DictReader(stream))


def _arrays(file: Path, names: Sequence[str]) -> Mapping[str, Array]:
    """The named arrays of an NPZ file; none where the file or one of them is not there."""
    if not file.is_file():
        return {}
    found = read_npz(file.read_bytes(), tuple(names))
    return {} if isinstance(found, Refusal) else found
