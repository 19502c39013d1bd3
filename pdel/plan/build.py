"""Planning: every choice that the specification leaves open is made here, and said with its reason.

In: a `Model`. Out: a `Plan`, from which the module is rendered without further choices.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import TypeAlias

from pdel.diagnostics.model import Result
from pdel.expression import Normal, add, coordinates, partials, walk
from pdel.maths.model import Facts, Model, ModelTerm, Residual, Soft
from pdel.notation import notation
from pdel.plan.channels import plan_channels, read_channels
from pdel.plan.defaults import default_call
from pdel.plan.identity import plan_identity, specification_identity
from pdel.plan.network import plan_network
from pdel.plan.plan import (
    AnsatzPlan,
    Condition,
    ExactCondition,
    Factor,
    JetPlan,
    NetworkPlan,
    Plan,
    PointSet,
    QuantityPlan,
    ReferencePlan,
    ResidualPlan,
)
from pdel.plan.resampling import plan_resampling
from pdel.plan.sampling import plan_point_sets
from pdel.python_names import prefix_name, python_name
from pdel.semantics.problem import (
    BoundaryCondition,
    Equation,
    InitialCondition,
    MethodCall,
    PointConstraint,
    Problem,
)

Source: TypeAlias = Equation | BoundaryCondition | InitialCondition | PointConstraint

DEFAULT_CONDITION_WEIGHT = 10.0
"""The weight of a soft condition: 10 to 100 measured well beside residuals of unit scale."""

MASK_ADVICE = (
    "compare the error with that of a run without the mask: it can lower the loss and raise the error, as it did on "
    "a Helmholtz equation"
)


def build_plan(model: Model) -> Result[Plan]:
    """The plan of a model.

    Errors: those of `plan_resampling`; planning finds no other mistakes.
    """
    problem = model.problem
    normals = frozenset(
        statement_name(soft.residual.source.address) for soft in model.soft if _has_normals(soft.residual)
    )
    point_sets = plan_point_sets(problem, model.soft, normals)
    network, network_reason = _network(problem)
    residuals, jets = _residuals(model)
    phases, phase_reason = _phases(problem)
    precision, precision_reason = _precision(problem, phases)
    resampling = plan_resampling(problem, phases, point_sets[0])
    if resampling.value is None:
        return Result(None, resampling.diagnostics)
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
        conditions=_conditions(model),
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
        seed=_seed(problem),
        facts=tuple((item.address, _fact(item)) for item in model.facts),
        reasons=_reasons(
            model,
            point_sets,
            network_reason,
            (("resample", resample_reason), ("train", phase_reason), ("precision", precision_reason)),
        ),
    )
    return Result(dataclasses.replace(plan, identity=plan_identity(plan)))


def statement_name(address: str) -> str:
    """The label of a statement: `walls` of `boundary.walls.x`."""
    return address.split(".")[1]


def _has_normals(residual: Residual) -> bool:
    return any(isinstance(node, Normal) for term in residual.terms for node in walk(term.expression))


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


def _network(problem: Problem) -> tuple[NetworkPlan, str]:
    chosen, mask = _choice(problem, "network"), _choice(problem, "mask")
    if chosen is not None:
        return plan_network(problem, chosen, mask), ""
    plan = plan_network(problem, default_call("network", "mlp"), mask)
    reason = (
        f"a small network ({plan.parameters} parameters), for which a dense quasi-Newton method is cheap: "
        "it reaches smaller errors in the same time than a large network under a first-order method"
    )
    return plan, reason


def _phases(problem: Problem) -> tuple[tuple[MethodCall, ...], str]:
    for method in problem.methods:
        if method.family == "train":
            return method.calls, ""
    reason = "self-scaled Broyden updates of a dense inverse Hessian: plain BFGS converged far more slowly"
    return (default_call("train", "broyden"),), reason


def _precision(problem: Problem, phases: Sequence[MethodCall]) -> tuple[str, str]:
    chosen = _choice(problem, "precision")
    if chosen is not None:
        return chosen.name, ""
    if all(phase.name == "adam" for phase in phases):
        return "float32", "Adam's noise is above the rounding of float32, which is faster"
    return "float64", "quasi-Newton steps need differences of nearly equal gradients, which float32 loses"


def _seed(problem: Problem) -> int:
    chosen = _choice(problem, "seed")
    return int(chosen.option("value")) if chosen is not None else 0


def _weight(problem: Problem, address: str) -> float:
    for method in problem.methods:
        if method.family == "weigh" and (statement_name(address) in method.targets or address in method.targets):
            return float(method.calls[0].option("value"))
    return 1.0 if address.startswith("equation.") else DEFAULT_CONDITION_WEIGHT


def _residuals(model: Model) -> tuple[tuple[ResidualPlan, ...], tuple[JetPlan, ...]]:
    """Residual functions in the order of the specification, and the jets that they read."""
    axes = [axis.name for axis in model.problem.axes]
    groups: dict[str, list[Residual]] = {"interior": list(model.equations)}
    reasons: dict[str, str] = {}
    for soft in model.soft:
        groups.setdefault(statement_name(soft.residual.source.address), []).append(soft.residual)
        reasons[soft.residual.source.address] = soft.reason
    jets = _jets(groups, axes)
    planned = []
    for name, residuals in groups.items():
        jet = next((jet for jet in jets if name in jet.point_sets), None)
        planned += [_residual(model.problem, residual, name, jet, reasons) for residual in residuals]
    return tuple(planned), jets


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
    kind = {
        Equation: "equation",
        BoundaryCondition: "boundary",
        InitialCondition: "initial",
        PointConstraint: "constraint",
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
        normals=_has_normals(residual),
        point_set=point_set,
        weight=_weight(problem, source.address),
        reason=reasons.get(source.address, ""),
    )


def _sum_notation(sources: Sequence[ModelTerm]) -> str:
    return notation(add(*(source.expression for source in sources)))


def _function_name(problem: Problem, label: str) -> str:
    """The label, or `label_residual` where a name of the problem has the same spelling."""
    taken = {field.name for field in problem.fields} | {axis.name for axis in problem.axes}
    taken |= {constant.name for constant in problem.constants}
    return f"{label}_residual" if label in taken else python_name(label)


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


def _conditions(model: Model) -> tuple[Condition, ...]:
    """The lines of the header: one for each statement, its place and its enforcement."""
    problem = model.problem
    soft = {item.residual.source.address: item for item in model.soft}
    lines: dict[str, Condition] = {}
    sources: tuple[Source, ...] = (*problem.equations, *problem.boundary, *problem.initial, *problem.constraints)
    for source in sources:
        label = f"{source.address.split('.')[0]}.{statement_name(source.address)}"
        key = f"{label}:{source.text}"
        enforcement = _enforcement(source, soft)
        if key in lines:
            before = lines[key]
            merged = before.enforcement if enforcement in before.enforcement else f"{before.enforcement}, {enforcement}"
            lines[key] = dataclasses.replace(before, enforcement=merged)
        else:
            place = problem.sources.place(source.span)
            name = statement_name(source.address)
            lines[key] = Condition(name, source.text, _where(problem, source), enforcement, place)
    return tuple(lines.values())


def _enforcement(source: Source, soft: dict[str, Soft]) -> str:
    if isinstance(source, Equation):
        return ""
    return "softly" if source.address in soft else "exactly"


def _where(problem: Problem, source: Source) -> str:
    match source:
        case BoundaryCondition():
            return f"on {source.selector_text}" + (f" where {source.where_text}" if source.where_text else "")
        case InitialCondition():
            time = problem.time
            return f"at {time.name} = {notation(time.low.expression)}" if time else ""
        case PointConstraint(point=point):
            return f"at ({', '.join(notation(value.expression) for value in point)})"
        case Equation():
            return ""


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
    for ansatz in model.ansatz:
        reasons += [(ansatz.field, note) for note in ansatz.notes]
    reasons += [(statement_name(s.residual.source.address), f"enforced softly: {s.reason}") for s in model.soft]
    if network:
        reasons.append(("network", network))
    if _choice(model.problem, "mask") is not None:
        reasons.append(("mask", MASK_ADVICE))
    reasons += [(points.name, points.reason) for points in point_sets if points.reason]
    reasons += [(subject, reason) for subject, reason in others if reason]
    return tuple(dict.fromkeys(reasons))


def uses_coordinates(residual: ResidualPlan) -> tuple[str, ...]:
    """The coordinates that a residual's terms and its `where` name."""
    names: dict[str, None] = {}
    for expression in [*(term.expression for term in residual.terms), *([residual.where] if residual.where else [])]:
        names.update(dict.fromkeys(coordinates(expression)))
    return tuple(names)
