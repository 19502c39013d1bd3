"""The section "Pruning": observations told apart, importance of neurons, networks without pruned ones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pdel.methods.registry import find
from pdel.plan.plan import Plan, PruningPlan, ResidualPlan
from pdel.python_names import observed_field, point_field
from pdel.render.environment import render
from pdel.render.nested import listed, written
from pdel.render.networks import network_view
from pdel.render.py import Py, py_float, py_int, py_join, py_string
from pdel.render.sections.losses import network_fields
from pdel.render.sections.unknowns import numbers_argument

CONSTANTS = (
    ("fraction", "of a layer's neurons, pruned in each round at most"),
    ("rounds", "of every layer"),
    ("held_out", "of the retained observations only choose the network"),
    ("reduce", "weight of the equations in fine-tuning, in units of that before"),
)
INDICATOR = (
    ("threshold", "of the indicator: an observation from there on is flagged"),
    ("score_data", "what the squared misfit counts in the indicator"),
    ("score_residual", "what the squared residual counts in it"),
)


def context(plan: Plan) -> dict[str, Any]:
    """The holes of `sections/pruning.py.j2`."""
    pruning = plan.pruning
    if pruning is None:
        return {"method": ()}
    observed = _observed(plan, pruning)
    method = find("prune", pruning.method.name)
    assert method is not None
    return {
        "method": Py(render(method.template, {}).strip("\n")),
        "constants": py_join(_constants(pruning)),
        "layers": tuple(Py(f"({py_string(layer)}, {py_string(reader)})") for layer, reader in pruning.layers),
        "masked": bool(network_view(plan).scales),
        "robust": pruning.robust,
        "linearised": any(phase.name == "gauss_newton" for phase in plan.all_phases),
        "interior_fields": Py(network_fields(plan, "interior", "places")),
        "arguments": Py(", ".join(["places", "fields", *numbers_argument(plan, "interior")])),
        "equations": _addresses("EQUATIONS", [r.address for r in plan.residuals if r.kind == "equation"]),
        "observed": _addresses("OBSERVED", [r.address for r in observed]),
        "unit": Py(" over sigma" if any(r.sigma is not None for r in observed) else ""),
        **_observations(plan, pruning),
    }


def stages(plan: Plan) -> dict[str, Any]:
    """What the section "Training" has to know of the stages."""
    pruning = plan.pruning
    if pruning is None:
        return {
            "pruning": None,
            "robust": False,
            "training_class": Py("Training" if plan.march is None else "Marching"),
        }
    return {
        "pruning": point_field(pruning.data),
        "robust": pruning.robust,
        **_observations(plan, pruning),
        "training_class": Py("PrunedTraining"),
        "to_use": Py("state_to_use"),
    }


def report(plan: Plan) -> tuple[Py, ...]:
    """The functions that report on pruning, for the section "Evaluation"; nothing without it."""
    if plan.pruning is None:
        return ()
    holes = {**_observations(plan, plan.pruning), "criterion": py_string(plan.pruning.method.name)}
    holes["unknowns"] = bool(plan.unknowns)
    return (Py(render("sections/pruning/report.py.j2", holes).strip("\n")),)


def _observed(plan: Plan, pruning: PruningPlan) -> list[ResidualPlan]:
    """The residuals of the observations, one for each observed number."""
    return [residual for residual in plan.residuals if residual.point_set == pruning.data]


def _addresses(name: str, addresses: Sequence[str]) -> Py:
    """A tuple of addresses, one a line where it is long."""
    return written(listed([py_string(address) for address in addresses]), 0, f"{name} = ")


def _observations(plan: Plan, pruning: PruningPlan) -> dict[str, Any]:
    """The attributes of `Points` that hold the observations; how the misfit of the robust loss is found.

    Where the noise is stated, misfits are counted in units of it.
    """
    where = point_field(pruning.data)
    stated = all(residual.sigma is not None for residual in _observed(plan, pruning))
    return {
        "points": where,
        "parts": (where, observed_field(pruning.data)),
        "label": py_string(pruning.data),
        "stated": stated,
        "last": Py("robust" if pruning.robust else "baseline"),
    }


def _constants(pruning: PruningPlan) -> list[Py]:
    options = dict(pruning.method.options)
    names = (*CONSTANTS, *(() if pruning.robust else INDICATOR))
    return [Py(f"{name.upper()} = {_number(options[name])}  # {text}") for name, text in names]


def _number(value: int | float | bool | str) -> Py:
    return py_int(value) if isinstance(value, int) else py_float(float(value))
