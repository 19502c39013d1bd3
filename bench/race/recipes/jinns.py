"""jinns: the recipe of its notebook 1D_non_stationary_Burgers, whose optimiser is a natural gradient, in float64.

Three layers of 16, 900 points of the equation, 2000 of the walls and 2000 of the start, 300 steps of vanilla_ngd. They
end before the time does; then 1200 more follow.
"""

from __future__ import annotations

import time
from typing import Any

import equinox
import jax
import jinns
import jinns.loss
import numpy
from jax import numpy as jnp
from jinns.optimizers import vanilla_ngd
from jinns.validation import AbstractValidationModule

from recipes.recording import SEED, START, Record

jax.config.update("jax_enable_x64", True)
STEPS = 1500

key = jax.random.PRNGKey(SEED)
key, first, second = jax.random.split(key, 3)
layers: tuple[Any, ...] = (
    (equinox.nn.Linear, 2, 16),
    (jax.nn.tanh,),
    (equinox.nn.Linear, 16, 16),
    (jax.nn.tanh,),
    (equinox.nn.Linear, 16, 16),
    (jax.nn.tanh,),
    (equinox.nn.Linear, 16, 1),
)
u, weights = jinns.nn.PINN_MLP.create(key=first, eqx_list=layers, eq_type="PDENonStatio")
data = jinns.data.CubicMeshPDENonStatio(
    key=second,
    n=900,
    nb=2000,
    ni=2000,
    dim=1,
    min_pts=(-1,),
    max_pts=(1,),
    tmin=0,
    tmax=1,
    method="uniform",
)
params = jinns.parameters.Params(nn_params=weights, eq_params={"nu": jnp.array(1 / (100 * jnp.pi))})
loss = jinns.loss.LossPDENonStatio(
    u=u,
    loss_weights=jinns.loss.LossWeightsPDENonStatio(dyn_loss=1, initial_condition=1, boundary_loss=1),
    dynamic_loss=jinns.loss.BurgersEquation(Tmax=1),
    boundary_condition=jinns.loss.Dirichlet(),
    initial_condition_fun=lambda x: -jnp.sin(jnp.pi * x),
    params=params,
)
record = Record(lambda points: outputs(params, points))
POINTS, VALUES = jnp.asarray(record.points), jnp.asarray(record.values)
EVERY = 5


def outputs(params: Any, points: Any) -> Any:
    """u at points (x, t); jinns wants the time first."""
    return jax.vmap(lambda point: u(point, params)[0])(points[:, ::-1])


def note(step: Any, error: Any) -> None:
    """Write down an error as the compiled loop passes."""
    record.note(time.time() - START, int(step), float(error))


class Watch(AbstractValidationModule):  # type: ignore[misc]
    """Looks at the error from inside the loop; stops where the time is used up."""

    step: Any = equinox.field(kw_only=True, default_factory=lambda: jnp.array(0))
    call_every: int = equinox.field(kw_only=True, default=EVERY)

    def __call__(self, params: Any) -> tuple[Any, Any, Any, Any]:
        """The error is the criterion."""
        error = jnp.linalg.norm(outputs(params, POINTS) - VALUES) / jnp.linalg.norm(VALUES)
        jax.debug.callback(note, self.step, error)
        over = jax.pure_callback(lambda _: numpy.array(record.over()), jax.ShapeDtypeStruct((), bool), error)
        return equinox.tree_at(lambda watch: watch.step, self, self.step + EVERY), over, error, jnp.array(True)


jinns.solve(
    init_params=params, data=data, optimizer=vanilla_ngd(), loss=loss, n_iter=STEPS, validation=Watch(), verbose=False
)
jax.effects_barrier()
