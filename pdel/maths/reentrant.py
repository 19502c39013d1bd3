"""Re-entrant corners of a region in the plane, beside which the solution of an elliptic equation is not smooth.

Beside a corner z0 = x0 + i*y0 with an inner angle w, a solution of a*(u_xx + u_yy) + … = f is made of smooth functions
and of the real and imaginary parts of powers of z - z0, z = x + i*y. The lowest exponent is

pi/w where both sides give the value, below 1 at a corner that points inwards. At the other corners of such a region it
is a whole number; where the equation with the values on both sides asks for other second derivatives than these have,
the solution has z^2*log(z).

V. A. Kondrat'ev, Trans. Moscow Math. Soc. 16 (1967) 227-313; P. Grisvard, Elliptic Problems in Nonsmooth Domains,
Pitman (1985).
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pdel.evaluate import evaluate_points
from pdel.expression import TWO, ZERO, Expr, Number, Partial, divide, subtract, transform
from pdel.geometry import Box, Face, Scalar, Shape
from pdel.geometry_points import STEP, Point, bounding_side, bounds, leaves, level, smallest_size
from pdel.maths.analysis import coefficient_of, total_order
from pdel.maths.checks.fields import partials_of
from pdel.maths.checks.setting import Setting
from pdel.maths.enforcement.build import enforcement_choice
from pdel.maths.enforcement.form import Given, read_condition
from pdel.maths.model import Residual, Vertex
from pdel.maths.symbolic import derivative, tidy
from pdel.maths.windows import is_inverse
from pdel.semantics.problem import BoundaryCondition

QUARTERS = ((-1, -1), (-1, 1), (1, -1), (1, 1))
"""The quarters of a plane around a point, by the signs of x and y."""

NOTICED = 1e-6
"""Of the largest term of an equation: a smaller residual of the values at a corner is taken for rounding."""

ALONG_CUT = 200
"""Places at which the way outwards from a corner is looked at."""


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


def find_vertices(setting: Setting) -> tuple[Vertex, ...]:
    """The corners beside which a solution is not smooth, of a region that has one which points inwards; else none."""
    problem = setting.problem
    region = problem.region
    plain = problem.time is None and len(problem.space) == 2 and not any(axis.periodic for axis in problem.space)
    if region is None or isinstance(region, Box) or not plain or problem.manufactured or is_inverse(problem):
        return ()
    turns = find_turns(region)
    equations = _equations_by_field(setting)
    if equations is None or not any(turn.reentrant for turn in turns):
        return ()
    found = []
    for turn in turns:
        sides = [_values_on(setting, region, turn, axis) for axis in (0, 1)]
        given = [side for side in sides if side is not None]
        if len(given) < len(sides) or not _ends_outside(region, turn):
            return ()
        if turn.reentrant:
            found.append(_vertex(turn, turns, divide(TWO, Number("3")), 2 / 3, logarithm=False))
        elif any(_differs(setting, turn, equation, given) for equation in equations.values()):
            found.append(_vertex(turn, turns, TWO, 2.0, logarithm=True))
    return tuple(found)


def _vertex(turn: Turn, turns: tuple[Turn, ...], exponent: Expr, value: float, *, logarithm: bool) -> Vertex:
    """A corner with the length of its shorter side and the distance of the farthest corner."""
    distances = [
        abs(other.point[1 - axis] - turn.point[1 - axis])
        for other, axis in itertools.product(turns, (0, 1))
        if other.point[axis] == turn.point[axis] and other is not turn
    ]
    reach = max(math.dist(other.point, turn.point) for other in turns)
    return Vertex(turn.place, turn.inward, Scalar(exponent, value), logarithm, min(distances), reach)


# ---------------------------------------------------------------------------------------------------
# Corners of a region
# ---------------------------------------------------------------------------------------------------


def find_turns(region: Shape) -> tuple[Turn, ...]:
    """The corners of a region where sides of boxes meet, in the order of their shapes."""
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


def _lies_beside(region: Shape, place: tuple[Scalar, Scalar], signs: tuple[int, int]) -> bool:
    """Whether the region lies beside a place, in the direction of signs."""
    step = STEP * smallest_size(region)
    return level(region, tuple(bound.value + step * sign for bound, sign in zip(place, signs, strict=True))) < 0


def _ends_outside(region: Shape, turn: Turn) -> bool:
    """Whether the way outwards from a corner, half way between its sides, stays outside."""
    lows, highs = bounds(region)
    length = math.dist(lows, highs)
    for number in range(1, ALONG_CUT + 1):
        step = length * number / ALONG_CUT
        away = tuple(x - step * sign for x, sign in zip(turn.point, turn.inward, strict=True))
        if level(region, away) <= 0:
            return False
    return True


# ---------------------------------------------------------------------------------------------------
# Equations and conditions
# ---------------------------------------------------------------------------------------------------


def _equations_by_field(setting: Setting) -> dict[str, Residual] | None:
    """The equation a*(u_xx + u_yy) + … = 0 of every field, … of lower order; None where one has another form."""
    found = {name: equation for equation in setting.equations if (name := _field_of_laplacian(setting, equation))}
    fields = {field.name for field in setting.problem.solved}
    return found if len(setting.equations) == len(found) and set(found) == fields else None


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


def _values_on(setting: Setting, region: Shape, turn: Turn, axis: int) -> Mapping[str, Given] | None:
    """The values of all fields on the side of a corner along an axis; None where some are not given there."""
    problem = setting.problem
    step = STEP * smallest_size(region)
    near: Point = tuple(
        x + step * sign if index == axis else x
        for index, (x, sign) in enumerate(zip(turn.point, turn.signs, strict=True))
    )
    here = {
        number
        for number, piece in enumerate(problem.pieces)
        if isinstance(piece.surface, Face)
        and _lies_on(piece.surface, near)
        and bounding_side(region, piece.surface, near, unit=step) is piece.inward
    }
    fields = {field.name: field for field in problem.fields}
    found: dict[str, Given] = {}
    for condition in setting.conditions:
        source = condition.source
        if isinstance(source, BoundaryCondition) and here.intersection(source.pieces):
            given, choice = read_condition(condition, fields, None), enforcement_choice(problem, condition)
            if isinstance(given, str) or (choice is not None and choice.calls[0].name == "exactly"):
                return None
            found[given.field.name] = given
    return found if set(found) == {field.name for field in problem.solved} else None


def _lies_on(face: Face, point: Point) -> bool:
    """Whether a point lies on a face of a box."""
    fixed = (face.box.highs if face.upper else face.box.lows)[face.axis].value
    return point[face.axis] == fixed and all(
        low.value <= x <= high.value for low, x, high in zip(face.box.lows, point, face.box.highs, strict=True)
    )


def _differs(setting: Setting, turn: Turn, equation: Residual, sides: Sequence[Mapping[str, Given]]) -> bool:
    """Whether the second derivatives that two sides give a field at a corner do not solve its equation there."""
    names = [axis.name for axis in setting.problem.space]

    def along_sides(node: Expr) -> Expr | None:
        """A derivative along a side by the values on that side."""
        if not isinstance(node, Partial):
            return None
        axis = names.index(node.orders[0][0]) if node.orders else 0
        return derivative(sides[axis][node.field].value, node.orders) if len(node.orders) < 2 else ZERO

    columns = {name: [x] for name, x in zip(names, turn.point, strict=True)}
    forms = [transform(term.expression, along_sides) for term in equation.terms]
    values = [row[0] for row in evaluate_points(forms, columns, setting.constants, count=1)]
    return abs(sum(values)) > NOTICED * max(map(abs, values))
