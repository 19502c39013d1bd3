"""DeepXDE on its torch backend: data.PDE with the given points, FNN, Adam, `Model.train_step` as `train` calls it."""

from __future__ import annotations

import os

os.environ["DDE_BACKEND"] = "pytorch"

import deepxde
import numpy
import torch
from cases import SPEED
from prepared import Inputs, Prepared, stepping
from torch import Tensor

VERSION = f"DeepXDE {deepxde.__version__}"


class Gradients:
    """Derivatives by deepxde.grad, which keeps what it has computed."""

    def __init__(self, points: Tensor, outputs: Tensor) -> None:
        """`outputs` are a function of `points`."""
        self.points, self.outputs = points, outputs

    def __call__(self, field: int, *axes: int) -> Tensor:
        """A field differentiated by the coordinates `axes`; two at once by `hessian`."""
        if not axes:
            return self.outputs[:, field : field + 1]
        value, component = self.outputs, field
        while len(axes) >= 2:
            value = deepxde.grad.hessian(value, self.points, component=component, i=axes[0], j=axes[1])
            axes, component = axes[2:], 0
        return deepxde.grad.jacobian(value, self.points, i=component, j=axes[0]) if axes else value

    def laplacian(self, field: int) -> Tensor:
        """The sum of the second derivatives by all coordinates."""
        return self(field, 0, 0) + self(field, 1, 1)


def prepare(inputs: Inputs) -> Prepared:
    """A model; the points of conditions come first in its inputs, as DeepXDE has them."""
    deepxde.config.set_default_float(inputs.precision)
    torch.set_default_device("cpu")  # deepxde sets a default device
    case = inputs.case
    square = deepxde.geometry.Rectangle([-1, -1], [1, 1])
    conditions = []
    for condition, points, value in inputs.conditions():
        if condition.axes:

            def misfit(x: Tensor, y: Tensor, _: object, wanted: tuple[int, ...] = condition.axes) -> Tensor:
                return Gradients(x, y)(0, *wanted)

            conditions.append(deepxde.icbc.PointSetOperatorBC(points, value, misfit))
        else:
            conditions.append(deepxde.icbc.PointSetBC(points, value, component=condition.field))
    data = deepxde.data.PDE(
        square, lambda x, y: case.residuals(Gradients(x, y)), conditions, anchors=inputs.points["interior"]
    )
    net = deepxde.nn.FNN([2, *[case.width] * case.depth, len(case.fields)], "tanh", "Glorot normal")
    with torch.no_grad():
        for layer, (weight, bias) in zip(net.linears, inputs.layers, strict=True):
            layer.weight.copy_(torch.tensor(weight))
            layer.bias.copy_(torch.tensor(bias))
    model = deepxde.Model(data, net)
    model.compile("adam", lr=SPEED, verbose=0)
    model.train_state.set_data_train(*data.train_next_batch(None))
    state = model.train_state
    losses = model.outputs_losses_train(state.X_train, state.y_train, state.train_aux_vars)[1]
    loss = float(numpy.sum([part.item() for part in losses]))
    return Prepared(loss, stepping(lambda: model.train_step(state.X_train, state.y_train, state.train_aux_vars)))
