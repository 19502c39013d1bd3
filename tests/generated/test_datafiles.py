"""Modules read what the compiler checked: CSV, NPZ, MAT and HDF5 files give the same points and values."""

from __future__ import annotations

import csv
from pathlib import Path
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
    write(tmp_path / "a.npz", GRID)
    plain = Path(import_text(TEXT.format(name="a.csv"), tmp_path, "plain").__file__ or "").read_text()
    arrays = Path(import_text(TEXT.format(name="a.npz"), tmp_path, "arrays").__file__ or "").read_text()
    assert not any(word in plain for word in ("read_csv", "read_npz", "columns_of", "h5py", "scipy"))
    assert 'READERS = {\n    ".npz": read_npz,\n}' in arrays
    assert not any(word in arrays for word in ("read_mat", "h5py", "scipy"))


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
