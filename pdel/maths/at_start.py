"""What is stated of the start: initial values by field, and boundary conditions with these put in for the fields."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pdel.expression import Expr
from pdel.maths.checks.fields import fields_of, partials_of
from pdel.maths.checks.setting import Setting
from pdel.maths.enforcement.form import read_condition
from pdel.maths.model import Residual
from pdel.maths.substitute import substitute
from pdel.semantics.problem import BoundaryCondition, InitialCondition


@dataclass(frozen=True, slots=True)
class ConditionAtStart:
    """A boundary condition, the fields in it, and its terms for the initial values: their sum vanishes if these fit."""

    source: BoundaryCondition
    residual: Residual
    fields: tuple[str, ...]
    terms: tuple[Expr, ...]


def initial_values(setting: Setting) -> dict[str, tuple[Expr, Residual]]:
    """For every field with an initial value in closed form: the value and the condition."""
    fields = {item.name: item for item in setting.problem.fields}
    time = setting.problem.time
    found: dict[str, tuple[Expr, Residual]] = {}
    for residual in setting.conditions:
        if isinstance(residual.source, InitialCondition) and time is not None:
            given = read_condition(residual, fields, time.name)
            if not isinstance(given, str) and given.order == 0:
                found[given.field.name] = (given.value, residual)
    return found


def conditions_at_start(setting: Setting) -> Iterator[ConditionAtStart]:
    """The boundary conditions whose fields all have initial values; not those that name a rate of change."""
    time = setting.problem.time
    if time is None:
        return
    values = {name: value for name, (value, _) in initial_values(setting).items()}
    for residual in setting.conditions:
        source, names = residual.source, fields_of(residual)
        if not isinstance(source, BoundaryCondition) or not names or any(name not in values for name in names):
            continue
        if any(time.name in dict(partial.orders) for partial in partials_of(residual)):
            continue
        terms = tuple(substitute(term.expression, values, setting.problem.fields) for term in residual.terms)
        yield ConditionAtStart(source, residual, names, terms)
