"""The plan in words, on one screen: what the module will do and why."""

from __future__ import annotations

import textwrap

from pdel.notation import notation
from pdel.plan.compilation import compiles
from pdel.plan.network_plan import NetworkPlan
from pdel.plan.plan import DataPlan, Plan, PruningPlan, ResidualPlan, UnknownFieldPlan, UnknownPlan, UnknownTermPlan
from pdel.semantics.problem import MethodCall


def describe(plan: Plan) -> str:
    """The text of `pdel plan`: fields, residuals, conditions, channels, points, losses, phases."""
    parts = [f"{plan.name}: {plan.title}" if plan.title else plan.name, ""]
    parts += _table("Domain", [(axis.name, _axis(plan, index)) for index, axis in enumerate(plan.axes)])
    parts += _table("Fields", [(ansatz.field, _ansatz(plan, index)) for index, ansatz in enumerate(plan.ansatz)])
    rows = [
        (condition.label, f"{condition.text}  {condition.where}  {condition.enforcement}".rstrip())
        for condition in plan.conditions
    ]
    parts += _table("Equations and conditions", rows)
    parts += _table("Equations' type", [(label, text) for label, text in plan.facts])
    channels = [(jet.name, ", ".join(["value", *(channel.text for channel in jet.channels)])) for jet in plan.jets]
    parts += _table("Derivatives carried", channels)
    points = [(item.name, f"{item.count} points, {item.sampler.name}") for item in plan.point_sets]
    parts += _table("Collocation points", points)
    parts += _table("Unknowns", unknown_rows(plan))
    parts += _table("Data", [(item.name, data_text(plan, item)) for item in plan.data])
    parts += _table("Losses (mean squares)", [(item.address, _weight(plan, item)) for item in plan.residuals])
    network = f"{call_text(plan.network.method)}; {plan.network.parameters} parameters"
    masks = [("mask", call_text(plan.network.mask))] if plan.network.mask else []
    method = [("network", network), *masks]
    method += [("resample", call_text(plan.resample))] if plan.resample else []
    method += [("march", f"windows(count = {plan.march.count})")] if plan.march else []
    method += [("ramp", f"{ramp.name}: {call_text(ramp.method)}") for ramp in plan.ramps]
    method += [("train", call_text(phase)) for phase in plan.phases]
    if plan.pruning is not None:
        method.append(("prune", pruning_text(plan.pruning)))
        method += [("train", call_text(phase)) for phase in plan.pruning.fine_tuning]
    method += [("budget", f"{plan.budget:g} s")] if plan.budget is not None else []
    method += [("precision", plan.precision), ("seed", str(plan.seed))]
    method += [("compile", plan.compile)] if compiles(plan) else []
    parts += _table("Method", method)
    parts += _table("Choices, and why", list(plan.reasons))
    return "\n".join(parts).rstrip() + "\n"


def _weight(plan: Plan, residual: ResidualPlan) -> str:
    attended = plan.attention is not None and residual.address in plan.attention.addresses
    beside = f", {call_text(plan.attention.method)}" if plan.attention is not None and attended else ""
    return f"weight {residual.weight:g}{beside}"


def pruning_text(pruning: PruningPlan) -> str:
    """What is pruned and by which criterion, as the language writes it."""
    return f"{pruning.data}: {call_text(pruning.method)}"


def unknown_rows(plan: Plan) -> list[tuple[str, str]]:
    """What is inferred, with its range and, for a field, its network."""
    rows = [(item.name, unknown_text(item)) for item in plan.unknowns]
    for field in plan.unknown_fields:
        network = network_text(field.network)
        rows.append((f"{field.name}({', '.join(field.arguments)})", f"{unknown_text(field)}, {network}"))
    for term in plan.unknown_terms:
        network = network_text(term.network)
        rows.append(
            (f"{term.name}({', '.join(one.name for one in term.arguments)})", f"{unknown_text(term)}, {network}")
        )
    return rows


def network_text(network: NetworkPlan) -> str:
    """The network of an unknown field or term, with its mask and its size."""
    mask = f", masked by {call_text(network.mask)}" if network.mask is not None else ""
    return f"{call_text(network.method)}{mask}; {network.parameters} parameters"


def unknown_text(unknown: UnknownPlan | UnknownFieldPlan | UnknownTermPlan) -> str:
    """Where an unknown starts, and its bounds."""
    low, high = unknown.bounds.low, unknown.bounds.high
    start = f"starts at {notation(unknown.start.expression)}"
    if low is None and high is None:
        return start
    least = "-inf" if low is None else notation(low.expression)
    most = "inf" if high is None else notation(high.expression)
    return f"{start}, in [{least}, {most}]"


def data_text(plan: Plan, data: DataPlan) -> str:
    """What was observed, how often, and the noise."""
    sigma = next((item.sigma for item in plan.residuals if item.point_set == data.name and item.sigma), None)
    noise = f", noise {notation(sigma)}" if sigma is not None else ""
    return f"{data.text} at {data.rows} points of {data.path}{noise}"


def call_text(call: MethodCall) -> str:
    """A method call as the language writes it, with every option."""
    options = ", ".join(f"{name} = {option_text(value)}" for name, value in call.options)
    return f"{call.name}({options})" if options else call.name


def option_text(value: int | float | bool | str) -> str:
    """The value of an option as the language writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return f"{value:_d}" if abs(value) >= 10_000 else str(value)
    return f"{value:g}" if isinstance(value, float) else value


def _axis(plan: Plan, index: int) -> str:
    axis = plan.axes[index]
    kind = ", time" if axis.is_time else ", periodic" if axis.periodic else ""
    return f"[{notation(axis.low.expression)}, {notation(axis.high.expression)}]{kind}"


def _ansatz(plan: Plan, index: int) -> str:
    ansatz = plan.ansatz[index]
    if ansatz.plain:
        return "the network's output"
    return f"{ansatz.field} = g + d*N, g = {notation(ansatz.offset)}, d = {notation(ansatz.factor)}"


def _table(title: str, rows: list[tuple[str, str]]) -> list[str]:
    if not rows:
        return []
    widest = min(max(len(label) for label, _ in rows), 28)
    lines = [title]
    for label, text in rows:
        head = f"  {label:<{widest}}  "
        lines.append(textwrap.fill(text, 100, initial_indent=head, subsequent_indent=" " * len(head)))
    return [*lines, ""]
