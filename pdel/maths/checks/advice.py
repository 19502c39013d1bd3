"""Advice on scales and choices: what is allowed but makes training hard or pointless."""

from __future__ import annotations

import math

from pdel.diagnostics.model import Diagnostic, Label, warning
from pdel.expression import Constant, Expr, Partial, is_closed, walk
from pdel.geometry import Ball, Box, Difference, Intersection, Scalar, Shape, Union
from pdel.maths.analysis import coefficient_of, sign_of, total_order
from pdel.maths.checks.fields import partials_of
from pdel.maths.checks.setting import Setting
from pdel.maths.checks.wording import number_text, partial_text, statement_name
from pdel.maths.evaluate import evaluate_points
from pdel.maths.model import Residual
from pdel.semantics.problem import Statement

LARGE = 1e4
SMALL = 1e-6
"""Coefficients of derivatives beyond these are far from unit scale."""
LONG = 1e3
SHORT = 1e-3
"""Lengths of coordinate intervals beyond these likewise."""


def advise(setting: Setting) -> list[Diagnostic]:
    """W706 to W711: unused constants, scales, precision, a heat equation run backward."""
    return [
        *_unused_constants(setting),
        *_ranges(setting),
        *_coefficients(setting),
        *_precision(setting),
        *_backward(setting),
    ]


def _unused_constants(setting: Setting) -> list[Diagnostic]:
    """W706: constants that nothing mentions."""
    nodes = (node for expression in _every_expression(setting) for node in walk(expression))
    used = {node.name for node in nodes if isinstance(node, Constant)}
    return [
        warning(
            "W706",
            f"the constant `{constant.name}` is never used",
            constant.span,
            "declared here",
            help=f"Remove it, or use `{constant.name}` where its number stands.",
        )
        for constant in setting.problem.constants
        if constant.name not in used
    ]


def _every_expression(setting: Setting) -> list[Expr]:
    """All bound expressions of the problem."""
    problem = setting.problem
    found: list[Expr] = [scalar.expression for axis in problem.axes for scalar in (axis.low, axis.high)]
    found.extend(scalar.expression for scalar in (_scalars(problem.region) if problem.region else ()))
    found.extend(constant.expression for constant in problem.constants)
    statements: list[Statement] = [*problem.equations, *problem.boundary, *problem.initial, *problem.constraints]
    for statement in statements:
        found.extend(term.expression for term in statement.terms)
        found.extend((statement.left, statement.right))
    found.extend(equation.where for equation in problem.equations if equation.where is not None)
    found.extend(condition.where for condition in problem.boundary if condition.where is not None)
    found.extend(scalar.expression for constraint in problem.constraints for scalar in constraint.point)
    found.extend(quantity.expression for quantity in problem.quantities)
    found.extend(form.expression for form in (*problem.exact, *problem.manufactured))
    return found


def _scalars(shape: Shape) -> list[Scalar]:
    """The numbers of a shape."""
    match shape:
        case Box(lows=lows, highs=highs):
            return [*lows, *highs]
        case Ball(centre=centre, radius=radius):
            return [*centre, radius]
        case Union(parts=parts) | Intersection(parts=parts):
            return [scalar for part in parts for scalar in _scalars(part)]
        case Difference(base=base, removed=removed):
            return [scalar for part in (base, *removed) for scalar in _scalars(part)]


def _ranges(setting: Setting) -> list[Diagnostic]:
    """W708: coordinates whose interval is very long or very short."""
    found: list[Diagnostic] = []
    for axis in setting.problem.axes:
        length = axis.high.value - axis.low.value
        if SHORT <= length <= LONG:
            continue
        size = "long" if length > LONG else "short"
        found.append(
            warning(
                "W708",
                f"the interval of `{axis.name}` is very {size}",
                axis.span,
                f"its length is {number_text(length)}",
                help=f"Measure `{axis.name}` in a unit in which its length is of order 1: derivatives and losses scale"
                " with powers of it.",
            )
        )
    return found


def _coefficients(setting: Setting) -> list[Diagnostic]:
    """W707: derivatives whose coefficient is far from unit scale."""
    found: list[Diagnostic] = []
    points = setting.sampler.interior()
    for residual in setting.equations:
        terms = [term.expression for term in residual.terms]
        sizes: list[tuple[float, Partial]] = []
        for partial in partials_of(residual):
            coefficient = coefficient_of(terms, partial)
            if not partial.orders or coefficient is None or not is_closed(coefficient) or not points.count:
                continue
            values = evaluate_points((coefficient,), points.columns, setting.constants, count=points.count)[0]
            size = max((abs(value) for value in values if math.isfinite(value)), default=0.0)
            if size > 0:
                sizes.append((size, partial))
        extreme = [(size, partial) for size, partial in sizes if not SMALL <= size <= LARGE]
        if not extreme:
            continue
        size, partial = max(extreme, key=lambda item: abs(math.log10(item[0])))
        found.append(
            warning(
                "W707",
                f"the coefficient of `{partial_text(partial, setting.labels)}` in"
                f" {statement_name(residual.source.address)} is far from 1",
                residual.source.span,
                f"it is about {number_text(size)}",
                help="Scale the coordinates and the fields so that the terms of the equation are of order 1.",
            )
        )
    return found


def _precision(setting: Setting) -> list[Diagnostic]:
    """W710: quasi-Newton methods in single precision."""
    methods = setting.problem.methods
    precision = next((item for item in methods if item.family == "precision"), None)
    if precision is None or not any(call.name == "float32" for call in precision.calls):
        return []
    return [
        warning(
            "W710",
            f"`{call.name}` in single precision stops early",
            call.span,
            "needs float64",
            secondary=(Label(precision.span, "single precision chosen here"),),
            help="Write `precision float64`: the differences of gradients it works with drown in rounding errors.",
        )
        for item in methods
        if item.family == "train"
        for call in item.calls
        if call.name in ("broyden", "lbfgs", "gauss_newton")
    ]


def _backward(setting: Setting) -> list[Diagnostic]:
    """W711: a parabolic equation whose leading term has the sign of the equation run backward in time."""
    time = setting.problem.time
    found: list[Diagnostic] = []
    for residual, facts in zip(setting.equations, setting.facts, strict=True):
        if facts.kind != "parabolic" or time is None:
            continue
        partials = partials_of(residual)
        evolving = [item for item in partials if item.orders == ((time.name, 1),)]
        leading = [
            item
            for item in partials
            if len(item.orders) == 1 and time.name not in dict(item.orders) and total_order(item) == facts.order
        ]
        wrong = [item for item in leading if evolving and _runs_backward(setting, residual, evolving[0], item)]
        if wrong:
            found.append(
                warning(
                    "W711",
                    f"{statement_name(residual.source.address)} runs backward in time",
                    residual.source.span,
                    f"`{partial_text(wrong[0], setting.labels)}` has the sign of anti-diffusion",
                    help="Check the sign: perturbations grow without bound, the shortest ones fastest.",
                )
            )
    return found


def _runs_backward(setting: Setting, residual: Residual, evolving: Partial, leading: Partial) -> bool:
    """Whether a*u_t + b*D^2k u has the sign for which short waves grow: (-1)^k*b/a < 0 is growth for even 2k."""
    terms = [term.expression for term in residual.terms]
    points = setting.sampler.interior()
    first = sign_of(coefficient_of(terms, evolving), setting.problem, points)
    second = sign_of(coefficient_of(terms, leading), setting.problem, points)
    half = total_order(leading) // 2
    return evolving.field == leading.field and first * second * (-1) ** half < 0
