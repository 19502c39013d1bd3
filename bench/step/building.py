"""What all frameworks are given: the module that pdel generates, the points it draws, and weights."""

from __future__ import annotations

import itertools
from pathlib import Path
from types import ModuleType

import numpy
import torch
from cases import POINTS, Case

import pdel
from pdel.api import imported


def compiled_module(each: Case, precision: str, folder: Path, points: int = POINTS) -> Path:
    """The module that pdel generates for a case."""
    source = folder / f"{each.name}_{precision}.pde"
    source.write_text(each.specification(precision, points), encoding="utf-8")
    return pdel.compile(source).write()


def loaded(path: Path) -> ModuleType:
    """A generated module."""
    return imported(path.read_text(encoding="utf-8"), path, path.stem)


def write_data(each: Case, module: ModuleType, path: Path) -> None:
    """The points that the module draws, and random weights, for all frameworks."""
    generator = torch.Generator().manual_seed(0)
    points = module.draw_points(generator)._asdict()
    arrays = {f"points_{name}": rows.double().numpy() for name, rows in points.items()}
    sizes = [len(each.coordinates), *[each.width] * each.depth, len(each.fields)]
    for number, (before, behind) in enumerate(itertools.pairwise(sizes)):
        spread = (2 / (before + behind)) ** 0.5
        arrays[f"weight_{number}"] = spread * torch.randn(behind, before, generator=generator).double().numpy()
        arrays[f"bias_{number}"] = 0.1 * torch.randn(behind, generator=generator).double().numpy()
    numpy.savez(path, **arrays)
