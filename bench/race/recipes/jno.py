"""jNO: its tutorial example burgers_viscous_1d, put on this problem.

The tutorial solves a smooth manufactured problem with a viscosity of 0.05 on 4 times and 10 cells. Kept are its network
(a DeepONet with time as input of the branch), the walls built into the solution, the initial condition in the loss,
Adam with warm-up and cosine decay from 1e-3 to 1e-5. Changed are the viscosity, the domain, the points, 101x26 of them,
and the steps that the decay is spread over, 10,000.
"""

from __future__ import annotations

from typing import Any

import equinox
import foundax
import jax
import jno
import optax
from jax import numpy as jnp

from recipes.recording import SEED, Record

STEPS = 10_000
NU = 0.01 / jno.np.pi

domain = jno.domain(constructor=jno.domain.line(x_range=(-1, 1), mesh_size=0.02), time=(0, 1, 26))
x, t = domain.variable("interior")
x_start, t_start = domain.variable("initial")
network = foundax.deeponet(
    n_sensors=1,
    coord_dim=1,
    n_outputs=1,
    n_layers=4,
    basis_functions=64,
    hidden_dim=48,
    key=jax.random.PRNGKey(SEED),
)
net = jno.nn.wrap(network)
net.optimizer(optax.adam(1), lr=jno.LearningRateSchedule.warmup_cosine(STEPS, 100, 1e-3, 1e-5))
u = net(t, x) * (1 - x**2)
slope = jno.np.grad(u, x)
residual = jno.np.grad(u, t) + u * slope - NU * jno.np.grad(slope, x)
misfit = net(t_start, x_start) * (1 - x_start**2) + jno.np.sin(jno.np.pi * x_start)
core = jno.core([residual.mse, misfit.mse], domain)
weights: list[Any] = [None]


@jax.jit
def outputs(network: Any, points: Any) -> Any:
    """u at points (x, t)."""

    def at(point: Any) -> Any:
        return (network(point[1:], point[:1]) * (1 - point[0] ** 2)).reshape(())

    return jax.vmap(at)(points)


record = Record(lambda points: outputs(weights[0], jnp.asarray(points, jnp.float32)))


class Watch:
    """Looks at the error, and stops where the time is used up."""

    steps = 0

    def on_solve_begin(self, **state: Any) -> None:
        """Keep what of the network is not trained."""
        self.rest = state["frozen"], state["static"]

    def on_epoch_end(self, **state: Any) -> bool:
        """After a step."""
        (weights[0],) = equinox.combine(state["trainable"], *self.rest).values()
        self.steps = state["epoch"] + 1
        record.look(self.steps)
        return record.over()

    def on_training_end(self, **_: Any) -> None:
        """Nothing to do."""


watch = Watch()
core.solve(STEPS, callbacks=[watch])
record.look(watch.steps, last=True)
