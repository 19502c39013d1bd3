"""Initial conditions: the terms that carry them and the factor that leaves them alone.

    first order     u = g + (u0 - g|t0),                     factor s/T              s = t - t0, T the time span
    second order    u = g + (u0 - g|t0) + s*(v0 - g_t|t0),   factor s^2/(s^2 + tau^2)

s^2 alone would ask for N = (u - u0)/s^2, which ranges from u_tt(0)/2 at the start to about u/T^2 at the
end; the fraction levels it where tau = sqrt(max|u0|/max|u_tt(0)|), the time in which u changes by its size.
"""

from __future__ import annotations

import math

from pdel.expression import (
    ONE,
    ZERO,
    Call,
    Expr,
    Number,
    Partial,
    Quotient,
    add,
    coordinates,
    divide,
    integer,
    multiply,
    negate,
    partials,
    power,
    subtract,
    transform,
)
from pdel.maths.enforcement import factors
from pdel.maths.enforcement.fold import restrict
from pdel.maths.enforcement.form import Given
from pdel.maths.enforcement.surroundings import Surroundings
from pdel.maths.symbolic import derivative
from pdel.semantics.problem import Axis, Field

_FALLBACK = 0.1
_SHORTEST, _LONGEST = 0.02, 1.0
"""Bounds of tau relative to the time span: errors hardly move between 0.04 and 0.3."""
_SEAM = 1e-6
_SEAM_SLOPE = 1e-3


def elapsed(time: Axis) -> Expr:
    """s = t - t0."""
    return factors.above(time.name, time.low)


def at_start(expression: Expr, time: Axis) -> Expr:
    """A closed form at t = t0."""
    return restrict(expression, {time.name: time.low.expression})


def linear_factor(time: Axis) -> Expr:
    """s/T: zero at the start, one at the end."""
    return factors.rise(time.name, time.low, time.high)


def window_length(time: Axis, windows: int) -> float:
    """The length of one of several windows of time."""
    return (time.high.value - time.low.value) / windows


def level_factor(time: Axis, order: int, tau: str) -> Expr:
    """s^k/(s^k + tau^k): zero with its first k - 1 derivatives at the start, then of size one."""
    exponent = integer(order)
    rising = power(elapsed(time), exponent)
    return Quotient(rising, add(rising, ONE if tau == "1" else power(Number(tau), exponent)))


def fading(time: Axis) -> Expr:
    """exp(-s/tau) with tau a tenth of the time span, the rate rounded to two digits."""
    rate = Number(two_digits(1 / (_FALLBACK * (time.high.value - time.low.value))))
    return Call("exp", (negate(multiply(rate, elapsed(time))),))


def one_less(expression: Expr) -> Expr:
    """1 - expression."""
    return subtract(ONE, expression)


def taylor_terms(offset: Expr, values: list[Expr], surroundings: Surroundings, time: Axis) -> list[Expr]:
    """For k = 0, 1, …: what has to be added to the offset's k-th time derivative at the start, without s^k/k!."""
    found = []
    for order, value in enumerate(values):
        present = offset if order == 0 else derivative(offset, ((time.name, order),))
        now = at_start(present, time)
        points = surroundings.started(surroundings.inside)
        scale = surroundings.probe.size(value, points)
        target = at_start(value, time)
        if surroundings.probe.vanishes(now, points):
            missing = ZERO if surroundings.probe.vanishes(target, points) else target
        else:
            missing = factors.difference(target, now)
            if surroundings.probe.vanishes(missing, points, scale):
                missing = ZERO
        found.append(missing)
    return found


def taylor_sum(terms: list[Expr], time: Axis) -> Expr:
    """The sum of s^k/k! times the terms."""
    s = elapsed(time)
    return add(
        *(
            divide(_times(power(s, integer(order)), term), integer(math.factorial(order)))
            for order, term in enumerate(terms)
        )
    )


def _times(rising: Expr, term: Expr) -> Expr:
    """s^k times a term, numbers in front."""
    return multiply(rising, term) if coordinates(term) else multiply(term, rising)


def characteristic_time(
    surroundings: Surroundings, field: Field, givens: dict[str, list[Given]], time: Axis
) -> str | None:
    """tau for a field of second order in time, two digits; None where the equation does not tell.

    The equation at t = t0 with u = u0 + s*v0 is linear in u_tt; u_tt(0) is its root.
    """
    span = time.high.value - time.low.value
    initial = {name: _polynomial(items, time) for name, items in givens.items()}
    if field.name not in initial:
        return None
    wanted = Partial(field.name, ((time.name, 2),))
    for residual in surroundings.equations:
        expression = add(*(term.expression for term in residual.terms))
        found = partials(expression)
        if wanted not in found or any(item.field not in initial for item in found):
            continue
        at_zero = _substituted(expression, initial, wanted, ZERO, time)
        at_one = _substituted(expression, initial, wanted, ONE, time)
        points = surroundings.started(surroundings.inside)
        accelerations = [
            abs(zero / (one - zero))
            for zero, one in zip(
                surroundings.probe.at(at_zero, points), surroundings.probe.at(at_one, points), strict=True
            )
            if math.isfinite(zero) and math.isfinite(one) and one != zero
        ]
        size = surroundings.probe.size(at_start(initial[field.name], time), points)
        largest = max(accelerations, default=0.0)
        if not (size > 0 and largest > 0 and math.isfinite(size)):
            return None
        return two_digits(min(max(math.sqrt(size / largest), _SHORTEST * span), _LONGEST * span))
    return None


def fallback_time(time: Axis) -> str:
    """A tenth of the time span."""
    return two_digits(_FALLBACK * (time.high.value - time.low.value))


def two_digits(value: float) -> str:
    """A positive number rounded to two significant digits, as a literal."""
    return repr(float(f"{value:.2g}")).removesuffix(".0")


def seam_gap(surroundings: Surroundings, value: Expr, axis: Axis) -> float:
    """How far a closed form differs between both ends of a periodic axis, relative to its size; 0 to rounding."""
    return _relative_gap(surroundings, value, axis, _SEAM)


def seam_slope(surroundings: Surroundings, value: Expr, axis: Axis, order: int) -> int | None:
    """The lowest derivative (up to `order`) of a closed form that jumps across the seam of a periodic axis."""
    for degree in range(1, order + 1):
        if _relative_gap(surroundings, derivative(value, ((axis.name, degree),)), axis, _SEAM_SLOPE) > 0:
            return degree
    return None


def _relative_gap(surroundings: Surroundings, value: Expr, axis: Axis, tolerance: float) -> float:
    """The largest difference between both ends over the largest value, 0 below the tolerance."""
    index = surroundings.probe.axes.index(axis)
    points = surroundings.lifted(surroundings.cloud)
    lows = [(*point[:index], axis.low.value, *point[index + 1 :]) for point in points]
    highs = [(*point[:index], axis.high.value, *point[index + 1 :]) for point in points]
    size = max(surroundings.probe.size(value, points), 1e-300)
    ends = zip(surroundings.probe.at(value, lows), surroundings.probe.at(value, highs), strict=True)
    gap = max(abs(high - low) for low, high in ends)
    return gap / size if not gap <= tolerance * size else 0.0


def _polynomial(items: list[Given], time: Axis) -> Expr:
    """u0 + s*v0 from the initial conditions of a field."""
    s = elapsed(time)
    return add(*(multiply(power(s, integer(item.order)), at_start(item.value, time)) for item in items[:2]))


def _substituted(expression: Expr, initial: dict[str, Expr], wanted: Partial, value: Expr, time: Axis) -> Expr:
    """A residual at the start with the initial fields put in and `value` for the wanted derivative."""
    cache: dict[Partial, Expr] = {}

    def replace(node: Expr) -> Expr | None:
        if not isinstance(node, Partial):
            return None
        if node == wanted:
            return value
        if node not in cache:
            closed = initial[node.field]
            cache[node] = at_start(derivative(closed, node.orders) if node.orders else closed, time)
        return cache[node]

    return transform(at_start(expression, time), replace)
