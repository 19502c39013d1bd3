"""Where data files may lie: in the folder of the specification, also once links are followed."""

from __future__ import annotations

import re
from pathlib import Path

from pdel.datafiles.table import Refusal
from pdel.diagnostics.suggest import closest, suggest

LONGEST_PATH = 255
SEARCHED = "Put it beside the specification: paths are relative to its folder."
ENDINGS = (".csv", ".npz", ".mat", ".h5", ".hdf5")


def resolve_path(written: str, folder: Path | None) -> Path | Refusal:
    """The file on disk that a specification names. Errors: E601 (not allowed), E602 (not there)."""
    remedy = "Write a path relative to the specification's folder, with `/` between its parts."
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", written):
        return Refusal("E601", "a file is named by a path, not by an address or a drive", "not a path", remedy)
    if not written.strip() or len(written) > LONGEST_PATH or not written.isprintable():
        return Refusal("E601", "the path is empty, too long or holds unprintable characters", "not a path", remedy)
    if written.startswith(("/", "~")) or "\\" in written or "$" in written:
        return Refusal("E601", "the path is not relative to the specification's folder", "not allowed", remedy)
    if folder is None:
        return Refusal("E602", "there is no folder to look for the file in", "no folder", "Save the specification.")
    try:
        root = folder.resolve(strict=True)
        resolved = (root / written).resolve()
        if not resolved.is_relative_to(root):
            remedy = "Copy the file into the specification's folder."
            return Refusal("E601", "the file lies outside the specification's folder", "outside", remedy)
        if not resolved.is_file():
            there = sorted(item.name for item in root.iterdir() if item.suffix.lower() in ENDINGS)[:50]
            near = closest(written, there)
            remedy = SEARCHED if near is None else suggest(near, f'"{near}"')
            return Refusal("E602", "there is no such file", "not found", remedy)
    except (OSError, RuntimeError, ValueError):
        return Refusal("E602", "the path cannot be followed", "cannot be read", remedy)
    return resolved
