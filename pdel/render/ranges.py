"""Ranges of unknowns: the smooth map from a parameter or a network without bounds to a number within them.

Between two bounds a logistic curve, even in the logarithm where they are orders of magnitude apart; on one side of a
bound an exponential; without bounds a multiple of the first guess, so that steps of one size suit all.
"""

from __future__ import annotations

import math
from typing import TypeAlias

from pdel.expression import ONE, Call, Expr, add, divide, multiply, power, subtract
from pdel.plan.plan import UnknownFieldPlan, UnknownPlan, UnknownTermPlan

Ranged: TypeAlias = UnknownPlan | UnknownFieldPlan | UnknownTermPlan


def origin(unknown: Ranged) -> float:
    """Where the map takes the first guess from."""
    low, high, start = unknown.bounds.low, unknown.bounds.high, unknown.start
    if low is None or high is None:
        return 0.0
    if unknown.geometric:
        share = math.log(start.value / low.value) / math.log(high.value / low.value)
    else:
        share = (start.value - low.value) / (high.value - low.value)
    return math.log(share / (1 - share))


def mapped(unknown: Ranged, leaf: Expr) -> Expr:
    """The unknown as a form in `leaf`, the number without bounds."""
    low, high, start = unknown.bounds.low, unknown.bounds.high, unknown.start
    if low is not None and high is not None:
        share = Call("sigmoid", (leaf,))
        if unknown.geometric:
            return multiply(low.expression, power(divide(high.expression, low.expression), share))
        return add(low.expression, multiply(subtract(high.expression, low.expression), share))
    if low is not None:
        return add(low.expression, multiply(subtract(start.expression, low.expression), Call("exp", (leaf,))))
    if high is not None:
        return subtract(high.expression, multiply(subtract(high.expression, start.expression), Call("exp", (leaf,))))
    return leaf if start.value == 0 else multiply(start.expression, add(ONE, leaf))


def map_functions(unknown: Ranged) -> tuple[str, ...]:
    """The functions of the map, in the order in which they are applied."""
    low, high = unknown.bounds.low, unknown.bounds.high
    if low is not None and high is not None:
        return ("sigmoid", "exp") if unknown.geometric else ("sigmoid",)
    return () if low is None and high is None else ("exp",)


def scalings(unknown: Ranged) -> tuple[tuple[Expr, Expr] | None, ...]:
    """The pairs (offset, factor) that are applied after each function of the map, None where there is nothing to do."""
    low, high, start = unknown.bounds.low, unknown.bounds.high, unknown.start
    if low is not None and high is not None:
        if unknown.geometric:
            ratio = Call("log", (divide(high.expression, low.expression),))
            return (Call("log", (low.expression,)), ratio), None
        return ((low.expression, subtract(high.expression, low.expression)),)
    if low is not None:
        return ((low.expression, subtract(start.expression, low.expression)),)
    if high is not None:
        return ((high.expression, subtract(start.expression, high.expression)),)
    return (None if start.value == 0 else (start.expression, start.expression),)
