"""Unknown fields in the section "Fields": the outputs of their networks, mapped to their ranges."""

from __future__ import annotations

from pdel.expression import Partial
from pdel.notation import notation
from pdel.plan.network_plan import JetPlan
from pdel.plan.plan import UnknownFieldPlan
from pdel.python_names import OwnName, python_name
from pdel.render.layout import Block, signature
from pdel.render.printer import code
from pdel.render.py import Py, py_join, py_name, py_text
from pdel.render.ranges import map_functions, mapped, scalings
from pdel.render.sections.jet_functions import FunctionView


def ranged_function(field: UnknownFieldPlan, jet: JetPlan | None = None) -> Py:
    """The name of the function that gives an unknown field: `inferred_k`, or its jet, `interior_inferred_k`."""
    return py_name(f"{jet.prefix}_inferred_{field.name}" if jet else f"inferred_{field.name}")


def ranged_value(field: UnknownFieldPlan) -> FunctionView:
    """The value of an unknown field: its network's output, mapped to the range."""
    block = Block(partial_name=lambda partial: partial.field)
    block.add(Py(f"n = network.unknowns.{python_name(field.name)}.forward(points)"))
    block.give_back(mapped(field, Partial(OwnName("n"))))
    head = signature(ranged_function(field), ("network: Network", "points: Tensor"), "Tensor")
    return FunctionView(head, py_text(_formula(field)), block.text())


def ranged_jet(field: UnknownFieldPlan, jet: JetPlan) -> FunctionView:
    """The jet of an unknown field: that of its network through the functions of the map."""
    lines = [Py(f"    h = network.unknowns.{python_name(field.name)}.{jet.prefix}_jet(points)")]
    functions, scaled = map_functions(field) or ("",), scalings(field)
    if len(functions) > 1 and scaled[0] is not None:
        offset, factor = map(notation, scaled[0])
        lines.append(Py(f"    # the power is exp({offset} + {factor}*sigmoid(n))"))
    for function, scaling in zip(functions, scaled, strict=True):
        if function:
            lines.append(Py(f"    h = {jet.prefix}_{function}(h)"))
        if scaling is not None:
            lines.append(Py(f"    h = {jet.prefix}_scaled(h, {code(scaling[0])}, {code(scaling[1])})"))
    lines.append(Py("    return h"))
    head = signature(ranged_function(field, jet), ("network: Network", "points: Tensor"), jet.name)
    return FunctionView(head, py_text(f"The jet of {_formula(field)}, function by function"), py_join(lines))


def _formula(field: UnknownFieldPlan) -> str:
    """k = 0.1 + 9.9*sigmoid(n)."""
    return f"{field.name} = {notation(mapped(field, Partial('n')))}"
