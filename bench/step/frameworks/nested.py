"""The base line: a plain torch network, derivatives by nested calls of torch.autograd.grad, torch.optim.Adam."""

from __future__ import annotations

import torch
from cases import SPEED
from prepared import Inputs, Prepared, stepping
from torch import Tensor, nn

VERSION = f"torch {torch.__version__}"


def network(inputs: Inputs, dtype: torch.dtype) -> nn.Sequential:
    """A network with the given weights."""
    parts: list[nn.Module] = []
    for weight, bias in inputs.layers:
        layer = nn.Linear(weight.shape[1], weight.shape[0], dtype=dtype)
        with torch.no_grad():
            layer.weight.copy_(torch.tensor(weight))
            layer.bias.copy_(torch.tensor(bias))
        parts += [layer, nn.Tanh()]
    return nn.Sequential(*parts[:-1])


class Nested:
    """Derivatives of outputs by their inputs; the gradient of each function is taken once."""

    def __init__(self, points: Tensor, outputs: Tensor) -> None:
        """`outputs` are a function of `points`."""
        self.points = points
        self.values = {(i,): column for i, column in enumerate(outputs.split(1, dim=1))}

    def __call__(self, field: int, *axes: int) -> Tensor:
        """A field differentiated by the coordinates `axes`."""
        wanted = (field, *axes)
        if wanted not in self.values:
            former = self(field, *axes[:-1])
            (gradient,) = torch.autograd.grad(former.sum(), self.points, create_graph=True)
            for axis, column in enumerate(gradient.split(1, dim=1)):
                self.values[(*wanted[:-1], axis)] = column
        return self.values[wanted]

    def laplacian(self, field: int) -> Tensor:
        """The sum of the second derivatives by all coordinates."""
        return torch.stack([self(field, axis, axis) for axis in range(self.points.shape[1])]).sum(dim=0)


def prepare(inputs: Inputs) -> Prepared:
    """Eager torch."""
    dtype = getattr(torch, inputs.precision)
    net = network(inputs, dtype)
    interior = torch.tensor(inputs.points["interior"], dtype=dtype, requires_grad=True)
    conditions = []
    for condition, rows, values in inputs.conditions():
        points = torch.tensor(rows, dtype=dtype, requires_grad=bool(condition.axes))
        conditions.append((condition, points, torch.tensor(values, dtype=dtype)))
    optimiser = torch.optim.Adam(net.parameters(), lr=SPEED)

    def loss() -> Tensor:
        residuals = inputs.case.residuals(Nested(interior, net(interior)))
        for condition, points, value in conditions:
            residuals.append(Nested(points, net(points))(condition.field, *condition.axes) - value)
        return torch.stack([residual.square().mean() for residual in residuals]).sum()

    def step() -> None:
        optimiser.zero_grad()
        loss().backward()
        optimiser.step()

    return Prepared(loss().item(), stepping(step))
