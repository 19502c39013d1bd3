"""Boundary values that are suddenly other ones than the start has, as at a wall that is cooled at once.

Where at x = a of u_t = D*u_xx + … the boundary value at the start differs by J from the initial value,

    u = J*erfc(d/sqrt(4*D*t)) + v,    d the distance from a, t the time since the start

leaves a v whose values fit: the first part solves u_t = D*u_xx, is J at x = a and nothing anywhere else at the start.
With D that varies from place to place, or further terms in the equation, v has slopes or rates that do not fit, which
`pdel/maths/incompatible.py` finds. With D that depends on u, or a term in u_x^2, the rest is as large as the first
part, and its equation as singular: there nothing is taken off.

H. S. Carslaw, J. C. Jaeger, Conduction of Heat in Solids (1959), sections 2.4 and 2.5.
"""

from __future__ import annotations

from collections.abc import Iterator

from pdel.expression import ONE, Call, Expr, Number, add, divide, multiply, subtract
from pdel.maths.checks.setting import Setting
from pdel.maths.enforcement import factors
from pdel.maths.enforcement.fold import restrict
from pdel.maths.enforcement.form import Given
from pdel.maths.enforcement.start import elapsed
from pdel.maths.incompatible import NOTICED, Line, diffusivity_at, end_conditions, left_by, line_of, size_of
from pdel.maths.model import SuddenChange

ROUNDED = 1e-8
"""Of the length: where the distance is less at the start, the change is rounded off, so that it has slopes there.

It is the exact solution for a time that is later by a 1e-16th of the time in which heat crosses the region.
"""


def find_sudden(setting: Setting) -> tuple[SuddenChange, ...]:
    """The sudden changes of parabolic problems in one coordinate of space."""
    line = line_of(setting)
    if line is None or line.axis.periodic:
        return ()
    return tuple(_changes(line))


def _changes(line: Line) -> Iterator[SuddenChange]:
    """One for every end at which a value is stated, is another one at the start, and spreads by linear diffusion."""
    conditions = end_conditions(line)
    for condition in conditions:
        given = condition.given
        if not isinstance(given, Given):
            continue
        name = given.field.name
        if condition.gap <= NOTICED * size_of(line, conditions, name):
            continue
        diffusivity = diffusivity_at(line, name, condition.end)
        if diffusivity is None:
            continue
        bound = line.axis.high if condition.upper else line.axis.low
        corner = {line.axis.name: bound.expression, line.time.name: line.time.low.expression}
        difference = factors.difference(restrict(given.value, corner), restrict(line.values[name], corner))
        form = _form(line, condition.upper, difference, diffusivity)
        change = SuddenChange(name, line.axis.name, bound, condition.upper, difference, form)
        if all(order > 0 for *_, order in left_by(line, change)):
            yield change


def _form(line: Line, upper: bool, difference: Expr, diffusivity: Expr) -> Expr:
    """J*(1 - erf(d/sqrt(4*D*t + r^2))), r where the distance is rounded off."""
    axis, time = line.axis, line.time
    away = factors.below(axis.name, axis.high) if upper else factors.above(axis.name, axis.low)
    rounded = Number(f"{(ROUNDED * line.length) ** 2:.0e}")
    spread = add(factors.product_of(Number("4"), diffusivity, elapsed(time)), rounded)
    reached = Call("erf", (divide(away, Call("sqrt", (spread,))),))
    return multiply(difference, subtract(ONE, reached))
