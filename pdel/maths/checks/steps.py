"""Derivatives across jumps: what a closed form loses where it is differentiated and is not continuous."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from pdel.diagnostics.model import Diagnostic, error
from pdel.evaluate import evaluate_points
from pdel.expression import (
    Call,
    Conditional,
    Differentiate,
    Expr,
    FieldAt,
    Integral,
    Normal,
    Number,
    Partial,
    TermValue,
    transform,
    walk,
)
from pdel.geometry_points import inside
from pdel.maths.checks.setting import Setting
from pdel.maths.checks.wording import number_text, statement_name
from pdel.maths.points import Points
from pdel.semantics.problem import Equation

_PARTS = 64
"""Pieces into which a line across the region is cut to find a jump on it."""

_HALVINGS = 36
"""Halvings of a piece: a function that still changes over 1e-11 of it is not continuous."""

_CHANGE = 1e-6
"""Changes relative to the largest value that count."""

_LINES = 12
"""Lines that are looked at."""


def check_steps(setting: Setting) -> list[Diagnostic]:
    """E425: an equation differentiates a product in which a closed form jumps, along the coordinate of the derivative.

    The derivative of a jump is no function: what is carried out piece by piece has lost the condition that holds
    between the pieces, and another solution satisfies it.
    """
    found: list[Diagnostic] = []
    for equation in setting.problem.equations:
        for term in equation.terms:
            jump = next(filter(None, (_jump(setting, equation, *part) for part in _parts(term.expression))), None)
            if jump is None:
                continue
            place, before, after = jump
            found.append(
                error(
                    "E425",
                    f"{statement_name(equation.address)} differentiates across a jump",
                    term.span,
                    f"a factor of {number_text(after / before)} at {place}" if before else f"a jump at {place}",
                    help="Make the flux a field with an equation of its own, `q = -k*p_x` and `q_x = f`, so that no"
                    " jump is differentiated; or let the coefficient change over a short length:"
                    " `1 + 9/(1 + exp((0.5 - x)/0.01))`.",
                )
            )
            break
    return found


def _parts(expression: Expr) -> Iterator[tuple[Expr, str]]:
    """Every operand of a derivative that may jump, with a number in the place of every field, and the coordinate."""
    for node in walk(expression):
        if isinstance(node, Differentiate) and any(_may_jump(item) for item in walk(node.operand)):
            yield _at_rest(node.operand), node.coordinate


def _at_rest(operand: Expr) -> Expr:
    """An operand in which fields do not change in space: what is left to jump are its closed forms."""
    numbers: dict[Expr, Expr] = {}

    def number(node: Expr) -> Expr | None:
        if isinstance(node, Partial | TermValue | FieldAt | Integral | Normal | Differentiate):
            # Different ones, so that terms with the same coefficient do not cancel.
            return numbers.setdefault(node, Number(f"{1 + 0.37 * len(numbers):.2f}"))
        return None

    return transform(operand, number)


def _may_jump(node: Expr) -> bool:
    return isinstance(node, Conditional) or (isinstance(node, Call) and node.function == "sign")


def _jump(setting: Setting, equation: Equation, form: Expr, coordinate: str) -> tuple[str, float, float] | None:
    """Where a closed form jumps along a coordinate, and its values on both sides; None where it does not."""
    axis = next(axis for axis in setting.problem.axes if axis.name == coordinate)
    low, length = axis.low.value, axis.high.value - axis.low.value
    ticks = [low + length * number / _PARTS for number in range(_PARTS + 1)]
    interior = setting.sampler.interior()
    for index in range(min(interior.count, _LINES)):
        line = dict(interior.chosen([index] * len(ticks)).columns) | {coordinate: ticks}
        values = _values(setting, form, line)
        least = _CHANGE * max((abs(value) for value in values if math.isfinite(value)), default=0.0)
        for piece in range(_PARTS):
            if not abs(values[piece + 1] - values[piece]) > least:
                continue
            sides = _narrowed(setting, form, interior.chosen([index, index]), coordinate, ticks[piece : piece + 2])
            before, after = _values(setting, form, sides.columns)
            if abs(after - before) > least and _holds(setting, equation, sides):
                return sides.describe(1), before, after
    return None


def _narrowed(setting: Setting, form: Expr, place: Points, coordinate: str, ends: Sequence[float]) -> Points:
    """Two points close to one another, on both sides of the largest change between two ends."""
    low, high = ends
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        columns = dict(place.chosen([0, 0, 0]).columns) | {coordinate: [low, middle, high]}
        first, between, second = _values(setting, form, columns)
        low, high = (low, middle) if abs(between - first) >= abs(second - between) else (middle, high)
    return Points(dict(place.columns) | {coordinate: [low, high]}, 2)


def _values(setting: Setting, form: Expr, columns: Mapping[str, Sequence[float]]) -> list[float]:
    count = len(next(iter(columns.values())))
    return list(evaluate_points((form,), columns, setting.constants, count=count)[0])


def _holds(setting: Setting, equation: Equation, points: Points) -> bool:
    """Whether the equation holds on both sides of a jump that lies in the region."""
    region, names = setting.problem.region, [axis.name for axis in setting.problem.space]
    sites = [tuple(points.columns[name][side] for name in names) for side in range(points.count)]
    within = region is None or all(inside(region, site) for site in sites)
    return within and points.where(equation.where, setting.constants).count == points.count
