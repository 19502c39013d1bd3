"""Functions of jets: activations by the chain rule, and sums, differences, products and multiples."""

from __future__ import annotations

from dataclasses import dataclass

from pdel.expression import Constant, Coordinate, Expr, Partial, add, multiply, transform
from pdel.maths.activations import SCALE, activation_derivatives, masked_derivatives
from pdel.plan.jets import chain_rule, channel_partial, highest_order, leibniz_rule
from pdel.plan.network_plan import Channel, JetPlan
from pdel.python_names import attribute_name
from pdel.render.layout import Block, broken_sum, signature
from pdel.render.masks import Activation
from pdel.render.printer import channel_name, code
from pdel.render.py import Py, py_name, py_text


@dataclass(frozen=True, slots=True)
class FunctionView:
    """A function of the module: its signature, documentation and body."""

    signature: Py
    summary: Py
    body: Py


def jet_access(partial: Partial) -> str:
    """A channel of a jet by the variable's own name: `z.xx`."""
    return f"{partial.field}.{channel_name(partial.orders)}"


# ---------------------------------------------------------------------------------------------------
# Activations
# ---------------------------------------------------------------------------------------------------


FASTER = {"tanh": "; torch.sigmoid is faster than torch.tanh"}
"""Why a form stands for an activation that torch has."""

EXPLAINED = {
    "exponent": f"# mask = 1 - exp(-({SCALE}*z)^2); expm1 keeps the digits of small z",
    "mask_1": "# its derivatives by z",
    "masked_1": "# those of the activation times the mask, by Leibniz' rule",
}
"""Comments above variables of a masked activation."""


def activation_function(jet: JetPlan, activation: Activation) -> FunctionView:
    """f(z) for a jet z: the derivatives of f, then Faà di Bruno's rule for every channel."""
    order = highest_order(jet.channels)
    parameters = [f"z: {jet.name}"]
    if activation.mask:
        forms = masked_derivatives(activation.plain, activation.mask, order)
        parameters.append(f"{SCALE}: Tensor")
        summary = f"{activation.name}(z, {SCALE}) by Leibniz' rule, then the chain rule (Faà di Bruno)"
    else:
        forms = activation_derivatives(activation.plain, order)
        summary = f"{activation.name}(z) by the chain rule (Faà di Bruno){FASTER.get(activation.plain, '')}"
    variables = frozenset([SCALE, *(variable for variable, _ in (*forms.base, *forms.derivatives))])

    def at_jet(expression: Expr) -> Expr:
        return transform(expression, lambda node: _activation_variable(node, variables))

    def access(partial: Partial) -> str:
        return partial.field if partial.field in variables else jet_access(partial)

    block = Block(partial_name=access)
    for variable, expression in dict((*forms.base, *forms.derivatives)).items():
        if activation.mask and variable in EXPLAINED:
            block.add(py_text(EXPLAINED[variable]))
        block.assign(variable, at_jet(expression))
    names = [variable for variable, _ in forms.derivatives]
    arguments = [f"value={code(at_jet(forms.value), access)}"]
    for channel in jet.channels:
        rule = chain_rule(channel, lambda order: names[order - 1])
        arguments.append(_argument(block, channel, rule))
    block.add(Py(f"return {jet.name}("))
    block.lines += [Py(f"        {argument},") for argument in arguments]
    block.add(Py(")"))
    head = signature(py_name(f"{jet.prefix}_{activation.name}"), parameters, jet.name)
    return FunctionView(head, py_text(summary), block.text())


def _activation_variable(node: Expr, variables: frozenset[str]) -> Expr | None:
    """z read from the jet's value; a named subexpression as the variable that holds it."""
    if node == Coordinate("z"):
        return Partial("z")
    if isinstance(node, Constant) and node.name in variables:
        return Partial(node.name)
    return None


def _argument(block: Block, channel: Channel, expression: Expr) -> str:
    """`xx=expression`, with a variable of its own where the line would be too long."""
    name = attribute_name(channel.name)
    inline = f"{name}={code(expression, block.partial_name)}"
    if len(inline) + 9 <= 88:
        return inline
    variable = f"jet_{name}"
    block.assign(variable, expression)
    return f"{name}={variable}"


# ---------------------------------------------------------------------------------------------------
# Operations between jets
# ---------------------------------------------------------------------------------------------------

LINEAR_OPERATIONS = {
    "sum": ("The sum of two jets", "left.{0} + right.{0}"),
    "difference": ("The difference of two jets", "left.{0} - right.{0}"),
}


def operation(jet: JetPlan, name: str) -> FunctionView:
    """The sum, difference or product of two jets."""
    if name == "product":
        return _product(jet)
    summary, pattern = LINEAR_OPERATIONS[name]
    names = ["value", *(attribute_name(channel.name) for channel in jet.channels)]
    lines = [broken_sum(f"{channel}=", pattern.format(channel), 8) for channel in names]
    body = "\n".join([f"    return {jet.name}(", *lines, "    )"])
    return FunctionView(_of_two(jet, name), py_text(summary), Py(body))


def scaling(jet: JetPlan) -> FunctionView:
    """offset + factor*h, channel by channel."""
    lines = [
        f"        {name}=factor * h.{name}," for name in (attribute_name(channel.name) for channel in jet.channels)
    ]
    body = "\n".join([f"    return {jet.name}(", "        value=offset + factor * h.value,", *lines, "    )"])
    parameters = (f"h: {jet.name}", "offset: float", "factor: float")
    head = signature(py_name(f"{jet.prefix}_scaled"), parameters, jet.name)
    return FunctionView(head, py_text("offset + factor*h, channel by channel"), Py(body))


def _of_two(jet: JetPlan, name: str) -> Py:
    """The signature of an operation between two jets."""
    return signature(py_name(f"{jet.prefix}_{name}"), (f"left: {jet.name}", f"right: {jet.name}"), jet.name)


def _product(jet: JetPlan) -> FunctionView:
    block = Block(partial_name=jet_access)
    value = multiply(Partial("left"), Partial("right"))
    arguments = [f"value={code(value, jet_access)}"]
    for channel in jet.channels:
        mixed = leibniz_rule(channel, lambda orders: Partial("left", orders), lambda orders: Partial("right", orders))
        outer = [
            multiply(Partial("left"), channel_partial("right", channel)),
            multiply(channel_partial("left", channel), Partial("right")),
        ]
        arguments.append(_argument(block, channel, add(*outer, *mixed)))
    block.add(Py(f"return {jet.name}("))
    block.lines += [Py(f"        {argument},") for argument in arguments]
    block.add(Py(")"))
    return FunctionView(_of_two(jet, "product"), py_text("The product of two jets by Leibniz' rule"), block.text())
