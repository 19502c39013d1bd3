"""Observations where a field is fixed: whether they agree with the conditions that hold exactly there."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from pdel.datafiles.read import read_data
from pdel.datafiles.table import DataTable, Refusal
from pdel.diagnostics.model import Diagnostic, Label, warning
from pdel.evaluate import evaluate_points
from pdel.expression import ONE, Partial
from pdel.geometry_points import TOLERANCE, lies_on, smallest_size
from pdel.maths.checks.wording import counted, number_text, statement_name
from pdel.maths.model import Ansatz, Exact, Residual
from pdel.semantics.problem import BoundaryCondition, InitialCondition, Observation, Problem

FIXED = 1e-12
"""Of the largest factor of the network at observations and in the middle: below it no network changes the field."""

SIGMAS = 5.0
"""From so many standard deviations on, noise is no explanation: one observation in two million is as far off."""

CLEAR = 0.25
"""The same where no noise is stated, of the largest observed value."""


@dataclass(frozen=True, slots=True)
class _Miss:
    """An observation far from the value that the field has there: its row, both values, and how far in words."""

    row: int
    observed: float
    fixed: float
    far: str


def check_observed(
    problem: Problem, observations: Sequence[Residual], ansatz: Sequence[Ansatz], exact: Sequence[Exact]
) -> list[Diagnostic]:
    """W721: observations where u = offset + factor*N with the factor 0 are far from the offset.

    Only fields that are observed by themselves are looked at, and no data with `prune`, which leaves out what is wrong.
    """
    pruned = {target for method in problem.methods if method.family == "prune" for target in method.targets}
    built = {item.field: item for item in ansatz if item.factor != ONE}
    found: list[Diagnostic] = []
    for observation in observations:
        source = observation.source
        if not isinstance(source, Observation) or not isinstance(source.left, Partial) or source.left.orders:
            continue
        if source.address.split(".")[1] in pruned:
            continue
        form = built.get(source.left.field)
        table = None if form is None else _read(problem, source)
        if form is None or table is None:
            continue
        misses = _misses(problem, source, table, form)
        if misses:
            conditions = [item for item in exact if item.field == form.field]
            found.append(_contradiction(problem, source, table, conditions, misses))
    return found


def _read(problem: Problem, source: Observation) -> DataTable | None:
    """The table of observations, or None where it cannot be read any more."""
    names = tuple(axis.name for axis in problem.axes)
    table = read_data(source.table.path, names, (source.column,), source.table.folder)
    return None if isinstance(table, Refusal) else table


def _misses(problem: Problem, source: Observation, table: DataTable, form: Ansatz) -> list[_Miss]:
    """The observations that are far from where the field is fixed."""
    middles = {axis.name: (axis.low.value + axis.high.value) / 2 for axis in problem.axes}
    points = {name: [*table.columns[name], middle] for name, middle in middles.items()}
    offsets, factors = evaluate_points((form.offset, form.factor), points, problem.numbers, count=table.rows + 1)
    observed = table.columns[source.column]
    largest = max((abs(factor) for factor in factors if math.isfinite(factor)), default=0.0)
    sigma = None if source.sigma is None else source.sigma.value
    scale = max(map(abs, observed))
    found = []
    for row, (fixed, factor, value) in enumerate(zip(offsets, factors, observed, strict=False)):
        if not abs(factor) <= FIXED * largest or not math.isfinite(fixed):
            continue
        distance = abs(value - fixed)
        if sigma is not None and distance > SIGMAS * sigma:
            found.append(_Miss(row, value, fixed, f"{distance / sigma:.3g} sigma away"))
        elif sigma is None and distance > CLEAR * scale:
            found.append(_Miss(row, value, fixed, f"{distance / scale:.0%} of the largest observation away"))
    return found


def _contradiction(
    problem: Problem, source: Observation, table: DataTable, exact: Sequence[Exact], misses: Sequence[_Miss]
) -> Diagnostic:
    """W721 with the first of the observations, and the conditions that fix the field at its point."""
    first, name = misses[0], source.column
    point = {axis.name: table.columns[axis.name][first.row] for axis in problem.axes}
    conditions = [item.residual.source for item in exact if _holds_at(problem, item, point)]
    labels = dict.fromkeys(condition.address.split(".")[1] for condition in conditions)
    by = ", ".join(dict.fromkeys(statement_name(".".join(c.address.split(".")[:2])) for c in conditions))
    softly = " or ".join(f"`enforce {label}: softly`" for label in labels)
    place = ", ".join(f"{axis} = {number_text(value)}" for axis, value in point.items())
    return warning(
        "W721",
        f"{counted(len(misses), 'observation')} of `{name}` {'contradicts' if len(misses) == 1 else 'contradict'} "
        f"{by or 'conditions'}, which {'hold' if len(labels) > 1 else 'holds'} exactly",
        source.span,
        f"observed {number_text(first.observed)} at {place}, {first.far}",
        secondary=[Label(c.span, f"fixes it at {number_text(first.fixed)} there") for c in conditions],
        help="Correct these rows or leave them out; "
        + (f"if the observations are right, write {softly}." if softly else "or mend the conditions."),
        notes=("No network can follow them, so they bend what is inferred.",),
        files=(table.place(first.row, "the first of them" if len(misses) > 1 else "observed here"),),
    )


def _holds_at(problem: Problem, exact: Exact, point: dict[str, float]) -> bool:
    """Whether the place of a condition contains a point."""
    source = exact.residual.source
    if isinstance(source, InitialCondition):
        time = problem.axes[-1]
        return abs(point[time.name] - time.low.value) <= TOLERANCE * (time.high.value - time.low.value)
    if isinstance(source, BoundaryCondition):
        space = tuple(point[axis.name] for axis in problem.axes if not axis.is_time)
        assert problem.region is not None
        unit = smallest_size(problem.region)
        return any(lies_on(problem.pieces[index].surface, space, unit) for index in source.pieces)
    return False
