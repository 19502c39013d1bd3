"""The sections "Exact conditions" and "Fields": u = g + d*N with the product rule for every channel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pdel.expression import (
    Expr,
    Orders,
    Partial,
    add,
    multiply,
)
from pdel.maths.symbolic import derivative
from pdel.notation import notation
from pdel.plan.jets import channel_partial, leibniz_rule
from pdel.plan.network_plan import Channel, JetPlan
from pdel.plan.plan import AnsatzPlan, Plan
from pdel.python_names import attribute_name, python_name
from pdel.render.common import reads_coordinates
from pdel.render.layout import WIDTH, Block, listing, signature
from pdel.render.printer import channel_name, code, is_tensor
from pdel.render.py import Py, py_join, py_name, py_text, py_tuple, py_wrap
from pdel.render.sections.coordinates import unpack_coordinates
from pdel.render.sections.derivatives import channel_form
from pdel.render.sections.jet_functions import FunctionView, jet_access
from pdel.render.sections.ranged import ranged_function, ranged_jet, ranged_value

PRODUCT_RULE = Py("The jet of the ansatz above by the product rule, every channel in closed form")


@dataclass(frozen=True, slots=True)
class FieldsView:
    """The jets of all fields for one group of point sets."""

    jet: Py
    prefix: Py
    signature: Py
    functions: tuple[FunctionView, ...]
    columns: Py
    summary: Py
    channels: tuple[Py, ...]
    several: bool
    column: Py


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
        "ranged": tuple(ranged_value(field) for field in plan.unknown_fields),
        "fields": tuple(_fields_view(plan, jet) for jet in plan.jets),
        "solution_summary": _solution_summary(plan),
        "solution_body": _solution(plan),
    }


def _ansatz_view(plan: Plan, ansatz: AnsatzPlan) -> AnsatzView:
    """The value-level function g + d*N."""
    block = Block(partial_name=lambda partial: partial.field)
    total = add(ansatz.offset, multiply(ansatz.factor, Partial("n")))
    if len(code(total, block.partial_name)) > 70:
        closed = _ClosedForms(ansatz)
        total = closed.value()
        assign_forms(plan, block, closed.forms)
    elif used := reads_coordinates((total,)):
        block.lines.append(unpack_coordinates(plan, used))
    block.give_back(total)
    text = f"{ansatz.field} = g + d*N with g = {notation(ansatz.offset)} and d = {notation(ansatz.factor)}."
    lines = [py_wrap(line, 84, "    ", "    ") for line in (text, *(f"{note}." for note in ansatz.notes))]
    summary = Py(py_join([lines[0], Py(""), *lines[1:]]).removeprefix("    "))
    return AnsatzView(py_name(python_name(ansatz.field)), py_name(f"ansatz_{ansatz.field}"), summary, block.text())


def solved(plan: Plan) -> tuple[AnsatzPlan, ...]:
    """The ansatz of every output of the one network."""
    return tuple(ansatz for ansatz in plan.ansatz if ansatz.field in plan.outputs)


def _local_access(partial: Partial) -> str:
    """The jet `n` by channel; other leaves are local variables."""
    return jet_access(partial) if partial.field == "n" else partial.field


def _fields_view(plan: Plan, jet: JetPlan) -> FieldsView:
    functions = tuple(
        FunctionView(_field_signature(plan, jet, ansatz.field), PRODUCT_RULE, _field_body(plan, jet, ansatz))
        for ansatz in plan.ansatz
        if not ansatz.plain
    )
    several = len(plan.outputs) > 1
    columns = []
    for ansatz in solved(plan):
        column = f"{jet.prefix}_column(n, {ansatz.output})" if several else "n"
        columns.append(Py(column if ansatz.plain else f"{_field_function(plan, jet, ansatz.field)}(points, {column})"))
    columns += [Py(f"{ranged_function(field, jet)}(network, points)") for field in plan.unknown_fields]
    listed = ", ".join(plan.fields)
    verb = "jets" if len(plan.fields) > 1 else "jet"
    summary = py_text(f"The {verb} of {listed} at points of shape (points, {len(plan.axes)})")
    channels = tuple(_output_column(attribute_name(channel.name)) for channel in jet.channels)
    column = signature(f"{jet.prefix}_column", (f"jet: {jet.name}", "output: int"), jet.name)
    head = signature(f"{jet.prefix}_fields", ("network: Network", "points: Tensor"), f"tuple[{jet.name}, ...]")
    functions += tuple(ranged_jet(field, jet) for field in plan.unknown_fields)
    return FieldsView(
        py_name(jet.name), py_name(jet.prefix), head, functions, _columns(columns), summary, channels, several, column
    )


def _field_function(plan: Plan, jet: JetPlan, field: str) -> str:
    """`interior_u`, or `interior_u_jet` where a name of the problem has the same spelling."""
    name = f"{jet.prefix}_{python_name(field)}"
    taken = {*plan.fields, *(axis.name for axis in plan.axes), *(constant.name for constant, _ in plan.constants)}
    return f"{name}_jet" if name in taken | {residual.function for residual in plan.residuals} else name


def _field_signature(plan: Plan, jet: JetPlan, field: str) -> Py:
    return signature(_field_function(plan, jet, field), ("points: Tensor", f"n: {jet.name}"), jet.name)


def _output_column(channel: str) -> Py:
    """One channel of one output of the network."""
    line = f"        {channel}=jet.{channel}[:, output : output + 1],"
    if len(line) <= WIDTH:
        return Py(line)
    return Py(f"        {channel}=jet.{channel}[\n            :, output : output + 1\n        ],")


def _columns(columns: list[Py]) -> Py:
    """`return (u, v)`, one jet a line where it does not fit."""
    line = f"    return {py_tuple(columns)}"
    if len(line) <= WIDTH:
        return Py(line)
    inner = "\n".join(f"        {column}," for column in columns)
    return Py(f"    return (\n{inner}\n    )")


def _field_body(plan: Plan, jet: JetPlan, ansatz: AnsatzPlan) -> Py:
    """g, d and their derivatives in closed form, then the product rule channel by channel."""
    closed = _ClosedForms(ansatz)
    arguments = [("value", closed.value())]
    arguments += [(attribute_name(channel.name), closed.channel(channel)) for channel in jet.channels]
    block = Block(partial_name=_local_access)
    assign_forms(plan, block, closed.forms)
    inline = []
    for name, expression in arguments:
        text = f"{name}={code(expression, block.partial_name)}"
        if len(text) + 9 > WIDTH:
            variable = f"jet_{name}"
            block.assign(variable, expression)
            text = f"{name}={variable}"
        inline.append(text)
    block.add(Py(f"return {jet.name}("))
    block.lines += [Py(f"        {text},") for text in inline]
    block.add(Py(")"))
    return block.text()


def assign_forms(plan: Plan, block: Block, forms: dict[str, Expr]) -> None:
    """Coordinates unpacked, common subexpressions named, then each closed form assigned to its variable."""
    used = reads_coordinates(tuple(forms.values()))
    if used:
        block.lines.append(unpack_coordinates(plan, used))
    taken = {axis.name for axis in plan.axes} | {constant.name for constant, _ in plan.constants} | {"n", *forms}
    for name, form in zip(forms, block.name_repeated(forms.values(), taken), strict=True):
        block.assign(name, form)


def fields_in_a_row(plan: Plan, forms: Mapping[str, Expr], prefix: str) -> Py:
    """The lines that give back closed forms of all fields side by side; not a number where a field has none."""
    return in_a_row(plan, {field: forms.get(field) for field in plan.fields}, prefix)


def in_a_row(plan: Plan, forms: Mapping[str, Expr | None], prefix: str) -> Py:
    """The lines that give back closed forms side by side, each a variable of its name where it is no number."""
    block = Block(partial_name=lambda partial: partial.field)
    varying = {name: form for name, form in forms.items() if form is not None and is_tensor(form)}
    assign_forms(plan, block, {f"{prefix}_{name}": form for name, form in varying.items()})
    columns = [_column(name, form, prefix) for name, form in forms.items()]
    single = len(columns) == 1
    block.lines.append(
        Py(f"    return {columns[0]}") if single else listing("return torch.cat", columns, "dim=1", 4, "")
    )
    return block.text()


def _column(name: str, form: Expr | None, prefix: str) -> str:
    """One column of these: a variable, or one number for all points."""
    if form is not None and is_tensor(form):
        return f"{prefix}_{name}"
    return f"torch.full_like(points[:, :1], {'math.nan' if form is None else code(form)})"


class _ClosedForms:
    """g, d and their derivatives, each entered in `forms` under its variable when it is first asked for.

    g and its channels come before d and its derivatives; numbers are read as they are.
    """

    def __init__(self, ansatz: AnsatzPlan) -> None:
        self._ansatz = ansatz
        self._offsets: dict[str, Expr] = {}
        self._factors: dict[str, Expr] = {}

    @property
    def forms(self) -> dict[str, Expr]:
        """The closed forms by variable, in the order of their assignment."""
        return {**self._offsets, **self._factors}

    @staticmethod
    def _variable(table: dict[str, Expr], name: str, form: Expr) -> Expr:
        if not is_tensor(form):
            return form
        table[name] = form
        return Partial(name)

    def _offset(self, name: str, form: Expr) -> Expr:
        return self._variable(self._offsets, name, form)

    def _factor(self, orders: Orders) -> Expr:
        """A derivative of d."""
        name = f"d_{channel_name(orders)}" if orders else "d"
        return self._variable(self._factors, name, derivative(self._ansatz.factor, orders))

    def value(self) -> Expr:
        """The value g + d*N."""
        return add(self._offset("g", self._ansatz.offset), multiply(self._factor(()), Partial("n")))

    def channel(self, channel: Channel) -> Expr:
        """The product rule for one channel of g + d*N."""
        name = attribute_name(channel.name)
        offset = self._offset(f"g_{name}", channel_form(self._ansatz.offset, channel))
        outer = multiply(self._factor(()), channel_partial("n", channel))
        mixed = leibniz_rule(channel, self._factor, lambda orders: Partial("n", orders))
        whole = self._variable(self._factors, f"d_{name}", channel_form(self._ansatz.factor, channel))
        return add(offset, outer, multiply(whole, Partial("n")), *mixed)


def _solution_summary(plan: Plan) -> Py:
    listed = ", ".join(plan.fields)
    noun = "field" if len(plan.fields) == 1 else "fields"
    dimensions, count = len(plan.axes), len(plan.fields)
    text = f"The {noun} {listed} at points of shape (points, {dimensions}): shape (points, {count})."
    return py_wrap(text, 80, "", "    ")


def _solution(plan: Plan) -> Py:
    columns = []
    several = len(plan.outputs) > 1
    for ansatz in solved(plan):
        column = f"n[:, {ansatz.output}:{ansatz.output + 1}]" if several else "n"
        columns.append(column if ansatz.plain else f"ansatz_{ansatz.field}(points, {column})")
    if all(ansatz.plain for ansatz in plan.ansatz) and not plan.unknown_fields:
        return Py("    return network.forward(points)")
    columns += [f"{ranged_function(field)}(network, points)" for field in plan.unknown_fields]
    lines = [Py("    n = network.forward(points)")]
    if len(columns) > 1:
        joined = f"    return torch.cat([{', '.join(columns)}], dim=1)"
        if len(joined) > 88:
            inner = "\n".join(f"        {column}," for column in columns)
            lines.append(Py(f"    columns = [\n{inner}\n    ]\n    return torch.cat(columns, dim=1)"))
        else:
            lines.append(Py(joined))
    else:
        lines.append(Py(f"    return {columns[0]}"))
    return py_join(lines)
