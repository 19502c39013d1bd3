"""The imports of a module: exactly those whose names its text uses, in the order of `ruff format`'s isort."""

from __future__ import annotations

from pdel.render.py import Py

MODULES = (
    "argparse",
    "contextlib",
    "csv",
    "ctypes",
    "functools",
    "hashlib",
    "json",
    "math",
    "os",
    "shutil",
    "signal",
    "statistics",
    "sys",
    "tempfile",
    "time",
    "warnings",
)
MEMBERS = (
    ("collections.abc", ("Callable", "Iterator", "Mapping", "Sequence")),
    ("functools", ("cache",)),
    ("pathlib", ("Path",)),
    ("types", ("FrameType",)),
    ("typing", ("Any", "NamedTuple", "Protocol", "TextIO", "cast")),
)


def import_lines(used: frozenset[str]) -> Py:
    """The import statements for the names that a module uses."""
    lines = [f"import {name}" for name in MODULES if name in used]
    for module, members in MEMBERS:
        needed = [member for member in members if member in used]
        if needed:
            lines.append(f"from {module} import {', '.join(needed)}")
    third = ["import torch"]
    third.append(f"from torch import {', '.join(name for name in ('Tensor', 'nn') if name in used)}")
    return Py("\n".join([*lines, "", *third]))
