"""Where the output layer alone is solved for: linear equations by one linear problem, steady ones by a few."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Sequence

from pdel.diagnostics.model import Diagnostic, error
from pdel.maths.model import Model
from pdel.plan.budget import DEFAULT_SECONDS
from pdel.plan.defaults import default_call
from pdel.plan.memory import LEAST_SQUARES, output_weights
from pdel.plan.network import is_factorised
from pdel.plan.plan import NetworkPlan
from pdel.semantics.problem import MethodCall, Problem

WEIGHTS = ((30.0, 400), (100.0, 800), (math.inf, 1600))
"""Weights of the output layer for budgets up to so many seconds: neurons times fields."""

RESIDUALS = 2.5
"""Residuals, an equation at a point each, for every weight that is solved for."""

FEWEST_NEURONS = 10
"""Neurons even where hardly any points are stated."""

OTHER_WAYS = ("network", "mask", "resample", "prune", "march", "train", "compile")
"""Families whose statements are about another way of training."""

AT_ONCE = (
    "the equations are linear, and so is the network in the weights of its output layer: the best ones solve one "
    "linear problem; only how fast the neurons vary is searched for"
)

BY_CORRECTIONS = (
    "a steady problem: Gauss-Newton steps find the output layer of a wide network, each from one linear problem; of "
    "the other weights only how fast the neurons vary is searched for"
)


def solves(model: Model) -> bool:
    """Whether the plan solves for the output layer by itself: linear or steady equations, nothing stands against it."""
    problem, methods = model.problem, model.problem.methods
    stated = {method.family for method in methods if not method.targets}
    single = any(method.family == "precision" and method.calls[0].name == "float32" for method in methods)
    suited = is_linear(model) or problem.time is None
    moving = any(method.family == "ramp" or method.calls[0].name == "attention" for method in methods)
    other = stated.intersection(OTHER_WAYS) or single or moving or _inferred(problem) or problem.observations
    return suited and bool(model.facts) and model.windows.count == 1 and not other


def is_linear(model: Model) -> bool:
    """Whether every equation is."""
    return all(facts.linear for facts in model.facts)


def _inferred(problem: Problem) -> bool:
    """Whether the problem is an inverse one."""
    return bool(problem.unknowns or problem.terms or any(field.inferred is not None for field in problem.fields))


def wide_network(problem: Problem, budget: float | None) -> tuple[MethodCall, str]:
    """One hidden layer for a budget, narrower where few points are stated, and why."""
    seconds = DEFAULT_SECONDS if budget is None else budget
    width = next(weights for most, weights in WEIGHTS if seconds <= most) // len(problem.fields)
    reason = f"one layer of as many neurons as {seconds:g} s allow, whose output layer is solved for"
    points = _stated_points(problem)
    determined = int(points * len(problem.equations) / (RESIDUALS * len(problem.fields))) - 1
    if points and determined < width:
        width = max(determined, FEWEST_NEURONS)
        reason = f"one layer of as many neurons as {points} points determine, whose output layer is solved for"
    call = default_call("network", "mlp")
    options = dict(call.options) | {"width": width, "depth": 1, "activation": "sin"}
    return dataclasses.replace(call, options=tuple(options.items())), reason


def _stated_points(problem: Problem) -> int:
    """The number of interior points that a `sample` statement names; 0 where there is none."""
    samples = [method for method in problem.methods if method.family == "sample"]
    own = [method for method in samples if "interior" in method.targets] or [m for m in samples if not m.targets]
    return int(own[0].calls[0].option("points")) if own else 0


def determining_count(network: NetworkPlan, equations: int) -> tuple[int, str]:
    """How many collocation points determine the output layer of a network, and why."""
    weights = output_weights(network)
    count = math.ceil(RESIDUALS * weights / (100 * max(equations, 1))) * 100
    return count, f"about {RESIDUALS:g} residuals for each of the {weights} weights that are solved for"


def check_least_squares(
    problem: Problem, phases: Sequence[MethodCall], network: MethodCall, windows: bool
) -> tuple[Diagnostic, ...]:
    """E532 where something beside the output layer would have to be trained."""
    pruned = any(method.family == "prune" for method in problem.methods)
    obstacle = next(
        (
            text
            for found, text in (
                (_inferred(problem), "the unknowns would not be trained"),
                (pruned, "stages of `prune` need all layers trained"),
                (windows, "windows of time carry a trained network on"),
                (is_factorised(network), "in a factorised output layer the network is not linear"),
            )
            if found
        ),
        None,
    )
    if obstacle is None:
        return ()
    return tuple(
        error(
            "E532",
            "`least_squares` solves for the output layer of one network and for nothing else",
            phase.span,
            obstacle,
            help="Take `broyden`, or `gauss_newton` for short runs.",
        )
        for phase in phases
        if phase.name == LEAST_SQUARES
    )
