"""The section "Losses": every residual at its own points, by address, with weights and places."""

from __future__ import annotations

from typing import Any

from pdel.methods.registry import find
from pdel.plan.plan import AttentionPlan, Plan
from pdel.python_names import normals_field, observed_field, point_field, prefix_name
from pdel.render.environment import render
from pdel.render.layout import call
from pdel.render.nested import listed, written
from pdel.render.py import Py, py_float, py_string, py_value
from pdel.render.sections.coordinates import columns
from pdel.render.sections.residuals import group_names
from pdel.render.sections.unknowns import numbers_argument

ATTENDED = "attended(residuals(network, points), points.attention)"
"""The residuals of the loss where some have weights at points."""


def context(plan: Plan) -> dict[str, Any]:
    """The holes of `sections/losses.py.j2`."""
    attention = plan.attention
    return {
        "weights": tuple((py_string(item.address), py_float(item.weight)) for item in plan.residuals),
        "places": tuple((py_string(item.address), py_string(item.place)) for item in plan.residuals),
        "pruning": plan.pruning is not None,
        "groups": tuple(_entry(plan, name) for name in group_names(plan)),
        "values": Py("residuals(network, points)" if attention is None else ATTENDED),
        "attention": () if attention is None else (_attention(attention),),
    }


def _attention(attention: AttentionPlan) -> Py:
    """The functions that weigh residuals at points."""
    method = find("weigh", attention.method.name)
    assert method is not None
    options = {name: py_value(value) for name, value in attention.method.options}
    addresses = listed([py_string(address) for address in attention.addresses])
    return Py(render(method.template, {"attended": written(addresses, 0, "ATTENDED = "), **options}).rstrip("\n"))


def network_fields(plan: Plan, name: str, points: str) -> str:
    """The jets, or the values, of the network's fields at a point set."""
    jet = next((jet for jet in plan.jets if name in jet.point_sets), None)
    if jet is None:
        return columns(f"solution(network, {points})", len(plan.fields))
    return f"{jet.prefix}_fields(network, {points})"


def set_parts(plan: Plan, name: str) -> tuple[tuple[str, Py], ...]:
    """What residuals of a point set are given of it: pairs of an argument's name and an attribute of `Points`."""
    residuals = [residual for residual in plan.residuals if residual.point_set == name]
    parts = [("points", point_field(name))]
    if any(residual.normals for residual in residuals):
        parts.append(("normals", normals_field(name)))
    if any(residual.column for residual in residuals):
        parts.append(("observed", observed_field(name)))
    return tuple(parts)


def _entry(plan: Plan, name: str) -> Py:
    """`**walls_residuals(points.walls, fields)` of one point set, exploded where it is long."""
    fields = network_fields(plan, name, f"points.{point_field(name)}")
    arguments = [f"points.{part}" for _, part in set_parts(plan, name)]
    arguments += [fields, *numbers_argument(plan, name)]
    return call(f"**{prefix_name(name)}_residuals", arguments, indent=8, tail=",")
