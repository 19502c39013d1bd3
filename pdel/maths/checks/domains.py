"""Functions outside their domain: log, sqrt, asin, quotients and powers of coordinates on the region."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from pdel.diagnostics.model import Diagnostic, error, warning
from pdel.evaluate import Fault, find_fault
from pdel.expression import (
    ONE,
    Call,
    Coordinate,
    Differentiate,
    Expr,
    FieldAt,
    Integral,
    Normal,
    Number,
    Partial,
    Power,
    Quotient,
    children,
    is_closed,
    walk,
)
from pdel.maths.checks.setting import Setting
from pdel.maths.checks.wording import number_text, statement_name
from pdel.maths.points import Points
from pdel.notation import notation
from pdel.semantics.problem import (
    BoundaryCondition,
    Equation,
    InitialCondition,
    PointConstraint,
)
from pdel.source import Span

_Stated: TypeAlias = Equation | BoundaryCondition | InitialCondition | PointConstraint

_DOMAINS = {
    "log": "a logarithm needs a positive argument",
    "sqrt": "a square root needs an argument that is not negative",
    "asin": "asin needs an argument between -1 and 1",
    "acos": "acos needs an argument between -1 and 1",
}


def check_domains(setting: Setting) -> list[Diagnostic]:
    """E405: a closed form that is no real number at points of the region; W713: only on its boundary."""
    found: list[Diagnostic] = []
    statements: tuple[_Stated, ...] = (
        *setting.problem.equations,
        *setting.problem.boundary,
        *setting.problem.initial,
        *setting.problem.constraints,
    )
    for statement in statements:
        places = _where(setting, statement)
        for term in statement.terms:
            report = _examine(setting, statement_name(statement.address), term.expression, term.span, places)
            if report is not None:
                found.append(report)
                break
    for name, forms in (("exact", setting.problem.exact), ("manufacture", setting.problem.manufactured)):
        for form in forms:
            what = f"the {name} solution of `{setting.labels[form.field]}`"
            places = (setting.sampler.interior(), setting.sampler.closure())
            report = _examine(setting, what, form.expression, form.span, places)
            if report is not None:
                found.append(report)
    return found


def _where(setting: Setting, statement: _Stated) -> tuple[Points, Points | None]:
    """The points at which a statement holds, and for equations those of the closed region."""
    sampler, constants = setting.sampler, setting.constants
    match statement:
        case Equation(where=where):
            return sampler.interior().where(where, constants), sampler.closure().where(where, constants)
        case BoundaryCondition(pieces=pieces, where=where):
            return sampler.on_pieces(pieces).where(where, constants), None
        case InitialCondition():
            return sampler.start(), None
        case PointConstraint(point=point):
            return sampler.at([scalar.value for scalar in point]), None


def _examine(
    setting: Setting, what: str, expression: Expr, span: Span, places: tuple[Points, Points | None]
) -> Diagnostic | None:
    """The first fault of an expression inside, then on the closed region."""
    inner, outer = places
    for part in _closed_parts(expression):
        fault = find_fault(part, inner.columns, setting.constants, count=inner.count)
        if fault is not None:
            return _report("E405", what, fault, span, inner)
        if outer is None:
            continue
        fault = find_fault(part, outer.columns, setting.constants, count=outer.count)
        if fault is not None:
            certain = any(math.isnan(value) for value in fault.operands) or _is_negative(fault)
            return _report("E405" if certain else "W713", what, fault, span, outer)
    return None


def _is_negative(fault: Fault) -> bool:
    """Whether a function got an argument well outside its domain, not only at its edge."""
    match fault.node:
        case Call(function="log" | "sqrt"):
            return fault.operands[0] < -1e-9
        case Call(function="asin" | "acos"):
            return abs(fault.operands[0]) > 1 + 1e-9
        case Power():
            return fault.operands[0] < 0
        case _:
            return False


def _closed_parts(expression: Expr) -> Iterator[Expr]:
    """The largest closed parts of an expression that can leave the real numbers."""
    stack = [expression]
    while stack:
        node = stack.pop()
        if isinstance(node, Partial | Normal | Coordinate | FieldAt):
            continue
        if is_closed(node) and not any(isinstance(item, Differentiate) for item in walk(node)):
            if any(isinstance(item, Call | Quotient | Power) for item in walk(node)):
                yield node
            continue
        if isinstance(node, Quotient) and is_closed(node.denominator) and not isinstance(node.denominator, Number):
            yield Quotient(ONE, node.denominator)
        if not isinstance(node, Integral):
            stack.extend(reversed(children(node)))


def _report(code: str, what: str, fault: Fault, span: Span, points: Points) -> Diagnostic:
    """E405 or W713 with the part, its operands and the point."""
    text = notation(fault.node)
    place = points.describe(fault.point)
    reason = _reason(fault.node, fault.operands)
    if code == "W713":
        return warning(
            code,
            f"`{text}` in {what} is not finite on the boundary",
            span,
            f"not finite at {place}",
            notes=(reason,),
            help="Fine while no point is drawn there; otherwise rewrite it so that it has a value on the boundary.",
        )
    return error(
        code,
        f"`{text}` in {what} has no real value on the region",
        span,
        f"no value at {place}",
        notes=(reason,),
        help="Restrict the region, or rewrite the expression so that it is defined everywhere on it.",
    )


def _reason(node: Expr, operands: Sequence[float]) -> str:
    """Why a node has no value, with numbers."""
    match node:
        case Call(function=name, arguments=arguments) if name in _DOMAINS:
            return f"`{notation(arguments[0])}` is {number_text(operands[0])} there, and {_DOMAINS[name]}."
        case Quotient(denominator=denominator):
            return f"`{notation(denominator)}` is 0 there."
        case Power(base=base):
            return f"`{notation(base)}` is {number_text(operands[0])} there, to the power {number_text(operands[1])}."
        case _:
            return "The value is beyond the range of floating-point numbers there."
