"""A data file as columns of numbers: `read_data`. The ending of its name says what kind of file it is."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from pdel.datafiles.arrays import Array, arrange
from pdel.datafiles.comma import read_csv
from pdel.datafiles.hierarchical import read_hdf5
from pdel.datafiles.matlab import read_mat
from pdel.datafiles.numpy_zip import read_npz
from pdel.datafiles.paths import resolve_path
from pdel.datafiles.table import MOST_BYTES, DataTable, Refusal

READERS: dict[str, Callable[[bytes, tuple[str, ...]], dict[str, Array] | Refusal]] = {
    ".npz": read_npz,
    ".mat": read_mat,
    ".h5": read_hdf5,
    ".hdf5": read_hdf5,
}
"""The readers of files of named arrays by the ending of the file's name; every other file is a CSV file."""


def read_data(
    written: str, coordinates: tuple[str, ...], fields: tuple[str, ...], folder: Path | None
) -> DataTable | Refusal:
    """The columns of coordinates and fields in the file that a specification names.

    Errors: E601 and E602 of the path, E603 to E605 of the columns, E607 to E609 of files of arrays.
    """
    path = resolve_path(written, folder)
    if isinstance(path, Refusal):
        return path
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            return Refusal("E602", f"the file is larger than {MOST_BYTES // 1024**2} MiB", f"{size // 1024**2} MiB")
        content = path.read_bytes()
    except OSError as fault:
        return Refusal("E602", f"the file cannot be read: {fault.strerror or 'unknown reason'}", "cannot be read")
    sha256 = hashlib.sha256(content).hexdigest()
    reader = READERS.get(path.suffix.lower())
    if reader is not None:
        arrays = reader(content, (*coordinates, *fields))
        columns = arrays if isinstance(arrays, Refusal) else arrange(arrays, coordinates, fields)
        return columns if isinstance(columns, Refusal) else DataTable(written, path, sha256, dict(columns))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        remedy = "Name CSV files `.csv`, and others by `.npz`, `.mat`, `.h5` or `.hdf5`."
        return Refusal("E604", "the file is not a text in UTF-8", "not a CSV file", remedy)
    found = read_csv(written, text, (*coordinates, *fields))
    if isinstance(found, Refusal):
        return found
    return DataTable(written, path, sha256, dict(found[0]), found[1], text)
