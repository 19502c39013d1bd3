"""The sections "Exact conditions" and "Fields": u = g + d*N with the product rule for every channel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pdel.expression import (
    ONE,
    ZERO,
    Expr,
    Orders,
    Partial,
    add,
    coordinates,
    multiply,
)
from pdel.maths.symbolic import derivative
from pdel.notation import notation
from pdel.plan.jets import channel_partial, leibniz_rule
from pdel.plan.plan import AnsatzPlan, Channel, JetPlan, Plan
from pdel.render.layout import Block, signature, unpack
from pdel.render.names import attribute_name, python_name
from pdel.render.printer import channel_name, code, is_tensor
from pdel.render.py import Py, py_join, py_name, py_text, py_wrap
from pdel.render.sections.coordinates import coordinate_names
from pdel.render.sections.derivatives import channel_form, jet_access


@dataclass(frozen=True, slots=True)
class FieldView:
    """The ansatz of one field for one jet."""

    name: Py
    body: Py


@dataclass(frozen=True, slots=True)
class FieldsView:
    """The jets of all fields for one group of point sets."""

    jet: Py
    prefix: Py
    signature: Py
    functions: tuple[FieldView, ...]
    columns: tuple[Py, ...]
    summary: Py
    channels: tuple[Py, ...]
    several: bool


@dataclass(frozen=True, slots=True)
class AnsatzView:
    """The ansatz of one field in words and by value."""

    field: Py
    name: Py
    summary: Py
    body: Py


def context(plan: Plan) -> dict[str, Any]:
    """The holes of `sections/ansatz.py.j2`."""
    enforced = [ansatz for ansatz in plan.ansatz if not ansatz.plain]
    return {
        "ansatz": tuple(_ansatz_view(plan, ansatz) for ansatz in enforced),
        "fields": tuple(_fields_view(plan, jet) for jet in plan.jets),
        "solution_summary": _solution_summary(plan),
        "solution_body": _solution(plan),
    }


def _ansatz_view(plan: Plan, ansatz: AnsatzPlan) -> AnsatzView:
    """The value-level function g + d*N."""
    block = Block(partial_name=lambda partial: partial.field)
    used = {name for form in (ansatz.offset, ansatz.factor) for name in coordinates(form)}
    if used:
        block.lines.append(unpack(coordinate_names(plan, used), "points.split(1, dim=1)"))
    total = add(ansatz.offset, multiply(ansatz.factor, Partial("n")))
    if len(code(total, block.partial_name)) > 70:
        block.assign("g", ansatz.offset)
        block.assign("d", ansatz.factor)
        total = add(Partial("g"), multiply(Partial("d"), Partial("n")))
    block.give_back(total)
    text = f"{ansatz.field} = g + d*N with g = {notation(ansatz.offset)} and d = {notation(ansatz.factor)}."
    lines = [py_wrap(line, 84, "    ", "    ") for line in (text, *ansatz.notes)]
    summary = Py(py_join([lines[0], Py(""), *lines[1:]]).removeprefix("    "))
    return AnsatzView(py_name(python_name(ansatz.field)), py_name(f"ansatz_{ansatz.field}"), summary, block.text())


def _local_access(partial: Partial) -> str:
    """The jet `n` by channel; other leaves are local variables."""
    return jet_access(partial) if partial.field == "n" else partial.field


def _fields_view(plan: Plan, jet: JetPlan) -> FieldsView:
    functions = tuple(
        FieldView(py_name(f"{jet.prefix}_{ansatz.field}"), _field_body(plan, jet, ansatz))
        for ansatz in plan.ansatz
        if not ansatz.plain
    )
    several = len(plan.fields) > 1
    columns = []
    for ansatz in plan.ansatz:
        column = f"{jet.prefix}_column(n, {ansatz.output})" if several else "n"
        columns.append(Py(column if ansatz.plain else f"{jet.prefix}_{ansatz.field}(points, {column})"))
    listed = ", ".join(plan.fields)
    verb = "jets" if several else "jet"
    summary = py_text(f"The {verb} of {listed} at points of shape (points, {len(plan.axes)})")
    channels = tuple(py_name(attribute_name(channel.name)) for channel in jet.channels)
    head = signature(f"{jet.prefix}_fields", ("network: Network", "points: Tensor"), f"tuple[{jet.name}, ...]")
    return FieldsView(
        py_name(jet.name), py_name(jet.prefix), head, functions, tuple(columns), summary, channels, several
    )


def _field_body(plan: Plan, jet: JetPlan, ansatz: AnsatzPlan) -> Py:
    """g, d and their derivatives in closed form, then the product rule channel by channel."""
    block = Block(partial_name=_local_access)
    closed = _ClosedForms(block, ansatz)
    arguments = [("value", add(closed.offset_value(), multiply(closed.factor_orders(()), Partial("n"))))]
    for channel in jet.channels:
        arguments.append((attribute_name(channel.name), closed.channel(channel)))
    used = {name for form in closed.forms for name in coordinates(form)}
    lines: list[Py] = []
    if used:
        lines.append(unpack(coordinate_names(plan, used), "points.split(1, dim=1)"))
    inline = []
    for name, expression in arguments:
        text = f"{name}={code(expression, block.partial_name)}"
        if len(text) + 9 > 88:
            block.assign(f"u_{name}" if name == "value" else name, expression)
            text = f"{name}={f'u_{name}' if name == 'value' else name}"
        inline.append(text)
    block.add(Py(f"return {jet.name}("))
    block.lines += [Py(f"        {text},") for text in inline]
    block.add(Py(")"))
    return py_join([*lines, *block.lines])


class _ClosedForms:
    """The derivatives of g and d that are needed, each assigned to a variable when it is first asked for."""

    def __init__(self, block: Block, ansatz: AnsatzPlan) -> None:
        self._block = block
        self._ansatz = ansatz
        self._known: dict[str, Expr] = {}
        self.forms: list[Expr] = []

    def _variable(self, name: str, form: Expr) -> Expr:
        """The form itself where it is a number, else the variable that holds it."""
        if name not in self._known:
            if is_tensor(form):
                self._block.assign(name, form)
                self._known[name] = Partial(name)
                self.forms.append(form)
            else:
                self._known[name] = form
        return self._known[name]

    def offset_value(self) -> Expr:
        """g."""
        return self._variable("g", self._ansatz.offset)

    def factor_orders(self, orders: Orders) -> Expr:
        """A derivative of d."""
        name = f"d_{channel_name(orders)}" if orders else "d"
        return self._variable(name, derivative(self._ansatz.factor, orders))

    def channel(self, channel: Channel) -> Expr:
        """The product rule for one channel of g + d*N."""
        if self._ansatz.factor == ONE:
            outer = [channel_partial("n", channel)]
            mixed: list[Expr] = []
        else:
            name = attribute_name(channel.name)
            whole = self._variable(f"d_{name}", channel_form(self._ansatz.factor, channel))
            outer = [multiply(self.factor_orders(()), channel_partial("n", channel)), multiply(whole, Partial("n"))]
            mixed = leibniz_rule(channel, self.factor_orders, lambda orders: Partial("n", orders))
        offset = ZERO
        if self._ansatz.offset != ZERO:
            offset = self._variable(f"g_{attribute_name(channel.name)}", channel_form(self._ansatz.offset, channel))
        return add(offset, *outer, *mixed)


def _solution_summary(plan: Plan) -> Py:
    listed = ", ".join(plan.fields)
    noun = "field" if len(plan.fields) == 1 else "fields"
    dimensions, count = len(plan.axes), len(plan.fields)
    text = f"The {noun} {listed} at points of shape (points, {dimensions}): shape (points, {count})."
    return py_wrap(text, 80, "", "    ")


def _solution(plan: Plan) -> Py:
    columns = []
    several = len(plan.fields) > 1
    for ansatz in plan.ansatz:
        column = f"n[:, {ansatz.output} : {ansatz.output + 1}]" if several else "n"
        columns.append(column if ansatz.plain else f"ansatz_{ansatz.field}(points, {column})")
    if all(ansatz.plain for ansatz in plan.ansatz):
        return Py("    return network.forward(points)")
    lines = [Py("    n = network.forward(points)")]
    if several:
        joined = f"    return torch.cat([{', '.join(columns)}], dim=1)"
        if len(joined) > 88:
            inner = "\n".join(f"        {column}," for column in columns)
            lines.append(Py(f"    columns = [\n{inner}\n    ]\n    return torch.cat(columns, dim=1)"))
        else:
            lines.append(Py(joined))
    else:
        lines.append(Py(f"    return {columns[0]}"))
    return py_join(lines)
