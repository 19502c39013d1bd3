"""Re-entrant corners of a region in the plane, beside which the solution of an elliptic equation is not smooth.

Beside a corner z0 = x0 + i*y0 with an inner angle w, a solution of a*(u_xx + u_yy) + … = f is made of smooth functions
and of the real and imaginary parts of powers of z - z0, z = x + i*y. The lowest exponent is pi/w where both sides give
the value, or both the derivative along the normal, and pi/(2*w) where one gives the one and the other the other: below
1 at a corner that points inwards, where w = 3*pi/2. At all corners of such a region a whole number m is an exponent,
the lowest where w = pi/2, at one that points inwards three times the lowest. The solution has (z - z0)^m*log(z - z0)
where what the two sides say does not fit together:

    values               m = 2   the equation asks for other second derivatives than the values have
    normal derivatives   m = 2   each gives u_xy, and they differ
    one of each          m = 1   each gives the derivative along the side whose value is given, and they differ

V. A. Kondrat'ev, Trans. Moscow Math. Soc. 16 (1967) 227-313; P. Grisvard, Elliptic Problems in Nonsmooth Domains,
Pitman (1985).
"""

from __future__ import annotations

import dataclasses
import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pdel.evaluate import evaluate_points
from pdel.expression import (
    ONE,
    TWO,
    ZERO,
    Expr,
    Normal,
    Number,
    Partial,
    add,
    divide,
    negate,
    partials,
    real,
    subtract,
    transform,
)
from pdel.geometry import Box, Face, Scalar, Shape
from pdel.geometry_points import STEP, Point, bounding_side, bounds, leaves, level, outward_normal, smallest_size
from pdel.maths.analysis import coefficient_of, total_order
from pdel.maths.checks.fields import partials_of
from pdel.maths.checks.setting import Setting
from pdel.maths.enforcement.build import enforcement_choice
from pdel.maths.enforcement.form import Given, read_condition
from pdel.maths.model import Residual, Vertex
from pdel.maths.symbolic import derivative, tidy
from pdel.maths.windows import is_inverse
from pdel.notation import point_notation
from pdel.semantics.problem import BoundaryCondition, Problem

QUARTERS = ((-1, -1), (-1, 1), (1, -1), (1, 1))
"""The quarters of a plane around a point, by the signs of x and y."""

NOTICED = 1e-6
"""Of the larger of two numbers: less between them is taken for rounding."""

NEARBY = (0.1, 0.3, 1.0)
"""Of the shortest side or radius of a region: how far from a corner the size of terms is looked at."""

ALONG_CUT = 1000
"""Places at which the way outwards from a corner is looked at."""

HALF_WAY = 0.5
"""Of the way to where the region goes on behind a corner: there the functions for that corner are singular again."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A corner of the boundary: its two sides lie along x and along y from it, in the directions of `signs`."""

    place: tuple[Scalar, Scalar]
    signs: tuple[int, int]
    reentrant: bool

    @property
    def inward(self) -> tuple[int, int]:
        """The direction half way between the sides, inside the region."""
        x, y = self.signs
        return (-x, -y) if self.reentrant else (x, y)

    @property
    def point(self) -> tuple[float, float]:
        """The place in numbers."""
        return self.place[0].value, self.place[1].value

    @property
    def text(self) -> str:
        """The place as it is written."""
        return point_notation(self.place)


@dataclass(frozen=True, slots=True)
class Side:
    """What a condition says of a field on a side of a corner: its value, or its derivative along the normal.

    `value` is None for the latter; `terms` are those of the condition, with the normal in numbers.
    """

    value: Expr | None
    terms: tuple[Expr, ...]


class DeclinedError(Exception):
    """Why nothing is done about corners that point inwards."""


def find_vertices(setting: Setting) -> tuple[tuple[Vertex, ...], str]:
    """The corners beside which a solution is not smooth, of a region that has one which points inwards; else none.

    With them the reason why there are none although a corner points inwards.
    """
    problem = setting.problem
    region = problem.region
    if region is None or isinstance(region, Box) or len(problem.space) != 2:
        return (), ""
    turns = find_turns(region)
    if not any(turn.reentrant for turn in turns) or problem.manufactured:
        return (), ""
    reason = unsuited(problem)
    if reason:
        return (), reason
    try:
        equations = _equations_by_field(setting)
        return tuple(vertex for turn in turns for vertex in _vertices_at(setting, region, turn, turns, equations)), ""
    except DeclinedError as reason:
        return (), str(reason)


def unsuited(problem: Problem) -> str:
    """Why nothing is done about corners in a problem of this kind; empty where something may be."""
    if problem.time is not None:
        return "the problem is not steady"
    if any(axis.periodic for axis in problem.space):
        return "a coordinate is periodic"
    return "something is inferred from data" if is_inverse(problem) else ""


def _vertices_at(
    setting: Setting, region: Shape, turn: Turn, turns: Sequence[Turn], equations: Mapping[str, Residual]
) -> Sequence[Vertex]:
    """The forms that solutions have beside one corner, each once."""
    sides = _sides_of(setting, region, turn, 0), _sides_of(setting, region, turn, 1)
    forms: dict[tuple[Expr, bool], float] = {}
    for name, equation in equations.items():
        first, second = sides[0][name], sides[1][name]
        mixed = (first.value is None) != (second.value is None)
        if turn.reentrant:
            forms[divide(ONE if mixed else TWO, Number("3")), False] = 1 / 3 if mixed else 2 / 3
        if _misfit(setting, turn, name, equation, sides):
            forms[ONE if mixed else TWO, True] = 1.0 if mixed else 2.0
    if not forms:
        return ()
    reach = max(math.dist(other.point, turn.point) for other in turns)
    behind = _way_behind(region, turn)
    bend = 0.0 if behind is None else reach / (HALF_WAY * behind)
    return [
        Vertex(turn.place, turn.inward, Scalar(exponent, value), logarithm, shorter_side(turn, turns), reach, bend)
        for (exponent, logarithm), value in forms.items()
    ]


# ---------------------------------------------------------------------------------------------------
# Corners of a region
# ---------------------------------------------------------------------------------------------------


def find_turns(region: Shape) -> tuple[Turn, ...]:
    """The corners of a region where sides of boxes meet, in the order of their coordinates."""
    boxes = [leaf for leaf in leaves(region) if isinstance(leaf, Box)]
    ends = [
        {bound.value: bound for box in boxes for bound in (box.lows[axis], box.highs[axis])}.values() for axis in (0, 1)
    ]
    found = []
    for x, y in itertools.product(*ends):
        inside = {signs: _lies_beside(region, (x, y), signs) for signs in QUARTERS}
        within = [signs for signs, lies in inside.items() if lies]
        if len(within) == 1:
            found.append(Turn((x, y), within[0], reentrant=False))
        elif len(within) == 3:
            (missing,) = (signs for signs, lies in inside.items() if not lies)
            found.append(Turn((x, y), missing, reentrant=True))
    return tuple(found)


def shorter_side(turn: Turn, turns: Sequence[Turn]) -> float:
    """The length of the shorter side of a corner."""
    return min(
        abs(other.point[1 - axis] - turn.point[1 - axis])
        for other, axis in itertools.product(turns, (0, 1))
        if other.point[axis] == turn.point[axis] and other is not turn
    )


def _lies_beside(region: Shape, place: tuple[Scalar, Scalar], signs: tuple[int, int]) -> bool:
    """Whether the region lies beside a place, in the direction of signs."""
    step = STEP * smallest_size(region)
    return level(region, tuple(bound.value + step * sign for bound, sign in zip(place, signs, strict=True))) < 0


def _way_behind(region: Shape, turn: Turn) -> float | None:
    """How far behind a corner, half way between its sides, the region goes on; None where it does not."""
    length = math.dist(*bounds(region))
    for number in range(1, ALONG_CUT + 1):
        way = length * number / ALONG_CUT
        step = way / math.sqrt(2)
        away = tuple(x - step * sign for x, sign in zip(turn.point, turn.inward, strict=True))
        if level(region, away) <= 0:
            return way
    return None


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


def _sides_of(setting: Setting, region: Shape, turn: Turn, axis: int) -> Mapping[str, Side]:
    """What is said of every field on the side of a corner along an axis."""
    problem = setting.problem
    found: dict[str, Side] = {}
    for condition, source, normal in conditions_beside(setting, region, turn, axis):
        choice = enforcement_choice(problem, condition)
        if choice is not None and choice.calls[0].name == "exactly":
            raise DeclinedError(f"`{choice.text}` asks for a factor, which is not smooth there")
        read = read_side(setting, condition, normal, axis)
        if read is None or read[0] in found:
            raise DeclinedError(f"`{source.label}` gives neither the value of one field nor its normal derivative")
        found[read[0]] = read[1]
    if set(found) != {field.name for field in problem.solved}:
        raise DeclinedError(f"beside {turn.text} there is no condition for every field")
    return found


def conditions_beside(
    setting: Setting, region: Shape, turn: Turn, axis: int
) -> Iterator[tuple[Residual, BoundaryCondition, Point]]:
    """The boundary conditions that hold on the side of a corner along an axis, and the normal there."""
    unit = smallest_size(region)
    near: Point = tuple(
        x + STEP * unit * sign if index == axis else x
        for index, (x, sign) in enumerate(zip(turn.point, turn.signs, strict=True))
    )
    here = {
        number: outward_normal(piece, near)
        for number, piece in enumerate(setting.problem.pieces)
        if isinstance(piece.surface, Face)
        and _lies_on(piece.surface, near)
        and bounding_side(region, piece.surface, near, unit) is piece.inward
    }
    at_place = setting.sampler.at(near)
    for condition in setting.conditions:
        source = condition.source
        if not isinstance(source, BoundaryCondition) or not here.keys() & set(source.pieces):
            continue
        if at_place.where(source.where, setting.constants).count:
            yield condition, source, next(normal for number, normal in here.items() if number in source.pieces)


def _lies_on(face: Face, point: Point) -> bool:
    """Whether a point lies on a face of a box."""
    fixed = (face.box.highs if face.upper else face.box.lows)[face.axis].value
    return point[face.axis] == fixed and all(
        low.value <= x <= high.value for low, x, high in zip(face.box.lows, point, face.box.highs, strict=True)
    )


def read_side(setting: Setting, condition: Residual, normal: Point, axis: int) -> tuple[str, Side] | None:
    """The field of a condition and what it says on a side along an axis; None where it is of another form."""
    problem = setting.problem
    assert isinstance(condition.source, BoundaryCondition)
    everywhere = dataclasses.replace(condition, source=dataclasses.replace(condition.source, where=None))
    given = read_condition(everywhere, {field.name: field for field in problem.fields}, None)
    if isinstance(given, Given):
        return given.field.name, Side(given.value, ())
    outward = {item.name: real(component) for item, component in zip(problem.space, normal, strict=True)}
    terms = [
        transform(term.expression, lambda node: outward[node.coordinate] if isinstance(node, Normal) else None)
        for term in condition.terms
    ]
    kept = tuple(form for form in map(tidy, terms) if form != ZERO)
    found = {partial for form in kept for partial in partials(form)}
    names = {partial.field for partial in found}
    if len(names) != 1:
        return None
    (name,) = names
    across = Partial(name, ((problem.space[1 - axis].name, 1),))
    if across not in found or found - {across, Partial(name, ())} or coefficient_of(kept, across) is None:
        return None
    return name, Side(None, kept)


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
    """Whether two sums are not the same at a corner, in units of their terms there and nearby."""
    unit = smallest_size(setting.problem.region) if setting.problem.region is not None else 1.0
    steps = [(0.0, 0.0), *((x * size, y * size) for size in NEARBY for x, y in ((1, 0), (0, 1), (1, 1)))]
    columns = {
        axis.name: [x + unit * sign * step[number] for step in steps]
        for number, (axis, x, sign) in enumerate(zip(setting.problem.space, turn.point, turn.signs, strict=True))
    }
    forms = [*left, *map(negate, right)]
    rows = evaluate_points(forms, columns, setting.constants, count=len(steps))
    largest = max((abs(value) for row in rows for value in row if math.isfinite(value)), default=0.0)
    return abs(sum(row[0] for row in rows)) > NOTICED * largest
