"""The section "Unknowns": the numbers that are inferred, as parameters without bounds and as numbers within them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from pdel.expression import (
    ONE,
    Call,
    Constant,
    Expr,
    Partial,
    Unknown,
    add,
    divide,
    multiply,
    power,
    subtract,
    transform,
    walk,
)
from pdel.plan.plan import Plan, ResidualPlan, UnknownPlan
from pdel.python_names import OwnName, attribute_name, constant_name
from pdel.render.layout import Block, mapping
from pdel.render.printer import code
from pdel.render.py import Py, py_float, py_name, py_string, py_text

NUMBERS = "network.unknowns.numbers()"
"""How functions that have the network read the unknown numbers."""


@dataclass(frozen=True, slots=True)
class UnknownView:
    """An unknown: its attribute, the parameter behind it, where this starts, and the map between them."""

    name: Py
    raw: Py
    start: Py
    comment: Py
    value: Py


def context(plan: Plan) -> dict[str, Any]:
    """The holes of `sections/unknowns.py.j2`."""
    return {
        "unknowns": tuple(_view(unknown) for unknown in plan.unknowns),
        "references": mapping(
            (py_string(attribute_name(unknown.name)), py_float(unknown.reference))
            for unknown in plan.unknowns
            if unknown.reference is not None
        ),
    }


def _view(unknown: UnknownPlan) -> UnknownView:
    raw, start, value = _map(unknown)
    name = py_name(attribute_name(unknown.name))
    return UnknownView(
        name=name,
        raw=raw,
        start=py_float(start),
        comment=py_text(f"{unknown.name} = {unknown.start.value:g}, {unknown.place}"),
        value=value,
    )


def _map(unknown: UnknownPlan) -> tuple[Py, float, Py]:
    """The parameter's name, where it starts, and the smooth map from it to the unknown.

    Between two bounds a logistic curve, even in the logarithm where they are orders of magnitude apart; on one side
    of a bound an exponential; without bounds a multiple of the first guess, so that steps of one size suit all.
    """
    raw = py_name(f"raw_{unknown.name}")
    leaf: Expr = Partial(OwnName(f"self.{raw}"))
    low, high, start = unknown.bounds.low, unknown.bounds.high, unknown.start
    if low is not None and high is not None:
        if unknown.geometric:
            share = math.log(start.value / low.value) / math.log(high.value / low.value)
            form = multiply(low.expression, power(divide(high.expression, low.expression), _sigmoid(leaf)))
        else:
            share = (start.value - low.value) / (high.value - low.value)
            form = add(low.expression, multiply(subtract(high.expression, low.expression), _sigmoid(leaf)))
        return raw, math.log(share / (1 - share)), code(form, _access)
    if low is not None:
        form = add(low.expression, multiply(subtract(start.expression, low.expression), Call("exp", (leaf,))))
    elif high is not None:
        form = subtract(high.expression, multiply(subtract(high.expression, start.expression), Call("exp", (leaf,))))
    elif start.value == 0:
        form = leaf
    else:
        form = multiply(start.expression, add(ONE, leaf))
    return raw, 0.0, code(form, _access)


def _sigmoid(leaf: Expr) -> Expr:
    return Call("sigmoid", (leaf,))


def _access(partial: Partial) -> str:
    return partial.field


def residual_unknowns(plan: Plan, point_set: str) -> tuple[ResidualPlan, ...]:
    """The residuals of a point set that read unknown numbers."""
    return tuple(item for item in plan.residuals if item.point_set == point_set and item.unknowns)


def numbers_argument(plan: Plan, point_set: str, numbers: str = NUMBERS) -> list[str]:
    """The last argument of the residuals of a point set: the unknown numbers, where they are read."""
    return [numbers] if residual_unknowns(plan, point_set) else []


def as_floats(expression: Expr, block: Block) -> Expr:
    """The expression with unknowns as local floats, which are assigned first."""
    names = dict.fromkeys(node.name for node in walk(expression) if isinstance(node, Unknown))
    for name in names:
        block.add(Py(f"{constant_name(name)} = {NUMBERS}.{attribute_name(name)}.item()"))
    return transform(expression, lambda node: Constant(node.name) if isinstance(node, Unknown) else None)
