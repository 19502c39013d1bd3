"""The section "Tables": coefficients that files give, as splines with their derivatives."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pdel.expression import Expr, tabulated
from pdel.notation import derivative_notation
from pdel.plan.plan import Plan
from pdel.python_names import python_name, table_function
from pdel.render.layout import signature
from pdel.render.py import Py, py_int, py_name, py_string, py_text, py_tuple
from pdel.tabulated import Table


@dataclass(frozen=True, slots=True)
class FunctionView:
    """A table or one of its derivatives as a function of coordinates."""

    signature: Py
    summary: Py
    value: Py


@dataclass(frozen=True, slots=True)
class TableView:
    """A table: the function that reads it, its file, and the functions of it."""

    spline: Py
    summary: Py
    path: Py
    sha256: Py
    columns: Py
    degree: Py
    functions: tuple[FunctionView, ...]


def context(plan: Plan) -> dict[str, Any]:
    """The holes of `sections/tables.py.j2`."""
    used: dict[Table, dict[tuple[int, ...], None]] = {}
    for expression in _expressions(plan):
        for node in tabulated(expression):
            used.setdefault(node.table, {})[node.orders] = None
    return {"tables": tuple(_view(table, tuple(used[table])) for table in plan.tables if table in used)}


def _expressions(plan: Plan) -> Iterator[Expr]:
    """The expressions of a plan in which tables may stand."""
    for residual in plan.residuals:
        yield from (term.expression for term in residual.terms)
        if residual.where is not None:
            yield residual.where
    yield from (quantity.expression for quantity in plan.quantities)


def _view(table: Table, orders: tuple[tuple[int, ...], ...]) -> TableView:
    return TableView(
        spline=py_name(f"{table.name}_spline"),
        summary=py_text(f"The {table.interpolation} spline through {table.path}, {table.place}."),
        path=py_string(table.path),
        sha256=py_string(table.sha256),
        columns=py_tuple([py_string(name) for name in (*table.coordinates, table.name)]),
        degree=py_int(table.degree),
        functions=tuple(_function(table, one) for one in sorted(orders)),
    )


def _function(table: Table, orders: tuple[int, ...]) -> FunctionView:
    names = [python_name(name) for name in table.coordinates]
    raised = tuple((name, order) for name, order in zip(table.coordinates, orders, strict=True) if order)
    text = derivative_notation(table.name, raised)
    listed = py_tuple([Py(name) for name in names])
    counts = py_tuple([py_int(order) for order in orders])
    return FunctionView(
        signature=signature(table_function(table, orders), [f"{name}: Tensor" for name in names], "Tensor"),
        summary=py_text(f"The table {table.name}." if not raised else f"The derivative {text} of the table."),
        value=Py(f"spline_value({table.name}_spline({names[0]}.device), {listed}, {counts})"),
    )
