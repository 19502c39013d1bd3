"""Data files when compiling: what is read, what is refused, and where a mistake is shown."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest
import scipy.io

from pdel.cli.report import FORMATS, render_findings
from pdel.compiler import diagnose
from pdel.datafiles import hierarchical, numpy_zip
from pdel.datafiles.read import read_data
from pdel.datafiles.table import DataTable, Refusal
from pdel.diagnostics.model import Diagnostic
from pdel.diagnostics.order import Findings

TEXT = """\
problem plate
shape sheet = rectangle((0, 0), (1, 1))
shape hole = disk((0.5, 0.5), 0.2)
space (x, y) in sheet - hole
field u(x, y)
equation balance: laplacian(u) = 0
boundary rim: u = x on boundary
reference u from "{name}"
"""


def refused(folder: Path, name: str, content: bytes | str) -> Refusal:
    (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    found = read_data(name, ("x", "t"), ("u",), folder)
    assert isinstance(found, Refusal), found
    return found


def columns(folder: Path, name: str) -> dict[str, list[float]]:
    found = read_data(name, ("x", "t"), ("u",), folder)
    assert isinstance(found, DataTable), found
    return {column: list(values) for column, values in found.columns.items()}


def npz(**arrays: Any) -> bytes:
    buffer = io.BytesIO()
    np.savez(buffer, **arrays)
    return buffer.getvalue()


# ---------------------------------------------------------------------------------------------------
# What is read
# ---------------------------------------------------------------------------------------------------

X, T = np.array([0.0, 0.5, 1.0]), np.array([0.25, 0.75])
U = np.arange(6.0).reshape(3, 2)
ROWS = {"x": [0.0, 0.0, 0.5, 0.5, 1.0, 1.0], "t": [0.25, 0.75] * 3, "u": [0.0, 1.0, 2.0, 3.0, 4.0, 5.0]}


@pytest.mark.parametrize("kind", ["<f8", ">f8", "<f4", ">f4", "<f2", "<i8", ">i4", "<u2", "|i1", "|u1"])
@pytest.mark.parametrize("order", ["C", "F"])
def test_npz_of_every_type_and_order(kind: str, order: Any, tmp_path: Path) -> None:
    np.savez(tmp_path / "a.npz", x=X, t=T, u=np.asarray(U, dtype=kind, order=order))
    assert columns(tmp_path, "a.npz") == ROWS


@pytest.mark.parametrize("kind", ["f8", "f4", "i4", "u1", "i2"])
@pytest.mark.parametrize("compressed", [True, False])
def test_mat_of_every_type(kind: str, compressed: bool, tmp_path: Path) -> None:
    arrays = {"x": X, "t": T, "u": U.astype(kind), "note": "text", "cell": {"a": 1}}
    scipy.io.savemat(tmp_path / "a.mat", arrays, do_compression=compressed)
    assert columns(tmp_path, "a.mat") == ROWS


def test_hdf5_with_compression_and_half_precision(tmp_path: Path) -> None:
    with h5py.File(tmp_path / "a.h5", "w") as file:
        file["x"], file["t"] = X, T
        file.create_dataset("u", data=U.astype("f2"), compression="gzip")
    assert columns(tmp_path, "a.h5") == ROWS


def test_arrays_of_one_shape_are_points_and_others_a_grid(tmp_path: Path) -> None:
    mesh = np.meshgrid(X, T, indexing="ij")
    np.savez(tmp_path / "mesh.npz", x=mesh[0], t=mesh[1], u=U)
    np.savez(tmp_path / "flat.npz", x=mesh[0].ravel(), t=mesh[1].reshape(-1, 1), u=U.reshape(1, -1))
    assert columns(tmp_path, "mesh.npz") == columns(tmp_path, "flat.npz") == ROWS
    np.savez(tmp_path / "line.npz", x=X, t=np.array([0.5]), u=U[:, :1])
    assert columns(tmp_path, "line.npz") == {"x": list(X), "t": [0.5] * 3, "u": [0.0, 2.0, 4.0]}


# ---------------------------------------------------------------------------------------------------
# What is refused
# ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arrays", "code", "message"),
    [
        ({"x": X, "t": T}, "E603", "the NPZ file has no array `u`"),
        ({"x": X, "t": T, "u": U.T}, "E607", "the shapes of the arrays do not fit: `x` 3, `t` 2, `u` 2×3"),
        ({"x": X, "t": X, "u": T}, "E607", "the shapes of the arrays do not fit: `x` 3, `t` 3, `u` 2"),
        ({"x": U, "t": T, "u": U}, "E607", "the shapes of the arrays do not fit: `x` 3×2, `t` 2, `u` 3×2"),
        ({"x": X, "t": T, "u": np.where(U == 3, np.nan, U)}, "E604", "`u[1, 1]` is not a finite number"),
        ({"x": X[:0], "t": X[:0], "u": X[:0]}, "E605", "the array `x` is empty"),
        ({"x": X, "t": T, "u": U * 1j}, "E608", "the array `u` holds complex numbers"),
        ({"x": X, "t": T, "u": U.astype(str)}, "E608", "the array `u` does not hold real numbers"),
        ({"x": X, "t": T, "u": U.astype(object)}, "E608", "the array `u` does not hold real numbers"),
    ],
)
def test_arrays_that_do_not_fit(arrays: dict[str, Any], code: str, message: str, tmp_path: Path) -> None:
    found = refused(tmp_path, "a.npz", npz(**arrays))
    assert (found.code, found.message) == (code, message)


@pytest.mark.parametrize("name", ["a.npz", "a.mat", "a.h5"])
@pytest.mark.parametrize("content", [b"", b"x,t,u\n", b"PK\x05\x06" + bytes(18), bytes(4000), b"\x89HDF\r\n\x1a\n" * 9])
def test_bytes_of_another_kind(name: str, content: bytes, tmp_path: Path) -> None:
    assert refused(tmp_path, name, content).code in ("E603", "E608")


def test_no_byte_of_a_file_makes_a_reader_fail(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    scipy.io.savemat(buffer, {"x": X, "t": T, "u": U}, do_compression=False)
    for name, sound in (("a.npz", npz(x=X, t=T, u=U)), ("a.mat", buffer.getvalue())):
        for place in range(0, len(sound), 7):
            for content in (sound[:place], sound[:place] + b"\xff\xff\xff\x7f" + sound[place + 4 :]):
                (tmp_path / name).write_bytes(content)
                read_data(name, ("x", "t"), ("u",), tmp_path)  # a table or a refusal, never an exception


def test_headers_run_nothing(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    header = b"{'descr': '<f8', 'shape': __import__('os').getcwd(), 'fortran_order': False}"
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in "xtu":
            archive.writestr(f"{name}.npy", b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little") + header)
    assert refused(tmp_path, "a.npz", buffer.getvalue()).message == "the array `x` has no header of an array"


def test_what_unpacks_to_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    zeros = np.zeros(9_000_000)
    np.savez_compressed(tmp_path / "a.npz", x=zeros, t=zeros, u=zeros)
    scipy.io.savemat(tmp_path / "a.mat", {"x": zeros}, do_compression=True)
    with h5py.File(tmp_path / "a.h5", "w") as file:
        for name in "xtu":
            file.create_dataset(name, shape=(10**12,), chunks=(10**4,), dtype="f8")
    for name in ("a.npz", "a.mat", "a.h5"):
        assert (tmp_path / name).stat().st_size < 2**20
        found = read_data(name, ("x", "t"), ("u",), tmp_path)
        assert isinstance(found, Refusal)
        assert (found.code, found.message) == ("E602", "the arrays are larger than 64 MiB")


def test_links_out_of_an_hdf5_file_are_not_followed(tmp_path: Path) -> None:
    with h5py.File(tmp_path / "secret.h5", "w") as file:
        file["u"] = U
    np.zeros(6).tofile(tmp_path / "raw.bin")
    for kind in ("link", "storage", "virtual"):
        with h5py.File(tmp_path / "a.h5", "w") as file:
            file["x"], file["t"] = X, T
            if kind == "link":
                file["u"] = h5py.ExternalLink("secret.h5", "u")
            elif kind == "storage":
                file.create_dataset("u", shape=(3, 2), dtype="f8", external=[(str(tmp_path / "raw.bin"), 0, 48)])
            else:
                layout = h5py.VirtualLayout((3, 2), "f8")
                layout[:] = h5py.VirtualSource(str(tmp_path / "secret.h5"), "u", (3, 2))
                file.create_virtual_dataset("u", layout)
        found = read_data("a.h5", ("x", "t"), ("u",), tmp_path)
        assert isinstance(found, Refusal)
        assert (found.code, found.message) == ("E608", "`u` is not an array of real numbers in the file itself")


def test_version_seven_point_three_is_named(tmp_path: Path) -> None:
    content = b"MATLAB 7.3 MAT-file".ljust(512) + b"\x89HDF\r\n\x1a\n"
    assert refused(tmp_path, "a.mat", content).message == "the MAT file is of version 7.3, which is HDF5"


def test_without_h5py_the_remedy_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "h5py", None)
    found = refused(tmp_path, "a.h5", b"")
    assert found.code == "E609"
    assert found.help == "Install it, `pip install h5py`, or save the arrays as NPZ or CSV."


def test_modules_for_arrays_are_those_under_test() -> None:
    assert "allow_pickle" not in Path(numpy_zip.__file__).read_text()
    assert Path(hierarchical.__file__).name == "hierarchical.py"


# ---------------------------------------------------------------------------------------------------
# Where a mistake is shown
# ---------------------------------------------------------------------------------------------------


def diagnostics(folder: Path, name: str, content: str) -> tuple[Diagnostic, ...]:
    (folder / name).write_text(content)
    (folder / "plate.pde").write_text(TEXT.format(name=name))
    return diagnose(folder / "plate.pde").diagnostics


def text_of(folder: Path, form: str, content: str) -> str:
    found = diagnostics(folder, "obs.csv", content)
    compilation = diagnose(folder / "plate.pde")
    return render_findings(form, [Findings(compilation.sources, found, "specs/plate.pde")])


def test_the_line_of_the_file_is_shown(tmp_path: Path) -> None:
    assert text_of(tmp_path, "text", "x,y,u\n0,0,1\n0.1, n.a.,2\n") == (
        "error[E604]: `n.a.` in the column `y` is not a finite number\n"
        " --> specs/plate.pde:8:18\n"
        "  |\n"
        '8 | reference u from "obs.csv"\n'
        "  |                  ^^^^^^^^^ not a number\n"
        "  |\n"
        " ::: specs/obs.csv:3:6\n"
        "  |\n"
        "3 | 0.1, n.a.,2\n"
        "  |      ^^^^ not a finite number\n"
        "  |\n"
        "  = help: Leave rows without a value out of the file.\n"
        "\n"
        "1 error; `pdel explain E604` tells more\n"
    )


def test_points_outside_are_counted_and_the_first_is_shown(tmp_path: Path) -> None:
    (found,) = diagnostics(tmp_path, "obs.csv", "x,y,u\n0.9,0.9,1\n2,0.1,2\n1.0000000001,0,1\n-3,0.1,2\n")
    assert (found.code, found.message) == ("E606", "2 of 4 points lie outside the interval of `x`")
    assert found.primary.text == "`x = 2.0` is outside"
    assert (found.files[0].line, found.files[0].text) == (3, "2,0.1,2")
    (found,) = diagnostics(tmp_path, "obs.csv", "x,y,u\n0.5,0.7,1\n0.5,0.6,2\n0.4,0.5,2\n")
    assert (found.code, found.message) == ("W720", "2 of 3 points lie outside the region")
    assert (found.files[0].line, found.files[0].text) == (3, "0.5,0.6,2")


@pytest.mark.parametrize(
    ("content", "code", "line", "marked"),
    [
        ("x,y,u,u\n0,0,1,1\n", "E603", 1, "u"),
        ("x,y,w\n0,0,1\n", "E603", 1, "x,y,w"),
        ("x,y,u\n0,0,1\n\n0,0\n", "E604", 4, "0,0"),
        ("x,y,u\n0,0,1\n0,0,\n", "E604", 3, ""),
        ('x,y,u\r\n0,0,"a,b"\r\n', "E604", 2, '0,0,"a,b"'),
    ],
)
def test_mistakes_have_their_line(content: str, code: str, line: int, marked: str, tmp_path: Path) -> None:
    (found,) = diagnostics(tmp_path, "obs.csv", content)
    (place,) = found.files
    assert (found.code, place.path, place.line) == (code, "obs.csv", line)
    assert place.text[place.start : place.end] == marked


def test_every_form_of_report_names_the_line(tmp_path: Path) -> None:
    content = "x,y,u\n0,0,zero\n"
    for form in FORMATS:
        assert "obs.csv" in text_of(tmp_path, form, content)
    assert text_of(tmp_path, "concise", content).endswith("(specs/obs.csv:2:5)\n")
    assert "specs/obs.csv:2:5: not a finite number" in text_of(tmp_path, "github", content)
    (entry,) = json.loads(text_of(tmp_path, "json", content))["diagnostics"]
    assert entry["files"] == [
        {
            "file": "specs/obs.csv",
            "line": 2,
            "text": "0,0,zero",
            "column": 5,
            "end_column": 9,
            "label": "not a finite number",
        }
    ]
    (result,) = json.loads(text_of(tmp_path, "sarif", content))["runs"][0]["results"]
    assert result["relatedLocations"] == [
        {
            "id": 1,
            "message": {"text": "not a finite number"},
            "physicalLocation": {
                "artifactLocation": {"uri": "specs/obs.csv"},
                "region": {"startLine": 2, "startColumn": 5, "endColumn": 9},
            },
        }
    ]


def test_text_of_a_file_cannot_move_the_cursor(tmp_path: Path) -> None:
    assert "\x1b" not in text_of(tmp_path, "text", "x,y,u\n0,0,\x1b[31mred\n")
