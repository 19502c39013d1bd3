"""Inputs of networks for corners beside which the solution is not smooth: their table, and their part of jets."""

from __future__ import annotations

from pdel.expression import ONE, ZERO, Expr, add, negate
from pdel.maths.model import Vertex
from pdel.maths.symbolic import tidy
from pdel.plan.network_plan import Channel
from pdel.plan.plan import Plan
from pdel.render.layout import WIDTH, call
from pdel.render.printer import Precedence, code, code_within
from pdel.render.py import Py, py_float, py_join
from pdel.render.region import bound_code


def vertex_table(plan: Plan) -> Py:
    """`VERTICES = (…)`, a row a line; nothing without such corners."""
    rows = [_row(vertex, bent(plan)) for vertex in plan.network.vertices]
    line = f"VERTICES = (Vertex({', '.join(rows[0])}),)" if len(rows) == 1 else ""
    if not rows or (line and len(line) <= WIDTH):
        return Py(line)
    return Py(f"VERTICES = (\n{py_join(call('Vertex', row, 4, ',') for row in rows)}\n)")


def _row(vertex: Vertex, with_bend: bool) -> list[Py]:
    x, y = vertex.inward
    quarters = {(1, 1): "1", (-1, 1): "3", (-1, -1): "-3", (1, -1): "-1"}[x, y]
    angle = Py(f"{quarters} * math.pi / 4".replace("1 * ", ""))
    logarithm = py_float(1.0 if vertex.logarithm else 0.0)
    sizes = [py_float(float(f"{size:.12g}")) for size in (vertex.size, vertex.reach)]
    sizes += [py_float(float(f"{vertex.bend:.6g}"))] if with_bend else []
    places = [bound_code(bound) for bound in vertex.place]
    return [*places, angle, code(vertex.exponent.expression), logarithm, *sizes]


def bent(plan: Plan) -> bool:
    """Whether the region goes on behind a corner."""
    return any(vertex.bend for vertex in plan.network.vertices)


def highest_derivative(channels: tuple[Channel, ...]) -> int:
    """The order of derivatives by z that channels need."""
    return max(sum(order for _, order in term.orders) for channel in channels for term in channel.terms)


def channel_code(plan: Plan, channel: Channel) -> Py | None:
    """A channel of the functions w of vertices by their derivatives w_1, w_2 by z; None where it vanishes.

    With z = x + i*y, d/dx is d/dz, and d/dy is i*d/dz.
    """
    parts: dict[tuple[int, int], list[Expr]] = {}
    for term in channel.terms:
        orders = dict(term.orders)
        order, along = sum(orders.values()), orders.get(plan.axes[1].name, 0)
        signed = negate(term.coefficient) if along % 4 > 1 else term.coefficient
        parts.setdefault((order, along % 2), []).append(signed)
    written = []
    for (order, imaginary), coefficients in parts.items():
        total = add(*coefficients)
        if tidy(total) == ZERO:
            continue
        factor = "" if total == ONE else "-" if total == negate(ONE) else f"{code_within(total, Precedence.PRODUCT)} * "
        written.append(f"{factor}{'1j * ' if imaginary else ''}w_{order}")
    return Py(" + ".join(written)) if written else None
