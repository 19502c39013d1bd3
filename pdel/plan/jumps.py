"""Corners where values of the boundary jump: what networks, residuals and points make of them.

There a solution has no limit: beside a corner it depends on the direction alone, and its derivatives of order m grow
like 1/r^m. So a network is given that direction, the residual of an equation of order m is multiplied by r^m, and some
points are drawn towards the corner.

P. Botella, R. Peyret, Comput. Fluids 27 (1998) 421-433, on the flow beside such a corner; E. Lee, T. A. Manteuffel,
SIAM J. Numer. Anal. 44 (2006) 1974-1996, on weights in least squares at corners.
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
    Number,
    add,
    divide,
    multiply,
    power,
    subtract,
)
from pdel.maths.model import Concentration, Jump, Model
from pdel.notation import notation, point_notation
from pdel.plan.network_plan import Feature
from pdel.plan.plan import JumpPlan
from pdel.python_names import OwnName
from pdel.semantics.problem import Axis

ROUNDED = 1e-4
"""Of the side of a box: nearer to the corner the direction is rounded off. On a driven cavity 1e-3 left an error of
1.8e-3, about its own size, and 1e-5 asked for more neurons than a minute allows."""

NEAR, NEAR_OF_NONLINEAR = 0.25, 0.1
"""Within how much of the size of a box equations count less. A plate whose temperature jumps had 8e-5 with 0.25 and
2e-4 with 0.1 (three seeds); a driven cavity with Re = 1000, where the flow beside the corner decides on the whole,
2.2e-2 and 1.5e-2, and came there in 7 corrections in place of 10."""

NEAR_STRESSES = 1.0
"""The same where the singular functions are not known, of the shorter side. A steel plate that is held on one side and
pulled down on the other, 1 to 4 in size, sinks a quarter as far as it should where all points count the same (800
neurons); errors of u and v were 0.15 and 0.16 with 0.25, 0.007 and 0.008 with 1."""

ROUND = Constant(OwnName("ROUND"))
"""That length, by its name in the module."""


def plan_jumps(model: Model) -> tuple[JumpPlan, ...]:
    """The corners of a model by the numbers of its axes."""
    names = [axis.name for axis in model.problem.axes]
    return tuple(
        JumpPlan(
            (names.index(jump.ends[0][0]), names.index(jump.ends[1][0])),
            (jump.ends[0][1], jump.ends[1][1]),
            jump.size,
        )
        for jump in model.jumps
    )


def near_corners(model: Model) -> float | None:
    """How near to such corners equations count less, of the size of the box; None where there are none."""
    if model.concentrations:
        return NEAR_STRESSES
    if model.vertices:
        return NEAR
    if not model.jumps:
        return None
    return NEAR if model.linear else NEAR_OF_NONLINEAR


def jump_features(jumps: Sequence[Jump], axes: Sequence[Axis]) -> tuple[Feature, ...]:
    """The direction from every corner, its cosine and its sine scaled to [-1, 1]."""
    named = {axis.name for axis in axes}
    found: list[Feature] = []
    for jump in jumps:
        if not all(name in named for name, *_ in jump.ends):
            continue
        steps = [
            subtract(bound.expression, Coordinate(name)) if upper else subtract(Coordinate(name), bound.expression)
            for name, bound, upper in jump.ends
        ]
        if jump.size != 1:
            steps = [divide(step, Number(f"{jump.size:.12g}")) for step in steps]
        distance = Call("sqrt", (add(*(power(step, TWO) for step in steps), power(ROUND, TWO)),))
        found += [Feature("", _doubled(step, distance)) for step in steps]
    return tuple(found)


def concentration_reason(concentrations: Sequence[Concentration]) -> str:
    """What is done about corners at which stresses are infinite, and why."""
    places = ", ".join(point_notation(item.place) for item in concentrations)
    return (
        f"at {places} the highest derivatives of the solution are infinite, and no network follows: equations of order "
        "m are multiplied by r^m there, and conditions on derivatives by the highest of these powers"
    )


def _doubled(step: Expr, distance: Expr) -> Expr:
    return subtract(divide(multiply(TWO, step), distance), ONE)


def jump_reason(jumps: Sequence[Jump]) -> str:
    """What is done about them, and why."""
    fields = ", ".join(dict.fromkeys(jump.field for jump in jumps))
    places = ", ".join(
        "(" + ", ".join(f"{name} = {notation(bound.expression)}" for name, bound, _ in jump.ends) + ")"
        for jump in jumps
    )
    return (
        f"{fields} jumps at {places}, where derivatives of order m grow like 1/r^m: the network is given the direction "
        "from there, equations of order m are multiplied by r^m, and some points are drawn towards it"
    )
