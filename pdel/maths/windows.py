"""Into how many windows time is cut: as the specification says, for least squares, or by the rate at the start.

The state y of ordinary equations F = 0 holds the fields and their derivatives in time below the highest. Linearised
at the start they read y' = J*y + …, and the largest size rho of an eigenvalue of J is a rate of change: rho*T is the
length of time in units of 1/rho. One network was trained on the Lorenz system over lengths up to 13.7, and ended on
a fixed point over 16.

Nonlinear ordinary equations, and parabolic, dispersive and wave equations in one coordinate of space, are solved for
window by window: what a wide network of one layer has to follow within a short time is smooth in it, and its neurons
can lie where the solution at the start of the window is steep. Linear ones are where the start does not fit the
boundary, as the solution changes fast soon after it, ordinary ones over long times, and those that carry narrow things
far (`characteristics.py`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from pdel.evaluate import evaluate_points
from pdel.expression import Coordinate, Expr, Partial, add, coordinates, partials, transform
from pdel.maths.characteristics import find_carried
from pdel.maths.enforcement.build import enforcement_choice
from pdel.maths.enforcement.form import Given, read_condition
from pdel.maths.enforcement.start import at_start
from pdel.maths.model import Carried, Facts, Incompatible, Residual, SuddenChange, Windows
from pdel.semantics.problem import Axis, InitialCondition, Problem

LONGEST = 12.0
"""rho*T of one window where the plan chooses their number."""

MOST = 100
"""Windows that the plan chooses at most."""

SOLVED = 20
"""Windows that least squares solve for."""

OTHER_WAYS = ("network", "mask", "resample", "prune", "march", "train", "compile")
"""Families whose statements are about another way of training than least squares."""

_SQUARINGS = 12
_STEP = 1e-6

Matrix = list[list[float]]


def choose_windows(
    problem: Problem,
    equations: tuple[Residual, ...],
    conditions: tuple[Residual, ...],
    facts: tuple[Facts, ...],
    *,
    changes: tuple[SuddenChange, ...],
    incompatible: tuple[Incompatible, ...],
) -> Windows:
    """The number of windows, and the reason where the specification leaves it open."""
    stated = next((method.calls[0] for method in problem.methods if method.family == "march"), None)
    begins = _begins(problem, conditions, facts)
    fits = not (changes or incompatible)
    if stated is not None:
        count = int(stated.option("count")) if stated.name == "windows" else 1
        joined = count > 1 and begins and _solves_alone(problem)
        carried = find_carried(problem, equations, conditions, facts) if joined and fits else None
        return Windows(count, joined=joined, paths=() if carried is None else carried.paths)
    time = problem.time
    exactly = any(_exactly(problem, condition) for condition in conditions)
    values_fit = all(place.order > 0 for place in incompatible)
    if begins and fits and not exactly and _joins(problem):
        carried = find_carried(problem, equations, conditions, facts)
        if carried is not None:
            return Windows(carried.windows, _reason_of_paths(problem, carried), joined=True, paths=carried.paths)
    if begins and not exactly and values_fit and _solvable_in_windows(problem, facts):
        length = _length_in_rates(problem, equations, conditions)
        reason = _reason_of_windows(problem, facts, length, unfit=bool(changes or incompatible))
        if reason:
            return Windows(min(max(math.ceil(length), SOLVED), MOST), reason, joined=True)
    if time is None or problem.space or is_inverse(problem) or problem.observations:
        return Windows(1)
    softly = any(method.family == "enforce" and method.calls[0].name == "softly" for method in problem.methods)
    start = _start(problem, equations, conditions, time)
    if start is None or softly:
        return Windows(1)
    rate = _rate(problem, equations, start, time)
    length = rate * (time.high.value - time.low.value)
    if not LONGEST < length < LONGEST * MOST:
        return Windows(1)
    count = math.ceil(length / LONGEST)
    reason = (
        f"the equations change at a rate of {rate:.3g} at the start, {length:.3g} times over all of {time.name}: one "
        f"network was found to hold over about {LONGEST:g}"
    )
    return Windows(count, reason)


def leaves_training_open(problem: Problem) -> bool:
    """Whether nothing stands against least squares that solve for an output layer: no statement, nothing inferred."""
    stated = {method.family for method in problem.methods if not method.targets}
    single = any(method.family == "precision" and method.calls[0].name == "float32" for method in problem.methods)
    moving = any(method.family == "ramp" or method.calls[0].name == "attention" for method in problem.methods)
    other = stated.intersection(OTHER_WAYS) or single or moving or is_inverse(problem) or problem.observations
    return not other


def is_inverse(problem: Problem) -> bool:
    """Whether something beside the solution is asked for: a number, a field or a term."""
    return bool(problem.unknowns or problem.terms or any(field.inferred is not None for field in problem.fields))


def _solves_alone(problem: Problem) -> bool:
    """Whether the phases that are stated are least squares and nothing else."""
    phases = [call.name for method in problem.methods if method.family == "train" for call in method.calls]
    return bool(phases) and all(name == "least_squares" for name in phases)


def _begins(problem: Problem, conditions: tuple[Residual, ...], facts: tuple[Facts, ...]) -> bool:
    """Whether a first joint can hold the start: what all fields that change in time take there, each stated once.

    That is the value where the equations are of first order in time, and the rate as well where they are of second.
    """
    fields = {field.name: field for field in problem.fields}
    time = None if problem.time is None else problem.time.name
    initial = [condition for condition in conditions if isinstance(condition.source, InitialCondition)]
    found = [read_condition(condition, fields, time) for condition in initial]
    stated = [(item.field.name, item.order) for item in found if isinstance(item, Given)]
    needed = {(name, below) for one in facts for name, order, _ in one.rates for below in range(order)}
    useful = {name for name, _ in needed}
    all_used = all(item in needed or (item[0] not in useful and item[1] == 0) for item in stated)
    return len(stated) == len(initial) == len(set(stated)) and needed <= set(stated) and all_used


def _exactly(problem: Problem, condition: Residual) -> bool:
    """Whether an initial condition is to hold exactly because the specification says so."""
    choice = enforcement_choice(problem, condition) if isinstance(condition.source, InitialCondition) else None
    return choice is not None and choice.calls[0].name == "exactly"


def _length_in_rates(problem: Problem, equations: tuple[Residual, ...], conditions: tuple[Residual, ...]) -> float:
    """rho*T of ordinary equations; 0 where it is not known."""
    time = problem.time
    start = None if problem.space or time is None else _start(problem, equations, conditions, time)
    if start is None or time is None:
        return 0.0
    length = _rate(problem, equations, start, time) * (time.high.value - time.low.value)
    return length if math.isfinite(length) else 0.0


def _reason_of_windows(problem: Problem, facts: tuple[Facts, ...], length: float, *, unfit: bool) -> str:
    """Why such equations are solved in windows; "" where one linear problem does for all of time."""
    linear = all(one.linear for one in facts)
    if not problem.space:
        if not linear:
            return (
                "nonlinear and ordinary: within a short time Gauss-Newton steps lead from fields that go on as they "
                "were to the solution, over a long one they may end elsewhere"
            )
        return f"the equations change {length:.3g} times over all of time" if length > LONGEST else ""
    if not linear:
        kinds = " and ".join(dict.fromkeys(one.kind for one in facts))
        return (
            f"nonlinear and {kinds} in one coordinate of space: within a short time what changes is smooth, and "
            "neurons can lie where the solution was steep at the start of it"
        )
    if unfit:
        return "the solution is not smooth where the start does not fit the boundary, and changes fast soon after it"
    return ""


def _reason_of_paths(problem: Problem, carried: Carried) -> str:
    """Why neurons go along with what linear equations carry."""
    many = "one speed" if len(carried.paths) == 1 else f"{len(carried.paths)} speeds"
    return (
        f"linear, and what is stated varies within {carried.width:.2g} of {problem.space[0].name} and is carried over "
        f"{carried.way:.3g}, with {many}: neurons that go along with it are fewer than would cover the whole region"
    )


def _joins(problem: Problem) -> bool:
    """Whether nothing stands against windows that least squares join to one another."""
    return leaves_training_open(problem) and not _is_cut(problem) and not problem.constraints


def _is_cut(problem: Problem) -> bool:
    """Whether a boundary condition holds for a part of the time."""
    wheres = [item.where for item in problem.boundary if item.where is not None]
    return problem.time is not None and any(problem.time.name in coordinates(where) for where in wheres)


def _solvable_in_windows(problem: Problem, facts: tuple[Facts, ...]) -> bool:
    """Whether equations make things smooth or wavy along one coordinate, or change them in time alone, at all times.

    In time they are of first order, waves and ordinary equations also of second.
    """
    time = problem.time
    if time is None or len(problem.space) > 1 or not leaves_training_open(problem) or not facts:
        return False
    within = bool(problem.constraints) and not problem.space  # a value at one moment belongs to no window
    orders = [(one.kind, dict(one.orders).get(time.name, 0)) for one in facts]
    smooth = all(order == 1 and kind in ("parabolic", "dispersive") for kind, order in orders)
    waves = all(order == 2 and kind == "hyperbolic" for kind, order in orders) and not all(one.linear for one in facts)
    ordinary = all(0 < order <= 2 for _, order in orders) and not problem.space
    return (smooth or waves or ordinary) and not _is_cut(problem) and not within


def _start(
    problem: Problem, equations: tuple[Residual, ...], conditions: tuple[Residual, ...], time: Axis
) -> dict[Partial, Expr] | None:
    """The state at the start by field and derivative, in order; None where it is not stated in full."""
    fields = {field.name: field for field in problem.fields}
    given: dict[Partial, Expr] = {}
    for condition in conditions:
        found = read_condition(condition, fields, time.name)
        if not isinstance(condition.source, InitialCondition) or not isinstance(found, Given):
            return None
        given[_derivative(found.field.name, found.order, time)] = at_start(found.value, time)
    orders = _orders(problem, equations, time)
    wanted = [_derivative(name, below, time) for name, order in orders.items() for below in range(order)]
    if len(problem.equations) != len(fields) or 0 in orders.values() or any(item not in given for item in wanted):
        return None
    return {item: given[item] for item in wanted}


def _orders(problem: Problem, equations: tuple[Residual, ...], time: Axis) -> dict[str, int]:
    """The highest derivative in time of every field."""
    orders = {field.name: 0 for field in problem.fields}
    for equation in equations:
        for partial in partials(add(*(term.expression for term in equation.terms))):
            orders[partial.field] = max(orders[partial.field], dict(partial.orders).get(time.name, 0))
    return orders


def _derivative(field: str, order: int, time: Axis) -> Partial:
    return Partial(field, ((time.name, order),)) if order else Partial(field)


def _rate(problem: Problem, equations: tuple[Residual, ...], start: dict[Partial, Expr], time: Axis) -> float:
    """rho at the start; nan where the equations do not tell, as where they are singular there.

    With the highest derivatives v and the state y, F(v, y) = 0 gives dv/dy = -(F_v)^-1 F_y. F_v does not depend on v
    where the equations are quasi-linear; elsewhere it is taken at v = 0.
    """
    orders = _orders(problem, equations, time)
    highest = [_derivative(name, order, time) for name, order in orders.items()]
    state = list(start)
    variables = [*highest, *state]
    columns = {time.name: [time.low.value]}
    known = evaluate_points([start[item] for item in state], columns, problem.numbers, count=1)
    values = [*([0.0] * len(highest)), *(value for (value,) in known)]
    slopes = [_slopes(problem, equation, variables, values, time) for equation in equations]
    inner = [row[: len(highest)] for row in slopes]
    outer = [row[len(highest) :] for row in slopes]
    solved = _solved(inner, outer)
    if solved is None:
        return math.nan
    rows = dict(zip(highest, solved, strict=True))
    jacobian: Matrix = []
    for item in state:
        following = _derivative(item.field, dict(item.orders).get(time.name, 0) + 1, time)
        unit = [1.0 if other == following else 0.0 for other in state]
        jacobian.append([-value for value in rows[following]] if following in rows else unit)
    return _spectral_radius(jacobian)


def _slopes(
    problem: Problem, equation: Residual, variables: Sequence[Partial], values: Sequence[float], time: Axis
) -> list[float]:
    """The derivatives of a residual by all variables, by central differences."""
    names = {item: f"variable {index}" for index, item in enumerate(variables)}
    form = transform(
        add(*(term.expression for term in equation.terms)),
        lambda node: Coordinate(names[node]) if isinstance(node, Partial) else None,
    )
    count = len(variables)
    steps = [_STEP * max(1.0, abs(value)) for value in values]
    columns = {
        names[item]: [
            values[index] + (steps[index] if index == moved else 0.0) * sign
            for moved in range(count)
            for sign in (1, -1)
        ]
        for index, item in enumerate(variables)
    }
    columns[time.name] = [time.low.value] * (2 * count)
    found = evaluate_points((form,), columns, problem.numbers, count=2 * count)[0]
    return [(found[2 * index] - found[2 * index + 1]) / (2 * steps[index]) for index in range(count)]


def _solved(left: Matrix, right: Matrix) -> Matrix | None:
    """X with left*X = right by elimination with pivots; None where `left` is singular."""
    rows = [[*one, *other] for one, other in zip(left, right, strict=True)]
    size = len(rows)
    for column in range(size):
        pivot = max(range(column, size), key=lambda row: abs(rows[row][column]))
        if not abs(rows[pivot][column]) > 1e-12:
            return None
        rows[column], rows[pivot] = rows[pivot], rows[column]
        rows[column] = [value / rows[column][column] for value in rows[column]]
        for row in range(size):
            factor = rows[row][column]
            if row != column and factor:
                rows[row] = [one - factor * two for one, two in zip(rows[row], rows[column], strict=True)]
    return [row[size:] for row in rows]


def _spectral_radius(matrix: Matrix) -> float:
    """The largest size of an eigenvalue: |A^k|^(1/k) for k = 2^12 (Gelfand), by squaring."""
    size, logarithm = len(matrix), 0.0
    for squaring in range(_SQUARINGS + 1):
        norm = max((sum(abs(value) for value in row) for row in matrix), default=0.0)
        if not (norm > 0 and math.isfinite(norm)):
            return 0.0 if norm == 0 else math.nan
        logarithm += math.log(norm) / 2**squaring
        scaled = [[value / norm for value in row] for row in matrix]
        columns = [[scaled[row][column] for row in range(size)] for column in range(size)]
        matrix = [[sum(a * b for a, b in zip(row, column, strict=True)) for column in columns] for row in scaled]
    return math.exp(logarithm)
