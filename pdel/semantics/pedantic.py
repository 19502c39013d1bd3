"""Advice that is given only when it is asked for: what is sound, and might still be said more carefully."""

from __future__ import annotations

from pdel.diagnostics.model import Diagnostic, Label, warning
from pdel.semantics.problem import Problem
from pdel.syntax import ast

WIDEST_WEIGHTS = 1e4
"""The largest ratio of two weights: beyond it the smaller loss is lost in the rounding of float32 gradients."""


def pedantic_advice(specification: ast.Specification, problem: Problem) -> tuple[Diagnostic, ...]:
    """W733, W734: a seed that is not stated, weights that differ by too much."""
    return (*_seed(specification, problem), *_weights(problem))


def _seed(specification: ast.Specification, problem: Problem) -> tuple[Diagnostic, ...]:
    """W733: no `seed` statement."""
    if any(method.family == "seed" for method in problem.methods):
        return ()
    span = specification.statements[0].span
    return (
        warning(
            "W733",
            "the seed is left to pdel",
            span,
            "no `seed` statement",
            help="Write `seed 0`, or what you like, so that the runs you report can be repeated by any version.",
        ),
    )


def _weights(problem: Problem) -> tuple[Diagnostic, ...]:
    """W734: two stated weights, or one and the equations' 1, whose ratio is beyond the bound."""
    stated = [
        (float(method.calls[0].option("value")), method)
        for method in problem.methods
        if method.family == "weigh" and method.calls[0].name == "constant"
    ]
    positive = [(weight, method) for weight, method in stated if weight > 0]
    if not positive:
        return ()
    largest, heaviest = max(positive, key=lambda item: item[0])
    smallest, lightest = min(positive, key=lambda item: item[0])
    if max(largest, 1.0) / min(smallest, 1.0) <= WIDEST_WEIGHTS:
        return ()
    named = heaviest if largest > 1 else lightest
    others = [Label(lightest.span, "the smallest weight")] if lightest is not named and smallest < 1 else []
    return (
        warning(
            "W734",
            f"weights of the loss differ by more than {WIDEST_WEIGHTS:.0e}".replace("e+0", "e"),
            named.span,
            "far from the weight 1 of the equations",
            secondary=others,
            help="Scale fields and coordinates so that the residuals are of one order; weights then stay moderate.",
        ),
    )
