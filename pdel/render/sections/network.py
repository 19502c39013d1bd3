"""The section "Network": the class of the chosen architecture."""

from __future__ import annotations

from typing import Any

from pdel.plan.network_plan import NetworkPlan
from pdel.plan.plan import Plan
from pdel.render.environment import render
from pdel.render.networks import NetworkView, network_view, widths
from pdel.render.py import Py, py_int, py_name
from pdel.render.sections import march
from pdel.render.sections.derivatives import JetNames, input_columns


def context(plan: Plan) -> dict[str, Any]:
    """The holes of `sections/network.py.j2`: the architecture's own template, rendered."""
    network = network_view(plan)
    inferred = bool(plan.unknowns or plan.unknown_fields or plan.unknown_terms)
    return {
        "network": network_code(plan, plan.network, network, inferred, bool(plan.ramps)),
        "joined": march.joined(plan),
        "statistics": network.statistics,
        "widths": widths(plan),
    }


def network_code(plan: Plan, planned: NetworkPlan, network: NetworkView, inferred: bool, ramped: bool = False) -> Py:
    """The class of one network of the coordinates; it holds what is `inferred` or `ramped` as well."""
    jets = tuple(JetNames(py_name(jet.name), py_name(jet.prefix)) for jet in plan.carried_jets)
    return network_class(network, planned, jets, input_columns(plan), inferred=inferred, ramped=ramped)


def network_class(
    network: NetworkView,
    planned: NetworkPlan,
    jets: tuple[JetNames, ...],
    dimensions: int,
    *,
    inferred: bool = False,
    ramped: bool = False,
) -> Py:
    """The class of a network, by the template of its architecture."""
    holes = {
        "network": network,
        "jets": jets,
        "dimensions": py_int(dimensions),
        "features": py_int(planned.inputs),
        "inferred": inferred,
        "ramped": ramped,
        "outputs": py_int(len(planned.outputs)),
    }
    return Py(render(network.template, holes).rstrip("\n"))
