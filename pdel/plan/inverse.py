"""Inverse problems: the unknowns and the data of a plan."""

from __future__ import annotations

from pdel.plan.plan import DataPlan, UnknownPlan
from pdel.semantics.problem import Observation, Problem
from pdel.semantics.unknowns import is_geometric

DATA_REASON = "the mean square of (predicted - observed)/sigma: it is 1 where the misfit is as large as the noise"


def plan_unknowns(problem: Problem) -> tuple[UnknownPlan, ...]:
    """The unknown numbers."""
    known = {reference.quantity: reference.value for reference in problem.reference_numbers}
    return tuple(
        UnknownPlan(
            unknown.name,
            unknown.start,
            unknown.bounds,
            is_geometric(unknown.bounds),
            known.get(unknown.name),
            problem.sources.place(unknown.span),
        )
        for unknown in problem.unknowns
    )


def plan_data(problem: Problem) -> tuple[DataPlan, ...]:
    """The data sets, one for each `data` statement."""
    groups: dict[str, list[Observation]] = {}
    for observation in problem.observations:
        groups.setdefault(observation.address.split(".")[1], []).append(observation)
    return tuple(
        DataPlan(
            name,
            group[0].table.path,
            group[0].table.sha256,
            group[0].table.rows,
            tuple(observation.column for observation in group),
            ", ".join(observation.text.rpartition(" from ")[0] for observation in group),
            problem.sources.place(group[0].span),
        )
        for name, group in groups.items()
    )
