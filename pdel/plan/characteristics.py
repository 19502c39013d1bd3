"""Characteristics: what networks of windows are given where neurons go along with what equations carry.

Along a path x' = c(x, t) with the bend b = c_t + c*c_x, what is at (x, t) is half way through the window, a time s
before, at

    x - c*s + b*s^2/2

but for terms of third order in s. That place, scaled as x is, becomes an input for every path, in place of x: neurons
that vary with one of these and slowly in time go along with what they lie in.
"""

from __future__ import annotations

from collections.abc import Sequence

from pdel.expression import (
    TWO,
    ZERO,
    Coordinate,
    Expr,
    add,
    coordinates,
    divide,
    multiply,
    power,
    subtract,
    transform,
)
from pdel.maths.model import Path
from pdel.plan.incompatible import ELAPSED
from pdel.plan.network import axis_features, decimal
from pdel.plan.network_plan import Feature
from pdel.semantics.problem import Axis


def path_features(paths: Sequence[Path], space: Axis, window: Axis) -> tuple[Feature, ...]:
    """Where what is at a point is half way through the window, along every path, scaled or as sine and cosine."""
    x = Coordinate(space.name)
    places = [_place(path, space, window) for path in paths]
    return tuple(
        Feature("", _put(place, x, feature.expression)) for place in places for feature in axis_features(space)
    )


def _put(place: Expr, x: Expr, form: Expr) -> Expr:
    """A form with a place in the place of x."""
    return transform(form, lambda node: place if node == x else None)


def _place(path: Path, space: Axis, window: Axis) -> Expr:
    """x - c*s + b*s^2/2 in the coordinates of a window, whose times count from its start."""
    x, t = Coordinate(space.name), Coordinate(window.name)
    middle = decimal((window.low.value + window.high.value) / 2)
    since = subtract(t, middle)
    speed, bend = (_later(form, t) for form in (path.speed, path.bend))
    place = subtract(x, multiply(speed, since))
    return place if bend == ZERO else add(place, divide(multiply(bend, power(since, TWO)), TWO))


def _later(form: Expr, t: Coordinate) -> Expr:
    """A form with the time before the window added to the one since its start."""
    if t.name not in coordinates(form):
        return form
    return transform(form, lambda node: add(t, ELAPSED) if node == t else None)
