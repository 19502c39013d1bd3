"""What goes between the language server and the process that checks: frames of a length in eight bytes and a pickle.

Both ends are pdel itself, so that nothing from outside is unpickled.
"""

from __future__ import annotations

import pickle
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from pdel.compiler import Compilation

HEADER = 8


@dataclass(frozen=True, slots=True)
class Job:
    """A text to check, and the path that it belongs to."""

    uri: str
    version: int
    path: Path
    text: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What became of a job."""

    uri: str
    version: int
    compilation: Compilation


def frame(value: Job | Checked) -> bytes:
    """A value as a frame."""
    data = pickle.dumps(value)
    return len(data).to_bytes(HEADER, "big") + data


def read_frame(file: BinaryIO) -> object:
    """The next value, or None at the end."""
    header = file.read(HEADER)
    if len(header) < HEADER:
        return None
    return pickle.loads(file.read(int.from_bytes(header, "big")))
