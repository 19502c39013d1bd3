"""The lines of the header: one for each statement, its place and its enforcement."""

from __future__ import annotations

import dataclasses

from pdel.maths.model import Model
from pdel.notation import notation, point_notation
from pdel.plan.plan import Condition
from pdel.plan.residuals import Source, statement_name
from pdel.semantics.problem import (
    BoundaryCondition,
    Equation,
    InitialCondition,
    Observation,
    PointConstraint,
    Problem,
)


def plan_conditions(model: Model) -> tuple[Condition, ...]:
    """The lines of the header: one for each statement, its place and its enforcement."""
    problem = model.problem
    soft = {item.residual.source.address for item in model.soft}
    starts = {item.residual.source.address for item in model.starts}
    lines: dict[str, Condition] = {}
    sources: tuple[Source, ...] = (*problem.equations, *problem.boundary, *problem.initial, *problem.constraints)
    for source in sources:
        label = f"{source.address.split('.')[0]}.{statement_name(source.address)}"
        key = f"{label}:{source.text}"
        enforcement = _enforcement(source, soft, starts)
        if key in lines:
            before = lines[key]
            merged = before.enforcement if enforcement in before.enforcement else f"{before.enforcement}, {enforcement}"
            lines[key] = dataclasses.replace(before, enforcement=merged)
        else:
            place = problem.sources.place(source.span)
            name = statement_name(source.address)
            lines[key] = Condition(name, source.text, _where(problem, source), enforcement, place)
    return tuple(lines.values())


def _enforcement(source: Source, soft: set[str], starts: set[str]) -> str:
    if isinstance(source, Equation):
        return ""
    if source.address in starts:
        return "by the first joint"
    return "softly" if source.address in soft else "exactly"


def _where(problem: Problem, source: Source) -> str:
    match source:
        case BoundaryCondition():
            return f"on {source.selector_text}" + (f" where {source.where_text}" if source.where_text else "")
        case InitialCondition():
            time = problem.time
            return f"at {time.name} = {notation(time.low.expression)}" if time else ""
        case PointConstraint(point=point):
            return f"at {point_notation(point)}"
        case Equation() | Observation():
            return ""
