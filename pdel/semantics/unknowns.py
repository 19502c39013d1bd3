"""Unknowns: what is inferred from data beside the fields."""

from __future__ import annotations

from collections.abc import Sequence

from pdel import expression as ex
from pdel.diagnostics.model import error
from pdel.geometry import Scalar
from pdel.semantics import names
from pdel.semantics.declarations import break_name, field_arguments
from pdel.semantics.lowering import Lowering
from pdel.semantics.places import CONSTANT
from pdel.semantics.problem import (
    Bounds,
    ClosedForm,
    Field,
    Inferred,
    ReferenceNumber,
    UnknownNumber,
    UnknownTerm,
)
from pdel.semantics.scope import FieldName, Scope, UnknownName
from pdel.semantics.terms import declare_term, is_term
from pdel.syntax import ast

UNBOUNDED = Bounds(None, None)
INFINITE = "inf"
"""The word for a side without a bound, in the range of an unknown only."""


def declare_unknown(scope: Scope, statement: ast.UnknownStatement) -> UnknownNumber | Field | UnknownTerm | None:
    """Declare what is inferred: `unknown nu = 0.05 in [0, 1]`, `unknown k(x, y) in [0.1, 10]`, `unknown f(u, u_x)`."""
    name = statement.name
    bounds = _bounds(scope, statement)
    start = _start(scope, statement, bounds) if bounds is not None else None
    if is_term(scope, statement):
        return declare_term(scope, statement, start, bounds)
    arguments = field_arguments(scope, statement.arguments)
    if bounds is None or start is None or arguments is None:
        if names.check_reserved(scope, name):
            break_name(scope, name)
        return None
    if statement.arguments:
        if not names.declare(scope, name, FieldName(name.text, name.span, arguments, complex=False, inferred=True)):
            return None
        return Field(name.text, name.text, arguments, name.span, Inferred(start, bounds))
    if not names.declare(scope, name, UnknownName(name.text, name.span)):
        return None
    scope.constants[name.text] = start.value
    return UnknownNumber(name.text, start, bounds, name.span, statement.unit)


def _bounds(scope: Scope, statement: ast.UnknownStatement) -> Bounds | None:
    """The bounds of an unknown, or None where they are no interval (reported)."""
    if statement.interval is None:
        return UNBOUNDED
    low, high = statement.interval
    ends: list[Scalar | None] = []
    for end, infinite in ((low, _is_infinite(low, negative=True)), (high, _is_infinite(high, negative=False))):
        number = None if infinite else Lowering(scope, CONSTANT).number(end, "a bound")
        if number is None and not infinite:
            return None
        ends.append(number)
    found = Bounds(ends[0], ends[1])
    if found.low is not None and found.high is not None and found.low.value >= found.high.value:
        scope.report(
            error(
                "E325",
                f"the range of `{statement.name.text}` is empty: {found.low.value:g} is not below {found.high.value:g}",
                low.span.to(high.span),
                "from a lower to a higher number",
                help="Write the lower bound first; `inf` stands for a side without a bound.",
            )
        )
        return None
    return found


def _is_infinite(end: ast.Expression, *, negative: bool) -> bool:
    if negative:
        return isinstance(end, ast.Negate) and _is_infinite(end.operand, negative=False)
    return isinstance(end, ast.Name) and end.text == INFINITE


def _start(scope: Scope, statement: ast.UnknownStatement, bounds: Bounds) -> Scalar | None:
    """Where an unknown starts: as stated, or in the middle of its bounds."""
    name = statement.name
    if statement.value is None:
        middle = 0.0 if statement.arguments and bounds == UNBOUNDED else middle_of(bounds)
        if middle is None:
            scope.report(
                error(
                    "E326",
                    f"nothing says where `{name.text}` starts",
                    name.span,
                    "neither a first guess nor two bounds",
                    help=f"Write `unknown {name.text} = 1`, or `unknown {name.text} in [0, 2]`.",
                )
            )
            return None
        return Scalar(ex.real(middle), middle)
    start = Lowering(scope, CONSTANT).number(statement.value, "a first guess")
    if start is None:
        return None
    below = bounds.low is not None and start.value <= bounds.low.value
    above = bounds.high is not None and start.value >= bounds.high.value
    if below or above:
        scope.report(
            error(
                "E327",
                f"the first guess {start.value:g} of `{name.text}` lies outside its range, or on its end",
                statement.value.span,
                "not inside the range",
                help="Start strictly between the bounds: at a bound the smooth map to the range is flat.",
            )
        )
        return None
    return start


def with_true_values(
    scope: Scope, forms: Sequence[ClosedForm], references: Sequence[ReferenceNumber]
) -> tuple[ClosedForm, ...]:
    """Closed forms with the known values of unknowns in their place: what is exact depends on no first guess."""
    known = {reference.quantity: ex.real(reference.value) for reference in references}
    for form in forms:
        missing = [name for name in ex.unknowns(form.expression) if name not in known]
        if missing:
            scope.report(
                error(
                    "E331",
                    f"the closed form of `{form.field}` contains `{missing[0]}`, whose true value is not stated",
                    form.span,
                    "depends on an unknown",
                    help=f"Add `reference {missing[0]} = …`: it measures errors and is never trained on.",
                )
            )
    return tuple(ClosedForm(form.field, ex.with_numbers(form.expression, known), form.span) for form in forms)


GEOMETRIC = 10.0
"""From this ratio of positive bounds on, the map to a range is even in the logarithm."""


def is_geometric(bounds: Bounds) -> bool:
    """Whether a range is of several orders of magnitude, so that its middle is the geometric one."""
    low, high = bounds.low, bounds.high
    return low is not None and high is not None and low.value > 0 and high.value >= GEOMETRIC * low.value


def middle_of(bounds: Bounds) -> float | None:
    """The middle of two bounds, None where one is missing."""
    if bounds.low is None or bounds.high is None:
        return None
    low, high = bounds.low.value, bounds.high.value
    return (low * high) ** 0.5 if is_geometric(bounds) else (low + high) / 2
