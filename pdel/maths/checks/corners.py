"""Data that disagree where they meet: start and boundary, two boundaries at a corner, the two ends of a period."""

from __future__ import annotations

import math

from pdel.diagnostics.model import Diagnostic, Label, warning
from pdel.evaluate import evaluate_points
from pdel.expression import partials
from pdel.geometry_points import Point
from pdel.maths.at_start import conditions_at_start, initial_values
from pdel.maths.checks.exact import scale_of, worst
from pdel.maths.checks.setting import Setting
from pdel.maths.checks.wording import number_text, statement_name
from pdel.maths.jumps import DISAGREEMENT, Gaps, corners_between, meeting_faces, pairs_of_values
from pdel.semantics.problem import BoundaryCondition


def check_corners(setting: Setting) -> list[Diagnostic]:
    """W704, W705, W712: initial against boundary data, boundary data against each other, data across a period."""
    if setting.problem.manufactured:
        return []
    return [*_start_against_boundary(setting), *_boundary_against_boundary(setting), *_seams(setting)]


def _start_against_boundary(setting: Setting) -> list[Diagnostic]:
    """W704: a boundary condition that the initial values do not satisfy at the start."""
    values = initial_values(setting)
    closed = {name: value for name, (value, _) in values.items()}
    found: list[Diagnostic] = []
    for condition in conditions_at_start(setting):
        source = condition.source
        points = setting.sampler.on_pieces(source.pieces, only_start=True).where(source.where, setting.constants)
        always = setting.sampler.on_pieces(source.pieces).where(source.where, setting.constants)
        later = worst(condition.terms, always, setting, 0.0)  # what enters may be next to nothing at the start
        scale = max(
            scale_of(setting, condition.residual, closed, setting.sampler.start()),
            0.0 if later is None else abs(math.fsum(later.values)),
        )
        violation = worst(condition.terms, points, setting, scale)
        if violation is None or violation.relative < DISAGREEMENT:
            continue
        start = values[condition.fields[0]][1].source
        gap = number_text(abs(math.fsum(violation.values)))
        found.append(
            warning(
                "W704",
                f"{statement_name(start.address)} and {statement_name(source.address)} disagree where they meet",
                source.span,
                f"differs by {gap} at {points.describe(violation.point)}",
                secondary=(Label(start.span, "the initial value"),),
                help="Make them agree at the corner if no jump is meant; `pdel plan` tells what is done about one.",
            )
        )
    return found


def _boundary_against_boundary(setting: Setting) -> list[Diagnostic]:
    """W705: two values stated for one field on faces that meet differ at the corner."""
    found: list[Diagnostic] = []
    for first, one, second, other in pairs_of_values(setting):
        corners = _shared_corners(setting, one, other)
        gaps = Gaps(setting, first.value, second.value, corners) if corners else None
        if gaps is None or not gaps.disagree:
            continue
        left, right = (number_text(values[gaps.place]) for values in (gaps.left, gaps.right))
        found.append(
            warning(
                "W705",
                f"{statement_name(one.address)} and {statement_name(other.address)} disagree at a corner",
                other.span,
                f"`{first.field.label}` is {right} at {gaps.points.describe(gaps.place)}",
                secondary=(Label(one.span, f"`{first.field.label}` is {left} there"),),
                help="Make the values agree at the corner if the problem allows it: a jump there is hard to learn.",
            )
        )
    return found


def _shared_corners(setting: Setting, one: BoundaryCondition, other: BoundaryCondition) -> list[Point]:
    """The corners of boxes at which faces of two conditions across different axes meet."""
    found: list[Point] = []
    for left, right in meeting_faces(setting, one, other):
        found.extend(corners_between(left, right))
    return list(dict.fromkeys(found))


def _seams(setting: Setting) -> list[Diagnostic]:
    """W712: initial values that jump between the two ends of a periodic coordinate."""
    found: list[Diagnostic] = []
    for value, residual in initial_values(setting).values():
        for axis in setting.problem.space:
            if not axis.periodic or partials(value):
                continue
            points = setting.sampler.start()
            sides = []
            for end in (axis.low.value, axis.high.value):
                columns = {**points.columns, axis.name: [end] * points.count}
                sides.append(evaluate_points((value,), columns, setting.constants, count=points.count)[0])
            gaps = [abs(a - b) for a, b in zip(*sides[:2], strict=True) if math.isfinite(a - b)]
            sides.append(evaluate_points((value,), points.columns, setting.constants, count=points.count)[0])
            scale = max([1e-300, *(abs(item) for side in sides for item in side if math.isfinite(item))])
            if not gaps or max(gaps) <= DISAGREEMENT * scale:
                continue
            found.append(
                warning(
                    "W712",
                    f"{statement_name(residual.source.address)} is not periodic along `{axis.name}`",
                    residual.source.span,
                    f"jumps by {number_text(max(gaps))} between the ends",
                    secondary=(Label(axis.span, f"`{axis.name}` is periodic"),),
                    help="Choose an initial value with equal values at both ends, or drop `periodic`.",
                )
            )
    return found
