"""Unknown terms in the section "Unknowns": their networks as functions of fields, and how residuals read them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from pdel.expression import ZERO, Coordinate, Expr, Partial, TermValue, term_values, transform
from pdel.notation import notation
from pdel.plan.network_plan import Channel, JetPlan
from pdel.plan.plan import Factor, Plan, ResidualPlan, UnknownTermPlan
from pdel.plan.terms import scale_of, term_title
from pdel.python_names import OwnName, attribute_name, python_name
from pdel.render.layout import Block, call, signature, unpack
from pdel.render.networks import NetworkView, term_network_view
from pdel.render.printer import channel_name, code
from pdel.render.py import Py, py_float, py_join, py_name, py_text
from pdel.render.ranges import map_functions, mapped, origin, scalings
from pdel.render.sections.coordinates import columns
from pdel.render.sections.derivatives import (
    JetInput,
    JetNames,
    JetView,
    Maps,
    input_summary,
    jet_view,
    same_at_all_points,
)
from pdel.render.sections.jet_functions import FunctionView
from pdel.render.sections.network import network_class


@dataclass(frozen=True, slots=True)
class TermView:
    """An unknown term: its attribute, jet, the inputs and class of its network, and the functions of its values."""

    attribute: Py
    title: Py
    start: Py
    comment: Py
    jets: tuple[JetView, ...]
    inputs: FunctionView
    network: Py
    functions: tuple[FunctionView, ...]


def network_title(name: str) -> str:
    """The class of an unknown term's network."""
    return f"NetworkOf{term_title(name)}"


def term_function(name: str) -> str:
    """The function of an unknown term's values."""
    return f"term_{name}"


def term_view(term: UnknownTermPlan) -> TermView:
    """The view of an unknown term for the section "Unknowns"."""
    network = term_network_view(term)
    jets = () if term.jet is None else (term.jet,)
    names = tuple(JetNames(py_name(jet.name), py_name(jet.prefix)) for jet in jets)
    return TermView(
        attribute=py_name(python_name(term.name)),
        title=network.name,
        start=py_float(origin(term)),
        comment=py_text(f"{call_text(term)} = {term.start.value:g}, {term.place}"),
        jets=tuple(
            jet_view(
                jet,
                (network,),
                JetInput(input_summary(len(term.arguments), same=True), _jet_inputs(term, jet)),
                f"A function of {listed_arguments(term)} and its derivatives by them, each of shape (width, points) in "
                "layers.",
                Maps(map_functions(term), scaled=any(scalings(term))),
            )
            for jet in jets
        ),
        inputs=_inputs(term, network),
        network=network_class(network, term.network, names, len(term.arguments)),
        functions=(_value(term), *(_slopes(term, jet) for jet in jets)),
    )


def call_text(term: UnknownTermPlan) -> str:
    """`f(u, u_x)`."""
    return f"{term.name}({listed_arguments(term)})"


def listed_arguments(term: UnknownTermPlan) -> str:
    """`u, u_x`."""
    return ", ".join(argument.name for argument in term.arguments)


def _inputs(term: UnknownTermPlan, network: NetworkView) -> FunctionView:
    """The inputs of a term's network: its arguments, of size 1."""
    texts = ", ".join(notation(feature.expression) for feature in term.network.features)
    names = [python_name(argument.name) for argument in term.arguments]
    block = Block()
    forms = [_local(feature.expression, names[place]) for place, feature in enumerate(term.network.features)]
    if len(names) == 1:
        block.add(Py(f"return {code(_local(term.network.features[0].expression, 'points'))}"))
    else:
        block.lines.append(unpack(names, columns("points", len(names))))
        block.lines.append(call("return torch.cat", [f"[{', '.join(code(form) for form in forms)}]", "dim=1"]))
    return FunctionView(
        signature(network.inputs, ["points: Tensor"], "Tensor"),
        py_text(f"The inputs of the network of {term.name}: {texts}"),
        block.text(),
    )


def _local(form: Expr, name: str) -> Expr:
    return transform(form, lambda node: Coordinate(OwnName(name)) if isinstance(node, Coordinate) else None)


def _jet_inputs(term: UnknownTermPlan, jet: JetPlan) -> Py:
    """The jet of the inputs: constant slopes, no higher derivatives."""
    count = len(term.arguments)
    lines = [Py(f"        value={term.name}_inputs(points).T,")]
    for channel in jet.channels:
        slopes = [code(_slope(term, channel, place)) for place in range(count)]
        lines.append(same_at_all_points(f"{attribute_name(channel.name)}=", slopes))
    return Py(f"    return {jet.name}(\n{py_join(lines)}\n    )")


def _slope(term: UnknownTermPlan, channel: Channel, place: int) -> Expr:
    first = channel.orders == ((term.arguments[place].name, 1),)
    return scale_of(term.arguments[place]) if first else ZERO


def _parameters(term: UnknownTermPlan) -> list[str]:
    names = [f"{python_name(argument.name)}: Tensor" for argument in term.arguments]
    return [f"network: {network_title(term.name)}", *names]


def _joined(term: UnknownTermPlan) -> str:
    names = [python_name(argument.name) for argument in term.arguments]
    return names[0] if len(names) == 1 else f"torch.cat([{', '.join(names)}], dim=1)"


def _formula(term: UnknownTermPlan) -> str:
    return f"{call_text(term)} = {notation(mapped(term, Partial('n')))}"


def _value(term: UnknownTermPlan) -> FunctionView:
    block = Block(partial_name=lambda partial: partial.field)
    block.add(Py(f"n = network.forward({_joined(term)})"))
    block.give_back(mapped(term, Partial(OwnName("n"))))
    head = signature(term_function(term.name), _parameters(term), "Tensor")
    return FunctionView(head, py_text(f"{_formula(term)}, of shape (points, 1)"), block.text())


def _slopes(term: UnknownTermPlan, jet: JetPlan) -> FunctionView:
    lines = [Py(f"    h = network.{jet.prefix}_jet({_joined(term)})")]
    for function, scaling in zip(map_functions(term) or ("",), scalings(term), strict=True):
        if function:
            lines.append(Py(f"    h = {jet.prefix}_{function}(h)"))
        if scaling is not None:
            lines.append(Py(f"    h = {jet.prefix}_scaled(h, {code(scaling[0])}, {code(scaling[1])})"))
    lines.append(Py("    return h"))
    head = signature(f"{term_function(term.name)}_slopes", _parameters(term), jet.name)
    return FunctionView(head, py_text(f"{_formula(term)} with derivatives by its arguments"), py_join(lines))


# ---------------------------------------------------------------------------------------------------
# In residuals
# ---------------------------------------------------------------------------------------------------


def residual_terms(plan: Plan, point_set: str) -> tuple[ResidualPlan, ...]:
    """The residuals of a point set that read unknown terms."""
    return tuple(item for item in plan.residuals if item.point_set == point_set and item.inferred_terms)


def with_slopes(block: Block, factors: Iterable[Factor]) -> list[Factor]:
    """The terms of a residual with the jets of unknown terms, where derivatives of them are read, in variables.

    Values alone are written as calls.
    """
    listed = list(factors)
    differentiated: dict[tuple[str, tuple[Expr, ...]], str] = {}
    for factor in listed:
        for value in term_values(factor.expression):
            if any(value.orders) and (value.term, value.arguments) not in differentiated:
                number = 1 + sum(term == value.term for term, _ in differentiated)
                name = f"jet_{value.term}{f'_{number}' if number > 1 else ''}"
                differentiated[value.term, value.arguments] = name
                arguments = [python_name(value.term), *(code(one, block.partial_name) for one in value.arguments)]
                block.lines.append(call(f"{name} = {term_function(value.term)}_slopes", arguments))

    def read(node: Expr) -> Expr | None:
        if not isinstance(node, TermValue) or (node.term, node.arguments) not in differentiated:
            return None
        name = differentiated[node.term, node.arguments]
        orders = [(one, order) for one, order in zip(node.parameters, node.orders, strict=True) if order]
        return Coordinate(OwnName(f"{name}.{channel_name(tuple(orders))}"))

    return [replace(factor, expression=transform(factor.expression, read)) for factor in listed]
