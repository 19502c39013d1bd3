"""Time windows: what a window needs of the one before, and what stands against windows.

In: the model and the jets that were planned. Out: a `MarchPlan`, or diagnostics. On every window but the first, the
network N of the ansatz u = g + d*N is a blend in s, which runs from 0 to 1 over the window of length T:

    N(x, t) = fade(s)*M(x, start) + T*drift(s)*M_t(x, start) + rise(s)*W(x, t)

with M the network of the window before and polynomials such that N and its derivatives below the equations' order
in time go through the joint, and are those of W at the end. `drift` is zero for equations of first order.
"""

from __future__ import annotations

import dataclasses

from pdel.diagnostics.model import Diagnostic, Label, Result, error
from pdel.expression import ZERO, Expr, Orders, coordinates
from pdel.geometry import Scalar
from pdel.maths.analysis import distinct_partials, total_order
from pdel.maths.enforcement.start import at_start
from pdel.maths.model import Model, soft_starts
from pdel.plan.channels import close, single_channels
from pdel.plan.network import decimal
from pdel.plan.network_plan import JetPlan
from pdel.plan.plan import MarchPlan, ResidualPlan
from pdel.plan.residuals import stated_weight, statement_name, weight_of
from pdel.semantics.problem import Axis, MethodChoice, Problem

HIGHEST_ORDER = 2
"""The highest order in time for which the blend is written out."""

JOINT = 5.0
"""What a step at a joint counts beside residuals: on Burgers' and Allen-Cahn equations, windows of 0.05, 1e4 served."""

STEADY = ("steady", "frozen", "joint")
"""What the jet of the window before may be called; a label of the problem has one of these names at most."""


def plan_march(model: Model, jets: tuple[JetPlan, ...]) -> Result[MarchPlan | None]:
    """The windows of a plan, None where there is one network for all of time.

    Errors: E540 no time, E541 an initial condition in the loss, E542 a condition on a part of time, E543 unknowns,
    data or pruning, E544 an order in time above two.
    """
    problem, count = model.problem, model.windows.count
    if count == 1:
        return Result(None)
    choice = next((method for method in problem.methods if method.family == "march"), None)
    time = problem.time
    order = 0 if time is None else _time_order(jets, time)
    if choice is not None:
        problems = _against(model, choice, order)
        if problems:
            return Result(None, problems)
    assert time is not None
    first = first_window(time, count)
    if model.windows.joined:
        joints, starts = _joints(model, first, max(order, 1)), _starts(model, max(order, 1))
        speeds = tuple(path.speed for path in model.windows.paths)
        return Result(MarchPlan(count, first, order, None, joints, starts, model.incompatible, speeds))
    return Result(MarchPlan(count, first, order, _steady_jet(problem, jets, time, order), (), (), ()))


def _starts(model: Model, order: int) -> tuple[Expr, ...]:
    """The values at the start by field, then the rates of equations of second order.

    Zero for fields that have none, whose joints weigh nothing.
    """
    time = model.problem.time
    assert time is not None
    values = {(start.field, start.order): at_start(start.value, time) for start in model.starts}
    return tuple(values.get((field.name, below), ZERO) for below in range(order) for field in model.problem.fields)


def _joints(model: Model, first: Axis, order: int) -> tuple[float, ...]:
    """The weights of the joints by field, (JOINT*a/T)^2 for a*u_t in an equation of weight 1 and windows of length T.

    So they follow the units of equations, fields and time: a step at the joint counts as if it came about in T/JOINT.
    With a*u_tt a step of u counts (JOINT/T)^4*a^2, and one of u_t, whose weights follow, (JOINT/T)^2*a^2.
    """
    pace = JOINT / (first.high.value - first.low.value)
    weights = {equation.source.address: weight_of(model.problem, equation.source) for equation in model.equations}
    found = [
        sum(
            weights[facts.address] * size**2 * pace ** (2 * (highest - below))
            for facts in model.facts
            for name, highest, size in facts.rates
            if name == field.name and highest > below
        )
        for below in range(order)
        for field in model.problem.fields
    ]
    return tuple(float(f"{weight:.3g}") for weight in found)


def weigh_boundary(
    model: Model, residuals: tuple[ResidualPlan, ...], march: MarchPlan | None
) -> tuple[ResidualPlan, ...]:
    """Boundary conditions beside neurons that go along paths weigh as much as a joint does.

    What comes in through the boundary is carried along as what a window begins with is. A condition of order m in its
    derivatives weighs as the m-th rate of its fields at the joint, all of one statement as much as the heaviest.
    """
    if march is None or not march.speeds:
        return residuals
    fields = [field.name for field in model.problem.fields]
    highest = len(march.joints) // len(fields) - 1
    orders = {
        soft.residual.source.address: max(
            total_order(one) for one in distinct_partials(term.expression for term in soft.residual.terms)
        )
        for soft in model.soft
    }
    found: dict[str, float] = {}
    for item in residuals:
        if item.kind == "boundary" and stated_weight(model.problem, item.address) is None:
            name, order = statement_name(item.address), min(orders[item.address], highest)
            joints = [march.joints[order * len(fields) + fields.index(field)] for field in item.fields]
            found[name] = max(item.weight, found.get(name, 0.0), *joints)
    return tuple(
        dataclasses.replace(item, weight=found.get(statement_name(item.address), item.weight)) for item in residuals
    )


def first_window(time: Axis, count: int) -> Axis:
    """The first window as a coordinate: the networks of all windows see the time since their start there."""
    end = time.low.value + (time.high.value - time.low.value) / count
    return dataclasses.replace(time, high=Scalar(decimal(end), end))


def _time_order(jets: tuple[JetPlan, ...], time: Axis) -> int:
    return max(
        (dict(term.orders).get(time.name, 0) for jet in jets for channel in jet.channels for term in channel.terms),
        default=0,
    )


def _steady_jet(problem: Problem, jets: tuple[JetPlan, ...], time: Axis, order: int) -> JetPlan | None:
    """What has to be known of the window before at its end; None where its values are all."""
    needed: dict[Orders, None] = {}
    for term in (term for jet in jets for channel in jet.channels for term in channel.terms):
        space = tuple(pair for pair in term.orders if pair[0] != time.name)
        for rate in range(max(order, 1)):
            needed[(*space, *(((time.name, rate),) if rate else ()))] = None
    closed = [orders for orders in close(needed) if orders]
    if not closed:
        return None
    taken = {jet.prefix for jet in jets}
    name = next(name for name in STEADY if name not in taken)
    channels = single_channels(dict.fromkeys(closed), [axis.name for axis in problem.axes])
    return JetPlan(f"{name.capitalize()}Jet", name, channels, tuple(name for jet in jets for name in jet.point_sets))


def _against(model: Model, choice: MethodChoice, order: int) -> tuple[Diagnostic, ...]:
    """What makes windows impossible, each with its place."""
    problem = model.problem
    time = problem.time
    if time is None:
        found = error(
            "E540",
            "windows of time in a problem without time",
            choice.span,
            "there is no time to cut",
            help="Remove this line.",
        )
        return (found,)
    cut = [item for item in problem.boundary if item.where is not None and time.name in coordinates(item.where)]
    inferred = [
        *(unknown.span for unknown in problem.unknowns),
        *(term.span for term in problem.terms),
        *(field.span for field in problem.fields if field.inferred is not None),
        *(observation.span for observation in problem.observations),
        *(method.span for method in problem.methods if method.family == "prune"),
    ]
    return (
        *(
            error(
                "E541",
                f"the windows have to begin from `{source.label}`, which is in the loss",
                choice.span,
                "a window carries on what holds exactly",
                secondary=(Label(source.span, "enforced softly"),),
                help=f"See why with `pdel plan`; state `{source.label}` so that it can hold exactly, or write "
                "`march whole`.",
            )
            for source in soft_starts(model.soft)[:1]
        ),
        *(
            error(
                "E542",
                f"`{condition.label}` holds on a part of time",
                choice.span,
                "the points of conditions are drawn for one window at a time",
                secondary=(Label(condition.span, "`where` names the time"),),
                help="Write its value in pieces with `if`, for all times, or `march whole`.",
            )
            for condition in cut[:1]
        ),
        *(
            error(
                "E543",
                "windows of time and what is inferred or observed",
                choice.span,
                "an unknown has one value for all windows, and data lie in all of them",
                secondary=(Label(span, "this is for all of time"),),
                help="Write `march whole`.",
            )
            for span in inferred[:1]
        ),
        *(
            [
                error(
                    "E544",
                    f"windows of time for an equation of order {order} in time",
                    choice.span,
                    f"the joint is written out up to order {HIGHEST_ORDER}",
                    help="Introduce a field for a time derivative, so that the equations are of a lower order.",
                )
            ]
            if order > HIGHEST_ORDER
            else []
        ),
    )
