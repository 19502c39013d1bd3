"""The section "Unknowns": the numbers that are inferred, as parameters without bounds and as numbers within them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pdel.expression import Constant, Expr, Partial, Unknown, transform, walk
from pdel.plan.plan import Plan, ResidualPlan, UnknownFieldPlan, UnknownPlan
from pdel.python_names import OwnName, attribute_name, constant_name, python_name
from pdel.render.layout import Block, mapping, signature
from pdel.render.nested import listed, written
from pdel.render.networks import NetworkView, field_network_view
from pdel.render.printer import code
from pdel.render.py import Py, py_float, py_name, py_string, py_text
from pdel.render.ranges import mapped, origin
from pdel.render.sections.jet_functions import FunctionView
from pdel.render.sections.network import network_code
from pdel.render.sections.terms import residual_terms, term_view

NUMBERS = "network.unknowns.numbers()"
"""How functions that have the network read the unknown numbers."""


@dataclass(frozen=True, slots=True)
class UnknownView:
    """An unknown: its attribute, the parameter behind it, where this starts, and the map between them."""

    name: Py
    label: Py
    raw: Py
    start: Py
    comment: Py
    value: Py
    end: Py | None
    """Whether the parameter is so large that the map holds the number near an end of its range."""


@dataclass(frozen=True, slots=True)
class UnknownFieldView:
    """An unknown field: its attribute, the class of its network, and the functions of its inputs."""

    attribute: Py
    network: Py
    title: Py
    start: Py
    comment: Py
    functions: tuple[FunctionView, ...]


def context(plan: Plan) -> dict[str, Any]:
    """The holes of `sections/unknowns.py.j2`."""
    views = tuple(_view(unknown) for unknown in plan.unknowns)
    return {
        "unknowns": views,
        "names": written(listed([unknown.label for unknown in views]), 0, "UNKNOWN_NAMES = "),
        "ranged": tuple(unknown.name for unknown in views if unknown.end)[:1],
        "told": (Py(""),) if tells_errors(plan) else (),
        "terms": tuple(map(term_view, plan.unknown_terms)),
        "fields": tuple(_field_view(plan, field) for field in plan.unknown_fields),
        "references": mapping(
            (py_string(unknown.name), py_float(unknown.reference))
            for unknown in plan.unknowns
            if unknown.reference is not None
        ),
    }


def _view(unknown: UnknownPlan) -> UnknownView:
    raw = py_name(f"raw_{unknown.name}")
    leaf = Partial(OwnName(f"self.{raw}"))
    return UnknownView(
        name=py_name(attribute_name(unknown.name)),
        label=py_string(unknown.name),
        raw=raw,
        start=py_float(origin(unknown)),
        comment=py_text(f"{unknown.name} = {unknown.start.value:g}, {unknown.place}"),
        value=code(mapped(unknown, leaf), _access),
        end=_at_end(unknown, raw),
    )


def _at_end(unknown: UnknownPlan, raw: Py) -> Py | None:
    """Beyond +-FAR a logistic curve, and below -FAR an exponential, is within 1 % of what it runs to."""
    both = unknown.bounds.low is not None and unknown.bounds.high is not None
    if both:
        return Py(f"abs(self.{raw}.item()) > FAR")
    bounded = unknown.bounds.low is not None or unknown.bounds.high is not None
    return Py(f"self.{raw}.item() < -FAR") if bounded else None


def _access(partial: Partial) -> str:
    return partial.field


def _field_view(plan: Plan, field: UnknownFieldPlan) -> UnknownFieldView:
    network = field_network_view(field)
    return UnknownFieldView(
        attribute=py_name(python_name(field.name)),
        network=network_code(plan, field.network, network, inferred=False),
        title=network.name,
        start=py_float(origin(field)),
        comment=py_text(f"{field.name} = {field.start.value:g}, {field.place}"),
        functions=tuple(_input_functions(plan, field, network)),
    )


def _input_functions(plan: Plan, field: UnknownFieldPlan, network: NetworkView) -> Iterator[FunctionView]:
    """The inputs of an unknown field's network: those that belong to its coordinates."""
    places = [index for index, one in enumerate(plan.network.features) if one.axis in field.arguments]
    fewer = len(places) < len(plan.network.features)
    listed = ", ".join(field.arguments)
    yield FunctionView(
        signature(network.inputs, ["points: Tensor"], "Tensor"),
        py_text(f"The inputs of the network of {field.name}, from {listed}"),
        Py(f"    return inputs(points)[:, {places}]" if fewer else "    return inputs(points)"),
    )
    for jet in plan.jets:
        whole = f"{jet.prefix}_input(points)"
        body = f"    return {whole}"
        if fewer:
            body = f"    parts = {whole}\n    return {jet.name}(*(part[{places}] for part in parts))"
        yield FunctionView(
            signature(py_name(f"{jet.prefix}_{network.input}"), ["points: Tensor"], jet.name),
            py_text(f"The jet of these inputs at the points of {jet.prefix}"),
            Py(body),
        )


def tells_errors(plan: Plan) -> bool:
    """Whether a run tells standard errors: of numbers, from data of which none are left out by their misfits."""
    observed = any(residual.kind == "data" and residual.weight > 0 for residual in plan.residuals)
    return bool(plan.unknowns) and observed and plan.pruning is None


def residual_unknowns(plan: Plan, point_set: str) -> tuple[ResidualPlan, ...]:
    """The residuals of a point set that read unknown numbers."""
    return tuple(item for item in plan.residuals if item.point_set == point_set and item.unknowns)


def residual_ramps(plan: Plan, point_set: str) -> bool:
    """Whether residuals of a point set read constants that change during training."""
    return any(item.ramped for item in plan.residuals if item.point_set == point_set)


def numbers_argument(plan: Plan, point_set: str, numbers: str = NUMBERS) -> list[str]:
    """The last arguments of the residuals of a point set: unknown numbers, ramps and terms, where they are read."""
    return [
        *([numbers] if residual_unknowns(plan, point_set) else []),
        *(["network.ramps"] if residual_ramps(plan, point_set) else []),
        *(["network.unknowns"] if residual_terms(plan, point_set) else []),
    ]


def as_floats(expression: Expr, block: Block) -> Expr:
    """The expression with unknowns as local floats, which are assigned first."""
    names = dict.fromkeys(node.name for node in walk(expression) if isinstance(node, Unknown))
    for name in names:
        block.add(Py(f"{constant_name(name)} = {NUMBERS}.{attribute_name(name)}.item()"))
    return transform(expression, lambda node: Constant(node.name) if isinstance(node, Unknown) else None)
