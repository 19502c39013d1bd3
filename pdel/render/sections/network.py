"""The section "Network": the class of the chosen architecture."""

from __future__ import annotations

from typing import Any

from pdel.plan.plan import Plan
from pdel.render.environment import render
from pdel.render.networks import network_view
from pdel.render.py import Py, py_int, py_name
from pdel.render.sections.derivatives import JetNames


def context(plan: Plan) -> dict[str, Any]:
    """The holes of `sections/network.py.j2`: the architecture's own template, rendered."""
    network = network_view(plan)
    holes = {
        "network": network,
        "jets": tuple(JetNames(py_name(jet.name), py_name(jet.prefix)) for jet in plan.jets),
        "dimensions": py_int(len(plan.axes)),
        "features": py_int(len(plan.network.features)),
        "inferred": bool(plan.unknowns),
        "outputs": py_int(len(plan.network.outputs)),
    }
    return {"network": Py(render(network.template, holes).rstrip("\n")), "statistics": network.statistics}
