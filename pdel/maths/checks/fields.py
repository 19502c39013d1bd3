"""Fields against equations: every field is determined by an equation, every statement says something about a field."""

from __future__ import annotations

from pdel.diagnostics.model import Diagnostic, Label, error, warning
from pdel.expression import Partial
from pdel.maths.analysis import distinct_partials
from pdel.maths.checks.setting import Setting
from pdel.maths.checks.wording import counted, listed, statement_name
from pdel.maths.model import Residual
from pdel.semantics.problem import Equation


def check_fields(setting: Setting) -> list[Diagnostic]:
    """E401 to E403 and W709: fields without equation, statements without field, too few or too many equations."""
    residuals = (*setting.equations, *setting.conditions)
    empty = [_without_field(residual) for residual in residuals if not fields_of(residual)]
    return empty or _lonely_fields(setting) or _balance(setting)


def fields_of(residual: Residual) -> tuple[str, ...]:
    """The names of the fields in a residual, in written order."""
    return tuple(dict.fromkeys(partial.field for partial in partials_of(residual)))


def partials_of(residual: Residual) -> tuple[Partial, ...]:
    """The distinct derivatives in a residual, in written order."""
    return distinct_partials(term.expression for term in residual.terms)


def _without_field(residual: Residual) -> Diagnostic:
    """E402: a statement that no field can make true or false."""
    source = residual.source
    what = statement_name(source.address)
    return error(
        "E402",
        f"{what} contains no field",
        source.span,
        "nothing here is unknown",
        help=(
            "State a relation for a field, such as `u_t = u_xx`."
            if isinstance(source, Equation)
            else "State what a field does there, such as `u = 0`."
        ),
        notes=("Terms that cancel, and derivatives along coordinates a field does not depend on, are left out.",),
    )


def _lonely_fields(setting: Setting) -> list[Diagnostic]:
    """E401: a field that no equation contains."""
    used = {name for residual in setting.equations for name in fields_of(residual)}
    return [
        error(
            "E401",
            f"no equation contains the field `{item.label}`",
            item.span,
            "declared here",
            help=f"Add an `equation` for `{item.label}`, or remove the field.",
        )
        for item in setting.problem.solved
        if item.name not in used
    ]


def _balance(setting: Setting) -> list[Diagnostic]:
    """E403: fewer scalar equations than scalar fields; W709: more."""
    problem = setting.problem
    equations, fields = len(setting.equations), len(problem.solved)
    if not equations or equations == fields:
        return []
    labels = listed([f"`{item.label}`" for item in problem.solved])
    span = problem.equations[-1].span
    count = f"{counted(equations, 'equation')} for {counted(fields, 'field')}"
    secondary = tuple(Label(item.span, "a field") for item in problem.solved)
    if equations < fields:
        return [
            error(
                "E403",
                f"there are fewer equations than fields: {count}",
                span,
                "the last equation",
                secondary=secondary,
                help=f"Add an equation; {labels} are not determined by so few.",
                notes=("A vector equation counts once for each component, a complex one twice.",),
            )
        ]
    return [
        warning(
            "W709",
            f"there are more equations than fields: {count}",
            span,
            "the last equation",
            secondary=secondary,
            help="Check that the equations agree with one another: each of them becomes a term of the loss.",
        )
    ]
