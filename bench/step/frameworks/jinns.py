"""jinns: its PINN, dynamic loss, boundary condition and initial condition in LossPDENonStatio or LossPDEStatio, optax.

`jinns.solve` compiles its whole loop anew at every call, so that steps are timed in a jitted step of the same parts.
jinns wants time in front: the columns of the points and of the first weights are turned round.
"""

from __future__ import annotations

import importlib.metadata
import itertools
from typing import Any

import equinox
import jax
import jinns
import jinns.loss
import optax
from cases import SPEED, Case
from jax import numpy as jnp
from jinns.data._Batchs import PDENonStatioBatch, PDEStatioBatch
from jinns.loss._BoundaryConditionAbstract import BoundaryConditionAbstract
from prepared import Inputs, Prepared, stepping

jax.config.update("jax_enable_x64", True)
VERSION = f"jinns {importlib.metadata.version('jinns')}, JAX {jax.__version__}"


class Pointwise:
    """Derivatives of the network at one point by jax.grad, as jinns' own equations take them."""

    def __init__(self, point: jax.Array, network: Any, params: Any, places: tuple[int, ...]) -> None:
        """`places` says where each coordinate of the case stands in the point."""
        self.point, self.network, self.params, self.places = point, network, params, places

    def function(self, field: int, axes: tuple[int, ...]) -> Any:
        """A derivative of a field as a function of the point."""
        if not axes:
            return lambda point: self.network(point, self.params)[field]
        inner, place = self.function(field, axes[:-1]), self.places[axes[-1]]
        return lambda point: jax.grad(inner)(point)[place]

    def __call__(self, field: int, *axes: int) -> jax.Array:
        """A field differentiated by the coordinates `axes`."""
        return self.function(field, axes)(self.point)

    def laplacian(self, field: int) -> jax.Array:
        """The sum of the second derivatives by all coordinates."""
        return self(field, 0, 0) + self(field, 1, 1)


def places_of(case: Case) -> tuple[int, ...]:
    """Where each coordinate stands in what jinns hands to the network."""
    return (1, 0) if "t" in case.coordinates else (0, 1)


def boundary_of(case: Case) -> Any:
    """The conditions on the walls as one of jinns."""
    conditions = [condition for condition in case.conditions if condition.points == "walls"]
    places = places_of(case)

    class Walls(BoundaryConditionAbstract):  # type: ignore[misc]
        """All walls as one facet: the means are taken over all of their points, as the others do."""

        def equation_u(self, inputs: jax.Array, u: Any, params: Any) -> tuple[jax.Array]:
            """What the conditions are about."""
            at = Pointwise(inputs[..., 0], u, params, places)
            return (jnp.stack([at(condition.field, *condition.axes) for condition in conditions]),)

        def equation_f(self, inputs: jax.Array, params: Any, gridify: bool = False) -> tuple[jax.Array]:  # noqa: ARG002
            """The values that they have."""
            point = inputs[..., 0][jnp.array(places)][None]
            return (jnp.concatenate([condition.value(point, jnp)[0] for condition in conditions]),)

    return Walls()


def prepare(inputs: Inputs) -> Prepared:
    """A loss of jinns and a jitted step."""
    case, dtype = inputs.case, getattr(jnp, inputs.precision)
    places = places_of(case)
    in_time = "t" in case.coordinates
    kind = "PDENonStatio" if in_time else "PDEStatio"
    sizes = [2, *[case.width] * case.depth, len(case.fields)]
    stated: list[tuple[Any, ...]] = []
    for before, behind in itertools.pairwise(sizes):
        stated += [(equinox.nn.Linear, before, behind), (jnp.tanh,)]
    u, weights = jinns.nn.PINN_MLP.create(key=jax.random.PRNGKey(0), eqx_list=tuple(stated[:-1]), eq_type=kind)
    for number, (weight, bias) in enumerate(inputs.layers):
        columns = weight[:, list(places)] if number == 0 else weight
        new = (jnp.asarray(columns, dtype), jnp.asarray(bias, dtype))
        weights = equinox.tree_at(
            lambda net, n=number: (net.layers[2 * n].weight, net.layers[2 * n].bias), weights, new
        )
    params = jinns.parameters.Params(nn_params=weights, eq_params={})
    points = {name: jnp.asarray(rows[:, list(places)], dtype) for name, rows in inputs.points.items()}
    base = jinns.loss.PDENonStatio if in_time else jinns.loss.PDEStatio

    class Equations(base):  # type: ignore[misc]
        """The residuals of the case."""

        def equation(self, point: jax.Array, network: Any, params: Any) -> jax.Array:
            """All residuals at a point."""
            return jnp.stack(case.residuals(Pointwise(point, network, params, places)))

    settings: dict[str, Any] = {"u": u, "params": params, "boundary_condition": boundary_of(case)}
    walls = points["walls"][..., None]
    batch: Any
    if in_time:
        start = next(condition for condition in case.conditions if condition.points == "start")
        earliest = inputs.points["start"][0, 1]
        weights_of = jinns.loss.LossWeightsPDENonStatio(dyn_loss=1, initial_condition=1, boundary_loss=1)
        loss = jinns.loss.LossPDENonStatio(
            dynamic_loss=Equations(),
            initial_condition_fun=lambda x: start.value(x[None], jnp)[0],
            t0=jnp.asarray([earliest], dtype),
            loss_weights=weights_of,
            **settings,
        )
        batch = PDENonStatioBatch(
            domain_batch=points["interior"], border_batch=walls, initial_batch=points["start"][:, 1:]
        )
    else:
        weights_of = jinns.loss.LossWeightsPDEStatio(dyn_loss=1, boundary_loss=1)
        loss = jinns.loss.LossPDEStatio(dynamic_loss=Equations(), loss_weights=weights_of, **settings)
        batch = PDEStatioBatch(domain_batch=points["interior"], border_batch=walls)
    optimiser = optax.adam(SPEED)

    def value_of(params: Any) -> jax.Array:
        return loss.evaluate(params, batch)[0]

    @jax.jit
    def advanced(params: Any, state: Any) -> tuple[Any, Any, jax.Array]:
        value, gradient = jax.value_and_grad(value_of)(params)
        updates, state = optimiser.update(gradient, state, params)
        return optax.apply_updates(params, updates), state, value

    at = [params, optimiser.init(params)]

    def step() -> None:
        *at[:], value = advanced(*at)
        value.block_until_ready()

    return Prepared(float(jax.jit(value_of)(params)), stepping(step))
