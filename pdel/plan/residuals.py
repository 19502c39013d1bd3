"""Residual functions in the order of the specification, the jets that they read, and what their losses count."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import TypeAlias

from pdel.expression import Normal, add, coordinates, partials, term_values, unknowns, walk
from pdel.maths.model import Model, ModelTerm, Residual
from pdel.notation import notation
from pdel.plan.channels import plan_channels, read_channels
from pdel.plan.network_plan import JetPlan
from pdel.plan.plan import Factor, ResidualPlan
from pdel.plan.ramps import ramped_names
from pdel.python_names import prefix_name, python_name
from pdel.semantics.problem import (
    BoundaryCondition,
    Equation,
    InitialCondition,
    Observation,
    PointConstraint,
    Problem,
)

Source: TypeAlias = Equation | BoundaryCondition | InitialCondition | PointConstraint | Observation

DEFAULT_CONDITION_WEIGHT = 10.0
"""The weight of a soft condition: 10 to 100 measured well beside residuals of unit scale."""


NOISE_WEIGHT = 0.01
"""The weight of data in units of their noise.

An equation's residual is to vanish, and the misfit of data is to become as large as the noise. With a weight of 1 the
equations are bent until the noise is fitted: on Burgers' equation (500 points, noise 0.05) the misfit fell to 0.4 of
the noise and the viscosity was wrong by a factor of six; with 0.01 the misfit stayed at 1.
"""

DATA_WEIGHT = 1.0
"""The weight of data without a stated noise: misfits of values of unit size are small numbers themselves."""


def statement_name(address: str) -> str:
    """The label of a statement: `walls` of `boundary.walls.x`."""
    return address.split(".")[1]


def has_normals(residual: Residual) -> bool:
    """Whether a residual names the outward normal."""
    return any(isinstance(node, Normal) for term in residual.terms for node in walk(term.expression))


def weight_of(problem: Problem, source: Source) -> float:
    """The weight of a residual in the loss: as stated, or by what it is."""
    stated = stated_weight(problem, source.address)
    if stated is not None:
        return stated
    if isinstance(source, Observation):
        return DATA_WEIGHT if source.sigma is None else NOISE_WEIGHT
    return 1.0 if isinstance(source, Equation) else DEFAULT_CONDITION_WEIGHT


def stated_weight(problem: Problem, address: str) -> float | None:
    """The weight that a `weigh` statement gives a residual; None without one."""
    for method in problem.methods:
        if (
            method.calls[0].name == "constant"
            and method.family == "weigh"
            and (statement_name(address) in method.targets or address in method.targets)
        ):
            return float(method.calls[0].option("value"))
    return None


def plan_residuals(model: Model) -> tuple[tuple[ResidualPlan, ...], tuple[JetPlan, ...]]:
    """Residual functions in the order of the specification, and the jets that they read."""
    axes = [axis.name for axis in model.problem.axes]
    groups: dict[str, list[Residual]] = {"interior": list(model.equations)}
    reasons: dict[str, str] = {}
    for soft in model.soft:
        groups.setdefault(statement_name(soft.residual.source.address), []).append(soft.residual)
        reasons[soft.residual.source.address] = soft.reason
    for observation in model.observations:
        groups.setdefault(statement_name(observation.source.address), []).append(observation)
    jets = _jets(groups, axes)
    planned = []
    for name, residuals in groups.items():
        jet = next((jet for jet in jets if name in jet.point_sets), None)
        planned += [_residual(model.problem, residual, name, jet, reasons) for residual in residuals]
    if model.jumps or model.vertices or model.concentrations:
        orders = {facts.address: facts.order for facts in model.facts}
        if not model.jumps:
            slopes = 1 if model.vertices else max(orders.values())
            orders |= {item.address: slopes for item in planned if item.kind == "boundary" and _has_slopes(item)}
        planned = [dataclasses.replace(item, vanishing=orders.get(item.address)) for item in planned]
    if model.incompatible:
        planned = [dataclasses.replace(item, vanishing=1 if item.kind == "equation" else None) for item in planned]
    return tuple(planned), jets


def _has_slopes(residual: ResidualPlan) -> bool:
    """Whether a residual names a derivative."""
    return any(partial.orders for term in residual.terms for partial in partials(term.expression))


def _jets(groups: dict[str, list[Residual]], axes: list[str]) -> tuple[JetPlan, ...]:
    """One jet for each distinct set of channels; point sets that need values only have none."""
    jets: list[JetPlan] = []
    for name, residuals in groups.items():
        channels = plan_channels([residual.terms for residual in residuals], axes)
        if not channels:
            continue
        same = next((index for index, jet in enumerate(jets) if jet.channels == channels), None)
        if same is None:
            jets.append(JetPlan(_class_name(name, jets), prefix_name(name), channels, (name,)))
        else:
            jets[same] = dataclasses.replace(jets[same], point_sets=(*jets[same].point_sets, name))
    return tuple(jets)


def _class_name(point_set: str, others: Sequence[JetPlan]) -> str:
    """`WallsJet` for `walls`, with a number where labels differ in case or underscores only."""
    title = "".join(part.capitalize() for part in point_set.split("_"))
    taken = {jet.name for jet in others}
    names = (f"{title}Jet{number if number > 1 else ''}" for number in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken)


def _residual(
    problem: Problem, residual: Residual, point_set: str, jet: JetPlan | None, reasons: dict[str, str]
) -> ResidualPlan:
    source = residual.source
    factors = []
    for term in read_channels(residual.terms, jet.channels if jet else ()):
        places = tuple(dict.fromkeys(problem.sources.place(part.span) for part in term.sources))
        comment = _sum_notation(term.sources) if term.collapsed else ""
        factors.append(Factor(term.expression, ", ".join(places), comment))
    named = {partial.field for term in residual.terms for partial in partials(term.expression)}
    named_numbers = dict.fromkeys(name for term in residual.terms for name in unknowns(term.expression))
    ramped = ramped_names(problem)
    kind = {
        Equation: "equation",
        BoundaryCondition: "boundary",
        InitialCondition: "initial",
        PointConstraint: "constraint",
        Observation: "data",
    }[type(source)]
    return ResidualPlan(
        address=source.address,
        function=_function_name(problem, source.label),
        kind=kind,
        text=source.text,
        where=source.where if isinstance(source, Equation) else None,
        place=problem.sources.place(source.span),
        terms=tuple(factors),
        jet=jet,
        fields=tuple(field.name for field in problem.fields if field.name in named),
        normals=has_normals(residual),
        point_set=point_set,
        weight=weight_of(problem, source),
        reason=reasons.get(source.address, ""),
        unknowns=tuple(name for name in named_numbers if name not in ramped),
        ramped=tuple(name for name in named_numbers if name in ramped),
        inferred_terms=tuple(
            dict.fromkeys(value.term for term in residual.terms for value in term_values(term.expression))
        ),
        column=source.column if isinstance(source, Observation) else None,
        sigma=source.sigma.expression if isinstance(source, Observation) and source.sigma else None,
    )


def _sum_notation(sources: Sequence[ModelTerm]) -> str:
    return notation(add(*(source.expression for source in sources)))


def _function_name(problem: Problem, label: str) -> str:
    """The label, or `label_residual` where a name of the problem has the same spelling."""
    taken = {field.name for field in problem.fields} | {axis.name for axis in problem.axes}
    taken |= {constant.name for constant in problem.constants} | {unknown.name for unknown in problem.unknowns}
    taken |= {term.name for term in problem.terms}
    return f"{label}_residual" if label in taken else python_name(label)


def uses_coordinates(residual: ResidualPlan) -> tuple[str, ...]:
    """The coordinates that a residual's terms and its `where` name."""
    names: dict[str, None] = {}
    for expression in [*(term.expression for term in residual.terms), *([residual.where] if residual.where else [])]:
        names.update(dict.fromkeys(coordinates(expression)))
    return tuple(names)
