"""The section "Derivatives": a jet for each group of point sets, and the rules by which it passes through a network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pdel.expression import (
    ZERO,
    Coordinate,
    Expr,
    Negative,
    Number,
    Partial,
    Product,
    Sum,
    add,
    coordinates,
    multiply,
    negate,
    walk,
)
from pdel.maths.symbolic import derivative, tidy
from pdel.notation import notation
from pdel.plan.incompatible import ELAPSED
from pdel.plan.incompatible import ROUNDED as ROUNDED_AT_START
from pdel.plan.jumps import ROUNDED
from pdel.plan.network import is_factorised
from pdel.plan.network_plan import Channel, JetPlan
from pdel.plan.plan import Plan
from pdel.python_names import attribute_name
from pdel.render.layout import WIDTH, Block, call, listing, signature, unpack
from pdel.render.masks import Activation
from pdel.render.networks import NetworkView, network_views, term_network_view
from pdel.render.printer import code, is_tensor
from pdel.render.py import Py, py_float, py_int, py_join, py_name, py_text, py_wrap
from pdel.render.ranges import map_functions
from pdel.render.sections.coordinates import columns, coordinate_names, unpack_coordinates
from pdel.render.sections.jet_functions import FunctionView, activation_function, operation, scaling
from pdel.render.sections.vertices import bent, channel_code, column_names, logarithmic, used_orders, vertex_table


@dataclass(frozen=True, slots=True)
class ChannelView:
    """A channel as the class of its jet explains it, as a layer carries it and as the last one gives it away."""

    explained: Py
    linear: Py
    output: Py


@dataclass(frozen=True, slots=True)
class JetNames:
    """The class of a jet and the prefix of its functions."""

    name: Py
    prefix: Py


@dataclass(frozen=True, slots=True)
class JetInput:
    """The function of the inputs' jet: what it says and does."""

    summary: Py
    body: Py


@dataclass(frozen=True, slots=True)
class Maps:
    """The maps of unknowns to their ranges: functions, and whether multiples of jets are added to numbers."""

    functions: Sequence[str]
    scaled: bool


@dataclass(frozen=True, slots=True)
class JetView:
    """A jet class with its functions."""

    name: Py
    prefix: Py
    linear: Py
    output: Py
    summary: Py
    channels: tuple[ChannelView, ...]
    input_summary: Py
    input: Py
    activations: tuple[FunctionView, ...]
    operations: tuple[FunctionView, ...]


def context(plan: Plan) -> dict[str, Any]:
    """The holes of `sections/derivatives.py.j2`."""
    networks, terms = network_views(plan), map(term_network_view, plan.unknown_terms)
    return {
        "jets": tuple(_jet_view(plan, jet, networks) for jet in plan.carried_jets),
        "inputs_body": _value_inputs(plan),
        "rounded": _rounded(plan),
        "features": py_int(plan.network.inputs),
        "vertices": vertex_table(plan),
        "vertex_columns": column_names(plan),
        "vertex_forms": Py("w = q^a, or q^a*log(q)," if logarithmic(plan) else "w = q^a"),
        "logarithms": logarithmic(plan),
        "hubs": bent(plan),
        "orders": Py("3" if bent(plan) else "order + 1"),
        "factorised": any(is_factorised(network.method) for network in plan.networks),
        "value_functions": tuple(dict.fromkeys(part for network in (*networks, *terms) for part in network.functions)),
        "inputs_summary": py_wrap(_inputs_summary(plan), 80, "", "    "),
    }


def _rounded(plan: Plan) -> tuple[tuple[Py, Py], ...]:
    """The distance from singular places that is rounded off, and what it is."""
    if plan.jumps:
        return ((py_float(ROUNDED), Py("of a side: nearer to a corner where values jump, directions are rounded off")),)
    if plan.march is None or not plan.march.incompatible:
        return ()
    axis = plan.axes[0]
    length = py_float(ROUNDED_AT_START * (axis.high.value - axis.low.value))
    return ((length, Py("nearer to where the start does not fit the boundary, the distance is rounded")),)


def counts_on(plan: Plan) -> bool:
    """Whether inputs of networks of windows have the time before the window in them."""
    return any(node == ELAPSED for feature in plan.network.features for node in walk(feature.expression))


def channel_views(jet: JetPlan) -> tuple[ChannelView, ...]:
    """The channels beside the value."""
    return tuple(_channel_view(attribute_name(channel.name), channel.text) for channel in jet.channels)


def _channel_view(name: str, text: str) -> ChannelView:
    linear = call(f"{name}=linear", ["layer", f"h.{name}"], 8, ",")
    line, comment = f"    {py_name(name)}: Tensor", f"# {py_text(text)}"
    beside = f"{line}  {comment}"
    output = py_text(f"        {name}=z.{name}.T,")
    return ChannelView(Py(beside if len(beside) <= WIDTH else f"    {comment}\n{line}"), linear, output)


def _jet_view(plan: Plan, jet: JetPlan, networks: tuple[NetworkView, ...]) -> JetView:
    sets = " and ".join(f"`{name}`" for name in jet.point_sets)
    collapsed = [attribute_name(channel.name) for channel in jet.channels if channel.collapsed]
    whole = "; derivatives that occur in one linear operator only are carried as that operator" if collapsed else ""
    summary = f"A function and its derivatives at the points of {sets}, each of shape (width, points) in layers{whole}."
    maps = [name for field in plan.unknown_fields for name in map_functions(field)]
    inputs = JetInput(_input_summary(plan, jet), _jet_inputs(plan, jet))
    return jet_view(jet, networks, inputs, summary, Maps(maps, scaled=bool(plan.unknown_fields)))


def jet_view(jet: JetPlan, networks: Sequence[NetworkView], inputs: JetInput, summary: str, maps: Maps) -> JetView:
    """A jet with the functions by which it passes through networks and maps to a range."""
    mapped = (Activation(name, name) for name in maps.functions)
    functions = (*(item for one in networks for item in one.activations), *mapped)
    through = ("layer: nn.Linear", f"h: {jet.name}")
    return JetView(
        name=py_name(jet.name),
        prefix=py_name(jet.prefix),
        linear=signature(f"{jet.prefix}_linear", through, jet.name),
        output=signature(f"{jet.prefix}_output", through, jet.name),
        summary=py_wrap(summary, 78, "", "    "),
        channels=channel_views(jet),
        input_summary=inputs.summary,
        input=inputs.body,
        activations=tuple(activation_function(jet, activation) for activation in dict.fromkeys(functions)),
        operations=(
            *(operation(jet, name) for name in dict.fromkeys(name for one in networks for name in one.operations)),
            *([scaling(jet)] if maps.scaled else []),
        ),
    )


# ---------------------------------------------------------------------------------------------------
# Inputs
# ---------------------------------------------------------------------------------------------------


def _inputs_summary(plan: Plan) -> str:
    features = plan.network.features
    march = plan.march
    singular, along = march is not None and bool(march.incompatible), march is not None and bool(march.speeds)
    texts = [notation(feature.expression) for feature in features if feature.axis or not (singular or along)]
    inner = ", ".join(texts)
    if along:
        inner += ", then where what is there is half way through the window, for every speed at which it may go"
    if singular:
        inner += (
            ", then s = sqrt(d^2 + 4*D*t + ROUND^2) and d/s, t the time since the start and d the way to each place "
            "where the start does not fit the boundary"
        )
    if plan.network.vertices:
        inner += ", then the real and imaginary part of `vertex_functions`"
    return f"The network's inputs {inner}; (points, {input_columns(plan)}) -> (points, {plan.network.inputs})"


def _unpack_coordinates(plan: Plan, used: set[str]) -> Py:
    """The coordinates, and the time before the window where inputs have it."""
    if not counts_on(plan):
        return unpack_coordinates(plan, used)
    return unpack([*coordinate_names(plan, used), "elapsed"], columns("points", input_columns(plan)))


def input_columns(plan: Plan) -> int:
    """The number of columns of what the network of a window is given."""
    return len(plan.axes) + counts_on(plan)


def _value_inputs(plan: Plan) -> Py:
    expressions = [feature.expression for feature in plan.network.features]
    if plan.network.vertices:
        return _inputs_with_vertices(plan, expressions)
    if expressions == [Coordinate(axis.name) for axis in plan.axes]:
        return Py("    return points")
    block = Block(partial_name=_by_name)
    block.lines.append(_unpack_coordinates(plan, {name for each in expressions for name in coordinates(each)}))
    columns: list[str] = []
    for number, expression in enumerate(_shortened(plan, block, expressions), 1):
        column: str = code(expression, _by_name)
        if len(column) > WIDTH - 13:
            column = f"input_{number}"
            block.assign(column, expression)
        columns.append(column)
    block.lines.append(listing("return torch.cat", columns, "dim=1", 4, ""))
    return block.text()


def _inputs_with_vertices(plan: Plan, expressions: Sequence[Expr]) -> Py:
    """The inputs where corners of the region give some of them."""
    lines, rows = _scaled_rows(plan, expressions)
    w = Py("    (w,) = vertex_functions(points, 0)")
    return py_join([w, *lines, Py(f"    return with_vertices({rows}, w).T")])


def _scaled_rows(plan: Plan, expressions: Sequence[Expr]) -> tuple[list[Py], Py]:
    """Lines that compute the scaled coordinates as rows, and what these are called there."""
    if expressions == [Coordinate(axis.name) for axis in plan.axes]:
        return [], Py("points.T")
    unpacked = unpack_coordinates(plan, {axis.name for axis in plan.axes})
    rows = listing("rows = torch.cat", [code(form, _by_name) for form in expressions], "dim=1", 4, ".T")
    return [unpacked, rows], Py("rows")


def _by_name(partial: Partial) -> str:
    """A local variable."""
    return partial.field


def _shortened(plan: Plan, block: Block, forms: Sequence[Expr]) -> Sequence[Expr]:
    """Forms of inputs for singular places with what occurs twice named in the block; others as they are."""
    if all(feature.axis for feature in plan.network.features):
        return forms
    taken = {axis.name for axis in plan.axes} | {constant.name for constant, _ in plan.constants}
    return block.name_repeated(forms, taken)


def channel_form(expression: Expr, channel: Channel) -> Expr:
    """The closed form of a channel of a closed form: sum of c_a * D^a, without the terms that it solves for."""
    if isinstance(expression, Sum) and len(channel.terms) > 1:
        expression = add(*(term for term in expression.terms if not _solves(term, channel)))
    return add(*(_scaled(term.coefficient, derivative(expression, term.orders)) for term in channel.terms))


def _solves(form: Expr, channel: Channel) -> bool:
    """Whether an operator makes zero of a closed form that it does not make zero of part by part."""
    parts = [multiply(term.coefficient, derivative(form, term.orders)) for term in channel.terms]
    return any(part != ZERO for part in parts) and tidy(add(*parts)) == ZERO


def _scaled(coefficient: Expr, form: Expr) -> Expr:
    """coefficient * form with numbers in front: 2*nu*t for nu times 2*t."""
    if isinstance(form, Sum):
        return multiply(coefficient, form)
    product = multiply(coefficient, form)
    factors = product.operand if isinstance(product, Negative) else product
    if not isinstance(factors, Product):
        return product
    numbers = [factor for factor in factors.factors if isinstance(factor, Number)]
    others = [factor for factor in factors.factors if not isinstance(factor, Number)]
    ordered = multiply(*numbers, *others)
    return negate(ordered) if isinstance(product, Negative) else ordered


def _input_channels(plan: Plan, jet: JetPlan) -> list[list[Expr]]:
    """Every channel of every input, in closed form."""
    features = plan.network.features
    return [[channel_form(feature.expression, channel) for feature in features] for channel in jet.channels]


def _input_summary(plan: Plan, jet: JetPlan) -> Py:
    """What the inputs' jet is; a channel of numbers is one column, which spares the first layer a product a point."""
    if plan.network.vertices:
        same = any(channel_code(plan, channel) is None for channel in jet.channels)
    else:
        same = not all(any(is_tensor(form) for form in row) for row in _input_channels(plan, jet))
    return input_summary(input_columns(plan), same)


def input_summary(dimensions: int, same: bool) -> Py:
    """What the jet of inputs is; `same` where a channel does not vary over points."""
    summary = f"The jet of the network's inputs at points of shape (points, {dimensions})."
    if not same:
        return py_text(summary)
    return Py(f"{summary}\n\n    A channel that is the same at all points is a single column.\n    ")


def _jet_inputs(plan: Plan, jet: JetPlan) -> Py:
    """The channels of every input, row by row."""
    rows = _input_channels(plan, jet)
    if plan.network.vertices:
        return _jet_inputs_with_vertices(plan, jet, rows)
    used = {name for row in rows for form in row for name in coordinates(form)}
    block = Block(partial_name=_by_name)
    if used:
        block.lines.append(_unpack_coordinates(plan, used))
    shortened = iter(_shortened(plan, block, [form for row in rows for form in row]))
    body = [Py("        value=inputs(points).T,")]
    for channel, row in zip(jet.channels, rows, strict=True):
        body.append(_columns(block, f"{attribute_name(channel.name)}=", [next(shortened) for _ in row]))
    block.lines.append(Py(f"    return {jet.name}(\n{py_join(body)}\n    )"))
    return block.text()


def _jet_inputs_with_vertices(plan: Plan, jet: JetPlan, rows: list[list[Expr]]) -> Py:
    """The same where corners of the region give some inputs: the others are scaled coordinates, of numbers only."""
    scaled, coordinate_rows = _scaled_rows(plan, [feature.expression for feature in plan.network.features])
    body = [Py(f"        value=with_vertices({coordinate_rows}, w),")]
    written = [channel_code(plan, channel) for channel in jet.channels]
    for channel, row, part in zip(jet.channels, rows, written, strict=True):
        name = attribute_name(channel.name)
        numbers = f"points.new_tensor([{', '.join(f'[{code(form)}]' for form in row)}])"
        if part is not None:
            body.append(call(f"{name}=with_vertices", [numbers, part], 8, ","))
        else:
            body.append(Py(f"        {name}=points.new_zeros({plan.network.inputs}, 1),"))
    used = used_orders(plan, jet.channels)
    names = ["w", *(f"w_{order}" if order in used else "_" for order in range(1, max(used, default=0) + 1))]
    left = ", ".join(names) if used else "(w,)"
    functions = Py(f"    {left} = vertex_functions(points, {len(names) - 1})")
    return py_join([functions, *scaled, Py(f"    return {jet.name}(\n{py_join(body)}\n    )")])


def _columns(block: Block, head: str, row: list[Expr]) -> Py:
    """One channel of all inputs: numbers as one column for all points, closed forms as rows."""
    if not any(is_tensor(form) for form in row):
        return same_at_all_points(head, [code(form, _by_name) for form in row])
    columns: list[str] = []
    for form in row:
        if is_tensor(form):
            columns.append(code(block.fitted(form, "value", 17 - block.indent), _by_name))
        else:
            columns.append(f"torch.full_like(points[:, :1], {code(form)})")
    return listing(f"{head}torch.cat", columns, "dim=1", 8, ".T,")


def same_at_all_points(head: str, numbers: Sequence[str]) -> Py:
    """A channel of all inputs as one column of numbers, one a line where they fit no other way."""
    if len(", ".join(numbers)) + 2 * len(numbers) + 15 > WIDTH:
        rows = "\n".join(f"                [{number}]," for number in numbers)
        return Py(f"        {head}points.new_tensor(\n            [\n{rows}\n            ],\n        ),")
    return call(f"{head}points.new_tensor", [f"[{', '.join(f'[{number}]' for number in numbers)}]"], 8, ",")
