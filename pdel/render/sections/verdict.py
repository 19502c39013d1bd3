"""The verdict at the end of a run: what limits the error, and the one remedy that fits this plan."""

from __future__ import annotations

import math
from typing import Any

from pdel.plan.memory import CHEAP_WEIGHTS, LEAST_SQUARES
from pdel.plan.plan import Plan
from pdel.render.environment import render
from pdel.render.py import Py, py_name, py_string, py_text
from pdel.render.sections.jacobian import in_parts
from pdel.render.sections.least_squares import IN_PARTS

LIMIT = "sections/evaluation/limit_of_trials.py.j2"
"""The template of what limits trials of scales."""

MORE_NEURONS = (100.0, 300.0)
"""A budget up to which the plan takes a narrower layer than with the other one, in seconds."""


def context(plan: Plan) -> dict[str, Any]:
    """The holes of `sections/evaluation/verdict.py.j2`."""
    return {
        "conditions": any(residual.kind != "equation" for residual in plan.residuals),
        "solved": _solved(plan),
        "windows": _solved(plan) and plan.march is not None,
        "time": py_text(plan.axes[-1].name),
        "fresh_points": _fresh_points(plan),
        "stalled": _stalled(plan),
        "trials": _tries(plan),
        "limit": _limit(plan),
        "following": (py_name(IN_PARTS),) if _tries(plan) and in_parts(plan) else (),
    }


def _solved(plan: Plan) -> bool:
    """Whether the last phase solves for the output layer."""
    return plan.phases[-1].name == LEAST_SQUARES


def _tries(plan: Plan) -> bool:
    """Whether the last phase tries scales for one network, not for windows."""
    return _solved(plan) and plan.march is None


def _limit(plan: Plan) -> Py:
    """The function of what limits such trials, before that of the verdict; two blank lines without it."""
    if not _tries(plan):
        return Py("\n\n")
    holes = {"longer": _longer(plan), "parts": in_parts(plan), "otherwise": _otherwise(plan)}
    return Py(render(LIMIT, holes).rstrip("\n") + "\n\n\n")


def _fresh_points(plan: Plan) -> Py:
    if plan.resample is None and not _solved(plan):
        return py_string("try `resample rad`, which moves them")
    interior = plan.point_sets[0]
    return py_string(f"try more, `sample interior: {interior.sampler.name}(points = {2 * interior.count})`")


def _stalled(plan: Plan) -> Py:
    if plan.precision == "float32":
        return py_string("try `precision float64`: rounding may be the floor")
    width = int(plan.network.method.option("width"))
    wider = width + max(10, width // 2)
    if _solved(plan):
        if "network" in dict(plan.reasons) and plan.march is None and _seconds(plan) <= MORE_NEURONS[0]:
            return py_string(f"try `budget {MORE_NEURONS[1]:g}`, for which the layer has more neurons")
        layer = f"mlp(width = {wider}, depth = 1, activation = {plan.network.activation})"
        windows = "" if plan.march is None else f", `march windows(count = {plan.march.count})`"
        return py_string(f"try more neurons, `network {layer}`{windows} and `train least_squares`")
    if plan.network.parameters <= CHEAP_WEIGHTS and plan.phases[-1].name != "broyden":
        return py_string("try `train broyden`, which goes further on small networks")
    return py_string(f"try a larger network, `network {plan.network.method.name}(width = {wider})`")


def _seconds(plan: Plan) -> float:
    """The budget; infinite where steps alone end training."""
    return math.inf if plan.budget is None else plan.budget


def _longer(plan: Plan) -> Py:
    """What gives least squares more trials."""
    if plan.budget is not None:
        return py_string(f"try `budget {2 * plan.budget:g}`")
    return py_string(f"try `train least_squares(steps = {2 * int(plan.phases[-1].option('steps'))})`")


def _otherwise(plan: Plan) -> Py:
    """The other method, for nonlinear equations that Gauss-Newton steps do not solve."""
    layers = "`network mlp(width = 20, depth = 3)`"
    if plan.budget is None:
        return py_string(f"try {layers} and `train broyden`")
    return py_string(f"try {layers}, `train broyden` and `budget {plan.budget:g}`")
