"""Matrices of weights by weights: which methods hold one, and where it would be too large."""

from __future__ import annotations

from collections.abc import Sequence

from pdel.diagnostics.model import Diagnostic, error
from pdel.semantics.problem import MethodCall

DENSE = ("broyden", "data_first", "gauss_newton")
"""Methods of training that hold a matrix of weights by weights."""

MOST_WEIGHTS = 20_000
"""Weights up to which such a matrix is accepted: 3.2 GB."""

CHEAP_WEIGHTS = 4000
"""Weights up to which the matrix costs no more than the gradient: measured, 1.4 of 12 ms at 1981 weights."""


def check_memory(phases: Sequence[MethodCall], weights: int) -> tuple[Diagnostic, ...]:
    """E531 for every phase whose matrix would be too large; defaults of the plan have none."""
    return tuple(
        error(
            "E531",
            f"`{phase.name}` needs a matrix of {weights:_} by {weights:_} numbers",
            phase.span,
            f"{8 * weights**2 / 1e9:.0f} GB for the {weights:_} weights of this network",
            help=f"Take `soap` or `lbfgs`, which need none, or a network of at most {MOST_WEIGHTS:_} weights.",
        )
        for phase in phases
        if phase.name in DENSE and weights > MOST_WEIGHTS
    )
