"""The module that pdel generates, with its graph compiled by torch."""

from __future__ import annotations

import torch
from building import loaded
from prepared import Inputs, Prepared, stepping

VERSION = f"torch {torch.__version__}"


def training(inputs: Inputs, compiled: bool) -> Prepared:
    """The module's own training: each step is one of those that `train` takes."""
    module = loaded(inputs.module)
    points = {name: torch.tensor(rows, dtype=module.DTYPE) for name, rows in inputs.points.items()}
    x = torch.cat([torch.tensor(part, dtype=module.DTYPE).flatten() for layer in inputs.layers for part in layer])
    run = module.Training(0, "cpu")
    run.objective.points = module.Points(**points)
    run.optimiser = module.PHASES[0].start(x)
    loss = run.objective.loss(x, run.objective.points).item()
    if compiled:
        problem = run.objective.compile(x)
        if problem:
            raise RuntimeError(problem)
    return Prepared(loss, stepping(run.advance))


def prepare(inputs: Inputs) -> Prepared:
    """Training as with `compile always`."""
    return training(inputs, True)
