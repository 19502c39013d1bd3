"""The section "Jacobian": derivatives of residuals by the parameters, for the methods that need them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pdel.methods.registry import find
from pdel.plan.plan import Plan
from pdel.python_names import prefix_name
from pdel.render.environment import render
from pdel.render.layout import call, signature
from pdel.render.py import Py, py_join, py_text
from pdel.render.sections.losses import network_fields, set_parts
from pdel.render.sections.residuals import group_names
from pdel.render.sections.unknowns import numbers_argument, tells_errors

IN_ATTENDED = "in_attended_equations"
"""The function of the equations' residuals that have weights at points."""

FOLDER = "sections/jacobian/"
"""Where the shared templates of this section lie."""

EQUATIONS = "equations: Callable[..., dict[str, Tensor]] = in_equations"
"""The parameter of the functions that give the residuals of the equations, where these change during training."""

OF_NUMBERS = tuple(f"{FOLDER}{name}.py.j2" for name in ("rows", "equations", "as_they_are", "parts", "reduced"))
"""The shared templates that standard errors of unknown numbers need."""


@dataclass(frozen=True, slots=True)
class PartView:
    """The function of one point set's residuals: its first line, its name for people, what it gives."""

    head: Py
    name: Py
    value: Py


def context(plan: Plan) -> dict[str, Any]:
    """The holes of `sections/jacobian.py.j2`."""
    holes = {
        "in_equations": _values(plan, "interior"),
        "parts": (
            *_attended_part(plan),
            *(_part(plan, name) for name in group_names(plan) if name != "interior"),
        ),
        "continued": plan.by_parts,
        "head": signature("point_sets", ["points: Points", *([EQUATIONS] if plan.by_parts else [])], "list[PointSet]"),
        "sets": Py("point_sets(points, equations)" if plan.by_parts else "point_sets(points)"),
        "function": Py("function" if plan.pruning is None else "counting(function, points)"),
        "groups": tuple(_group(plan, name) for name in group_names(plan)),
    }
    templates = shared_templates(plan, FOLDER)
    return {"shared": py_join([Py(render(template, holes).strip("\n")) for template in templates], "\n\n\n")}


def shared_templates(plan: Plan, folder: str) -> tuple[str, ...]:
    """The templates below a folder that resampler, optimisers and standard errors share, each once."""
    used = [("resample", plan.resample)] if plan.resample is not None else []
    methods = [
        find(family, call.name) for family, call in [*used, *(("train", phase) for phase in plan.all_phases)] if call
    ]
    names = [name for method in methods if method is not None for name in method.shared]
    names += OF_NUMBERS if tells_errors(plan) else ()
    return tuple(dict.fromkeys(name for name in names if name.startswith(folder)))


def _values(plan: Plan, name: str) -> Py:
    """`return walls_residuals(points, fields)` for the points that a function is given."""
    arguments = [argument for argument, _ in set_parts(plan, name)]
    arguments += [network_fields(plan, name, "points"), *numbers_argument(plan, name)]
    return call(f"return {prefix_name(name)}_residuals", arguments)


def _part(plan: Plan, name: str) -> PartView:
    listed = ["network: Network", *(f"{argument}: Tensor" for argument, _ in set_parts(plan, name))]
    head = signature(f"{prefix_name(name)}_part", listed, "dict[str, Tensor]")
    return PartView(head, py_text(name), _values(plan, name))


def _attended_part(plan: Plan) -> tuple[PartView, ...]:
    """The residuals of the equations times the weights of their points, where there are such weights."""
    if plan.attention is None:
        return ()
    head = signature(IN_ATTENDED, ["network: Network", "points: Tensor", "attention: Tensor"], "dict[str, Tensor]")
    value = Py("    return attended(in_equations(network, points), attention)")
    return (PartView(head, py_text("interior"), value),)


def _group(plan: Plan, name: str) -> Py:
    if name == "interior" and plan.attention is not None:
        return Py(f"        ({IN_ATTENDED}, (points.interior, points.attention)),")
    equations = "equations" if plan.by_parts else "in_equations"
    function = equations if name == "interior" else f"{prefix_name(name)}_part"
    sets = ", ".join(f"points.{part}" for _, part in set_parts(plan, name))
    return Py(f"        ({function}, ({sets}{',' if ', ' not in sets else ''})),")
