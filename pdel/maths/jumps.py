"""Corners at which the values that two faces of a box give to a field disagree: there a steady solution jumps.

W705 tells of them; what networks, residuals and points make of them is in `pdel/plan/jumps.py`.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence

from pdel.evaluate import evaluate_points
from pdel.expression import Expr, Normal, walk
from pdel.geometry import Face
from pdel.geometry_points import Point
from pdel.maths.checks.setting import Setting
from pdel.maths.enforcement.form import Given, read_condition
from pdel.maths.model import Jump
from pdel.maths.points import Points
from pdel.semantics.problem import BoundaryCondition

DISAGREEMENT = 1e-6
"""Relative differences of stated values above this one count."""


def find_jumps(setting: Setting) -> tuple[Jump, ...]:
    """The corners at which the values that two faces give to a field disagree, of steady problems."""
    if setting.problem.manufactured or setting.problem.time is not None:
        return ()
    axes = [axis.name for axis in setting.problem.space]
    found: dict[tuple[tuple[str, float], ...], Jump] = {}
    for first, one, second, other in pairs_of_values(setting):
        if first.order or second.order:
            continue
        for left, right in meeting_faces(setting, one, other):
            gaps = Gaps(setting, first.value, second.value, corners_between(left, right))
            if gaps.disagree:
                box, faces = left.box, sorted((left, right), key=lambda face: face.axis)
                bounds = [(box.highs if face.upper else box.lows)[face.axis] for face in faces]
                ends = tuple((axes[f.axis], bound, f.upper) for f, bound in zip(faces, bounds, strict=True))
                size = min(box.highs[f.axis].value - box.lows[f.axis].value for f in faces)
                place = tuple((name, bound.value) for name, bound, _ in ends)
                found.setdefault(place, Jump(first.field.name, ends, size))
    return tuple(found.values())


def pairs_of_values(setting: Setting) -> Iterator[tuple[Given, BoundaryCondition, Given, BoundaryCondition]]:
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


class Gaps:
    """Two closed forms at corners: values, the place where they are farthest apart, whether they disagree."""

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


def meeting_faces(setting: Setting, one: BoundaryCondition, other: BoundaryCondition) -> Iterator[tuple[Face, Face]]:
    """Whole faces of one box, across different axes, of two conditions."""
    pieces = setting.problem.pieces
    for first, second in itertools.product(one.pieces, other.pieces):
        left, right = pieces[first].surface, pieces[second].surface
        if not isinstance(left, Face) or not isinstance(right, Face) or left.axis == right.axis:
            continue
        if left.box == right.box and not (pieces[first].clipped or pieces[second].clipped):
            yield left, right


def corners_between(left: Face, right: Face) -> list[Point]:
    """The corners of a box that lie on two of its faces, across different axes."""
    upper = {left.axis: left.upper, right.axis: right.upper}
    ends = [
        ((high if upper[axis] else low).value,) if axis in upper else (low.value, high.value)
        for axis, (low, high) in enumerate(zip(left.box.lows, left.box.highs, strict=True))
    ]
    return list(itertools.product(*ends))
