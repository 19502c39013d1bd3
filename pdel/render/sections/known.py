"""The section "Known solution and quantities": what a run is compared with, and the numbers it reports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pdel.expression import (
    Coordinate,
    Expr,
    FieldAt,
    Integral,
    Normal,
    Partial,
    coordinates,
    partials,
    transform,
    walk,
)
from pdel.geometry import Face, Scalar, Sphere
from pdel.geometry_points import bounds
from pdel.notation import notation
from pdel.plan.plan import Plan, QuantityPlan
from pdel.python_names import OwnName, python_name
from pdel.render.layout import WIDTH, Block, mapping, unpack
from pdel.render.printer import code
from pdel.render.py import Py, py_float, py_int, py_name, py_string, py_text, py_wrap
from pdel.render.sections.ansatz import fields_in_a_row
from pdel.render.sections.coordinates import columns, unpack_coordinates
from pdel.render.sections.reverse import axis_arguments, field_columns, reverse_access
from pdel.render.sections.unknowns import as_floats

BOUNDARY_NODES = 400
INTERIOR_NODES = {1: 2000, 2: 200, 3: 48}


@dataclass(frozen=True, slots=True)
class FunctionView:
    """A function without parameters but the network: a quantity, or one integral in it."""

    name: Py
    summary: Py
    body: Py


def context(plan: Plan) -> dict[str, Any]:
    """The holes of `sections/known.py.j2`."""
    integrals: list[FunctionView] = []
    exact = {field: form for field, form, _ in plan.exact}
    quantities = tuple(_quantity(plan, quantity, integrals) for quantity in plan.quantities)
    return {
        "exact": (fields_in_a_row(plan, exact, "exact"),) if exact else (),
        "exact_summary": _exact_summary(plan),
        "integrals": tuple(integrals),
        "quantities": quantities,
        "quantity_entries": mapping(
            ((py_string(quantity.name), f"quantity_{quantity.name}(network)") for quantity in plan.quantities), 4
        ),
        "quantity_references": mapping(
            (py_string(quantity.name), py_float(quantity.reference.value))
            for quantity in plan.quantities
            if quantity.reference is not None
        ),
    }


# ---------------------------------------------------------------------------------------------------
# Exact solution
# ---------------------------------------------------------------------------------------------------


def _exact_summary(plan: Plan) -> Py:
    listed = ", ".join(f"{field} = {text}" for field, _, text in plan.exact)
    return py_wrap(f"The exact solution {listed}; shape (points, {len(plan.fields)}).", 80, "", "    ")


# ---------------------------------------------------------------------------------------------------
# Quantities
# ---------------------------------------------------------------------------------------------------


def _quantity(plan: Plan, quantity: QuantityPlan, integrals: list[FunctionView]) -> FunctionView:
    """A quantity: point values and integrals computed one by one, then the expression of them."""
    block = Block(partial_name=lambda partial: partial.field)
    parts: dict[Expr, str] = {}
    for node in walk(quantity.expression):
        if isinstance(node, FieldAt) and node not in parts:
            parts[node] = f"value_{len(parts) + 1}"
            block.lines += _point_value(plan, node, parts[node])
        elif isinstance(node, Integral) and node not in parts:
            parts[node] = f"integral_{len(parts) + 1}"
            name = f"{quantity.name}_{parts[node]}"
            integrals.append(_integral(plan, node, name))
            block.add(Py(f"{parts[node]} = {name}(network)"))
    floats = as_floats(quantity.expression, block)
    expression = transform(floats, lambda node: Partial(parts[node]) if node in parts else None)
    block.give_back(expression)
    summary = py_text(f"{quantity.text}, {quantity.place}")
    return FunctionView(py_name(f"quantity_{quantity.name}"), summary, block.text())


def _point_value(plan: Plan, node: FieldAt, name: str) -> list[Py]:
    """One field, or a derivative of it, at one point."""
    point = ", ".join(_full_point(plan, node))
    column = plan.fields.index(node.partial.field)
    lines = [Py(f"    point = torch.tensor([[{point}]], dtype=DTYPE, requires_grad=True)")]
    network = "network" if plan.march is None else "network.windows[int(in_which_window(point))]"
    value = f"solution({network}, point)[:, {column}:{column + 1}]"
    if node.partial.orders:
        value = f"derivative({value}, point{axis_arguments(plan, node.partial.orders)})"
    line, comment = f"    {name} = {value}.item()", f"  # {notation(node)}"
    lines.append(Py(f"{line}{comment}" if len(line + comment) <= WIDTH else line))
    return lines


def _full_point(plan: Plan, node: FieldAt) -> list[str]:
    """The point of a field with all coordinates: any value where an unknown field does not depend on one."""
    axes = [axis.name for axis in plan.axes]
    unknown = next((field for field in plan.unknown_fields if field.name == node.partial.field), None)
    given = dict(zip(axes if unknown is None else unknown.arguments, map(code, node.point), strict=True))
    return [given.get(name, f"LOW[{index}]") for index, name in enumerate(axes)]


def _integral(plan: Plan, node: Integral, name: str) -> FunctionView:
    """An integral by midpoints (equally spaced angles on circles): weights and points, then the sum."""
    used = set(coordinates(node.integrand))
    named = {partial.field for partial in partials(node.integrand)}
    normals = any(isinstance(inner, Normal) for inner in walk(node.integrand))
    block = Block(partial_name=reverse_access(plan, "points"))
    if node.pieces is None:
        block.lines += _interior_nodes(plan)
    else:
        block.lines += _piece_nodes(plan, node.pieces, normals)
    block.add(Py("points = points.detach().requires_grad_()"))
    if used:
        block.lines.append(unpack_coordinates(plan, used))
    if named:
        block.lines.append(unpack(field_columns(plan, named), columns("solution(network, points)", len(plan.fields))))
    if normals:
        names = [f"normal_{axis.name}" for axis in plan.axes if not axis.is_time]
        block.lines.append(unpack(names, columns("normals", len(names))))
    integrand = transform(
        node.integrand,
        lambda inner: Coordinate(OwnName(f"normal_{inner.coordinate}")) if isinstance(inner, Normal) else None,
    )
    block.assign("integrand", as_floats(integrand, block))
    block.add(Py("return (weights * integrand).sum().item()"))
    where = "the region" if node.pieces is None else "the boundary pieces"
    at_end = " at the end of time" if any(axis.is_time for axis in plan.axes) else ""
    return FunctionView(py_name(name), py_text(f"{notation(node.integrand)} over {where}{at_end}"), block.text())


def _time_column(plan: Plan) -> list[Py]:
    """The end of time beside spatial points of an unsteady problem."""
    if not any(axis.is_time for axis in plan.axes):
        return []
    return [
        Py("    end = points.new_full((len(points), 1), HIGH[-1])"),
        Py("    points = torch.cat([points, end], dim=1)"),
    ]


def _interior_nodes(plan: Plan) -> list[Py]:
    space = [axis for axis in plan.axes if not axis.is_time]
    if plan.region is None:
        raise ValueError("an integral over space needs space")
    low, high = bounds(plan.region)
    count = INTERIOR_NODES.get(len(space), 24)
    lines = [
        Py(f"    low = torch.tensor([{', '.join(py_float(value) for value in low)}], dtype=DTYPE)"),
        Py(f"    high = torch.tensor([{', '.join(py_float(value) for value in high)}], dtype=DTYPE)"),
        Py(f"    middles = (torch.arange({py_int(count)}, dtype=DTYPE) + 0.5) / {py_int(count)}"),
        Py(f"    unit = torch.cartesian_prod(*[middles] * {len(space)}).reshape(-1, {len(space)})"),
        Py("    points = low + (high - low) * unit"),
        Py("    weights = (high - low).prod() / len(points)"),
    ]
    lines += _time_column(plan)
    if _has_inside(plan):
        lines.append(Py("    points = points[inside(points)]"))
    return lines


def _has_inside(plan: Plan) -> bool:
    from pdel.geometry import Box  # noqa: PLC0415

    return plan.region is not None and not isinstance(plan.region, Box)


def _scalar(scalar: Scalar) -> str:
    return code(scalar.expression)


def _piece_nodes(plan: Plan, pieces: tuple[int, ...], normals: bool) -> list[Py]:
    lines = [Py("    nodes, sizes, directions = [], [], []")]
    for index in pieces:
        piece = plan.pieces[index]
        match piece.surface:
            case Face():
                lines += _face_nodes(plan, piece.surface, piece.inward)
            case Sphere():
                lines += _circle_nodes(piece.surface, piece.inward)
    lines += [Py("    points, weights = torch.cat(nodes), torch.cat(sizes)")]
    if normals:
        lines.append(Py("    normals = torch.cat(directions)"))
    lines += _time_column(plan)
    return lines


def _face_nodes(plan: Plan, face: Face, inward: bool) -> list[Py]:
    """Midpoints of a face of a box."""
    size = len(face.box.lows)
    others = [axis for axis in range(size) if axis != face.axis]
    count = BOUNDARY_NODES if len(others) == 1 else 60
    bound = _scalar(face.box.highs[face.axis] if face.upper else face.box.lows[face.axis])
    names = [python_name(axis.name) for axis in plan.axes if not axis.is_time]
    lines = [
        Py(f"    # {names[face.axis]} = {bound}"),
        Py(f"    middles = (torch.arange({count}, dtype=DTYPE) + 0.5) / {count}"),
        Py(f"    unit = torch.cartesian_prod(*[middles] * {len(others)}).reshape(-1, {len(others)})"),
        Py(f"    face = torch.full((len(unit), {size}), {bound}, dtype=DTYPE)"),
    ]
    area = []
    for column, axis in enumerate(others):
        low, high = face.box.lows[axis], face.box.highs[axis]
        length = py_float(high.value - low.value)
        area.append(length)
        lines.append(Py(f"    face[:, {axis}] = {_scalar(low)} + {length} * unit[:, {column}]"))
    sign = (1 if face.upper else -1) * (-1 if inward else 1)
    direction = [0] * size
    direction[face.axis] = sign
    lines += [
        Py("    nodes.append(face)"),
        Py(f"    sizes.append(torch.full((len(unit), 1), {' * '.join(area) or '1.0'} / len(unit), dtype=DTYPE))"),
        Py(f"    directions.append(torch.tensor({direction}, dtype=DTYPE).expand(len(unit), {size}))"),
    ]
    return lines


def _circle_nodes(sphere: Sphere, inward: bool) -> list[Py]:
    """Equally spaced points of a circle, which are spectrally accurate."""
    ball = sphere.ball
    sign = "-" if inward else ""
    centre = ", ".join(_scalar(value) for value in ball.centre)
    radius = _scalar(ball.radius)
    return [
        Py(f"    # the circle of {py_text(ball.name)}"),
        Py(f"    angle = torch.arange({BOUNDARY_NODES}, dtype=DTYPE) * (2 * math.pi / {BOUNDARY_NODES})"),
        Py("    ray = torch.stack([torch.cos(angle), torch.sin(angle)], dim=1)"),
        Py(f"    nodes.append(torch.tensor([{centre}], dtype=DTYPE) + {radius} * ray)"),
        Py(f"    length = 2 * math.pi * {radius} / {BOUNDARY_NODES}"),
        Py("    sizes.append(torch.full((len(angle), 1), length, dtype=DTYPE))"),
        Py(f"    directions.append({sign}ray)"),
    ]
