"""The stated exact solution against every equation and condition, in numbers at points."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pdel.diagnostics.model import Diagnostic, Label, error, warning
from pdel.evaluate import evaluate_points
from pdel.expression import Expr, is_closed, negate, partials, tabulated, term_values, unknowns
from pdel.maths.checks.fields import fields_of, partials_of
from pdel.maths.checks.setting import Setting
from pdel.maths.checks.wording import number_text, statement_name
from pdel.maths.model import Residual
from pdel.maths.points import Points
from pdel.maths.substitute import substitute
from pdel.notation import notation
from pdel.semantics.problem import BoundaryCondition, Equation, InitialCondition, Observation, PointConstraint

WRONG = 1e-3
"""From this relative violation on, a statement counts as not satisfied."""
INEXACT = 1e-7
"""From this one on, as satisfied only to so many digits."""
MOST_TERMS_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Violation:
    """The worst point of a residual: its value there, relative to the largest sum of its terms' sizes."""

    point: int
    relative: float
    values: tuple[float, ...]


def check_exact(setting: Setting) -> list[Diagnostic]:
    """E408 (equations), E409 (conditions), W715 (a few digits only): `exact` does not solve the problem."""
    closed = {item.field: item.expression for item in setting.problem.exact}
    found: list[Diagnostic] = []
    for residual in (*setting.equations, *setting.conditions):
        names = fields_of(residual)
        if closed and names and all(name in closed for name in names) and _is_known(setting, residual):
            report = _examine(setting, residual, closed)
            if report is not None:
                found.append(report)
    return found


def _is_known(setting: Setting, residual: Residual) -> bool:
    """Whether every unknown in a residual is a number of a stated value, and no table in it is only interpolated."""
    known = {reference.quantity for reference in setting.problem.reference_numbers}
    expressions = [term.expression for term in residual.terms]
    if any(tabulated(one) or term_values(one) for one in expressions):
        return False
    return all(name in known for one in expressions for name in unknowns(one))


def points_of(setting: Setting, residual: Residual) -> Points:
    """The points at which a residual is to vanish."""
    source, sampler = residual.source, setting.sampler
    match source:
        case Equation(where=where):
            return sampler.interior().where(where, setting.constants)
        case BoundaryCondition(pieces=pieces, where=where):
            return sampler.on_pieces(pieces).where(where, setting.constants)
        case InitialCondition():
            return sampler.start()
        case PointConstraint(point=point):
            return sampler.at([scalar.value for scalar in point])
        case Observation():
            raise TypeError(f"{source.address} has points of its own")


def _examine(setting: Setting, residual: Residual, closed: Mapping[str, Expr]) -> Diagnostic | None:
    """The finding for one statement."""
    terms = [substitute(term.expression, closed, setting.problem.fields) for term in residual.terms]
    points = points_of(setting, residual)
    scale = scale_of(setting, residual, closed, setting.sampler.interior())
    violation = worst(terms, points, setting, scale)
    if violation is None or violation.relative < INEXACT:
        return None
    return _report(setting, residual, closed, violation, points)


def worst(terms: Sequence[Expr], points: Points, setting: Setting, scale: float) -> Violation | None:
    """The point at which the sum of terms is largest; points where a term is not finite are left out.

    The sum is relative to the sizes of the terms, and to `scale` where all of them are small.
    """
    if not points.count:
        return None
    columns = evaluate_points(terms, points.columns, setting.constants, count=points.count)
    rows = list(zip(*columns, strict=True))
    finite = [index for index, row in enumerate(rows) if all(map(math.isfinite, row))]
    if not finite:
        return None
    size = max(scale, *(sum(map(abs, rows[index])) for index in finite))
    place = max(finite, key=lambda index: abs(math.fsum(rows[index])))
    value = abs(math.fsum(rows[place]))
    return Violation(place, value / size if size > 0 else 0.0, rows[place])


def scale_of(setting: Setting, residual: Residual, closed: Mapping[str, Expr], points: Points) -> float:
    """The largest size, at points inside the region, of the derivatives that a residual contains."""
    forms = [substitute(partial, closed, setting.problem.fields) for partial in partials_of(residual)]
    columns = evaluate_points(forms, points.columns, setting.constants, count=points.count)
    return max((abs(value) for column in columns for value in column if math.isfinite(value)), default=0.0)


def _report(
    setting: Setting, residual: Residual, closed: Mapping[str, Expr], violation: Violation, points: Points
) -> Diagnostic:
    """The diagnostic with the value of every term at the worst point."""
    source = residual.source
    name = statement_name(source.address)
    place = points.describe(violation.point)
    total = number_text(math.fsum(violation.values))
    shown = [
        f"{notation(term.expression)} = {number_text(value)}"
        for term, value in zip(residual.terms, violation.values, strict=True)
    ]
    if len(shown) > MOST_TERMS_SHOWN:
        shown = [*shown[:MOST_TERMS_SHOWN], f"and {len(shown) - MOST_TERMS_SHOWN} more terms"]
    notes = [f"Term by term at {place}: {'; '.join(shown)}."] if shown else []
    constant = _constant_gap(setting, residual, closed)
    if constant:
        notes.append(constant)
    exact = next(item for item in setting.problem.exact if item.field in fields_of(residual))
    secondary = (Label(source.span, f"left minus right is {total} at {place}"),)
    if violation.relative < WRONG:
        return warning(
            "W715",
            f"the exact solution satisfies {name} only to {number_text(violation.relative)}",
            exact.span,
            "stated as exact",
            secondary=secondary,
            notes=notes,
            help="State more digits, or give it as a `reference`; errors below that are not measured rightly.",
        )
    return error(
        "E408" if isinstance(source, Equation) else "E409",
        f"the exact solution does not satisfy {name}",
        exact.span,
        "stated as exact",
        secondary=secondary,
        notes=notes,
        help="Correct the exact solution or the statement; with `manufacture` the data are derived from a closed form.",
    )


def _constant_gap(setting: Setting, residual: Residual, closed: Mapping[str, Expr]) -> str:
    """What a condition of the form u = g would have to say at the worst point, if it has that form."""
    source = residual.source
    if isinstance(source, Equation) or len(partials(source.left)) != 1 or not is_closed(source.right):
        return ""
    terms = [substitute(source.left, closed, setting.problem.fields), negate(source.right)]
    points = points_of(setting, residual)
    violation = worst(terms, points, setting, 0.0)
    if violation is None:
        return ""
    left, right = violation.values[0], -violation.values[1]
    text = notation(source.left)
    return f"`{text}` of the exact solution is {number_text(left)} there, the condition says {number_text(right)}."
