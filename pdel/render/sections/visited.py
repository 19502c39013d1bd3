"""The section "Unknown terms": what they are evaluated at, their values there, and a formula for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pdel.expression import coordinates, partials
from pdel.plan.plan import Plan, UnknownTermPlan
from pdel.python_names import point_field, python_name
from pdel.render.layout import Block, call, mapping, signature, unpack
from pdel.render.py import Py, py_int, py_name, py_string, py_tuple, py_wrap
from pdel.render.sections.coordinates import columns, unpack_coordinates
from pdel.render.sections.reverse import field_columns, reverse_access
from pdel.render.sections.terms import listed_arguments, term_function
from pdel.render.sections.unknowns import as_floats


@dataclass(frozen=True, slots=True)
class VisitedView:
    """The function of what a term is evaluated at, and how its values are called."""

    name: Py
    attribute: Py
    call: Py
    count: Py
    signature: Py
    summary: Py
    body: Py


def context(plan: Plan) -> dict[str, Any]:
    """The holes of `sections/terms.py.j2`."""
    return {
        "terms": tuple(_visited(plan, term) for term in plan.unknown_terms),
        "entries": mapping((py_string(term.name), _entry(term)) for term in plan.unknown_terms),
    }


def _entry(term: UnknownTermPlan) -> str:
    names = py_tuple([py_string(argument.name) for argument in term.arguments])
    return f"Term({names}, visited_{term.name}, values_of_{term.name})"


def _visited(plan: Plan, term: UnknownTermPlan) -> VisitedView:
    """The arguments of a term at the points of every statement that contains it."""
    block = Block(partial_name=reverse_access(plan, "on"))
    block.add(Py("found = []"))
    for point_set, arguments in term.calls:
        block.add(Py(f"on = points.{point_field(point_set)}.detach().requires_grad_()"))
        used = {name for argument in arguments for name in coordinates(argument)}
        if used:
            block.lines.append(unpack_coordinates(plan, used, "on"))
        named = {partial.field for argument in arguments for partial in partials(argument)}
        if named:
            block.lines.append(unpack(field_columns(plan, named), columns("solution(network, on)", len(plan.fields))))
        names = [f"argument_{number + 1}" for number in range(len(arguments))]
        for name, argument in zip(names, arguments, strict=True):
            block.assign(name, as_floats(argument, block))
        block.lines.append(call("found.append", [f"torch.cat([{', '.join(names)}], dim=1).detach()"]))
    block.add(Py("return torch.cat(found)"))
    summary = py_wrap(
        f"The arguments {listed_arguments(term)} of {term.name} where it is evaluated, a row each.", 80, "", "    "
    )
    head = signature(f"visited_{term.name}", ["network: Network", "points: Points"], "Tensor")
    return VisitedView(
        py_name(term.name),
        py_name(python_name(term.name)),
        py_name(term_function(term.name)),
        py_int(len(term.arguments)),
        head,
        summary,
        block.text(),
    )
