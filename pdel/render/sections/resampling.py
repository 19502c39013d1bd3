"""The section "Resampling": scores of candidates, and the points that a round makes of them."""

from __future__ import annotations

from typing import Any

from pdel.methods.registry import find
from pdel.plan.plan import Plan
from pdel.render.environment import render
from pdel.render.layout import call
from pdel.render.py import Py, py_int, py_value
from pdel.render.sections import march
from pdel.render.sections.losses import network_fields
from pdel.render.sections.unknowns import numbers_argument


def context(plan: Plan) -> dict[str, Any]:
    """The holes of `sections/resampling.py.j2`."""
    if plan.resample is None:
        return {"method": ()}
    method = find("resample", plan.resample.name)
    assert method is not None
    code = Py(render(method.template, _holes(plan, plan.resample.options)).strip("\n"))
    return {"method": code, "windows": march.holes(plan)["windows"]}


def _holes(plan: Plan, options: tuple[tuple[str, int | float | bool | str], ...]) -> dict[str, Any]:
    """What the template of a resampler may ask for.

    `option` has every option as code; `part` the template of a choice or switch: `sections/resampling/mode/add.py.j2`.
    """
    return {
        "pool": march.pool(plan, "network"),
        "option": {name: py_value(value) for name, value in options},
        "part": {
            name: f"sections/resampling/{name}/{str(value).lower()}.py.j2"
            for name, value in options
            if isinstance(value, bool | str)
        },
        "interior_values": call("values = interior_residuals", _interior_arguments(plan), 8),
        "exact": ("hessian", "arnoldi") in options,
        "slopes_of": Py("all terms" if ("test_terms", "all") in options else "the equations, which come first"),
        "pruning": plan.pruning is not None,
        "attention": plan.attention is not None,
        "equations": py_int(sum(residual.point_set == "interior" for residual in plan.residuals)),
    }


def _interior_arguments(plan: Plan) -> list[str]:
    return ["points", network_fields(plan, "interior", "points"), *numbers_argument(plan, "interior")]
