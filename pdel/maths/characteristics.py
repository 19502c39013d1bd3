"""Along which paths linear equations carry what is stated, and whether that is narrow against the way it goes.

In one coordinate of space the characteristics are the paths x' = c(x, t) with

    u_t + c*u_x + … = f                 one speed; a small diffusion D*u_xx may stand in it
    A*u_tt + B*u_xt + C*u_xx + … = f    the two roots of A*c^2 - B*c + C = 0
    u_t + M*u_x + … = f                 the eigenvalues of M for two fields; its diagonal where nothing else is in it

Neurons that cover the whole region have to be as many as pulses of the width w have room in it, L/w along x times c*T/w
along t; neurons that go along with what is carried only as many as lie beside one another.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping, Sequence

from pdel.evaluate import evaluate_points
from pdel.expression import (
    ONE,
    TWO,
    ZERO,
    Call,
    Expr,
    Orders,
    Partial,
    Power,
    add,
    divide,
    is_closed,
    multiply,
    negate,
    power,
    subtract,
    transform,
)
from pdel.maths.analysis import coefficient_of, distinct_partials, total_order
from pdel.maths.limits import TooLarge
from pdel.maths.model import Carried, Facts, Path, Residual
from pdel.maths.symbolic import derivative, tidy
from pdel.semantics.problem import Axis, InitialCondition, Problem

ROOM = 400.0
"""Pulses that have room in the region, (L/w)*(c*T/w): from so many on neurons go along. In 15 s a standing wave with
316 came to 7e-8 with neurons of the whole region and to 6e-8 with such, a pulse with 440 to 2e-2 and 3e-8."""

FEWEST, MOST = 5, 40
"""Windows of time in which they do."""

STRAY = 0.05
"""Of the width: how far the series for a path may be off at the ends of a window."""

NOTICED = 0.01
"""Of the largest range of what is stated of derivatives of the same order: what varies less is no pulse, but a tail."""

APART = 0.05
"""Of the largest speed: speeds nearer to one another are not told apart."""

PLACES = 1000
"""Intervals in which it is looked at."""

GRID = 12
"""Intervals along each coordinate at which speeds are looked at."""


def find_carried(
    problem: Problem, equations: Sequence[Residual], conditions: Sequence[Residual], facts: Sequence[Facts]
) -> Carried | None:
    """What linear equations in one coordinate of space carry along; None where nothing narrow goes far."""
    time = problem.time
    if time is None or len(problem.space) != 1 or not facts or not all(one.linear for one in facts):
        return None
    line = _Line(problem, problem.space[0], time)
    try:
        paths = line.paths(_speeds(problem, equations, line.space.name, time.name))
    except TooLarge:
        return None
    speeds = [line.values(path.speed) for path in paths]
    if not paths or not _apart(speeds):
        return None
    fastest = max(abs(value) for row in speeds for value in row)
    width = line.narrowest((*equations, *conditions), fastest)
    way = max(sum(map(abs, row)) / len(row) for row in speeds) * line.duration
    if not 0 < ROOM * width**2 < line.length * way:
        return None
    return Carried(paths, width, way, line.windows(paths, width, line.spreading(equations)))


class _Line:
    """The coordinate of space and that of time of a problem."""

    def __init__(self, problem: Problem, space: Axis, time: Axis) -> None:
        self.problem, self.space, self.time = problem, space, time
        self.length = space.high.value - space.low.value
        self.duration = time.high.value - time.low.value
        self.grid = [
            (space.low.value + self.length * i / GRID, time.low.value + self.duration * j / GRID)
            for i, j in itertools.product(range(GRID + 1), repeat=2)
        ]

    def values(self, form: Expr, step: float = 0.0, speeds: Sequence[float] = ()) -> list[float]:
        """A closed form on the grid, or where paths with these speeds lead from there in a time."""
        moves = speeds or [0.0] * len(self.grid)
        places = [x + step * c for (x, _), c in zip(self.grid, moves, strict=True)]
        return self._at(form, places, [t + step for _, t in self.grid])

    def _at(self, form: Expr, places: Sequence[float], moments: Sequence[float]) -> list[float]:
        columns = {self.space.name: places, self.time.name: moments}
        return evaluate_points((form,), columns, self.problem.numbers, count=len(places))[0]

    def paths(self, speeds: Sequence[Expr]) -> tuple[Path, ...]:
        """The paths of such speeds, each once; none where a speed is not finite everywhere, or nothing moves."""
        found: dict[tuple[float, ...], Path] = {}
        for speed in speeds:
            along_x = derivative(speed, ((self.space.name, 1),))
            bend = tidy(add(derivative(speed, ((self.time.name, 1),)), multiply(speed, along_x)))
            rows = [self.values(speed), self.values(bend)]
            if not all(math.isfinite(value) for row in rows for value in row):
                return ()
            found.setdefault(tuple(rows[0]), Path(speed, bend if any(rows[1]) else ZERO))
        return tuple(found.values()) if any(any(row) for row in found) else ()

    def narrowest(self, residuals: Sequence[Residual], fastest: float) -> float:
        """The least width of what is stated without fields; inf where nothing is.

        It is (h/m)^(1/4) for half the range h and the largest fourth derivative m: 1/k for sin(k*x), 0.45*a for
        exp(-(x/a)^2), which takes finer waves than its slope tells. What is stated for a boundary varies in time, and
        is as wide as it goes meanwhile.
        """
        found: dict[int, list[tuple[float, float]]] = {}
        for residual in residuals:
            named = distinct_partials(term.expression for term in residual.terms)
            order = max((total_order(one) for one in named), default=0)
            found.setdefault(order, []).extend(self._widths(residual, fastest))
        widths = [math.inf]
        for items in found.values():
            largest = max((height for height, _ in items), default=0.0)
            widths += [width for height, width in items if height > NOTICED * largest]
        return min(widths)

    def _widths(self, residual: Residual, fastest: float) -> Iterator[tuple[float, float]]:
        """(half range, width) pairs of the part of a statement that has no fields in it."""
        stated = add(*(term.expression for term in residual.terms))
        form = transform(stated, lambda node: ZERO if isinstance(node, Partial) else None)
        if not is_closed(form):
            return
        parts = [index / PLACES for index in range(PLACES + 1)]
        low, start = self.space.low.value, self.time.low.value
        across = [low + self.length * part for part in parts]
        through = [start + self.duration * part for part in parts]
        if isinstance(residual.source, InitialCondition):
            rows = [(self._at(form, across, [start] * len(parts)), self.length)]
        elif residual.source in self.problem.boundary:
            ends = (low, self.space.high.value)
            rows = [(self._at(form, [end] * len(parts), through), fastest * self.duration) for end in ends]
        elif residual.source in self.problem.equations:
            moments = (start, start + self.duration / 2, start + self.duration)
            rows = [(self._at(form, across, [moment] * len(parts)), self.length) for moment in moments]
        else:
            return
        for values, extent in rows:
            half = (max(values) - min(values)) / 2
            fourth = values
            for _ in range(4):
                fourth = [b - a for a, b in itertools.pairwise(fourth)]
            largest = max(map(abs, fourth))
            if math.isfinite(half) and largest > 0:
                yield half, (half / largest) ** 0.25 * extent / PLACES

    def spreading(self, equations: Sequence[Residual]) -> float:
        """The largest coefficient of a second derivative in space in equations of first order in time."""
        found = [0.0]
        for equation in equations:
            terms = [term.expression for term in equation.terms]
            partials = distinct_partials(terms)
            rates = [one for one in partials if dict(one.orders).get(self.time.name)]
            rate = rates[0] if len(rates) == 1 and total_order(rates[0]) == 1 else None
            for one in partials:
                if rate is not None and one.orders == ((self.space.name, 2),):
                    over, under = coefficient_of(terms, one), coefficient_of(terms, rate)
                    if over is None or under is None:
                        return math.inf
                    found += [abs(value) for value in self.values(divide(over, under)) if math.isfinite(value)]
        return max(found)

    def windows(self, paths: Sequence[Path], width: float, spreading: float) -> int:
        """In how many windows paths are what their series of second order say, and a pulse spreads but little."""
        count = max(float(FEWEST), 4 * spreading * self.duration / width**2)
        step = 1e-4 * self.duration
        for path in paths:
            speeds = self.values(path.speed)
            later, earlier = (self.values(path.bend, sign * step, speeds) for sign in (1, -1))
            third = max(abs(b - a) for a, b in zip(earlier, later, strict=True)) / (2 * step)
            if math.isfinite(third):
                count = max(count, self.duration / 2 * (third / (6 * STRAY * width)) ** (1 / 3))
        return min(math.ceil(count), MOST)


def _apart(speeds: Sequence[Sequence[float]]) -> bool:
    """Whether speeds differ from one another everywhere."""
    largest = max((abs(value) for row in speeds for value in row), default=0.0)
    pairs = itertools.combinations(speeds, 2)
    return all(abs(a - b) > APART * largest for one, other in pairs for a, b in zip(one, other, strict=True))


def _speeds(problem: Problem, equations: Sequence[Residual], x: str, t: str) -> tuple[Expr, ...]:
    """The speeds of the characteristics; none for equations of another form than those above."""
    fields = [field.name for field in problem.fields]
    terms = [[term.expression for term in equation.terms] for equation in equations]
    partials = [distinct_partials(each) for each in terms]
    if len(terms) != len(fields) or any(total_order(one) > 2 for each in partials for one in each):
        return ()
    if len(fields) == 1 and Partial(fields[0], ((t, 2),)) in partials[0]:
        return _roots(fields[0], terms[0], partials[0], x, t)
    rows: dict[str, Mapping[str, Expr]] = {}
    for each, found in zip(terms, partials, strict=True):
        rates = [one for one in found if dict(one.orders).get(t)]
        if len(rates) != 1 or rates[0].orders != ((t, 1),):
            return ()
        under = coefficient_of(each, rates[0])
        over = {one.field: coefficient_of(each, one) for one in found if one.orders == ((x, 1),)}
        if under is None or None in over.values():
            return ()
        rows[rates[0].field] = {name: _over(form, under) for name, form in over.items() if form is not None}
    if len(rows) != len(fields):
        return ()
    if all(name == other for name, row in rows.items() for other in row):
        return tuple(rows[name].get(name, ZERO) for name in fields)
    return _eigenvalues(rows, *fields) if len(fields) == 2 else ()


def _over(form: Expr, under: Expr) -> Expr:
    """A coefficient over that of the rate, as it was written where that is one."""
    return form if under == ONE else tidy(divide(form, under))


def _roots(field: str, terms: Sequence[Expr], partials: Sequence[Partial], x: str, t: str) -> tuple[Expr, ...]:
    """c = (B +- sqrt(B^2 - 4*A*C))/(2*A) for A*u_tt + B*u_xt + C*u_xx + …."""

    def coefficient(orders: Orders) -> Expr:
        """The one of a derivative; zero where it does not occur."""
        return coefficient_of(terms, Partial(field, orders)) or ZERO

    twice, across = coefficient(((t, 2),)), coefficient(((x, 2),))
    mixed = next((one for one in partials if dict(one.orders) == {x: 1, t: 1}), None)
    if across == ZERO:
        return ()
    if mixed is None:
        root = _root(tidy(divide(negate(across), twice)))
        return root, negate(root)
    both = coefficient(mixed.orders)
    root = _root(tidy(subtract(power(both, TWO), multiply(TWO, TWO, twice, across))))
    below = multiply(TWO, twice)
    return divide(add(both, root), below), divide(subtract(both, root), below)


def _root(square: Expr) -> Expr:
    """A number or form with this square, of either sign: c for c^2."""
    if square in (ONE, ZERO):
        return square
    return square.base if isinstance(square, Power) and square.exponent == TWO else Call("sqrt", (square,))


def _eigenvalues(rows: Mapping[str, Mapping[str, Expr]], first: str, second: str) -> tuple[Expr, ...]:
    """Those of a matrix of two rows: its mean diagonal, and the root of what is left."""
    a, b = rows[first].get(first, ZERO), rows[first].get(second, ZERO)
    c, d = rows[second].get(first, ZERO), rows[second].get(second, ZERO)
    middle, half = divide(add(a, d), TWO), divide(subtract(a, d), TWO)
    root = _root(tidy(add(power(half, TWO), multiply(b, c))))
    return tidy(add(middle, root)), tidy(subtract(middle, root))
