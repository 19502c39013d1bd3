"""A plan's choices as method statements: a specification that has them all is trained the same way for ever.

In: a problem and its plan. Out: statements with every option, for what the specification stated in part or left open.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pdel.methods.registry import FAMILIES
from pdel.plan.identity import canonical_value
from pdel.plan.plan import Plan, PointSet
from pdel.plan.residuals import statement_name
from pdel.semantics.problem import MethodCall, Problem

OF_THE_PLAN = (
    *("network", "mask", "enforce", "sample", "resample", "weigh", "march", "train", "budget", "precision", "seed"),
)
"""Families whose statements are written from the plan; others are completed as they were stated."""

_PASSING = frozenset(("identity", "specification_identity", "reason", "reasons", "notes", "given", "place"))
"""What two plans of the same choices may differ in: why and where they were made, not which."""


def pinned_statements(problem: Problem, plan: Plan) -> dict[str, tuple[str, ...]]:
    """For every family the statements that leave nothing of it open, in the order of the registry."""
    point_sets = [item for item in plan.point_sets if _is_sampled(plan, item)]
    written: dict[str, list[str]] = {
        "network": [call_text("network", plan.network.method), *_of_unknowns(plan, "network")],
        "mask": [
            *([call_text("mask", plan.network.mask)] if plan.network.mask is not None else []),
            *_of_unknowns(plan, "mask"),
        ],
        "enforce": _enforcement(plan),
        "sample": [f"{item.name}: {_sampler(item)}" for item in point_sets],
        "resample": [call_text("resample", plan.resample) if plan.resample is not None else "none"],
        "weigh": _weights(plan),
        "march": [f"windows(count = {plan.march.count})"] if plan.march is not None else _whole(problem),
        "train": [" then ".join(call_text("train", phase) for phase in plan.phases)],
        "budget": [] if plan.budget is None else [_value(plan.budget)],
        "precision": [plan.precision],
        "seed": [str(plan.seed)],
    }
    for choice in problem.methods:
        adapts = choice.family == "weigh" and choice.calls[0].name != "constant"
        if choice.family not in OF_THE_PLAN or adapts:
            targets = f"{', '.join(choice.targets)}: " if choice.targets else ""
            calls = " then ".join(call_text(choice.family, call) for call in choice.calls)
            written.setdefault(choice.family, []).append(f"{targets}{calls}")
    order = [family.name for family in FAMILIES]
    return {
        family: tuple(f"{family} {text}" for text in texts)
        for family, texts in sorted(written.items(), key=lambda item: order.index(item[0]))
        if texts
    }


def same_choices(first: Plan, second: Plan) -> bool:
    """Whether two plans make the same choices, whatever their reasons."""
    return bool(_choices(canonical_value(first)) == _choices(canonical_value(second)))


def _choices(value: Any) -> Any:
    """A canonical value without what may differ; the count of a point set stands beside its sampler's."""
    if isinstance(value, list):
        return [_choices(item) for item in value]
    if not isinstance(value, Mapping):
        return value
    kept = {name: _choices(item) for name, item in value.items() if name not in _PASSING}
    if value.get("type") == PointSet.__name__:
        options = [item for item in value["sampler"]["options"] if item[0] != "points"]
        kept["sampler"] = [value["sampler"]["name"], options]
    return kept


def _is_sampled(plan: Plan, points: PointSet) -> bool:
    """Whether a `sample` statement has a say in a point set: not where it is a few given points."""
    if points.kind == "interior":
        return True
    if points.kind == "point":
        return len(points.point) < len(plan.axes)
    return len(plan.axes) > 1


def _sampler(points: PointSet) -> str:
    options = {**dict(points.sampler.options), "points": points.count}
    return _call_text(points.sampler.name, options.items())


def _enforcement(plan: Plan) -> list[str]:
    """Conditions by how they are enforced; one that is enforced in part this way and in part that cannot be stated."""
    modes: dict[str, set[str]] = {}
    for condition in plan.conditions:
        if condition.enforcement:
            modes.setdefault(condition.label, set()).add(condition.enforcement)
    lines = []
    for mode in ("exactly", "softly"):
        labels = [label for label, found in modes.items() if found == {mode}]
        if labels:
            lines.append(f"{', '.join(labels)}: {mode}")
    return lines


def _of_unknowns(plan: Plan, family: str) -> list[str]:
    """The networks of unknown fields and terms, or their masks, as far as they have any.

    Their range is left out: it is that of the other network, or of a term's arguments.
    """
    networks = {field.name: field.network for field in plan.unknown_fields}
    networks |= {term.name: term.network for term in plan.unknown_terms}
    calls = {name: one.method if family == "network" else one.mask for name, one in networks.items()}
    return [
        f"{name}: {_call_text(call.name, [option for option in call.options if option[0] != 'range'])}"
        for name, call in calls.items()
        if call is not None
    ]


def _whole(problem: Problem) -> list[str]:
    """One network for all of time, where there is time."""
    return ["whole"] if problem.time is not None else []


def _weights(plan: Plan) -> list[str]:
    """The statements by their weights in the loss."""
    weights: dict[float, dict[str, None]] = {}
    attended = plan.attention.addresses if plan.attention is not None else ()
    for residual in plan.residuals:
        if residual.address in attended:
            continue
        weights.setdefault(residual.weight, {})[statement_name(residual.address)] = None
    return [f"{', '.join(labels)}: {_value(weight)}" for weight, labels in weights.items()]


def call_text(family: str, call: MethodCall) -> str:
    """A method with all its options, so that it is read as it was: floats by their shortest exact digits."""
    if call.name == "constant" and any(item.name == family and item.number for item in FAMILIES):
        return _value(call.options[0][1])
    return _call_text(call.name, call.options)


def _call_text(name: str, options: Iterable[tuple[str, int | float | bool | str]]) -> str:
    written = ", ".join(f"{option} = {_value(value)}" for option, value in options)
    return f"{name}({written})" if written else name


def _value(value: int | float | bool | str) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return f"{value:_d}" if isinstance(value, int) and abs(value) >= 10_000 else str(value)
