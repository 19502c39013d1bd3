"""Initial conditions against the order of the time derivatives, and what holds a field's level."""

from __future__ import annotations

from pdel.diagnostics.model import Diagnostic, Label, error, warning
from pdel.expression import Orders
from pdel.maths.checks.fields import partials_of
from pdel.maths.checks.setting import Setting
from pdel.maths.model import Residual
from pdel.notation import derivative_notation
from pdel.semantics.problem import Field, InitialCondition, PointConstraint


def check_initial(setting: Setting) -> list[Diagnostic]:
    """E404, W714: initial conditions missing, or stated for derivatives that the equations determine."""
    time = setting.problem.time
    if time is None:
        return []
    stated = [residual for residual in setting.conditions if isinstance(residual.source, InitialCondition)]
    if time.periodic:
        return []
    found: list[Diagnostic] = []
    for item in setting.problem.solved:
        found.extend(_for_field(setting, item, time.name, stated))
    return found


def _for_field(setting: Setting, item: Field, time: str, stated: list[Residual]) -> list[Diagnostic]:
    """The findings for one field."""
    order, equation = _time_order(setting, item, time)
    given = {
        dict(partial.orders).get(time, 0): residual
        for residual in stated
        for partial in partials_of(residual)
        if partial.field == item.name
    }
    if equation is None:
        return _surplus(item, time, 0, given)
    points = [residual for residual in setting.conditions if isinstance(residual.source, PointConstraint)]
    substitutes = sum(item.name in {partial.field for partial in partials_of(residual)} for residual in points)
    missing = [number for number in range(order) if number not in given]
    if not setting.problem.space:
        missing = missing[: max(0, len(missing) - substitutes)]
    if item.name in setting.informed:
        missing = []
    return [_missing(item, time, number, order, equation) for number in missing] + _surplus(item, time, order, given)


def _time_order(setting: Setting, item: Field, time: str) -> tuple[int, Residual | None]:
    """The highest time derivative of a field in the equations, and the equation that contains it."""
    best: tuple[int, Residual | None] = (0, None)
    for residual in setting.equations:
        for partial in partials_of(residual):
            order = dict(partial.orders).get(time, 0)
            if partial.field == item.name and order > best[0]:
                best = (order, residual)
    return best


def _missing(item: Field, time: str, number: int, order: int, equation: Residual) -> Diagnostic:
    """E404: a value or a derivative at the start that the equation needs."""
    wanted = derivative_notation(item.label, _orders(time, number))
    highest = derivative_notation(item.label, _orders(time, order))
    return error(
        "E404",
        f"no initial condition for `{wanted}`",
        equation.source.span,
        f"contains `{highest}`",
        secondary=(Label(item.span, "the field"),),
        help=f"Add `initial NAME: {wanted} = …`: an equation of order {order} in time needs {order} of them.",
    )


def _surplus(item: Field, time: str, order: int, given: dict[int, Residual]) -> list[Diagnostic]:
    """W714: data at the start for what the equation itself determines there."""
    return [
        warning(
            "W714",
            f"the initial condition for `{derivative_notation(item.label, _orders(time, number))}` is more than the"
            " equations need",
            residual.source.span,
            "determined by the equations",
            help=f"Leave it out: the equations are of order {order} in time for `{item.label}`.",
        )
        for number, residual in sorted(given.items())
        if number >= order
    ]


def _orders(time: str, order: int) -> Orders:
    return ((time, order),) if order else ()


def check_level(setting: Setting) -> list[Diagnostic]:
    """W703: a field of which only derivatives occur anywhere is determined up to a constant."""
    problem = setting.problem
    found: list[Diagnostic] = []
    for item in problem.solved:
        everywhere = [
            partial
            for residual in (*setting.equations, *setting.conditions, *setting.observations)
            for partial in partials_of(residual)
            if partial.field == item.name
        ]
        if not everywhere or any(not partial.orders for partial in everywhere) or not problem.space:
            continue
        if problem.time is not None and any(problem.time.name in dict(partial.orders) for partial in everywhere):
            continue
        corner = ", ".join(f"{axis.low.value:g}" for axis in problem.space)
        found.append(
            warning(
                "W703",
                f"the field `{item.label}` is determined only up to a constant",
                item.span,
                "only its derivatives occur",
                help=f"Fix its level at one point: `constraint gauge: {item.label} = 0 at ({corner})`.",
            )
        )
    return found
