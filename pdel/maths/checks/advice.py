"""Advice on scales and choices: what is allowed but makes training hard or pointless."""

from __future__ import annotations

import math

from pdel.diagnostics.model import Diagnostic, Label, warning
from pdel.evaluate import evaluate_points
from pdel.expression import Partial, is_closed
from pdel.maths.analysis import coefficient_of, sign_of, total_order
from pdel.maths.checks.fields import partials_of
from pdel.maths.checks.setting import Setting
from pdel.maths.checks.wording import number_text, partial_text, statement_name
from pdel.maths.model import Residual
from pdel.methods.registry import takes_gradients

LARGE = 1e4
SMALL = 1e-6
"""Coefficients of derivatives beyond these are far from unit scale."""
LONG = 1e3
SHORT = 1e-3
"""Lengths of coordinate intervals beyond these likewise."""


def advise(setting: Setting) -> list[Diagnostic]:
    """W707, W708, W710, W711, W719: scales, precision, a heat equation run backward, nothing to compile."""
    return [
        *_ranges(setting),
        *_coefficients(setting),
        *_precision(setting),
        *_compilation(setting),
        *_backward(setting),
    ]


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
                f"it is about {size:.3g}",
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
        if call.name in ("broyden", "lbfgs", "gauss_newton", "least_squares")
    ]


def _compilation(setting: Setting) -> list[Diagnostic]:
    """W719: training is to be compiled, and takes no gradient."""
    methods = setting.problem.methods
    compiled = next((item for item in methods if item.family == "compile" and item.calls[0].name == "always"), None)
    training = next((item for item in methods if item.family == "train"), None)
    if compiled is None or training is None or takes_gradients(call.name for call in training.calls):
        return []
    return [
        warning(
            "W719",
            "there is nothing to compile",
            compiled.span,
            "compiles the gradient of the loss",
            secondary=(Label(training.span, "takes no gradient"),),
            help="Remove this line: training is as fast without.",
        )
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
