"""Places where what is stated of the start does not fit the boundary: there a solution is not smooth at the start.

At such a place x = a of a parabolic equation u_t = D*u_xx + … the solution depends, to leading order, on the direction
(x - a)/sqrt((x - a)^2 + 4*D*t) alone, times the k-th power of that distance:

    k = 0    values differ
    k = 1    slopes do: at the seam of a periodic coordinate, or a condition on a derivative
    k = 2    rates do: the equation with the initial values gives another u_t than the boundary

What `pdel/maths/sudden.py` takes off is no part of that; what it leaves is.

N. Flyer, B. Fornberg, J. Comput. Phys. 184 (2003) 526-539; Q. Chen, Z. Qin, R. Temam, Math. Comp. 80 (2011) 2071-2096.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pdel.evaluate import evaluate_points, normal_key
from pdel.expression import (
    Expr,
    Normal,
    Number,
    Partial,
    add,
    coordinates,
    divide,
    negate,
    partials,
    transform,
    walk,
)
from pdel.geometry import Face
from pdel.maths.analysis import coefficient_of
from pdel.maths.at_start import conditions_at_start, initial_values
from pdel.maths.checks.fields import partials_of
from pdel.maths.checks.setting import Setting
from pdel.maths.enforcement.form import Given, read_condition
from pdel.maths.model import Incompatible, Residual, SuddenChange
from pdel.maths.substitute import substitute
from pdel.maths.symbolic import derivative
from pdel.maths.windows import is_inverse
from pdel.notation import notation
from pdel.semantics.problem import Axis

NOTICED = 1e-6
"""Of the size of the initial values, slopes times the length, rates times the time: less is taken for rounding."""

HIGHEST = 2
"""The order up to which is looked: what is smoother costs a network nothing."""

PLACES = 64
"""Places along the coordinate, and times, at which the size of initial and boundary values is looked at."""


def find_incompatible(setting: Setting, changes: Sequence[SuddenChange]) -> tuple[Incompatible, ...]:
    """Such places of parabolic problems in one coordinate of space, each with its lowest order."""
    line = line_of(setting)
    if line is None:
        return ()
    found: dict[tuple[bool | None, str], Incompatible] = {}
    misfits = _across_seam(line) if line.axis.periodic else _at_ends(line, changes)
    for field, upper, order in sorted(misfits, key=lambda item: item[2]):
        place = line.axis.high if upper else line.axis.low
        diffusivity = diffusivity_at(line, field, place.value)
        if diffusivity is not None:
            which = (upper, notation(diffusivity))
            found.setdefault(which, Incompatible(line.axis.name, place, upper, order, diffusivity))
    return tuple(found.values())


def line_of(setting: Setting) -> Line | None:
    """The line of a parabolic problem in one coordinate of space whose start is known; None for any other."""
    problem, time = setting.problem, setting.problem.time
    parabolic = bool(setting.facts) and all(facts.kind == "parabolic" for facts in setting.facts)
    unfit = problem.manufactured or is_inverse(problem) or not parabolic
    if time is None or len(problem.space) != 1 or unfit:
        return None
    values = {name: value for name, (value, _) in initial_values(setting).items()}
    if any(field.name not in values for field in problem.solved):
        return None
    return Line(setting, problem.space[0], time, values)


@dataclass(frozen=True, slots=True)
class Line:
    """The coordinate of space at the start of time, with the initial values by field."""

    setting: Setting
    axis: Axis
    time: Axis
    values: Mapping[str, Expr]

    @property
    def length(self) -> float:
        """The length of the coordinate."""
        return self.axis.high.value - self.axis.low.value

    def put_in(self, expressions: Sequence[Expr]) -> list[Expr]:
        """Expressions with the initial values for the fields, derivatives in space carried out."""
        return [substitute(expression, self.values, self.setting.problem.fields) for expression in expressions]

    def at(self, expression: Expr, place: float) -> float:
        """A closed form at an end, with the outward normal there; 0 where it is not finite."""
        outward = 1.0 if place == self.axis.high.value else -1.0
        columns = {
            self.axis.name: [place],
            normal_key(self.axis.name): [outward],
            self.time.name: [self.time.low.value],
        }
        value = evaluate_points((expression,), columns, self.setting.constants, count=1)[0][0]
        return value if math.isfinite(value) else 0.0

    def size(self, name: str) -> float:
        """The largest initial value of a field."""
        places = [self.axis.low.value + self.length * index / PLACES for index in range(PLACES + 1)]
        columns = {self.axis.name: places, self.time.name: [self.time.low.value] * len(places)}
        found = evaluate_points((self.values[name],), columns, self.setting.constants, count=len(places))[0]
        return max((abs(value) for value in found if math.isfinite(value)), default=0.0)


def _across_seam(line: Line) -> Iterator[tuple[str, bool | None, int]]:
    """The orders of the derivatives of initial values that jump across the seam, by field."""
    for name, value in line.values.items():
        for order in range(HIGHEST + 1):
            form = derivative(value, ((line.axis.name, order),)) if order else value
            gap = abs(line.at(form, line.axis.high.value) - line.at(form, line.axis.low.value))
            if gap * line.length**order > NOTICED * line.size(name):
                yield name, None, order


@dataclass(frozen=True, slots=True)
class EndCondition:
    """What a condition states at one end: fields, its first-kind form or why it has none, the order, and the gap.

    The gap is the residual of the condition for the initial values.
    """

    fields: tuple[str, ...]
    upper: bool
    end: float
    given: Given | str
    order: int
    gap: float


def end_conditions(line: Line) -> tuple[EndCondition, ...]:
    """The conditions at the ends of the line, those left out that hold on a part or name a rate."""
    problem, listed = line.setting.problem, []
    fields = {item.name: item for item in problem.fields}
    for condition in conditions_at_start(line.setting):
        if condition.source.where is not None:
            continue
        given, order = read_condition(condition.residual, fields, None), _order(condition.residual, line.axis)
        for surface in (problem.pieces[piece].surface for piece in condition.source.pieces):
            if isinstance(surface, Face):
                end = (line.axis.high if surface.upper else line.axis.low).value
                gap = abs(line.at(add(*condition.terms), end))
                listed.append(EndCondition(condition.fields, surface.upper, end, given, order, gap))
    return tuple(listed)


def size_of(line: Line, conditions: Sequence[EndCondition], name: str) -> float:
    """The largest value of a field at the start and, over time, at ends where its value is stated."""
    low, high = line.time.low.value, line.time.high.value
    times = [low + (high - low) * index / PLACES for index in range(PLACES + 1)]
    sizes = [line.size(name)]
    for condition in conditions:
        if isinstance(condition.given, Given) and condition.given.field.name == name:
            columns = {line.axis.name: [condition.end] * len(times), line.time.name: times}
            columns[normal_key(line.axis.name)] = [1.0 if condition.upper else -1.0] * len(times)
            found = evaluate_points((condition.given.value,), columns, line.setting.constants, count=len(times))[0]
            sizes += [abs(value) for value in found if math.isfinite(value)]
    return max(sizes)


def _at_ends(line: Line, changes: Sequence[SuddenChange]) -> Iterator[tuple[str, bool | None, int]]:
    """What does not fit at the ends: a field, which end, and the order."""
    taken_off = {(change.field, change.upper) for change in changes}
    for change in changes:
        yield from left_by(line, change)
    conditions = end_conditions(line)
    for condition in conditions:
        given, known = condition.given, isinstance(condition.given, Given)
        changed = known and all((name, condition.upper) in taken_off for name in condition.fields)
        size = max(size_of(line, conditions, name) for name in condition.fields)
        if condition.gap * line.length**condition.order > NOTICED * size and not changed:
            yield from ((name, condition.upper, condition.order) for name in condition.fields)
        elif isinstance(given, Given) and _rates_differ(line, given, condition.end):
            yield given.field.name, condition.upper, HIGHEST


def left_by(line: Line, change: SuddenChange) -> Iterator[tuple[str, bool | None, int]]:
    """What a sudden change leaves: the fields whose equations it does not solve, and the order of what is left.

    A term that is of size s^m there, s the distance, is made up for by a part of the solution of size s^(m + 2).
    """
    for equation in line.setting.equations:
        rates = {partial.field for partial in partials_of(equation) if line.time.name in dict(partial.orders)}
        sizes = [_size_beside(line, term.expression, change.field, rates) for term in equation.terms]
        order = 2 + min(sizes, default=1)
        if order <= HIGHEST:
            yield from ((name, change.upper, order) for name in rates)


def _size_beside(line: Line, term: Expr, field: str, rates: set[str]) -> int:
    """The power of the distance that a term with a sudden change in it is of; 1 where the change solves for it."""
    space, found = line.axis.name, [partial for partial in partials(term) if partial.field == field]
    powers = [-dict(partial.orders).get(space, 0) for partial in found]
    if any(line.time.name in dict(partial.orders) for partial in found):
        powers = [-2]
    if not found or min(powers) == 0:
        return 0 if found else 1
    steepest = next(partial for partial, size in zip(found, powers, strict=True) if size == min(powers))
    factor = coefficient_of([term], steepest)
    if factor is None or any(partial.field == field and partial.orders for partial in partials(factor)):
        return -2
    if min(powers) > -2:
        return min(powers)
    if partials(factor) or field not in rates:
        return -2
    return -1 if coordinates(factor) else 1


def _order(residual: Residual, axis: Axis) -> int:
    """The highest derivative across the boundary in a condition."""
    normal = any(isinstance(node, Normal) for term in residual.terms for node in walk(term.expression))
    return max([int(normal), *(dict(partial.orders).get(axis.name, 0) for partial in partials_of(residual))])


def _rates_differ(line: Line, given: Given, end: float) -> bool:
    """Whether a boundary value moves at another rate than the equation asks for with the initial values."""
    rate = Partial(given.field.name, ((line.time.name, 1),))
    moved: dict[Expr, Expr] = {rate: derivative(given.value, rate.orders)}
    for equation in line.setting.equations:
        if [partial for partial in partials_of(equation) if line.time.name in dict(partial.orders)] == [rate]:
            terms = [transform(term.expression, moved.get) for term in equation.terms]
            span = line.time.high.value - line.time.low.value
            return abs(line.at(add(*line.put_in(terms)), end)) * span > NOTICED * line.size(given.field.name)
    return False


def diffusivity_at(line: Line, field: str, place: float) -> Expr | None:
    """D of a*u_t = a*D*u_xx + … at a place; as written where it is a constant, None where it is not positive."""
    second, rate = Partial(field, ((line.axis.name, 2),)), Partial(field, ((line.time.name, 1),))
    for equation in line.setting.equations:
        terms = [term.expression for term in equation.terms]
        above, below = coefficient_of(terms, second), coefficient_of(terms, rate)
        if above is None or below is None:
            continue
        ratio = divide(negate(above), below)
        value = line.at(line.put_in([ratio])[0], place)
        if not value > 0:
            return None
        return ratio if not (partials(ratio) or coordinates(ratio)) else Number(f"{value:.6g}")
    return None
