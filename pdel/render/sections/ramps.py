"""The section "Ramps": the constants that change during training."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pdel.methods.registry import find
from pdel.plan.plan import Plan, RampPlan
from pdel.python_names import constant_name
from pdel.render.environment import render
from pdel.render.py import Py, py_float, py_int, py_name, py_string, py_text


@dataclass(frozen=True, slots=True)
class RampView:
    """A ramp: its attribute, its value at the end, and its value after a share of it."""

    attribute: Py
    address: Py
    comment: Py
    end: Py
    steps: Py
    every: Py
    value: Py


def context(plan: Plan) -> dict[str, Any]:
    """The holes of `sections/ramps.py.j2`."""
    return {"ramps": tuple(map(_view, plan.ramps))}


def ramp_attribute(name: str) -> str:
    """The attribute of `Ramps` that holds a constant."""
    return f"ramped_{name}"


def _view(ramp: RampPlan) -> RampView:
    method = find("ramp", ramp.method.name)
    assert method is not None
    end = py_name(constant_name(ramp.name))
    holes = {"end": end, "start": py_float(float(ramp.method.option("from")))}
    return RampView(
        attribute=py_name(ramp_attribute(ramp.name)),
        address=py_string(f"constant.{ramp.name}"),
        comment=py_text(f"{ramp.name}, {ramp.place}"),
        end=end,
        steps=py_int(int(ramp.method.option("steps"))),
        every=py_int(int(ramp.method.option("every"))),
        value=Py(render(method.template, holes).strip()),
    )
