"""Files of commands: specifications by path, in folders and on standard input; files written whole or not at all."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pdel.diagnostics.model import Result
    from pdel.source import Source

STANDARD_INPUT = Path("-")
"""The path that stands for standard input."""

STANDARD_INPUT_NAME = "<stdin>"
"""What the text from standard input is called in reports."""


def replace_file(path: Path, content: bytes) -> None:
    """Put content in the place of a file by renaming, so that no reader ever sees a part of it."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with temporary.open("xb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        if path.exists():
            temporary.chmod(stat.S_IMODE(path.stat().st_mode))
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def specifications_in(paths: tuple[Path, ...]) -> list[Path]:
    """The paths with every folder replaced by the specifications in it and below; hidden folders are left out."""
    found: list[Path] = []
    for path in paths:
        if path == STANDARD_INPUT or not path.is_dir():
            found.append(path)
            continue
        below = [item for item in path.rglob("*.pde") if item.is_file()]
        found += sorted(item for item in below if not _is_hidden(item.relative_to(path)))
    return list(dict.fromkeys(found))


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def read_source(path: Path) -> Result[Source]:
    """The source at a path, or on standard input; raises ClickException where it cannot be read."""
    from pdel.source_load import load_bytes, load_source

    try:
        if path == STANDARD_INPUT:
            return load_bytes(STANDARD_INPUT_NAME, sys.stdin.buffer.read())
        return load_source(path)
    except OSError as failure:
        raise click.ClickException(f"cannot read {path}: {failure.strerror}") from failure
