"""NPZ files by the standard library alone: an archive of arrays, each with a short header before its bytes.

Form of the header: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html. Arrays of Python
objects would need unpickling, which runs code: they are refused.
"""

from __future__ import annotations

import ast
import io
import math
import struct
import sys
import zipfile
import zlib
from array import array

from pdel.datafiles.arrays import Array, from_columns, missing_array
from pdel.datafiles.table import MOST_BYTES, Refusal

MAGIC = b"\x93NUMPY"
LONGEST_HEADER = 10_000
MOST_DIMENSIONS = 32

CODES = {"f8": "d", "f4": "f", "f2": "e", "i8": "q", "i4": "i", "i2": "h", "i1": "b",
         "u8": "Q", "u4": "I", "u2": "H", "u1": "B", "b1": "B"}  # fmt: skip
"""Codes of the module `struct` by numpy's spelling of a type, which follows its byte order."""


class _UnusableArrayError(Exception):
    """An array that cannot be used; the text says why."""


def names_in(content: bytes) -> tuple[str, ...]:
    """The names of the arrays in an archive; none where it is no archive."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return tuple(entry.filename.removesuffix(".npy") for entry in archive.infolist())
    except zipfile.BadZipFile:
        return ()


def read_npz(content: bytes, names: tuple[str, ...]) -> dict[str, Array] | Refusal:
    """The named arrays of an archive. Errors: E602 (too large), E603 (missing), E608 (not to be used)."""
    arrays = {}
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            there = {entry.filename.removesuffix(".npy"): entry for entry in archive.infolist()}
            refused = missing_array(names, tuple(there), "NPZ")
            if refused is not None:
                return refused
            if sum(there[name].file_size for name in names) > MOST_BYTES:
                return Refusal("E602", f"the arrays are larger than {MOST_BYTES // 1024**2} MiB", "too large")
            for name in names:
                with archive.open(there[name]) as entry:
                    try:
                        arrays[name] = _array(entry.read(MOST_BYTES))
                    except _UnusableArrayError as fault:
                        remedy = "Save arrays of real numbers with `numpy.savez`."
                        return Refusal("E608", f"the array `{name}` {fault}", f"`{name}`", remedy)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError):
        return Refusal("E608", "the file is not an NPZ file", "not an NPZ file", "Write it with `numpy.savez`.")
    return arrays


def _array(content: bytes) -> Array:
    """The array of one `.npy` file."""
    shape, kind, by_columns, start = _header(content)
    count = math.prod(shape)
    order, code = ("<" if kind[0] in "<|" else ">"), CODES[kind[1:]]
    body = content[start:]
    if len(body) != count * struct.calcsize(order + code):
        raise _UnusableArrayError("is cut off")
    values: array[float] = array("d")
    if code == "d" and (order == "<") == (sys.byteorder == "little"):
        values.frombytes(body)
    else:
        values.extend(float(number) for (number,) in struct.iter_unpack(order + code, body))
    return from_columns(shape, values) if by_columns else Array(shape, values)


def _header(content: bytes) -> tuple[tuple[int, ...], str, bool, int]:
    """The shape, the type, whether columns come first, and where the numbers begin."""
    if content[:6] != MAGIC or len(content) < 12 or content[6] not in (1, 2, 3):
        raise _UnusableArrayError("has no header of an array")
    form, begin = ("<H", 10) if content[6] == 1 else ("<I", 12)
    (length,) = struct.unpack_from(form, content, 8)
    if length > LONGEST_HEADER:
        raise _UnusableArrayError("has a header that is too long")
    try:
        found = ast.literal_eval(content[begin : begin + length].decode("utf-8").strip())
        shape, kind, by_columns = found["shape"], found["descr"], found["fortran_order"]
    except (ValueError, SyntaxError, KeyError, TypeError, RecursionError, MemoryError):
        raise _UnusableArrayError("has no header of an array") from None
    if not isinstance(kind, str) or kind[:1] not in "<>|" or kind[1:] not in CODES:
        what = "holds complex numbers" if isinstance(kind, str) and kind[1:2] == "c" else "does not hold real numbers"
        raise _UnusableArrayError(what)
    sound = isinstance(shape, tuple) and len(shape) <= MOST_DIMENSIONS and isinstance(by_columns, bool)
    if not sound or not all(type(size) is int and 0 <= size <= MOST_BYTES for size in shape):
        raise _UnusableArrayError("has no header of an array")
    return shape, kind, by_columns, begin + length
