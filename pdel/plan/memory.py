"""Matrices of weights by weights: which methods hold one, and where it would be too large."""

from __future__ import annotations

from collections.abc import Sequence

from pdel.diagnostics.model import Diagnostic, error
from pdel.plan.network_plan import NetworkPlan
from pdel.semantics.problem import MethodCall

LEAST_SQUARES = "least_squares"
"""The method of training that holds one for the output layer alone."""

DENSE = ("broyden", "data_first", "gauss_newton")
"""Methods of training that hold a matrix of weights by weights."""

MOST_WEIGHTS = 20_000
"""Weights up to which such a matrix is accepted: 3.2 GB."""

CHEAP_WEIGHTS = 4000
"""Weights up to which the matrix costs no more than the gradient: measured, 1.4 of 12 ms at 1981 weights."""


def check_memory(phases: Sequence[MethodCall], network: NetworkPlan) -> tuple[Diagnostic, ...]:
    """E531 for every phase whose matrix would be too large; defaults of the plan have none."""
    found = []
    for phase in phases:
        weights = matrix_size(phase, network)
        if weights > MOST_WEIGHTS:
            found.append(
                error(
                    "E531",
                    f"`{phase.name}` needs a matrix of {weights:_} by {weights:_} numbers",
                    phase.span,
                    f"{8 * weights**2 / 1e9:.0f} GB for the {weights:_} weights of this network",
                    help=f"Take `soap` or `lbfgs`, which need none, or a network of at most {MOST_WEIGHTS:_} weights.",
                )
            )
    return tuple(found)


def matrix_size(phase: MethodCall, network: NetworkPlan) -> int:
    """The weights for which a phase holds a matrix of weights by weights; 0 where it holds none."""
    if phase.name == LEAST_SQUARES:
        return output_weights(network)
    return network.parameters if phase.name in DENSE else 0


def output_weights(network: NetworkPlan) -> int:
    """The weights and biases of the output layer."""
    return len(network.outputs) * (int(network.method.option("width")) + 1)
