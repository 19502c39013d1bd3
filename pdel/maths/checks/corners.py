"""Data that disagree where they meet: start and boundary, two boundaries at a corner, the two ends of a period."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence

from pdel.diagnostics.model import Diagnostic, Label, warning
from pdel.evaluate import evaluate_points
from pdel.expression import Expr, Normal, partials, walk
from pdel.geometry import Box, Face
from pdel.geometry_points import Point
from pdel.maths.at_start import conditions_at_start, initial_values
from pdel.maths.checks.exact import scale_of, worst
from pdel.maths.checks.setting import Setting
from pdel.maths.checks.wording import number_text, statement_name
from pdel.maths.enforcement.form import Given, read_condition
from pdel.maths.model import Jump
from pdel.maths.points import Points
from pdel.semantics.problem import BoundaryCondition

DISAGREEMENT = 1e-6
"""Relative differences above this one are reported."""


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
        scale = scale_of(setting, condition.residual, closed, setting.sampler.start())
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


def find_jumps(setting: Setting) -> tuple[Jump, ...]:
    """The corners at which the values that two faces give to a field disagree, of steady problems."""
    if setting.problem.manufactured or setting.problem.time is not None:
        return ()
    axes = [axis.name for axis in setting.problem.space]
    found: dict[tuple[tuple[str, float], ...], Jump] = {}
    for first, one, second, other in _pairs(setting):
        if first.order or second.order:
            continue
        for left, right in _meeting_faces(setting, one, other):
            gaps = _Gaps(setting, first.value, second.value, _corners(left.box, _fixed(left, right)))
            if gaps.disagree:
                box, faces = left.box, sorted((left, right), key=lambda face: face.axis)
                bounds = [(box.highs if face.upper else box.lows)[face.axis] for face in faces]
                ends = tuple((axes[f.axis], bound, f.upper) for f, bound in zip(faces, bounds, strict=True))
                size = min(box.highs[f.axis].value - box.lows[f.axis].value for f in faces)
                place = tuple((name, bound.value) for name, bound, _ in ends)
                found.setdefault(place, Jump(first.field.name, ends, size))
    return tuple(found.values())


def _pairs(setting: Setting) -> Iterator[tuple[Given, BoundaryCondition, Given, BoundaryCondition]]:
    """Pairs of boundary conditions of different statements for the same field."""
    fields = {item.name: item for item in setting.problem.fields}
    time = setting.problem.time.name if setting.problem.time is not None else None
    givens = []
    for residual in setting.conditions:
        source = residual.source
        plain = not any(isinstance(node, Normal) for term in residual.terms for node in walk(term.expression))
        if isinstance(source, BoundaryCondition) and plain:
            given = read_condition(residual, fields, time)
            if not isinstance(given, str):
                givens.append((given, source))
    for (first, one), (second, other) in itertools.combinations(givens, 2):
        if first.field is second.field and one.label != other.label:
            yield first, one, second, other


class _Gaps:
    """How far two closed forms are from one another at points."""

    def __init__(self, setting: Setting, first: Expr, second: Expr, corners: Sequence[Point]) -> None:
        """Evaluate both at all points."""
        rows = [setting.sampler.at(corner) for corner in corners]
        columns = {name: [value for row in rows for value in row.columns[name]] for name in rows[0].columns}
        self.points = Points(columns, sum(row.count for row in rows))
        self.left, self.right = evaluate_points((first, second), columns, setting.constants, count=self.points.count)
        gaps = [abs(a - b) if math.isfinite(a - b) else 0.0 for a, b in zip(self.left, self.right, strict=True)]
        self.place = max(range(self.points.count), key=lambda index: gaps[index])
        scale = max(1.0, abs(self.left[self.place]), abs(self.right[self.place]))
        self.disagree = gaps[self.place] > DISAGREEMENT * scale


def _boundary_against_boundary(setting: Setting) -> list[Diagnostic]:
    """W705: two values stated for one field on faces that meet differ at the corner."""
    found: list[Diagnostic] = []
    for first, one, second, other in _pairs(setting):
        corners = _shared_corners(setting, one, other)
        gaps = _Gaps(setting, first.value, second.value, corners) if corners else None
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
    for left, right in _meeting_faces(setting, one, other):
        found.extend(_corners(left.box, _fixed(left, right)))
    return list(dict.fromkeys(found))


def _meeting_faces(setting: Setting, one: BoundaryCondition, other: BoundaryCondition) -> Iterator[tuple[Face, Face]]:
    """Whole faces of one box, across different axes, of two conditions."""
    pieces = setting.problem.pieces
    for first, second in itertools.product(one.pieces, other.pieces):
        left, right = pieces[first].surface, pieces[second].surface
        if not isinstance(left, Face) or not isinstance(right, Face) or left.axis == right.axis:
            continue
        if left.box == right.box and not (pieces[first].clipped or pieces[second].clipped):
            yield left, right


def _fixed(left: Face, right: Face) -> dict[int, bool]:
    """The axes of two faces, and whether these are the upper ones."""
    return {left.axis: left.upper, right.axis: right.upper}


def _corners(box: Box, fixed: dict[int, bool]) -> list[Point]:
    """The corners of a box with some coordinates at a given end."""
    ends = [
        ((high if fixed[axis] else low).value,) if axis in fixed else (low.value, high.value)
        for axis, (low, high) in enumerate(zip(box.lows, box.highs, strict=True))
    ]
    return list(itertools.product(*ends))


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
