"""Corners at which the highest derivatives of a solution are infinite though it is continuous: stress concentrations.

Where the second derivatives of several fields stand in one equation, as in elasticity, or the order is four, as for
plates, a solution is singular at corners between sides of which one is held and the other one is not, and at those
that point inwards. The exponents follow from equations of their own for every material, so that the singular functions
are not known here, only the places.

M. L. Williams, J. Appl. Mech. 19 (1952) 526-528.
"""

from __future__ import annotations

from pdel.geometry import Shape
from pdel.maths.analysis import total_order
from pdel.maths.checks.fields import partials_of
from pdel.maths.checks.setting import Setting
from pdel.maths.enforcement.form import Given
from pdel.maths.model import Concentration, Residual
from pdel.maths.reentrant import Turn, conditions_beside, find_turns, read_on_side, shorter_side
from pdel.maths.windows import is_inverse


def find_concentrations(setting: Setting) -> tuple[Concentration, ...]:
    """The corners at which highest derivatives are infinite, of steady problems in the plane."""
    problem = setting.problem
    region = problem.region
    plain = problem.time is None and len(problem.space) == 2 and not any(axis.periodic for axis in problem.space)
    if region is None or not plain or problem.manufactured or is_inverse(problem):
        return ()
    if not any(map(_concentrates, setting.equations)):
        return ()
    turns = find_turns(region)
    return tuple(
        Concentration(turn.place, shorter_side(turn, turns))
        for turn in turns
        if turn.reentrant or _held(setting, region, turn, 0) != _held(setting, region, turn, 1)
    )


def _concentrates(equation: Residual) -> bool:
    """Whether an equation ties second derivatives of several fields together, or is of fourth order."""
    order = max(map(total_order, partials_of(equation)), default=0)
    fields = {partial.field for partial in partials_of(equation) if total_order(partial) == order}
    return order >= 4 or (order >= 2 and len(fields) > 1)


def _held(setting: Setting, region: Shape, turn: Turn, axis: int) -> frozenset[str]:
    """The fields whose values are given on the side of a corner along an axis."""
    given = (read_on_side(setting, condition) for condition, _, _ in conditions_beside(setting, region, turn, axis))
    return frozenset(item.field.name for item in given if isinstance(item, Given))
