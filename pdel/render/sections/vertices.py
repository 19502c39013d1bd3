"""Inputs of networks for corners beside which the solution is not smooth: their table, and their part of jets."""

from __future__ import annotations

import math
from fractions import Fraction

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
    rows = [_row(plan, vertex) for vertex in plan.network.vertices]
    line = f"VERTICES = (Vertex({', '.join(rows[0])}),)" if len(rows) == 1 else ""
    if not rows or (line and len(line) <= WIDTH):
        return Py(line)
    return Py(f"VERTICES = (\n{py_join(call('Vertex', row, 4, ',') for row in rows)}\n)")


def _row(plan: Plan, vertex: Vertex) -> list[Py]:
    logarithm = [py_float(1.0 if vertex.logarithm else 0.0)] if logarithmic(plan) else []
    sizes = [py_float(float(f"{size:.12g}")) for size in (vertex.size, vertex.reach)]
    sizes += [py_float(float(f"{vertex.bend:.6g}"))] if bent(plan) else []
    x, y = (component + 0.0 for component in vertex.inward)
    places = [bound_code(bound) for bound in vertex.place]
    return [
        *places,
        _angle(math.atan2(y, x)),
        _angle(vertex.quarters * math.pi / 2),
        code(vertex.exponent.expression),
        *logarithm,
        *sizes,
    ]


def _angle(angle: float) -> Py:
    """An angle, a multiple of pi/4 as a part of pi."""
    eighths = round(4 * angle / math.pi)
    if abs(angle - eighths * math.pi / 4) > 1e-12:
        return py_float(float(f"{angle:.12g}"))
    if not eighths:
        return py_float(0.0)
    part = Fraction(eighths, 4)
    factor = {1: "", -1: "-"}.get(part.numerator, f"{part.numerator} * ")
    return Py(f"{factor}math.pi" + (f" / {part.denominator}" if part.denominator > 1 else ""))


def column_names(plan: Plan) -> Py:
    """The columns of the table as `vertex_functions` names them: it needs no size."""
    logarithm = "logarithm, " if logarithmic(plan) else ""
    bend = ", bend" if bent(plan) else ""
    return Py(f"x0, y0, angle, _, a, {logarithm}_, reach{bend}")


def logarithmic(plan: Plan) -> bool:
    """Whether a power is multiplied by the logarithm beside a corner."""
    return any(vertex.logarithm for vertex in plan.network.vertices)


def bent(plan: Plan) -> bool:
    """Whether the region goes on behind a corner."""
    return any(vertex.bend for vertex in plan.network.vertices)


def used_orders(plan: Plan, channels: tuple[Channel, ...]) -> set[int]:
    """The orders of the derivatives by z that occur in channels."""
    return {order for channel in channels for order, _, _ in _derivatives(plan, channel)}


def channel_code(plan: Plan, channel: Channel) -> Py | None:
    """A channel of the functions w of vertices by their derivatives w_1, w_2 by z; None where it vanishes."""
    written = []
    for order, imaginary, total in _derivatives(plan, channel):
        factor = "" if total == ONE else "-" if total == negate(ONE) else f"{code_within(total, Precedence.PRODUCT)} * "
        written.append(f"{factor}{'1j * ' if imaginary else ''}w_{order}")
    return Py(" + ".join(written)) if written else None


def _derivatives(plan: Plan, channel: Channel) -> list[tuple[int, int, Expr]]:
    """The derivatives by z in a channel: order, whether they are multiplied by i, and the factor, which is not 0.

    With z = x + i*y, d/dx is d/dz, and d/dy is i*d/dz.
    """
    parts: dict[tuple[int, int], list[Expr]] = {}
    for term in channel.terms:
        orders = dict(term.orders)
        order, along = sum(orders.values()), orders.get(plan.axes[1].name, 0)
        signed = negate(term.coefficient) if along % 4 > 1 else term.coefficient
        parts.setdefault((order, along % 2), []).append(signed)
    totals = [(order, imaginary, add(*coefficients)) for (order, imaginary), coefficients in parts.items()]
    return [each for each in totals if tidy(each[2]) != ZERO]
