"""Places on the boundary of a region in the plane beside which the solution of an elliptic equation is not smooth.

Beside a place z0 = x0 + i*y0 with an inner angle w, a solution of a*(u_xx + u_yy) + … = f is made of smooth functions
and of the real and imaginary parts of powers of z - z0, z = x + i*y. The lowest exponent is pi/w where both sides give
the value, or both the derivative along the normal, and pi/(2*w) where one gives the one and the other the other. It is
no whole number at a corner that points inwards, w = 3*pi/2, and on a straight side or a circle, w = pi, where one gives
the value and the other the derivative: 1/2. At corners a whole number m is an exponent, too, the lowest where
w = pi/2, at one that points inwards three times the lowest; on a straight side with one kind of condition all are. The
solution has (z - z0)^m*log(z - z0) where what the two sides say does not fit together:

    corners
    values               m = 2   the equation asks for other second derivatives than the values have
    normal derivatives   m = 2   each gives u_xy, and they differ
    one of each          m = 1   each gives the derivative along the side whose value is given, and they differ

    straight sides and circles
    values               m = 1   the derivatives along the side differ, or m = 2 where only the second ones do
    normal derivatives   m = 1   they differ, or m = 2 where only their derivatives along the side do

Between a value and a derivative on a straight side, exponents are k + 1/2. A term that differentiates once less, as
h*u in u_n + h*u = g or u_x in the equation, makes of r^(1/2) what would have to have the exponent 3/2, which is one of
them: the solution has (z - z0)^(3/2)*log(z - z0).

V. A. Kondrat'ev, Trans. Moscow Math. Soc. 16 (1967) 227-313; P. Grisvard, Elliptic Problems in Nonsmooth Domains,
Pitman (1985).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from pdel.evaluate import evaluate_points
from pdel.expression import (
    TWO,
    ZERO,
    Expr,
    Number,
    Partial,
    add,
    divide,
    integer,
    multiply,
    negate,
    partials,
    subtract,
    transform,
)
from pdel.geometry import Scalar, Shape
from pdel.geometry_points import smallest_size
from pdel.maths.analysis import coefficient_of, total_order
from pdel.maths.checks.fields import partials_of
from pdel.maths.checks.setting import Setting
from pdel.maths.enforcement.build import enforcement_choice
from pdel.maths.model import Residual, Vertex
from pdel.maths.sides import Side, conditions_beside, find_changes, flux, read_side
from pdel.maths.symbolic import derivative, tidy
from pdel.maths.turns import Turn, farthest, find_turns, shorter_side, way_behind
from pdel.maths.windows import is_inverse
from pdel.semantics.problem import Problem

NOTICED = 1e-6
"""Of the larger of two numbers: less between them is taken for rounding."""

NEARBY = (0.1, 0.3, 1.0)
"""Of the shortest side or radius of a region: how far from a turn the size of terms is looked at."""

HALF_WAY = 0.5
"""Of the way to where the region goes on behind a turn: there the functions for that turn are singular again."""


class DeclinedError(Exception):
    """Why nothing is done about places beside which a solution is not smooth."""


def find_vertices(setting: Setting) -> tuple[tuple[Vertex, ...], str]:
    """The places beside which a solution is not smooth, where it is so at more than right angles; else none.

    With them the reason why there are none although a corner points inwards, or the kind of a condition changes.
    """
    problem = setting.problem
    region = problem.region
    if region is None or len(problem.space) != 2 or problem.manufactured:
        return (), ""
    turns = (*find_turns(region), *find_changes(setting, region))
    if all(turn.quarters == 1 for turn in turns):
        return (), ""
    try:
        if reason := unsuited(problem):
            raise DeclinedError(reason)
        equations = _equations_by_field(setting)
        forms = {turn: _forms(setting, region, turn, equations) for turn in turns}
    except DeclinedError as declined:
        known = any(turn.quarters == 3 or _kinds_differ(setting, region, turn) for turn in turns)
        return (), str(declined) if known else ""
    kept = [turn for turn in turns if turn.quarters != 2 or forms[turn]]
    if all(turn.quarters == 1 for turn in kept):
        return (), ""
    return tuple(vertex for turn in kept for vertex in _vertices_at(region, turn, kept, forms[turn])), ""


def unsuited(problem: Problem) -> str:
    """Why nothing is done about corners in a problem of this kind; empty where something may be."""
    if problem.time is not None:
        return "the problem is not steady"
    if any(axis.periodic for axis in problem.space):
        return "a coordinate is periodic"
    return "something is inferred from data" if is_inverse(problem) else ""


def _kinds_differ(setting: Setting, region: Shape, turn: Turn) -> bool:
    """Whether of two straight sides one gives the value of a field and the other its derivative along the normal."""
    if turn.quarters != 2:
        return False
    first, second = (
        dict(
            read
            for condition, _, normal in conditions_beside(setting, region, turn, side)
            if (read := read_side(setting, condition, normal)) is not None
        )
        for side in (0, 1)
    )
    return any((first[name].value is None) != (second[name].value is None) for name in first.keys() & second.keys())


def _forms(
    setting: Setting, region: Shape, turn: Turn, equations: Mapping[str, Residual]
) -> dict[tuple[Expr, bool], float]:
    """The forms that solutions have beside one turn, each once: exponent, whether with the logarithm, and its value."""
    sides = _sides_of(setting, region, turn, 0), _sides_of(setting, region, turn, 1)
    forms: dict[tuple[Expr, bool], float] = {}
    for name, equation in equations.items():
        first, second = sides[0][name], sides[1][name]
        mixed = (first.value is None) != (second.value is None)
        lowest = 1 if mixed else 2
        if lowest % turn.quarters:
            forms[divide(integer(lowest), integer(turn.quarters)), False] = lowest / turn.quarters
        if turn.quarters == 2 and mixed:
            if _lowers(setting, name, equation, first if first.value is None else second):
                forms[divide(Number("3"), TWO), True] = 1.5
        elif turn.quarters == 2:
            order = _straight_misfit(setting, turn, name, first, second)
            if order:
                forms[integer(order), True] = float(order)
        elif _misfit(setting, turn, name, equation, sides):
            forms[integer(lowest), True] = float(lowest)
    return forms


def _vertices_at(
    region: Shape, turn: Turn, turns: Sequence[Turn], forms: Mapping[tuple[Expr, bool], float]
) -> Sequence[Vertex]:
    """The vertices of one turn, one for each form."""
    if not forms:
        return ()
    reach = farthest(region, turn, turns)
    behind = way_behind(region, turn)
    bend = 0.0 if behind is None else reach / (HALF_WAY * behind)
    size = shorter_side(region, turn, turns)
    inward = turn.inward[0], turn.inward[1]
    return [
        Vertex(turn.place, turn.quarters, inward, Scalar(exponent, value), logarithm, size, reach, bend)
        for (exponent, logarithm), value in forms.items()
    ]


# ---------------------------------------------------------------------------------------------------
# Equations and conditions
# ---------------------------------------------------------------------------------------------------


def _equations_by_field(setting: Setting) -> dict[str, Residual]:
    """The equation a*(u_xx + u_yy) + … = 0 of every field, … of lower order."""
    found = {name: equation for equation in setting.equations if (name := _field_of_laplacian(setting, equation))}
    fields = {field.name for field in setting.problem.solved}
    if len(setting.equations) != len(found) or set(found) != fields:
        names = [axis.name for axis in setting.problem.space]
        second = " + ".join(f"u_{name}{name}" for name in names)
        raise DeclinedError(f"an equation is not a*({second}) = f for one field u with f of lower order")
    return found


def _field_of_laplacian(setting: Setting, equation: Residual) -> str | None:
    """The field whose Laplacian an equation has as its only derivatives of highest order."""
    terms = [term.expression for term in equation.terms]
    highest = [partial for partial in partials_of(equation) if total_order(partial) >= 2]
    names = {partial.field for partial in highest}
    if len(names) != 1:
        return None
    (name,) = names
    second = [Partial(name, ((axis.name, 2),)) for axis in setting.problem.space]
    factors = [coefficient_of(terms, partial) for partial in second]
    if set(highest) != set(second) or factors[0] is None or factors[1] is None:
        return None
    return name if tidy(subtract(factors[0], factors[1])) == ZERO else None


def _sides_of(setting: Setting, region: Shape, turn: Turn, side: int) -> Mapping[str, Side]:
    """What is said of every field on the first or second side of a turn."""
    problem = setting.problem
    found: dict[str, Side] = {}
    for condition, source, normal in conditions_beside(setting, region, turn, side):
        choice = enforcement_choice(problem, condition)
        if choice is not None and choice.calls[0].name == "exactly":
            raise DeclinedError(f"`{choice.text}` asks for a factor, which is not smooth there")
        read = read_side(setting, condition, normal)
        if read is None or read[0] in found:
            raise DeclinedError(f"`{source.label}` gives neither the value of one field nor its normal derivative")
        found[read[0]] = read[1]
    if set(found) != {field.name for field in problem.solved}:
        raise DeclinedError(f"beside {turn.text} there is no condition for every field")
    return found


def _misfit(
    setting: Setting, turn: Turn, name: str, equation: Residual, sides: tuple[Mapping[str, Side], Mapping[str, Side]]
) -> bool:
    """Whether what two sides of a corner say of a field does not fit together."""
    names = [axis.name for axis in setting.problem.space]
    first, second = (side[name] for side in sides)
    if first.value is not None and second.value is not None:
        if _differ(setting, turn, [first.value], [second.value]):
            raise DeclinedError(f"the values on the two sides of {turn.text} differ there")
        values = {field: (sides[0][field].value, sides[1][field].value) for field in sides[0]}
        return _unsolved(setting, turn, [term.expression for term in equation.terms], names, values)
    if first.value is None and second.value is None:
        along_x, along_y = (_mixed_derivative(side, name, names, axis) for axis, side in enumerate((first, second)))
        return along_x is not None and along_y is not None and _differ(setting, turn, [along_x], [along_y])
    given, other = (first, second) if first.value is not None else (second, first)
    return _unsolved(setting, turn, other.terms, names, {name: (given.value, given.value)})


def _lowers(setting: Setting, name: str, equation: Residual, side: Side) -> bool:
    """Whether a condition on a derivative has the field as well, or the equation its first derivatives."""
    slopes = any(partial.field == name and total_order(partial) == 1 for partial in partials_of(equation))
    return slopes or bool(partials(flux(setting, name, side)))


def _straight_misfit(setting: Setting, turn: Turn, name: str, first: Side, second: Side) -> int:
    """The exponent m of z^m*log(z) that two conditions of one kind on a straight side ask for; 0 where they fit."""
    if first.value is not None and second.value is not None:
        left, right = first.value, second.value
        if _differ(setting, turn, [left], [right]):
            raise DeclinedError(f"the values on the two sides of {turn.text} differ there")
        left, right = _along(setting, first, left), _along(setting, second, right)
    else:
        left, right = flux(setting, name, first), flux(setting, name, second)
        if partials(left) or partials(right):
            return 0 if tidy(subtract(left, right)) == ZERO else 1
    if _differ(setting, turn, [left], [right]):
        return 1
    left, right = _along(setting, first, left), _along(setting, second, right)
    return 2 if _differ(setting, turn, [left], [right]) else 0


def _along(setting: Setting, side: Side, form: Expr) -> Expr:
    """The derivative of a closed form along a side."""
    x, y = side.normal
    slopes = [derivative(form, ((axis.name, 1),)) for axis in setting.problem.space]
    return add(multiply(negate(y), slopes[0]), multiply(x, slopes[1]))


def _unsolved(
    setting: Setting,
    turn: Turn,
    terms: Sequence[Expr],
    names: Sequence[str],
    values: Mapping[str, tuple[Expr | None, Expr | None]],
) -> bool:
    """Whether terms do not cancel at a corner, with the values along x and along y of all fields in them."""
    if any(None in values.get(partial.field, (None,)) for term in terms for partial in partials(term)):
        return False

    def along(node: Expr) -> Expr | None:
        """A derivative along a side by the values there."""
        if not isinstance(node, Partial):
            return None
        value = values[node.field][names.index(node.orders[0][0]) if node.orders else 0]
        return None if value is None else derivative(value, node.orders)

    return _differ(setting, turn, [transform(term, along) for term in terms], [])


def _mixed_derivative(side: Side, name: str, names: Sequence[str], axis: int) -> Expr | None:
    """The u_xy that a condition u_n = h on a side along an axis gives; None where it has u as well."""
    across = Partial(name, ((names[1 - axis], 1),))
    factor = coefficient_of(side.terms, across)
    if factor is None or any(partial != across for term in side.terms for partial in partials(term)):
        return None
    rest = add(*(transform(term, lambda node: ZERO if node == across else None) for term in side.terms))
    return derivative(negate(divide(rest, factor)), ((names[axis], 1),))


def _differ(setting: Setting, turn: Turn, left: Sequence[Expr], right: Sequence[Expr]) -> bool:
    """Whether two sums are not the same at a turn, in units of their terms there and nearby."""
    unit = smallest_size(setting.problem.region) if setting.problem.region is not None else 1.0
    steps = [(0.0, 0.0), *((x * size, y * size) for size in NEARBY for x, y in ((1, 0), (0, 1), (1, 1)))]
    points = [turn.moved([unit * length for length in step]) for step in steps]
    columns = {axis.name: [point[number] for point in points] for number, axis in enumerate(setting.problem.space)}
    forms = [*left, *map(negate, right)]
    rows = evaluate_points(forms, columns, setting.constants, count=len(steps))
    largest = max((abs(value) for row in rows for value in row if math.isfinite(value)), default=0.0)
    return abs(sum(row[0] for row in rows)) > NOTICED * largest
