"""The section "Self-test", first part: what is compared.

Jets against reverse mode, exact conditions on their places, the exact solution in every residual.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pdel.expression import Negative, coordinates, partials
from pdel.geometry import Face, Piece, Sphere
from pdel.plan.network_plan import Channel, JetPlan
from pdel.plan.plan import ExactCondition, Plan, UnknownPlan, UnknownTermPlan
from pdel.python_names import attribute_name, normals_field, point_field, prefix_name, python_name
from pdel.render.environment import render
from pdel.render.layout import WIDTH, Block, call, signature, unpack
from pdel.render.printer import Precedence, code, code_within
from pdel.render.py import Py, py_float, py_int, py_join, py_name, py_string
from pdel.render.region import bound_code
from pdel.render.sections.coordinates import columns, unpack_coordinates
from pdel.render.sections.residuals import group_names
from pdel.render.sections.reverse import axis_arguments, field_columns, reverse_access
from pdel.render.sections.terms import term_function
from pdel.render.sections.unknowns import numbers_argument


@dataclass(frozen=True, slots=True)
class ReverseView:
    """The jets of any function by reverse mode."""

    jet: Py
    prefix: Py
    signature: Py
    channels: tuple[Py, ...]
    points: Py
    comparison: Py


@dataclass(frozen=True, slots=True)
class ExactView:
    """The exact solution put through one group of residuals."""

    fields: Py
    values: Py
    name: Py


def context(plan: Plan) -> dict[str, Any]:
    """The holes of `sections/checks.py.j2`."""
    pieces = [plan.pieces[index] for condition in plan.exact_conditions for index in condition.pieces]
    initial = any(not condition.pieces for condition in plan.exact_conditions)
    return {
        "tolerance": Py("1e-8" if plan.precision == "float64" else "1e-2"),
        "jets": tuple(_reverse_view(plan, jet) for jet in plan.jets),
        "slopes": tuple(_slope_checks(term, term.jet) for term in plan.unknown_terms if term.jet is not None),
        "conditions": tuple(text for condition in plan.exact_conditions for text in _condition_views(plan, condition)),
        **_joints(plan),
        "planes": initial or plan.march is not None or any(isinstance(piece.surface, Face) for piece in pieces),
        "spheres": any(isinstance(piece.surface, Sphere) for piece in pieces),
        "clipped": any(piece.clipped for piece in pieces),
        "exact": tuple(_exact_view(plan, name) for name in group_names(plan) if _checked(plan, name)),
        "true_numbers": _true_numbers(plan),
        "fields": py_int(len(plan.fields)),
        "space": py_int(len([axis for axis in plan.axes if not axis.is_time])),
    }


def _joints(plan: Plan) -> dict[str, Any]:
    """The function that looks at both sides of a joint, and the lines that go on in the second window."""
    march = plan.march
    if march is None:
        return {"joints": (), "second_window": ()}
    rates = Py(" and their rates of change" if march.order > 1 else "")
    function = render("sections/checks_of_joints.py.j2", {"rates": rates, "time": py_int(len(plan.axes) - 1)})
    lines = [Py(""), Py("    network.advance()")]
    for jet in plan.jets:
        lines.append(Py(f"    sample = in_window({_sample(jet)}, network.elapsed)"))
        lines.append(_comparison(jet, " in window 2"))
    if march.joints:
        return {"joints": (), "second_window": tuple(lines)}
    lines.append(Py("    yield from joints(network, points.interior[:64])"))
    return {"joints": (Py(function.strip("\n")),), "second_window": tuple(lines)}


def _reverse_view(plan: Plan, jet: JetPlan) -> ReverseView:
    channels = tuple(_reverse_channel(plan, channel) for channel in jet.channels)
    parameters = ("function: Callable[[Tensor], Tensor]", "points: Tensor")
    head = signature(f"{jet.prefix}_reverse", parameters, f"tuple[{jet.name}, ...]")
    prefix = py_name(jet.prefix)
    return ReverseView(py_name(jet.name), prefix, head, channels, _sample(jet), _comparison(jet))


def _sample(jet: JetPlan) -> Py:
    """Some points of the first point set with a jet."""
    return Py(f"points.{point_field(jet.point_sets[0])}[:64]")


def _comparison(jet: JetPlan, where: str = "") -> Py:
    """The jets of the network at `sample` against the same by reverse mode."""
    arguments = (
        py_string(f"{jet.point_sets[0]}{where}"),
        f"{jet.name}._fields",
        f"{jet.prefix}_fields(network, sample)",
        f"{jet.prefix}_reverse(lambda p: solution(network, p), sample)",
    )
    return call("yield from jet_checks", arguments)


def _reverse_channel(plan: Plan, channel: Channel) -> Py:
    """`op=derivative(…) - nu * derivative(…),`, one term a line where it does not fit."""
    terms = []
    for number, term in enumerate(channel.terms):
        negative = isinstance(term.coefficient, Negative)
        size = term.coefficient.operand if isinstance(term.coefficient, Negative) else term.coefficient
        factor = code_within(size, Precedence.PRODUCT)
        text = f"derivative(value, points{axis_arguments(plan, term.orders)})"
        scaled = text if factor == "1" else f"{factor} * {text}"
        sign = ("-" if negative else "") if number == 0 else ("- " if negative else "+ ")
        terms.append(f"{sign}{scaled}")
    head = f"            {attribute_name(channel.name)}="
    line = f"{head}{' '.join(terms)},"
    if len(line) <= WIDTH:
        return Py(line)
    return Py("\n".join([f"{head}{terms[0]}", *(f"            {term}" for term in terms[1:])]) + ",")


def _slope_checks(term: UnknownTermPlan, jet: JetPlan) -> Py:
    """The derivatives of an unknown term by its arguments against reverse mode."""
    position = {argument.name: index for index, argument in enumerate(term.arguments)}
    attribute = python_name(term.name)
    lines = [
        Py(f"    rows = torch.rand(64, {py_int(len(term.arguments))}, dtype=DTYPE).requires_grad_()"),
        call(
            f"slopes = {term_function(term.name)}_slopes",
            [f"network.unknowns.{attribute}", f"*rows.chunk({len(term.arguments)}, dim=1)"],
        ),
    ]
    for channel in jet.channels:
        name = attribute_name(channel.name)
        axes = [str(position[one]) for one, order in channel.orders for _ in range(order)]
        lines.append(call("reverse = derivative", ["slopes.value", "rows", *axes]))
        lines.append(Py(f"    error = relative_difference(slopes.{name}, reverse)"))
        title = f"slope {term.name}.{channel.name} against autograd"
        lines.append(call("yield Check", [str(py_string(title)), "error", "TOLERANCE"]))
    return py_join(lines)


def _condition_views(plan: Plan, condition: ExactCondition) -> list[Py]:
    """Points moved onto each place where the condition holds, and the misfit there."""
    if condition.point:
        (place,) = condition.point
        return [_condition_body(plan, condition, f"onto_plane(points, 0, {bound_code(place)})", None)]
    if not condition.pieces:
        time = next(index for index, axis in enumerate(plan.axes) if axis.is_time)
        return [_condition_body(plan, condition, f"onto_plane(points, {time}, LOW[{time}])", None)]
    views = []
    for index in condition.pieces:
        piece = plan.pieces[index]
        views.append(_condition_body(plan, condition, _moved(piece), piece))
    return views


def _moved(piece: Piece) -> str:
    match piece.surface:
        case Face(box=box, axis=axis, upper=upper):
            bound = code((box.highs if upper else box.lows)[axis].expression)
            return f"onto_plane(points, {axis}, {bound})"
        case Sphere(ball=ball):
            centre = ", ".join(code(value.expression) for value in ball.centre)
            return f"onto_sphere(points, [{centre}], {code(ball.radius.expression)})"


def _condition_body(plan: Plan, condition: ExactCondition, moved: str, piece: Piece | None) -> Py:
    block = Block(partial_name=reverse_access(plan, "on"))
    block.add(Py(f"on = {moved}"))
    if piece is not None and piece.clipped:
        block.add(Py("on = on_boundary(on)"))
    used = set(coordinates(condition.misfit))
    if used:
        block.lines.append(unpack_coordinates(plan, used, "on"))
    named = {partial.field for partial in partials(condition.misfit)}
    block.lines.append(unpack(field_columns(plan, named), columns("solution(network, on)", len(plan.fields))))
    block.assign("misfit", condition.misfit)
    where = f" at {piece.label}" if piece is not None else ""
    name = py_string(f"{condition.address}{where}")
    line = Py(f"yield {name}, misfit")
    block.add(line if len(line) + 4 <= WIDTH else Py(f"yield (\n        {name},\n        misfit,\n    )"))
    return py_join(block.lines)


def _checked(plan: Plan, name: str) -> bool:
    """Whether the exact solution is put into the residuals of a point set: not into data, which are noisy."""
    known = {unknown.name for unknown in plan.unknowns if unknown.reference is not None}
    residuals = [residual for residual in plan.residuals if residual.point_set == name]
    stated = {field for field, _, _ in plan.exact}
    return bool(plan.exact) and all(
        residual.column is None
        and not residual.inferred_terms
        and known.issuperset(residual.unknowns)
        and stated.issuperset(residual.fields)
        for residual in residuals
    )


def _true_numbers(plan: Plan) -> tuple[Py, ...]:
    """The known values of the unknowns as arguments of `Unknowns`, where the checks read them."""
    if not any(_checked(plan, item.point_set) and item.unknowns for item in plan.residuals):
        return ()
    return tuple(
        Py(f"{attribute_name(unknown.name)}=torch.tensor({_true(unknown)}, dtype=DTYPE)") for unknown in plan.unknowns
    )


def _true(unknown: UnknownPlan) -> Py:
    return Py("math.nan") if unknown.reference is None else py_float(unknown.reference)


def _exact_view(plan: Plan, name: str) -> ExactView:
    jet = next((jet for jet in plan.jets if name in jet.point_sets), None)
    by_value = columns(f"exact_solution(points.{point_field(name)})", len(plan.fields))
    fields = f"{jet.prefix}_reverse(exact_solution, points.{point_field(name)})" if jet else by_value
    normals = any(residual.normals for residual in plan.residuals if residual.point_set == name)
    listed = [
        f"points.{point_field(name)}",
        *([f"points.{normals_field(name)}"] if normals else []),
        f"{prefix_name(name)}_exact",
        *numbers_argument(plan, name, "true_numbers"),
    ]
    return ExactView(Py(fields), call(f"values = {prefix_name(name)}_residuals", listed), py_name(prefix_name(name)))
