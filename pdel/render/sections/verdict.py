"""The verdict at the end of a run: what limits the error, and the one remedy that fits this plan."""

from __future__ import annotations

import math
from typing import Any

from pdel.plan.memory import CHEAP_WEIGHTS, LEAST_SQUARES
from pdel.plan.plan import Plan
from pdel.python_names import point_field
from pdel.render.environment import render
from pdel.render.nested import listed, written
from pdel.render.py import Py, py_name, py_string, py_text
from pdel.render.sections.least_squares import IN_PARTS

LIMIT = "sections/evaluation/limit_of_trials.py.j2"
"""The template of what limits trials of scales."""

DATA = "sections/evaluation/verdict_of_data.py.j2"
"""The template of what limits the error where observations make up most of the loss."""

MORE_NEURONS = (100.0, 300.0)
"""A budget up to which the plan takes a narrower layer than with the other one, in seconds."""


def context(plan: Plan) -> dict[str, Any]:
    """The holes of `sections/evaluation/verdict.py.j2`."""
    kinds = {residual.kind for residual in plan.residuals}
    conditions, observed = bool(kinds - {"equation", "data"}), "data" in kinds
    dominant = " or ".join(text for text, there in (("one condition", conditions), ("the data", observed)) if there)
    functions = [_of_data(plan) if observed else "", _limit(plan) if _tries(plan) else ""]
    return {
        "conditions": conditions,
        "observed": observed,
        "stated": tuple(_stated(plan)[:1]),
        "dominant": (py_text(dominant),) if dominant else (),
        "accurate": (Py("1e-12"),) if _solved(plan) else (),
        "windows": _solved(plan) and plan.march is not None,
        "time": py_text(plan.axes[-1].name),
        "fresh_points": _fresh_points(plan),
        "stalled": _stalled(plan),
        "trials": _tries(plan),
        "before": Py("".join(f"{text}\n\n\n" for text in functions if text) or "\n\n"),
        "following": (py_name(IN_PARTS),) if _tries(plan) and plan.by_parts else (),
    }


def _solved(plan: Plan) -> bool:
    """Whether the last phase solves for the output layer."""
    return plan.phases[-1].name == LEAST_SQUARES


def _tries(plan: Plan) -> bool:
    """Whether the last phase tries scales for one network, not for windows."""
    return _solved(plan) and plan.march is None


def _limit(plan: Plan) -> str:
    """The function of what limits such trials."""
    holes: dict[str, Any] = {"dearer": _dearer(plan), "longer": _longer(plan)}
    holes |= {"parts": plan.by_parts, "otherwise": _otherwise(plan)}
    return render(LIMIT, holes).rstrip("\n")


def _of_data(plan: Plan) -> str:
    """The functions that tell noise from a misfit of the network."""
    data = [residual for residual in plan.residuals if residual.kind == "data"]
    stated = _stated(plan)
    holes = {
        "stated": (written(listed(stated), 0, "STATED = "),) if stated else (),
        "observed": tuple((py_string(residual.address), point_field(residual.point_set)) for residual in data),
    }
    return render(DATA, holes).rstrip("\n")


def _stated(plan: Plan) -> list[Py]:
    """The addresses of observations whose noise is stated."""
    data = [residual for residual in plan.residuals if residual.kind == "data"]
    return [py_string(residual.address) for residual in data if residual.sigma is not None]


def _fresh_points(plan: Plan) -> Py:
    if plan.resample is None and not _solved(plan):
        return py_string("try `resample rad`, which moves them")
    return py_string(f"try more, {_points(plan, 2)}")


def _points(plan: Plan, factor: float) -> str:
    """The statement of as many more points of the equations."""
    interior = plan.point_sets[0]
    return f"`sample interior: {interior.sampler.name}(points = {round(factor * interior.count)})`"


def _stalled(plan: Plan) -> Py:
    if plan.precision == "float32":
        return py_string("try `precision float64`: rounding may be the floor")
    if _solved(plan):
        if _grows(plan) and plan.march is None:
            return py_string(f"try `budget {MORE_NEURONS[1]:g}`, for which the layer has more neurons")
        windows = "" if plan.march is None else f", `march windows(count = {plan.march.count})`"
        return py_string(f"try more neurons, {_layer(plan)}{windows} and `train least_squares`")
    if plan.network.parameters <= CHEAP_WEIGHTS and plan.phases[-1].name != "broyden":
        return py_string("try `train broyden`, which goes further on small networks")
    return py_string(f"try a larger network, `network {plan.network.method.name}(width = {_wider(plan)})`")


def _wider(plan: Plan) -> int:
    """The width of a larger network."""
    width = int(plan.network.method.option("width"))
    return width + max(10, width // 2)


def _layer(plan: Plan) -> str:
    """The statement of one layer with more neurons."""
    return f"`network mlp(width = {_wider(plan)}, depth = 1, activation = {plan.network.activation})`"


def _grows(plan: Plan) -> bool:
    """Whether the plan takes a wider layer, and points for it, where the budget is larger."""
    return "network" in dict(plan.reasons) and _seconds(plan) <= MORE_NEURONS[0]


def _dearer(plan: Plan) -> Py:
    """What more accuracy costs: points grow as neurons, so that a solve takes the cube of their number."""
    if _grows(plan):
        return py_string(f"more accuracy takes more neurons and points: `budget {MORE_NEURONS[1]:g}`")
    more = _wider(plan) / int(plan.network.method.option("width"))
    longer = f"more accuracy takes more neurons and points, and a solve {more**3:.1f} times as long"
    return py_string(f"{longer}: {_layer(plan)}, {_points(plan, more)} and `train least_squares`")


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
