"""Planning: every choice that the specification leaves open is made here, and said with its reason.

In: a `Model`. Out: a `Plan`, from which the module is rendered without further choices.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from pdel.diagnostics.model import Result
from pdel.expression import add
from pdel.maths.enforcement.build import AT_JOINT
from pdel.maths.model import Facts, Model
from pdel.methods.registry import takes_gradients
from pdel.notation import notation
from pdel.plan.attention import plan_attention
from pdel.plan.budget import (
    DATA_FIRST,
    interior_count,
    network_call,
    oscillating,
    plan_budget,
    shares,
    shares_with_pruning,
    timed,
)
from pdel.plan.characteristics import path_features
from pdel.plan.conditions import plan_conditions
from pdel.plan.defaults import default_call
from pdel.plan.identity import plan_identity, specification_identity
from pdel.plan.incompatible import incompatible_features, incompatible_reason
from pdel.plan.inverse import (
    DATA_FIRST_REASON,
    check_masks,
    data_reasons,
    infers,
    plan_data,
    plan_unknown_fields,
    plan_unknowns,
)
from pdel.plan.jumps import concentration_reason, jump_features, jump_reason, near_corners, plan_jumps
from pdel.plan.layers import layer_features, layer_reason
from pdel.plan.least_squares import (
    Task,
    check_least_squares,
    determining_count,
    points_on_pieces,
    solves,
    solving_reason,
    suits_parts,
    task_of,
    wide_network,
)
from pdel.plan.march import plan_march, weigh_boundary
from pdel.plan.memory import CHEAP_WEIGHTS, LEAST_SQUARES, check_memory
from pdel.plan.network import plan_network
from pdel.plan.network_plan import Feature, NetworkPlan
from pdel.plan.plan import (
    AnsatzPlan,
    ExactCondition,
    MarchPlan,
    Plan,
    PointSet,
    PruningPlan,
    QuantityPlan,
    ReferencePlan,
    ResidualPlan,
)
from pdel.plan.pruning import plan_pruning, split_phases
from pdel.plan.ramps import plan_ramps, with_ramps
from pdel.plan.resampling import plan_resampling
from pdel.plan.residuals import has_normals, plan_residuals, statement_name
from pdel.plan.sampling import plan_point_sets
from pdel.plan.terms import plan_unknown_terms
from pdel.plan.vertices import ROUGH, vertex_reason
from pdel.semantics.problem import (
    BoundaryCondition,
    MethodCall,
    PointConstraint,
    Problem,
)

MASK_ADVICE = (
    "compare the error with that of a run without the mask: it helped on wave and transport equations, and on a "
    "Helmholtz equation it lowered the loss and left the error large"
)


def build_plan(model: Model) -> Result[Plan]:
    """The plan of a model.

    Errors: those of `plan_march`, `plan_ramps`, `plan_attention`, `plan_pruning`, `plan_resampling`, `check_memory`,
    `check_masks` and `check_least_squares`; planning finds no others.
    """
    problem = model.problem
    residuals, jets = plan_residuals(with_ramps(model))
    task, at_once = task_of(model), solves(model)
    march = plan_march(model, jets)
    if march.diagnostics:
        return Result(None, march.diagnostics)
    residuals = weigh_boundary(model, residuals, march.value)
    budget, budget_reason = plan_budget(problem)
    network, network_reason = _network(model, budget, march.value, task if at_once else None)
    attention = plan_attention(problem, residuals)
    by_parts = suits_parts(model, jets, attention.value)
    solving = solving_reason(task, linear=model.linear, by_parts=by_parts) if at_once else ""
    written, phase_reason = _phases(problem, network.parameters, budget, solving)
    solved = all(phase.name == LEAST_SQUARES for phase in written)
    point_sets = _point_sets(model, network, residuals, task if solved else None)
    pruning = plan_pruning(problem, network.method, written)
    if pruning.value is None:
        return Result(None, pruning.diagnostics)
    pruned, pruning_reason = pruning.value
    phases, behind = split_phases(written)
    trained = (*phases, *behind)
    ramps = plan_ramps(model, phases)
    if ramps.value is None or attention.diagnostics:
        return Result(None, (*ramps.diagnostics, *attention.diagnostics))
    precision, precision_reason = _precision(problem, trained)
    resampling = plan_resampling(problem, trained, point_sets[0])
    refused = (
        *check_memory(trained, network),
        *check_masks(problem),
        *check_least_squares(problem, trained, network.method, march.value),
    )
    if resampling.value is None or refused:
        return Result(None, (*resampling.diagnostics, *refused))
    resample, resample_reason = resampling.value
    plan = Plan(
        name=problem.name,
        title=problem.title,
        specification=problem.sources.items[0].name,
        specification_identity=specification_identity(problem.canonical),
        identity="",
        overrides=problem.overrides,
        axes=problem.axes,
        region=problem.region,
        pieces=problem.pieces,
        fields=tuple(field.name for field in problem.fields),
        labels=tuple(field.label for field in problem.fields),
        constants=tuple((constant, problem.sources.place(constant.span)) for constant in problem.constants),
        conditions=plan_conditions(model),
        network=network,
        jets=jets,
        ansatz=_ansatz(model),
        residuals=residuals,
        exact_conditions=_exact_conditions(model),
        point_sets=point_sets,
        phases=phases,
        resample=resample,
        exact=tuple((field, form, notation(form)) for field, form in model.exact),
        references=tuple(
            ReferencePlan(table.fields, table.path, table.sha256, table.rows, problem.sources.place(table.span))
            for table in problem.reference_tables
        ),
        quantities=_quantities(model),
        precision=precision,
        compile=_compile(problem, trained),
        seed=_seed(problem),
        facts=tuple((item.address, _fact(item)) for item in model.facts),
        reasons=_reasons(
            model,
            point_sets,
            network_reason,
            (
                *data_reasons(problem, residuals),
                ("march", model.windows.reason),
                ("resample", resample_reason),
                ("train", phase_reason),
                ("budget", budget_reason),
                ("prune", pruning_reason),
                ("precision", precision_reason),
            ),
        ),
        unknowns=plan_unknowns(problem),
        unknown_fields=plan_unknown_fields(problem),
        unknown_terms=plan_unknown_terms(problem, residuals),
        data=plan_data(problem),
        tables=problem.tables,
        pruning=pruned,
        budget=budget,
        shares=() if budget is None else _shares(phases, pruned),
        march=march.value,
        ramps=ramps.value,
        attention=attention.value,
        jumps=plan_jumps(model),
        concentrations=model.concentrations,
        near=near_corners(model),
        by_parts=by_parts and any(phase.name == LEAST_SQUARES for phase in trained),
        layers=model.layers,
    )
    return Result(dataclasses.replace(plan, identity=plan_identity(plan)))


def _ansatz(model: Model) -> tuple[AnsatzPlan, ...]:
    return tuple(
        AnsatzPlan(ansatz.field, output, ansatz.offset, ansatz.factor, ansatz.notes)
        for output, ansatz in enumerate(model.ansatz)
    )


def _choice(problem: Problem, family: str) -> MethodCall | None:
    """The first call of a family's untargeted statement, if the specification has one."""
    for method in problem.methods:
        if method.family == family and not method.targets:
            return method.calls[0]
    return None


def _network(model: Model, budget: float | None, march: MarchPlan | None, task: Task | None) -> tuple[NetworkPlan, str]:
    """The network and why; `task` is that of least squares where the plan solves by them, else None."""
    problem = model.problem
    chosen, mask = _choice(problem, "network"), _choice(problem, "mask")
    axes = problem.axes if march is None else (*problem.space, march.first)
    paths: tuple[Feature, ...] = ()
    if march is not None and model.windows.paths:
        paths, axes = path_features(model.windows.paths, problem.space[0], march.first), (march.first,)
    beside = (
        *paths,
        *jump_features(model.jumps, axes),
        *incompatible_features(model.incompatible, axes),
        *layer_features(model.layers, problem.pieces, axes),
    )
    if chosen is not None:
        return plan_network(problem, chosen, mask, axes, beside=beside, vertices=model.vertices), ""
    if task is not None:
        call, reason = wide_network(problem, budget, task)
        return plan_network(problem, call, mask, axes, beside=beside, vertices=model.vertices), reason
    seconds = budget if budget is None or march is None else budget / march.count
    call, reason = network_call(seconds, oscillating(model.facts))
    plan = plan_network(problem, call, mask, axes, beside=beside, vertices=model.vertices)
    return plan, (
        f"a small one ({plan.parameters} parameters), for which a dense quasi-Newton method is cheap, and {reason}"
    )


def _point_sets(
    model: Model, network: NetworkPlan, residuals: Sequence[ResidualPlan], task: Task | None
) -> tuple[PointSet, ...]:
    """The collocation points; `task` is that of least squares where nothing else trains, else None."""
    equations = sum(residual.kind == "equation" for residual in residuals)
    if task is None:
        enough, on_pieces = interior_count(network.parameters, equations, model.linear), 0
    else:
        enough, on_pieces = determining_count(network, equations), points_on_pieces(network, task)
    normals = frozenset(
        statement_name(soft.residual.source.address) for soft in model.soft if has_normals(soft.residual)
    )
    return plan_point_sets(model.problem, model.soft, normals, enough, on_pieces)


def _shares(phases: Sequence[MethodCall], pruned: PruningPlan | None) -> tuple[float, ...]:
    if pruned is None:
        return shares(phases)
    return tuple(shares_with_pruning(phases, pruned.fine_tuning, len(pruned.later_stages)))


def _phases(problem: Problem, weights: int, budget: float | None, solving: str) -> tuple[tuple[MethodCall, ...], str]:
    for method in problem.methods:
        if method.family == "train":
            return method.calls, ""
    assert budget is not None  # there is one where no phases are stated
    if solving:
        return (default_call("train", LEAST_SQUARES),), solving
    if weights > CHEAP_WEIGHTS:
        reason = f"for {weights:_} weights a dense inverse Hessian costs more than the gradient"
        return timed((default_call("train", "soap"), default_call("train", "lbfgs")), budget), reason
    reason = "self-scaled Broyden updates of a dense inverse Hessian: plain BFGS converged far more slowly"
    if infers(problem):
        first = default_call("train", DATA_FIRST)
        return timed((first, default_call("train", "broyden")), budget), f"{DATA_FIRST_REASON}; then {reason}"
    return timed((default_call("train", "broyden"),), budget), reason


def _precision(problem: Problem, phases: Sequence[MethodCall]) -> tuple[str, str]:
    chosen = _choice(problem, "precision")
    if chosen is not None:
        return chosen.name, ""
    if all(phase.name in ("adam", "soap") for phase in phases):
        return "float32", "the noise of first-order steps is above the rounding of float32, which is faster"
    if all(phase.name == LEAST_SQUARES for phase in phases):
        return "float64", "neurons are nearly dependent on one another, and float32 could not tell them apart"
    return "float64", "quasi-Newton steps need differences of nearly equal gradients, which float32 loses"


def _compile(problem: Problem, phases: Sequence[MethodCall]) -> str:
    """As stated; where no phase takes gradients, there is nothing to compile."""
    if not takes_gradients(phase.name for phase in phases):
        return "never"
    chosen = _choice(problem, "compile")
    return "auto" if chosen is None else chosen.name


def _seed(problem: Problem) -> int:
    chosen = _choice(problem, "seed")
    return int(chosen.option("value")) if chosen is not None else 0


def _fact(facts: Facts) -> str:
    """A type in words: `parabolic, order 2, nonlinear`."""
    kind = f"{facts.kind}, " if facts.kind else ""
    return f"{kind}order {facts.order}, {'linear' if facts.linear else 'nonlinear'}"


def _exact_conditions(model: Model) -> tuple[ExactCondition, ...]:
    return tuple(
        ExactCondition(
            exact.residual.source.address,
            add(*(term.expression for term in exact.residual.terms)),
            exact.residual.source.pieces if isinstance(exact.residual.source, BoundaryCondition) else (),
            exact.residual.source.point if isinstance(exact.residual.source, PointConstraint) else (),
            model.problem.sources.place(exact.residual.source.span),
        )
        for exact in model.exact_conditions
    )


def _quantities(model: Model) -> tuple[QuantityPlan, ...]:
    known = {number.quantity: number for number in model.problem.reference_numbers}
    stated = {quantity.name: quantity for quantity in model.problem.quantities}
    return tuple(
        QuantityPlan(
            name,
            expression,
            stated[name].text,
            model.problem.sources.place(stated[name].span),
            known.get(name),
        )
        for name, expression in model.quantities
    )


def _reasons(
    model: Model, point_sets: Sequence[PointSet], network: str, others: Sequence[tuple[str, str]]
) -> tuple[tuple[str, str], ...]:
    """What the plan chose by itself, and why, in the order of the module."""
    reasons: list[tuple[str, str]] = []
    periodic = [axis.name for axis in model.problem.axes if axis.periodic]
    if periodic:
        reasons.append(
            ("periodic", f"{', '.join(periodic)} enter as sine and cosine, so periodicity holds for every network")
        )
    if model.jumps:
        reasons.append(("corners", jump_reason(model.jumps)))
    if model.concentrations:
        reasons.append(("corners", concentration_reason(model.concentrations)))
    if model.vertices:
        reasons.append(("corners", vertex_reason(model.vertices)))
    if model.rough:
        reasons.append(("corners", f"{ROUGH}: {model.rough}"))
    if model.incompatible:
        reasons.append(("corners", incompatible_reason(model.incompatible)))
    if model.layers:
        reasons.append(("layers", layer_reason(model.layers, model.problem.pieces)))
    for ansatz in model.ansatz:
        reasons += [(ansatz.field, note) for note in ansatz.notes]
    reasons += [(statement_name(start.residual.source.address), AT_JOINT) for start in model.starts]
    reasons += [(statement_name(s.residual.source.address), f"enforced softly: {s.reason}") for s in model.soft]
    if network:
        reasons.append(("network", network))
    mask = _choice(model.problem, "mask")
    if mask is not None and mask.name != "none":
        reasons.append(("mask", MASK_ADVICE))
    reasons += [(points.name, points.reason) for points in point_sets if points.reason]
    reasons += [(subject, reason) for subject, reason in others if reason]
    return tuple(dict.fromkeys(reasons))
