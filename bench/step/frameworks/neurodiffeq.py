"""neurodiffeq: Solver2D with the given points, its `run_train_epoch` as `fit` calls it.

neurodiffeq builds conditions into the solution where it can. To do the same work as the others it has them in the
loss here, by `additional_loss`, its documented place for terms of one's own.
"""

from __future__ import annotations

import importlib.metadata

import torch
from cases import SPEED, Case
from neurodiffeq import diff
from neurodiffeq.conditions import NoCondition
from neurodiffeq.generators import PredefinedGenerator
from neurodiffeq.solvers import Solver2D
from prepared import Inputs, Prepared, stepping
from torch import Tensor

from frameworks.nested import network

VERSION = f"neurodiffeq {importlib.metadata.version('neurodiffeq')}"


class Differences:
    """Derivatives by neurodiffeq.diff, those that occur several times once."""

    def __init__(self, case: Case, columns: list[Tensor], outputs: Tensor) -> None:
        """`outputs` are a function of the columns of the points."""
        self.columns = columns
        self.values = {(i,): outputs[:, i : i + 1] for i in range(len(case.fields))}

    def __call__(self, field: int, *axes: int) -> Tensor:
        """A field differentiated by the coordinates `axes`."""
        wanted = (field, *axes)
        if wanted not in self.values:
            self.values[wanted] = diff(self(field, *axes[:-1]), self.columns[axes[-1]])
        return self.values[wanted]

    def laplacian(self, field: int) -> Tensor:
        """The sum of the second derivatives by all coordinates."""
        return self(field, 0, 0) + self(field, 1, 1)


def prepare(inputs: Inputs) -> Prepared:
    """A solver whose loss has the conditions."""
    dtype = getattr(torch, inputs.precision)
    torch.set_default_dtype(dtype)
    case = inputs.case
    net = network(inputs, dtype)
    conditions = [
        (condition, torch.tensor(rows, dtype=dtype), torch.tensor(values, dtype=dtype))
        for condition, rows, values in inputs.conditions()
    ]

    class Solver(Solver2D):  # type: ignore[misc]
        """The conditions in the loss."""

        def additional_loss(self, residual: Tensor, funcs: list[Tensor], coords: list[Tensor]) -> Tensor:  # noqa: ARG002
            """The mean squares of the misfits of all conditions."""
            total = residual.new_zeros(())
            for condition, points, value in conditions:
                columns = [column.requires_grad_(bool(condition.axes)) for column in points.split(1, dim=1)]
                u = Differences(case, columns, net(torch.cat(columns, dim=1)))
                total = total + (u(condition.field, *condition.axes) - value).square().mean()
            return total

    points = PredefinedGenerator(*torch.tensor(inputs.points["interior"], dtype=dtype).unbind(dim=1))
    several = len(case.fields) > 1

    def system(outputs: Tensor, *columns: Tensor) -> list[Tensor]:
        """The residuals, as neurodiffeq wants them."""
        return case.residuals(Differences(case, list(columns), outputs))

    solver = Solver(
        pde_system=system,
        conditions=[NoCondition()],
        xy_min=(-1, -1),
        xy_max=(1, 1),
        nets=[net],
        train_generator=points,
        valid_generator=points,
        n_batches_valid=0,
        optimizer=torch.optim.Adam(net.parameters(), lr=SPEED),
        loss_fn=lambda residuals, _functions, _coordinates: residuals.square().mean(dim=0).sum(),
        n_output_units=len(case.fields) if several else 1,
    )
    columns = [column.unsqueeze(1) for column in points.get_examples()]
    residuals = torch.cat(system(net(torch.cat(columns, dim=1)), *columns), dim=1)
    loss = (residuals.square().mean(dim=0).sum() + solver.additional_loss(residuals, [], columns)).item()
    return Prepared(loss, stepping(solver.run_train_epoch))
