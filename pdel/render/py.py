"""The only makers of `Py`, the type of text that may enter a generated module.

Templates refuse every other string, so nothing of a specification reaches Python code unprinted.
"""

from __future__ import annotations

import keyword
import math
import textwrap
from collections.abc import Iterable


class Py(str):
    """Text that is Python code, made by this package's printers only."""

    __slots__ = ()


def py_name(name: str) -> Py:
    """An identifier, checked; ValueError for anything else."""
    if not (name.isascii() and name.isidentifier()) or keyword.iskeyword(name) or "__" in name:
        raise ValueError(f"not a safe Python name: {name!r}")
    return Py(name)


def py_string(text: str) -> Py:
    """A string literal in double quotes; quotes, backslashes and unprintable characters are escaped."""
    return Py('"' + "".join(_escaped(char) for char in text) + '"')


def _escaped(char: str) -> str:
    if char in '"\\':
        return "\\" + char
    if char.isprintable():
        return char
    code = ord(char)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def py_float(value: float) -> Py:
    """A float literal that reads back to the same number."""
    if not math.isfinite(value):
        raise ValueError(f"not a finite number: {value}")
    return Py(repr(float(value)))


def py_int(value: int) -> Py:
    """An integer literal, grouped by thousands from five digits on."""
    return Py(f"{value:_d}" if abs(value) >= 10_000 else str(value))


def py_bool(value: bool) -> Py:
    """True or False."""
    return Py(repr(bool(value)))


def py_value(value: int | float | bool | str) -> Py:
    """The value of an option as a literal."""
    match value:
        case bool():
            return py_bool(value)
        case int():
            return py_int(value)
        case float():
            return py_float(value)
        case _:
            return py_string(value)


def py_text(text: str) -> Py:
    """Prose for a comment or docstring: printable, on one line, without backslashes or double quotes.

    A lone carriage return would end a comment, three quotes a docstring: neither can pass.
    """
    return Py("".join(char if char.isprintable() else " " for char in text).replace("\\", "/").replace('"', "'"))


def py_escaped(text: str) -> Py:
    """Text within a docstring that a program reads back to the letter: what `py_text` replaces is escaped."""
    return Py("".join(_escaped(char) for char in text))


def py_wrap(text: str, width: int, first: str = "", later: str = "") -> Py:
    """Prose wrapped to a width, the first line behind `first`, the later ones behind `later`."""
    return Py(textwrap.fill(py_text(text), width, initial_indent=first, subsequent_indent=later))


def py_join(pieces: Iterable[Py], separator: str = "\n") -> Py:
    """Pieces joined by a separator of ours."""
    return Py(separator.join(pieces))


def py_tuple(items: Iterable[Py]) -> Py:
    """A tuple literal, with the comma that a single item needs."""
    listed = list(items)
    return Py(f"({listed[0]},)" if len(listed) == 1 else f"({', '.join(listed)})")
