"""Modules read what the compiler checked: CSV, NPZ, MAT and HDF5 files give the same points and values."""

from __future__ import annotations

import csv
from pathlib import Path
from types import ModuleType
from typing import Any

import h5py
import numpy as np
import pytest
import scipy.io
import torch

from tests.modules import import_text

TEXT = """\
problem heat
space x in [0, 1]
time t in [0, 1]
field u(x, t)
equation conduction: u_t = u_xx
boundary ends: u = 0 on x = 0, x = 1
initial profile: u = sin(pi*x)
reference u from "{name}"
"""
X = np.linspace(0, 1, 5)
T = np.linspace(0, 0.5, 3)
U = np.exp(-(np.pi**2) * T) * np.sin(np.pi * X)[:, None]
GRID = {"x": X, "t": T, "u": U}
ROWS = {name: array.ravel() for name, array in zip("xtu", (*np.meshgrid(X, T, indexing="ij"), U), strict=True)}


def write(path: Path, arrays: dict[str, Any]) -> None:
    match path.suffix:
        case ".csv":
            with path.open("w", newline="") as file:
                csv.writer(file).writerows([arrays, *zip(*(array.tolist() for array in arrays.values()), strict=True)])
        case ".npz":
            np.savez_compressed(path, **arrays)
        case ".mat":
            scipy.io.savemat(path, arrays, do_compression=True)
        case _:
            with h5py.File(path, "w") as file:
                for name, array in arrays.items():
                    file.create_dataset(name, data=array)


@pytest.mark.parametrize(
    ("name", "arrays"),
    [
        ("a.csv", ROWS),
        *((name, arrays) for name in ("a.npz", "a.mat", "a.h5", "a.HDF5") for arrays in (GRID, ROWS)),
    ],
    ids=lambda value: value if isinstance(value, str) else "grid" if value is GRID else "rows",
)
def test_every_kind_of_file_gives_the_same_values(name: str, arrays: dict[str, Any], tmp_path: Path) -> None:
    write(tmp_path / name, arrays)
    module = import_text(TEXT.format(name=name), tmp_path)
    (known,) = module.known_values("cpu")
    assert known.points.dtype == known.values.dtype == torch.float64
    assert known.points.numpy() == pytest.approx(np.stack([ROWS["x"], ROWS["t"]], axis=1), abs=0)
    assert known.values.numpy() == pytest.approx(ROWS["u"], abs=0)


def test_a_module_has_the_readers_that_it_needs_and_no_others(tmp_path: Path) -> None:
    write(tmp_path / "a.csv", ROWS)
    write(tmp_path / "a.mat", GRID)
    plain = Path(import_text(TEXT.format(name="a.csv"), tmp_path, "plain").__file__ or "").read_text()
    arrays = Path(import_text(TEXT.format(name="a.mat"), tmp_path, "arrays").__file__ or "").read_text()
    assert 'READERS = {\n    ".npz": read_npz,\n}' in plain
    assert not any(word in plain for word in ("read_mat", "h5py", "scipy"))
    assert 'READERS = {\n    ".npz": read_npz,\n    ".mat": read_mat,\n}' in arrays
    assert "h5py" not in arrays


def trained(name: str, folder: Path) -> ModuleType:
    """A module with a reference in a file of a kind, after one step."""
    write(folder / name, ROWS)
    module = import_text(TEXT.format(name=name) + "train broyden(steps = 1)\n", folder)
    module.train(folder / "run", quiet=True)
    return module


def predict(module: ModuleType, folder: Path, points: str, out: str) -> int:
    files = ["--points", str(folder / points), "--out", str(folder / out)]
    status: int = module.main(["predict", "--run", str(folder / "run"), *files])
    return status


@pytest.mark.parametrize(
    ("reads", "name", "arrays"),
    [
        ("a.csv", "in.npz", {"x": X, "t": T}),
        ("a.csv", "in.npz", {"t": ROWS["t"], "x": ROWS["x"], "other": T}),
        ("a.mat", "in.mat", {"x": X, "t": T}),
        ("a.h5", "in.h5", {"x": ROWS["x"].reshape(5, 3), "t": ROWS["t"].reshape(5, 3)}),
    ],
)
def test_points_of_predict_are_read_from_arrays(reads: str, name: str, arrays: dict[str, Any], tmp_path: Path) -> None:
    module = trained(reads, tmp_path)
    write(tmp_path / name, arrays)
    assert predict(module, tmp_path, name, "out.npz") == 0
    network = module.load_network(tmp_path / "run", "cpu")
    points = torch.tensor(np.stack([ROWS["x"], ROWS["t"]], axis=1))
    with np.load(tmp_path / "out.npz") as found:
        assert set(found) == {"x", "t", "u"}
        assert found["x"] == pytest.approx(ROWS["x"], abs=0)
        assert found["t"] == pytest.approx(ROWS["t"], abs=0)
        assert found["u"] == pytest.approx(module.values_at(network, points)[:, 0].numpy(), abs=0)
    assert predict(module, tmp_path, name, "out.csv") == 0
    with (tmp_path / "out.csv").open() as file:
        assert file.readline() == "x,t,u\n"


@pytest.mark.parametrize(
    ("arrays", "message"),
    [
        ({"x": X}, "in.npz: no array t: there have to be x, t"),
        ({"x": X, "t": np.array([0.1, np.nan])}, "in.npz: a number is missing or wrong"),
        ({"x": np.zeros(0), "t": np.zeros(0)}, "in.npz: a number is missing or wrong"),
        ({"x": np.array(["one", "two"]), "t": T}, "in.npz: could not convert string to float"),
        ({}, "in.npz: no array x, t"),
    ],
)
def test_predict_says_what_is_wrong_with_arrays(
    arrays: dict[str, Any], message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    module = trained("a.csv", tmp_path)
    write(tmp_path / "in.npz", arrays)
    assert predict(module, tmp_path, "in.npz", "out.npz") == 1
    assert message in capsys.readouterr().err
    assert not (tmp_path / "out.npz").exists()


def test_predict_says_which_files_it_reads(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    module = trained("a.csv", tmp_path)
    (tmp_path / "in.npz").write_bytes(b"x,t\n0,0\n")
    assert predict(module, tmp_path, "in.npz", "out.csv") == 1
    assert "error: " in capsys.readouterr().err
    write(tmp_path / "in.h5", {"x": X, "t": T})
    assert predict(module, tmp_path, "in.h5", "out.csv") == 1
    assert "in.h5 is no text in UTF-8; files of arrays have to end in .npz" in capsys.readouterr().err


def test_a_changed_file_is_refused(tmp_path: Path) -> None:
    write(tmp_path / "a.npz", GRID)
    module = import_text(TEXT.format(name="a.npz"), tmp_path)
    write(tmp_path / "a.npz", ROWS)
    with pytest.raises(module.RunError, match=r"has changed: compile problem\.pde again"):
        module.known_values("cpu")


def test_a_missing_package_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "a.h5", GRID)
    module = import_text(TEXT.format(name="a.h5"), tmp_path)
    monkeypatch.setitem(__import__("sys").modules, "h5py", None)
    with pytest.raises(module.RunError, match=r"needs h5py: pip install h5py"):
        module.known_values("cpu")
