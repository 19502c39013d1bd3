"""Constants that change during training: which residuals read them, and what stands against it.

In: the model and the phases. Out: a `RampPlan` for each, or diagnostics. In residuals such a constant is an `Unknown`:
no number to the planning of channels, a parameter of the functions of the module.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence

from pdel.diagnostics.model import Diagnostic, Label, Result, error
from pdel.expression import Constant, Expr, Unknown, transform, walk
from pdel.maths.model import Model, ModelTerm, Residual
from pdel.plan.plan import RampPlan
from pdel.semantics.problem import MethodCall, MethodChoice, Problem
from pdel.source import Span


def ramped_names(problem: Problem) -> tuple[str, ...]:
    """The constants that change during training."""
    return tuple(target for choice in _choices(problem) for target in choice.targets)


def with_ramps(model: Model) -> Model:
    """The model with ramped constants as numbers that are not known, in all residuals of the loss."""
    names = frozenset(ramped_names(model.problem))
    if not names:
        return model

    def opened(residual: Residual) -> Residual:
        return dataclasses.replace(residual, terms=tuple(map(opened_term, residual.terms)))

    def opened_term(term: ModelTerm) -> ModelTerm:
        return dataclasses.replace(term, expression=transform(term.expression, unknown))

    def unknown(node: Expr) -> Expr | None:
        return Unknown(node.name) if isinstance(node, Constant) and node.name in names else None

    return dataclasses.replace(
        model,
        equations=tuple(map(opened, model.equations)),
        observations=tuple(map(opened, model.observations)),
        soft=tuple(dataclasses.replace(soft, residual=opened(soft.residual)) for soft in model.soft),
    )


def plan_ramps(model: Model, phases: Sequence[MethodCall]) -> Result[tuple[RampPlan, ...]]:
    """The ramps of a plan; `phases` are those of training before any pruning.

    Errors: E550 a constant that stands where it cannot change, E551 a ramp without a sound beginning, E552 one that
    outlasts training, E553 windows of time.
    """
    problem = model.problem
    ramps: list[RampPlan] = []
    problems: list[Diagnostic] = []
    for choice in _choices(problem):
        call = choice.calls[0]
        problems += _against(model, choice, phases)
        ramps += [RampPlan(name, call, problem.sources.place(choice.span)) for name in choice.targets]
    return Result(None, tuple(problems)) if problems else Result(tuple(ramps))


def _choices(problem: Problem) -> tuple[MethodChoice, ...]:
    return tuple(choice for choice in problem.methods if choice.family == "ramp")


def _against(model: Model, choice: MethodChoice, phases: Sequence[MethodCall]) -> Iterator[Diagnostic]:
    problem, call = model.problem, choice.calls[0]
    for name in choice.targets:
        yield from _fixed(model, choice, name)
        value = problem.numbers[name]
        start = float(call.option("from"))
        if call.name == "geometric" and not start * value > 0:
            yield error(
                "E551",
                f"a geometric ramp of `{name}` cannot begin at {start:g}",
                call.span,
                f"`{name}` is {value:g}",
                help="State `from` as a number of the same sign, neither being 0; `linear` goes through 0.",
            )
    total = sum(int(phase.option("steps")) for phase in phases)
    if int(call.option("steps")) > total:
        yield error(
            "E552",
            f"the ramp takes {call.option('steps')} steps, training {total}",
            call.span,
            "training would end on another problem",
            help="Give `steps` of the ramp a smaller number, or those of `train` a larger one.",
        )
    if model.windows.count > 1:
        yield error(
            "E553",
            "a ramp and windows of time",
            choice.span,
            "every window would have to go along it anew",
            help="Write `march whole`, or remove this line.",
        )


def _fixed(model: Model, choice: MethodChoice, name: str) -> list[Diagnostic]:
    """E550: the first place where a constant stands that cannot follow it, or that it stands nowhere."""
    found = next(((what, span) for what, form, span in _places(model, choice) if _reads(form, name)), None)
    if found is not None:
        what, span = found
        return [
            error(
                "E550",
                f"`{name}` cannot change during training",
                choice.span,
                "a ramp changes it",
                secondary=(Label(span, f"it stands in {what}"),),
                help="A ramp is for constants of equations and of conditions in the loss: `enforce NAME: softly` "
                "puts a condition there.",
            )
        ]
    residuals = (*model.equations, *(soft.residual for soft in model.soft), *model.observations)
    if any(_reads(term.expression, name) for residual in residuals for term in residual.terms):
        return []
    return [
        error(
            "E550",
            f"`{name}` stands in no equation and no condition of the loss",
            choice.span,
            "a ramp changes nothing here",
            help="Remove this line.",
        )
    ]


def _places(model: Model, choice: MethodChoice) -> Iterator[tuple[str, Expr, Span]]:
    """What cannot follow a constant: other constants, bounds, forms that hold exactly."""
    problem = model.problem
    for constant in problem.constants:
        if constant.name not in choice.targets:
            yield f"the constant `{constant.name}`", constant.expression, constant.span
    for axis in problem.axes:
        for bound in (axis.low, axis.high):
            yield f"the bounds of `{axis.name}`", bound.expression, axis.span
    fields = {field.name: field.span for field in problem.fields}
    for ansatz in model.ansatz:
        for form in (ansatz.offset, ansatz.factor):
            yield f"what `{ansatz.field}` satisfies exactly", form, fields[ansatz.field]


def _reads(expression: Expr, name: str) -> bool:
    return any(isinstance(node, Constant) and node.name == name for node in walk(expression))
