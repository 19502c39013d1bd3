"""DeepXDE: its published recipe, examples/pinn_forward/Burgers.py. 15,000 steps of Adam, then L-BFGS; float32.

The time runs to 1 here, not to 0.99, to be the domain of the reference.
"""

from __future__ import annotations

import os

os.environ["DDE_BACKEND"] = "pytorch"

from typing import Any

import deepxde
import numpy
import torch

from recipes.recording import SEED, Record

deepxde.config.set_random_seed(SEED)


def residual(x: Any, y: Any) -> Any:
    """u_t + u*u_x - nu*u_xx."""
    slope = deepxde.grad.jacobian(y, x, i=0, j=0)
    rate = deepxde.grad.jacobian(y, x, i=0, j=1)
    return rate + y * slope - 0.01 / numpy.pi * deepxde.grad.hessian(y, x, i=0, j=0)


domain = deepxde.geometry.GeometryXTime(deepxde.geometry.Interval(-1, 1), deepxde.geometry.TimeDomain(0, 1))
walls = deepxde.icbc.DirichletBC(domain, lambda _: 0, lambda _, on: on)
start = deepxde.icbc.IC(domain, lambda x: -numpy.sin(numpy.pi * x[:, 0:1]), lambda _, on: on)
data = deepxde.data.TimePDE(domain, residual, [walls, start], num_domain=2540, num_boundary=80, num_initial=160)
model = deepxde.Model(data, deepxde.nn.FNN([2, 20, 20, 20, 1], "tanh", "Glorot normal"))


def predict(points: Any) -> Any:
    """u at points."""
    with torch.no_grad():
        return model.net(torch.tensor(points, dtype=torch.float32)).numpy()


record = Record(predict)


class Watch(deepxde.callbacks.Callback):  # type: ignore[misc]
    """Looks at the error, and stops where the time is used up."""

    steps = 0

    def on_epoch_end(self) -> None:
        """After a step of Adam, or as many of L-BFGS as DeepXDE takes at once."""
        Watch.steps = model.train_state.iteration
        record.look(Watch.steps)
        if record.over():
            model.stop_training = True


model.compile("adam", lr=1e-3, verbose=0)
model.train(iterations=15000, callbacks=[Watch()], verbose=0)
if not record.over():
    model.compile("L-BFGS", verbose=0)
    model.train(callbacks=[Watch()], verbose=0)
record.look(Watch.steps, last=True)
