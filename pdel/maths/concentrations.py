"""Corners at which the highest derivatives of a solution are infinite though it is continuous: stress concentrations.

Where the second derivatives of several fields stand in one equation, as in elasticity, or the order is four, as for
plates, a solution is singular at corners between sides of which one is held and the other one is not, and at those
that point inwards. The exponents follow from equations of their own for every material, so that the singular functions
are not known here, only the places.

M. L. Williams, J. Appl. Mech. 19 (1952) 526-528.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pdel.geometry import Shape
from pdel.maths.analysis import total_order
from pdel.maths.checks.fields import partials_of
from pdel.maths.checks.setting import Setting
from pdel.maths.model import Concentration, Residual
from pdel.maths.sides import conditions_beside, read_side
from pdel.maths.turns import Turn, find_turns, shorter_side
from pdel.maths.vertices import unsuited


def find_concentrations(setting: Setting) -> tuple[Concentration, ...]:
    """The corners at which highest derivatives are infinite, of steady problems in the plane."""
    problem = setting.problem
    region = problem.region
    if region is None or len(problem.space) != 2 or problem.manufactured or unsuited(problem):
        return ()
    fields, order = _tied(setting.equations)
    if not fields:
        return ()
    turns = [turn for turn in find_turns(region) if turn.quarters != 2]

    def sides(turn: Turn) -> set[bool | None]:
        return {_held(_given(setting, region, turn, side), fields, order) for side in (0, 1)}

    return tuple(
        Concentration(turn.place, shorter_side(region, turn, turns))
        for turn in turns
        if turn.quarters == 3 or sides(turn) == {True, False}
    )


def _tied(equations: Sequence[Residual]) -> tuple[frozenset[str], int]:
    """The fields that an equation ties together in its highest derivatives, or that of one of fourth order; the order.

    Without a mixed derivative, as in laplacian(u) + laplacian(v), sums of the fields have equations of their own.
    """
    for equation in equations:
        found = partials_of(equation)
        order = max(map(total_order, found), default=0)
        highest = [partial for partial in found if total_order(partial) == order]
        fields = frozenset(partial.field for partial in highest)
        mixed = any(len(partial.orders) > 1 for partial in highest)
        if order >= 4 or (order >= 2 and len(fields) > 1 and mixed):
            return fields, order
    return frozenset(), 0


def _given(setting: Setting, region: Shape, turn: Turn, side: int) -> Mapping[str, set[int]]:
    """By field what a side of a corner gives: values, 0, and derivatives along the normal, 1."""
    found: dict[str, set[int]] = {}
    for condition, _, normal in conditions_beside(setting, region, turn, side):
        read = read_side(setting, condition, normal)
        if read is not None:
            found.setdefault(read[0], set()).add(0 if read[1].value is not None else 1)
    return found


def _held(given: Mapping[str, set[int]], fields: frozenset[str], order: int) -> bool | None:
    """Whether a side holds the fields: True for all of them, False for none, None for what lies between.

    A plate is held by its deflection and its slope. Between lie rollers, symmetry and simple support: beside a held or
    a free side the solution can be reflected in them, and is smooth at a right angle.
    """
    needed = {0, 1} if order >= 4 else {0}
    held = [len(needed & given.get(name, set())) for name in fields]
    if all(count == len(needed) for count in held):
        return True
    return None if any(held) else False
