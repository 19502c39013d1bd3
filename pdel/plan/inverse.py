"""Inverse problems: the unknowns and the data of a plan."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from pdel.diagnostics.model import Diagnostic, error
from pdel.plan.defaults import default_call
from pdel.plan.network import plan_field_network
from pdel.plan.plan import DataPlan, ResidualPlan, UnknownFieldPlan, UnknownPlan
from pdel.semantics.problem import MethodCall, Observation, Problem
from pdel.semantics.unknowns import is_geometric

DEFAULT_SIZE = {"width": 10, "depth": 2}
"""The network of an unknown field: coefficients are mostly simpler than solutions, and data determine few details."""


DATA_FIRST_REASON = (
    "the data count far more in the first phase, then less and less, so that the unknowns leave their first guess "
    "before the equations bind: with a small weight from the beginning a wave with an unknown speed ended at 0.67 for 2"
)


def infers(problem: Problem) -> bool:
    """Whether there are unknowns and data."""
    unknowns = problem.unknowns or problem.terms or any(field.inferred is not None for field in problem.fields)
    return bool(unknowns and problem.observations)


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


def plan_unknown_fields(problem: Problem) -> tuple[UnknownFieldPlan, ...]:
    """The unknown fields, each with a network of its own."""
    found = []
    for field in problem.fields:
        if field.inferred is not None:
            bounds = field.inferred.bounds
            call, mask = network_call(problem, field.name), mask_call(problem, field.name)
            network = plan_field_network(problem, field, call, mask)
            place = problem.sources.place(field.span)
            found.append(
                UnknownFieldPlan(
                    field.name, field.arguments, network, field.inferred.start, bounds, is_geometric(bounds), place
                )
            )
    return tuple(found)


def network_call(problem: Problem, field: str) -> MethodCall:
    """The network of an unknown field or term: as stated, or a small one."""
    for method in problem.methods:
        if method.family == "network" and field in method.targets:
            return method.calls[0]
    call = default_call("network", "mlp")
    options = tuple((name, DEFAULT_SIZE.get(name, value)) for name, value in call.options)
    return dataclasses.replace(call, options=options)


def mask_call(problem: Problem, field: str) -> MethodCall | None:
    """The mask of the network of an unknown field or term; None where it has none."""
    stated = (method for method in problem.methods if method.family == "mask" and field in method.targets)
    return next((method.calls[0] for method in stated if method.calls[0].name != "none"), None)


def check_masks(problem: Problem) -> tuple[Diagnostic, ...]:
    """E518 for statistics of features of the network of an unknown field or term."""
    return tuple(
        error(
            "E518",
            f"features of the network of `{method.targets[0]}` are not logged",
            method.span,
            "statistics are asked for here",
            help="Remove `statistics`; `mask none(statistics = true)` logs the network of the other fields.",
        )
        for method in problem.methods
        if method.family == "mask" and method.targets and method.calls[0].option("statistics")
    )


def data_reasons(problem: Problem, residuals: Sequence[ResidualPlan]) -> tuple[tuple[str, str], ...]:
    """Why the data count what they count, where the specification does not say it."""
    chosen = {target for method in problem.methods if method.family == "weigh" for target in method.targets}
    found = []
    for data in plan_data(problem):
        residual = next(one for one in residuals if one.point_set == data.name)
        if data.name in chosen:
            continue
        reason = (
            "misfits are divided by the noise and weigh 0.01, because a misfit as large as the noise is right, and "
            "with a large weight the equations would be bent to fit it"
            if residual.sigma is not None
            else "no noise is stated, so misfits count as they are"
        )
        found.append((data.name, reason))
    return tuple(found)


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
