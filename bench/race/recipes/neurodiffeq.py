"""neurodiffeq: it publishes no Burgers example; this is that of its documentation for one space coordinate and time.

IBVP1D builds the conditions into the solution, the network is its default of two layers of 32, the points are its
default 32x32 grid with noise, Adam with its default rate 0.001. Adam goes on until the time is used up.
"""

from __future__ import annotations

from typing import Any

import numpy
import torch
from neurodiffeq import diff
from neurodiffeq.conditions import IBVP1D
from neurodiffeq.generators import Generator2D
from neurodiffeq.networks import FCNN
from neurodiffeq.solvers import Solver2D

from recipes.recording import SEED, Record

torch.manual_seed(SEED)
numpy.random.seed(SEED)


def residual(u: Any, x: Any, t: Any) -> list[Any]:
    """u_t + u*u_x - nu*u_xx."""
    return [diff(u, t) + u * diff(u, x) - 0.01 / numpy.pi * diff(u, x, order=2)]


condition = IBVP1D(
    x_min=-1,
    x_max=1,
    t_min=0,
    t_min_val=lambda x: -torch.sin(numpy.pi * x),
    x_min_val=torch.zeros_like,
    x_max_val=torch.zeros_like,
)
points = Generator2D((32, 32), (-1, 0), (1, 1), method="equally-spaced-noisy")
solver = Solver2D(
    pde_system=residual,
    conditions=[condition],
    xy_min=(-1, 0),
    xy_max=(1, 1),
    nets=[FCNN(n_input_units=2, n_output_units=1, hidden_units=(32, 32))],
    train_generator=points,
    n_batches_valid=0,
)


def predict(points: Any) -> Any:
    """u at points, by the present network."""
    columns = torch.tensor(points, dtype=torch.get_default_dtype()).split(1, dim=1)
    with torch.no_grad():
        return condition.enforce(solver.nets[0], *columns).numpy()


record = Record(predict)
step = 0
while not record.over():
    solver.run_train_epoch()
    step += 1
    record.look(step)
record.look(step, last=True)
