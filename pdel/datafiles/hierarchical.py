"""HDF5 files, by the optional package h5py: arrays at the top of the file.

The one place of the compiler that imports a package for arrays, and only when a specification names such a file:
HDF5 has no short description that a reader of its own could follow. Links and storage outside the file are refused.
"""

from __future__ import annotations

import io
import math
from array import array
from typing import Any

from pdel.datafiles.arrays import Array, missing_array
from pdel.datafiles.table import MOST_BYTES, Refusal


def read_hdf5(content: bytes, names: tuple[str, ...]) -> dict[str, Array] | Refusal:
    """The named arrays of a file. Errors: E602 (too large), E603 (missing), E608 (not to be used), E609."""
    try:
        import h5py  # noqa: PLC0415
    except ImportError:
        remedy = "Install it, `pip install h5py`, or save the arrays as NPZ or CSV."
        return Refusal("E609", "the package h5py, which reads HDF5 files, is not installed", "needs h5py", remedy)
    try:
        with h5py.File(io.BytesIO(content), "r") as file:
            refused = missing_array(names, list(file), "HDF5")
            if refused is not None:
                return refused
            return _arrays(h5py, file, names)
    except (OSError, RuntimeError, ValueError, KeyError):
        return Refusal("E608", "the file is not an HDF5 file, or is broken", "not an HDF5 file")


def _arrays(h5py: Any, file: Any, names: tuple[str, ...]) -> dict[str, Array] | Refusal:
    size = 0
    arrays = {}
    for name in names:
        inside = isinstance(file.get(name, getlink=True), h5py.HardLink)
        found = file[name] if inside else None
        if not isinstance(found, h5py.Dataset) or found.external or found.is_virtual or found.dtype.kind not in "fiu":
            remedy = "Save arrays of real numbers at the top of the file."
            return Refusal("E608", f"`{name}` is not an array of real numbers in the file itself", f"`{name}`", remedy)
        shape = tuple(int(length) for length in found.shape)
        size += 8 * math.prod(shape)
        if size > MOST_BYTES:
            return Refusal("E602", f"the arrays are larger than {MOST_BYTES // 1024**2} MiB", "too large")
        values: array[float] = array("d")
        values.frombytes(found[()].astype("float64").tobytes())
        arrays[name] = Array(shape, values)
    return arrays
