"""jNO: core.solve on the given points with optax.adam; each outer step of its loop is a step.

`solve` compiles anew at every call. So one call runs in a thread, and a callback of it holds its loop between orders.
"""

from __future__ import annotations

import importlib.metadata
import threading
import time
from typing import Any

import equinox
import foundax
import jax
import jno
import optax
from cases import SPEED, Condition
from jax import numpy as jnp
from prepared import Inputs, Prepared

jax.config.update("jax_enable_x64", True)
VERSION = f"jNO {importlib.metadata.version('jax-neural-operators')}, JAX {jax.__version__}"


class Symbols:
    """Derivatives as jNO's expressions."""

    def __init__(self, network: Any, variables: tuple[Any, Any], several: bool) -> None:
        """The network at two variables, said once, so that jNO can see what terms share."""
        self.output, self.variables, self.several = network(*variables), variables, several
        self.values: dict[tuple[int, ...], Any] = {}

    def __call__(self, field: int, *axes: int) -> Any:
        """A field differentiated by the coordinates `axes`, in the manner of its tutorials."""
        wanted = (field, *axes)
        if wanted not in self.values:
            if axes:
                self.values[wanted] = self(field, *axes[:-1]).d(self.variables[axes[-1]])
            else:
                self.values[wanted] = self.output[..., field : field + 1] if self.several else self.output
        return self.values[wanted]

    def laplacian(self, field: int) -> Any:
        """The sum of the second derivatives by all coordinates."""
        return self(field, 0, 0) + self(field, 1, 1)


class Columns:
    """Variables that can be sliced like the columns of points."""

    def __init__(self, variables: tuple[Any, Any]) -> None:
        """The two variables."""
        self.variables = variables

    def __getitem__(self, wanted: tuple[slice, slice]) -> Any:
        """The variable that a slice of one column names."""
        return self.variables[wanted[1].start or 0]


class Gate:
    """Holds the loop after as many steps as were ordered."""

    def __init__(self) -> None:
        """One step is ordered, which compiles."""
        self.left = 1
        self.losses: list[float] = []
        self.finished, self.go = threading.Event(), threading.Event()

    def on_solve_begin(self, **_: Any) -> None:
        """Nothing to do."""

    def on_epoch_end(self, **state: Any) -> bool:
        """Count a step; wait at the last one."""
        self.left -= 1
        if not self.left:
            loss = float(state["total_loss"])
            self.losses.append(loss)
            self.finished.set()
            self.go.wait()
            self.go.clear()
        return False

    def seconds_of(self, steps: int) -> float:
        """Let the loop take so many steps."""
        self.left = steps
        self.finished.clear()
        began = time.perf_counter()
        self.go.set()
        self.finished.wait()
        return time.perf_counter() - began


def prepare(inputs: Inputs) -> Prepared:
    """A problem of jNO whose point sets are replaced by the given ones."""
    case, dtype = inputs.case, getattr(jnp, inputs.precision)
    square = jno.domain.rect(mesh_size=0.5, x_range=(-1, 1), y_range=(-1, 1))
    domain = jno.domain(constructor=square)
    variables = {}
    for name, rows in inputs.points.items():
        domain._mesh_pool[name] = domain._mesh_pool["interior"]
        variables[name] = domain.variable(name)[:2]
        domain.context[name] = jnp.asarray(rows, dtype)[None, None]
    several = len(case.fields) > 1
    network = foundax.mlp(
        2,
        output_dim=len(case.fields),
        activation=jnp.tanh,
        hidden_dims=case.width,
        num_layers=case.depth,
        key=jax.random.PRNGKey(0),
    )
    for number, (weight, bias) in enumerate(inputs.layers):

        def parts(net: Any, n: int = number) -> tuple[Any, Any]:
            layer = [*net.hidden_layers, net.output_layer][n]
            return layer.weight, layer.bias

        network = equinox.tree_at(parts, network, (jnp.asarray(weight, dtype), jnp.asarray(bias, dtype)))
    net = jno.nn.wrap(network)
    net.optimizer(optax.adam(1), lr=jno.LearningRateSchedule.constant(SPEED))

    def misfit(condition: Condition) -> Any:
        at = variables[condition.points]
        value = condition.value(Columns(at), jno.np)
        return (Symbols(net, at, several)(condition.field, *condition.axes) - value).mse

    residuals = case.residuals(Symbols(net, variables["interior"], several))
    terms = [*(residual.mse for residual in residuals), *(misfit(condition) for condition in case.conditions)]
    core = jno.core(terms, domain)
    gate = Gate()
    problems: list[BaseException] = []

    def solve() -> None:
        try:
            core.solve(1_000_000_000, callbacks=[gate])
        except BaseException as problem:
            problems.append(problem)
            gate.finished.set()

    threading.Thread(target=solve, daemon=True).start()
    gate.finished.wait()
    if problems:
        raise problems[0]
    return Prepared(gate.losses[0] * len(terms), gate.seconds_of)
