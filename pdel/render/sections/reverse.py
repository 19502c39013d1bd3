"""Derivatives of the solution by reverse mode: for quantities and the self-test, where speed does not matter."""

from __future__ import annotations

from collections.abc import Callable

from pdel.expression import Orders, Partial
from pdel.plan.plan import Plan
from pdel.python_names import python_name
from pdel.render.printer import PartialName


def axis_arguments(plan: Plan, orders: Orders) -> str:
    """The columns that a derivative names, as arguments of `derivative`: `, 0, 0` for xx."""
    position = {axis.name: index for index, axis in enumerate(plan.axes)}
    return "".join(f", {position[name]}" for name, order in orders for _ in range(order))


def reverse_access(plan: Plan, points: str) -> PartialName:
    """A field's derivative as a call of `derivative`; its value as the column itself."""

    def access(partial: Partial) -> str:
        name = python_name(partial.field)
        if not partial.orders:
            return name
        return f"derivative({name}, {points}{axis_arguments(plan, partial.orders)})"

    return access


def field_columns(plan: Plan, named: set[str], keep: Callable[[str], str] = python_name) -> list[str]:
    """A name for every field's column, `_` for those that are not read."""
    return [keep(field) if field in named else "_" for field in plan.fields]
