"""Places where the start does not fit the boundary: what networks of windows are given there.

Beside such a place x = a, with u_t = D*u_xx + …, the solution is smooth in

    distance    s = sqrt((x - a)^2 + 4*D*t),  t the time since the start
    direction   (x - a)/s

and not in x and t. Both are inputs; from the distance on at which s varies little over a window they do no harm.
Residuals of equations are multiplied by s where it is small: an error of the solution that is the same at every s has a
residual that grows like 1/s^2, and beside a sudden change with convection what is known of it already grows like 1/s.
"""

from __future__ import annotations

from collections.abc import Sequence

from pdel.expression import (
    ONE,
    TWO,
    Call,
    Constant,
    Coordinate,
    Expr,
    add,
    divide,
    multiply,
    power,
    subtract,
    transform,
)
from pdel.maths.model import Incompatible
from pdel.notation import notation
from pdel.plan.network import periodic_angle, wave_number
from pdel.plan.network_plan import Feature
from pdel.python_names import OwnName
from pdel.semantics.problem import Axis

ROUNDED = 5e-5
"""Of the length: nearer to the place the distance is rounded off. 5e-4 left an error eight times as large."""

BESIDE = 0.15
"""c over the length in s/sqrt(s^2 + c^2), by which equations are multiplied."""

ROUND = Constant(OwnName("ROUND"))
"""That length, by its name in the module."""

ELAPSED = Constant(OwnName("elapsed"))
"""The time before the window, by its name there: networks of windows count time from the start of their own."""

KINDS = ("values", "slopes", "rates of change")
"""What differs, by order."""


def incompatible_features(places: Sequence[Incompatible], axes: Sequence[Axis]) -> tuple[Feature, ...]:
    """The distance from every place and the direction, in the coordinates of a window."""
    named = {axis.name: axis for axis in axes}
    found: list[Feature] = []
    for place in places:
        square, across = _offsets(place, named[place.coordinate])
        passed = add(_from(Coordinate(axes[-1].name), axes[-1]), ELAPSED)
        distance = Call("sqrt", (add(square, multiply(place.spread, passed), power(ROUND, TWO)),))
        found += [Feature("", distance), Feature("", divide(across, distance))]
    return tuple(found)


def squared_distances(places: Sequence[Incompatible], axes: Sequence[Axis]) -> tuple[Expr, ...]:
    """s^2 for every place, in the coordinates of the problem."""
    named, time = {axis.name: axis for axis in axes}, axes[-1]
    passed = _from(Coordinate(time.name), time)
    return tuple(add(_offsets(place, named[place.coordinate])[0], multiply(place.spread, passed)) for place in places)


def _offsets(place: Incompatible, axis: Axis) -> tuple[Expr, Expr]:
    """(x - a)^2 and x - a inwards; across a seam 2*(L/(2*pi))^2*(1 - cos y) and L/(2*pi)*sin y, y = 2*pi*(x - a)/L."""
    x, bound = Coordinate(axis.name), place.bound
    if place.upper is not None:
        step = subtract(bound.expression, x) if place.upper else _from(x, axis)
        return power(step, TWO), step
    angle = transform(periodic_angle(axis), lambda node: _from(x, axis) if node == x else None)
    waves = wave_number(axis)
    square = multiply(TWO, subtract(ONE, Call("cos", (angle,))))
    if waves == ONE:
        return square, Call("sin", (angle,))
    return divide(square, power(waves, TWO)), divide(Call("sin", (angle,)), waves)


def _from(x: Expr, axis: Axis) -> Expr:
    """x - a for the lower end."""
    return x if axis.low.value == 0 else subtract(x, axis.low.expression)


def incompatible_reason(places: Sequence[Incompatible]) -> str:
    """What is done about them, and why."""
    listed = ", ".join(dict.fromkeys(f"{KINDS[place.order]} {_where(place)}" for place in places))
    return (
        f"what the start asks for is not what holds on the boundary ({listed}), so that there the solution is not "
        "smooth in x and t; it is in distance and direction from there, which the network is given, some neurons and "
        "points lie beside it, and there equations are multiplied by the distance"
    )


def _where(place: Incompatible) -> str:
    if place.upper is None:
        return f"across the seam of {place.coordinate}"
    return f"at {place.coordinate} = {notation(place.bound.expression)}"
