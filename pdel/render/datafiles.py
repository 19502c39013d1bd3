"""The readers of files in a module: CSV and NPZ always, for `predict`; MAT and HDF5 where the plan names some."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from pdel.plan.plan import Plan
from pdel.render.py import Py


@dataclass(frozen=True, slots=True)
class Reader:
    """A kind of file: the endings of its names, its function, and the template of that."""

    endings: tuple[str, ...]
    function: str
    template: str


NPZ = Reader((".npz",), "read_npz", "sections/datafiles/npz.py.j2")
READERS = (
    NPZ,
    Reader((".mat",), "read_mat", "sections/datafiles/mat.py.j2"),
    Reader((".h5", ".hdf5"), "read_hdf5", "sections/datafiles/hdf5.py.j2"),
)


@dataclass(frozen=True, slots=True)
class ReadersView:
    """What the template of the readers needs: the parts for files of arrays, and which ending belongs to which."""

    parts: tuple[str, ...]
    entries: tuple[Py, ...]


def readers_view(plan: Plan) -> ReadersView:
    """The readers for the files of a plan, and for points of `predict`."""
    endings = {*NPZ.endings, *(PurePosixPath(path).suffix.lower() for path in data_paths(plan))}
    used = [reader for reader in READERS if endings & set(reader.endings)]
    entries = [
        Py(f'"{ending}": {reader.function}') for reader in used for ending in reader.endings if ending in endings
    ]
    return ReadersView(
        parts=tuple(reader.template for reader in used),
        entries=tuple(entries),
    )


def data_paths(plan: Plan) -> tuple[str, ...]:
    """The data files that a module reads, as the specification writes them."""
    return tuple(item.path for items in (plan.references, plan.data, plan.tables) for item in items)
