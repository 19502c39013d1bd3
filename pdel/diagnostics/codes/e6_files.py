"""Codes of the family E6: files."""

from __future__ import annotations

import io
import struct
import zipfile

from pdel.diagnostics.codes.base import CodeInfo


def npz(**arrays: tuple[float, ...]) -> bytes:
    """The bytes of an NPZ file of vectors, for examples."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, values in arrays.items():
            header = f"{{'descr': '<f8', 'fortran_order': False, 'shape': ({len(values)},)}}\n".encode()
            start = b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header
            archive.writestr(zipfile.ZipInfo(f"{name}.npy"), start + struct.pack(f"<{len(values)}d", *values))
    return buffer.getvalue()


CODES: tuple[CodeInfo, ...] = (
    CodeInfo(
        code="E601",
        title="A path that is not allowed",
        explanation=(
            "Data files lie in the folder of the specification or below it, and are named by a relative path\n"
            "with `/`. Absolute paths, `~`, `..` out of the folder, links out of it, variables and addresses\n"
            "are refused, so that a specification from somebody else can be compiled safely."
        ),
        bad="""\
problem rod
space x in [0, 1]
field u(x)
equation balance: u_xx = 2
boundary ends: u = 0 on x = 0, x = 1
reference u from "../u.csv"
""",
        good="""\
problem rod
space x in [0, 1]
field u(x)
equation balance: u_xx = 2
boundary ends: u = 0 on x = 0, x = 1
""",
    ),
    CodeInfo(
        code="E602",
        title="A file that cannot be read",
        explanation=(
            "There is no file of this name in the specification's folder, it is no ordinary file, it may not\n"
            "be read, or it is larger than 64 MiB."
        ),
        bad="""\
problem rod
space x in [0, 1]
field u(x)
equation balance: u_xx = 2
boundary ends: u = 0 on x = 0, x = 1
reference u from "missing.csv"
""",
        good="""\
problem rod
space x in [0, 1]
field u(x)
equation balance: u_xx = 2
boundary ends: u = 0 on x = 0, x = 1
reference u from "u.csv"
""",
        files=(("u.csv", "x,u\n0,0\n1,0\n"),),
    ),
    CodeInfo(
        code="E603",
        title="Columns that do not fit",
        explanation=(
            "The first line of a table names its columns. There is one for each coordinate and one for each\n"
            "field of the statement, under the names of the specification (`psi_re` and `psi_im` for a\n"
            "complex field); other columns are passed over."
        ),
        bad="""\
problem rod
space x in [0, 1]
field u(x)
equation balance: u_xx = 2
boundary ends: u = 0 on x = 0, x = 1
reference u from "table.csv"
""",
        good="""\
problem rod
space x in [0, 1]
field u(x)
equation balance: u_xx = 2
boundary ends: u = 0 on x = 0, x = 1
reference u from "u.csv"
""",
        files=(
            ("table.csv", "x,w\n0,0\n1,0\n"),
            ("u.csv", "x,u\n0,0\n1,0\n"),
        ),
    ),
    CodeInfo(
        code="E604",
        title="A row that is not made of numbers",
        explanation=(
            "Every row of a table has as many values as the header, and finite decimal numbers in the columns\n"
            "that are used. The text is in UTF-8."
        ),
        bad="""\
problem rod
space x in [0, 1]
field u(x)
equation balance: u_xx = 2
boundary ends: u = 0 on x = 0, x = 1
reference u from "table.csv"
""",
        good="""\
problem rod
space x in [0, 1]
field u(x)
equation balance: u_xx = 2
boundary ends: u = 0 on x = 0, x = 1
reference u from "u.csv"
""",
        files=(
            ("table.csv", "x,u\n0,0\n0.5,nan\n1,0\n"),
            ("u.csv", "x,u\n0,0\n1,0\n"),
        ),
    ),
    CodeInfo(
        code="E605",
        title="An empty table",
        explanation=("The file has no header, or no row below it."),
        bad="""\
problem rod
space x in [0, 1]
field u(x)
equation balance: u_xx = 2
boundary ends: u = 0 on x = 0, x = 1
reference u from "table.csv"
""",
        good="""\
problem rod
space x in [0, 1]
field u(x)
equation balance: u_xx = 2
boundary ends: u = 0 on x = 0, x = 1
reference u from "u.csv"
""",
        files=(
            ("table.csv", "x,u\n"),
            ("u.csv", "x,u\n0,0\n1,0\n"),
        ),
    ),
    CodeInfo(
        code="E606",
        title="Points outside the intervals of the coordinates",
        explanation=(
            "Each row of a table is a point of space and time with the values there. A point beyond the declared\n"
            "interval of a coordinate is one where the equations do not hold and nothing is trained: often a unit\n"
            "or a column that was mistaken for another."
        ),
        bad="""\
problem rod
space x in [0, 1]
field u(x)
equation balance: u_xx = 2
boundary ends: u = 0 on x = 0, x = 1
reference u from "table.csv"
""",
        good="""\
problem rod
space x in [0, 1]
field u(x)
equation balance: u_xx = 2
boundary ends: u = 0 on x = 0, x = 1
reference u from "u.csv"
""",
        files=(
            ("table.csv", "x,u\n0,0\n50,-0.25\n100,0\n"),
            ("u.csv", "x,u\n0,0\n1,0\n"),
        ),
    ),
    CodeInfo(
        code="E607",
        title="Arrays whose shapes do not fit",
        explanation=(
            "In files of arrays (NPZ, MAT, HDF5) either all arrays that are used have one shape, and every entry is\n"
            "a point; or the coordinates are axes, and every field has a value for each point of their grid, with\n"
            "its dimensions in the order in which the coordinates are declared. Dimensions of one entry count for\n"
            "nothing. `solution.npz` of a run has the second form."
        ),
        bad="""\
problem rod
space x in [0, 1]
field u(x)
equation balance: u_xx = 2
boundary ends: u = 0 on x = 0, x = 1
reference u from "uneven.npz"
""",
        good="""\
problem rod
space x in [0, 1]
field u(x)
equation balance: u_xx = 2
boundary ends: u = 0 on x = 0, x = 1
reference u from "u.npz"
""",
        files=(
            ("uneven.npz", npz(x=(0.0, 1.0), u=(0.0, -0.25, 0.0))),
            ("u.npz", npz(x=(0.0, 0.5, 1.0), u=(0.0, -0.25, 0.0))),
        ),
    ),
    CodeInfo(
        code="E608",
        title="A file of arrays that cannot be used",
        explanation=(
            "The ending of a file's name says what it is: `.npz`, `.mat` (up to version 7), `.h5` and `.hdf5`; all\n"
            "others are CSV files. A file of arrays has full arrays of real numbers under the names of coordinates\n"
            "and fields. Arrays of Python objects are never loaded, because that would run code; links out of an\n"
            "HDF5 file are not followed."
        ),
        bad="""\
problem rod
space x in [0, 1]
field u(x)
equation balance: u_xx = 2
boundary ends: u = 0 on x = 0, x = 1
reference u from "table.npz"
""",
        good="""\
problem rod
space x in [0, 1]
field u(x)
equation balance: u_xx = 2
boundary ends: u = 0 on x = 0, x = 1
reference u from "u.npz"
""",
        files=(
            ("table.npz", "x,u\n0,0\n1,0\n"),
            ("u.npz", npz(x=(0.0, 1.0), u=(0.0, 0.0))),
        ),
    ),
    CodeInfo(
        code="E609",
        title="A package that a file needs is not installed",
        explanation=(
            "HDF5 files are read by the package h5py, which is not installed with pdel. Install it, or save the\n"
            "arrays as an NPZ or CSV file."
        ),
        bad="",
        good="",
    ),
)
