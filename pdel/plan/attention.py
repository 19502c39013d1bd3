"""Weights of residuals at points: the equations that have them, and what stands against them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pdel.diagnostics.model import Diagnostic, Label, Result, error
from pdel.plan.plan import AttentionPlan, ResidualPlan
from pdel.semantics.problem import MethodChoice, Problem


def plan_attention(problem: Problem, residuals: Sequence[ResidualPlan]) -> Result[AttentionPlan | None]:
    """The weights at points that the specification asks for, None without.

    Errors: E554 where they cannot be had.
    """
    choices = [item for item in problem.methods if item.family == "weigh" and item.calls[0].name == "attention"]
    if not choices:
        return Result(None)
    problems = tuple(_against(problem, choices, residuals))
    if problems:
        return Result(None, problems)
    named = {target for choice in choices for target in choice.targets}
    addresses = tuple(item.address for item in residuals if item.address.split(".")[1] in named)
    return Result(AttentionPlan(addresses, choices[0].calls[0]))


def _against(
    problem: Problem, choices: Sequence[MethodChoice], residuals: Sequence[ResidualPlan]
) -> Iterator[Diagnostic]:
    equations = {item.address.split(".")[1] for item in residuals if item.kind == "equation"}
    for choice in choices:
        for target in choice.targets:
            if target not in equations:
                yield error(
                    "E554",
                    f"`{target}` is no equation",
                    choice.span,
                    "`attention` weighs the points of equations",
                    help=f"Give `{target}` a number, as in `weigh {target}: 10`.",
                )
        if choice.calls[0].options != choices[0].calls[0].options:
            yield error(
                "E554",
                "`attention` with other options",
                choice.span,
                "the weights of all equations follow one rule",
                secondary=(Label(choices[0].span, "the first one"),),
                help="Write one statement with all equations before the colon.",
            )
    for method in problem.methods:
        if method.family == "prune":
            yield error(
                "E554",
                "`attention` and `prune`",
                choices[0].span,
                "pruning weighs the equations by itself",
                secondary=(Label(method.span, "pruned here"),),
                help="Remove one of the two.",
            )
