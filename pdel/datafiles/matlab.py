"""MAT files of version 5 to 7 by the standard library alone: full real arrays of numbers.

Form: "MAT-File Format", The MathWorks: a head of 128 bytes, then elements, each with a tag of type and length.
An array is an element that holds its flags, its dimensions, its name and its numbers; mostly it is compressed.
"""

from __future__ import annotations

import math
import struct
import zlib
from array import array
from collections.abc import Iterator

from pdel.datafiles.arrays import Array, from_columns, missing_array
from pdel.datafiles.table import MOST_BYTES, Refusal

HEAD = 128
COMPRESSED, MATRIX = 15, 14
NUMBERS = {1: "b", 2: "B", 3: "h", 4: "H", 5: "i", 6: "I", 7: "f", 9: "d", 12: "q", 13: "Q"}
"""Codes of the module `struct` by the type of an element."""

NUMERIC_CLASSES = range(6, 16)
COMPLEX = 0x0800
HDF5_SIGNATURE = b"\x89HDF\r\n\x1a\n"
MOST_ARRAYS = 1000


class _BrokenFileError(Exception):
    """The bytes are not those of a MAT file."""


class _TooLargeError(Exception):
    """The arrays unpack to more than is allowed."""


def read_mat(content: bytes, names: tuple[str, ...]) -> dict[str, Array] | Refusal:
    """The named arrays of a file. Errors: E602 (too large), E603 (missing), E608 (not to be used)."""
    if HDF5_SIGNATURE in content[: 1024 + len(HDF5_SIGNATURE)]:
        remedy = "Save it with `-v7`, or give it the ending `.h5`: its arrays then have their dimensions reversed."
        return Refusal("E608", "the MAT file is of version 7.3, which is HDF5", "version 7.3", remedy)
    try:
        order = {b"IM": "<", b"MI": ">"}.get(content[126:HEAD])
        if order is None:
            raise _BrokenFileError
        found = dict(_matrices(content, order, names))
    except (_BrokenFileError, struct.error, zlib.error, UnicodeDecodeError):
        return Refusal("E608", "the file is not a MAT file", "not a MAT file", "Save it with `-v7`.")
    except _TooLargeError:
        return Refusal("E602", f"the arrays are larger than {MOST_BYTES // 1024**2} MiB", "too large")
    refused = missing_array(names, tuple(found), "MAT")
    if refused is not None:
        return refused
    arrays = {name: found[name] for name in names}
    for name, one in arrays.items():
        if one is None:
            remedy = "Save full arrays of real numbers."
            return Refusal("E608", f"the array `{name}` is not a full array of real numbers", f"`{name}`", remedy)
    return {name: one for name, one in arrays.items() if one is not None}


def _matrices(content: bytes, order: str, names: tuple[str, ...]) -> Iterator[tuple[str, Array | None]]:
    """The arrays by name, None for those that are not asked for or are no full real arrays."""
    unpacked = 0
    for count, (kind, body) in enumerate(_elements(content[HEAD:], order)):
        if kind == COMPRESSED:
            stream = zlib.decompressobj()
            body = stream.decompress(body, MOST_BYTES + 1 - unpacked)
            unpacked += len(body)
            if unpacked > MOST_BYTES or count > MOST_ARRAYS:
                raise _TooLargeError
            kind, body = next(_elements(body, order), (0, b""))
        if kind == MATRIX:
            yield _matrix(body, order, names)


def _elements(content: bytes, order: str) -> Iterator[tuple[int, bytes]]:
    """The elements of some bytes: type and content. Those of up to four bytes may share the tag."""
    at = 0
    while at + 8 <= len(content):
        kind, size = struct.unpack_from(order + "II", content, at)
        if kind >> 16:
            kind, size = kind & 0xFFFF, kind >> 16
            yield kind, content[at + 4 : at + 4 + min(size, 4)]
            at += 8
            continue
        if at + 8 + size > len(content):
            raise _BrokenFileError
        yield kind, content[at + 8 : at + 8 + size]
        at += 8 + size
        at += 0 if kind == COMPRESSED else -size % 8


def _matrix(body: bytes, order: str, names: tuple[str, ...]) -> tuple[str, Array | None]:
    """The name of an array and its numbers: flags, dimensions, name, real part."""
    parts = _elements(body, order)
    try:
        (flags,) = struct.unpack_from(order + "I", next(parts)[1])
        dimensions = next(parts)[1]
        name = next(parts)[1].decode("ascii")
        if flags & 0xFF not in NUMERIC_CLASSES or flags & COMPLEX or name not in names:
            return name, None
        kind, numbers = next(parts)
    except StopIteration:
        raise _BrokenFileError from None
    shape = struct.unpack(f"{order}{len(dimensions) // 4}i", dimensions)
    code = NUMBERS.get(kind)
    if code is None or min(shape) < 0 or len(numbers) != math.prod(shape) * struct.calcsize(order + code):
        raise _BrokenFileError
    values = array("d", (float(number) for (number,) in struct.iter_unpack(order + code, numbers)))
    return name, from_columns(shape, values)
