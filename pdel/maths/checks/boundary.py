"""Boundary conditions against the orders of the equations.

An equation of order m along a coordinate needs m conditions over both ends of it. Where that is certain
(one field, a leading coefficient that vanishes nowhere) a lack is an error, elsewhere advice.
"""

from __future__ import annotations

from dataclasses import dataclass

from pdel.diagnostics.model import Diagnostic, Label, error, warning
from pdel.expression import Partial
from pdel.geometry import Box, Face
from pdel.maths.analysis import coefficient_of, sign_of
from pdel.maths.checks.fields import fields_of, partials_of
from pdel.maths.checks.setting import Setting
from pdel.maths.checks.wording import counted, listed
from pdel.maths.model import Residual
from pdel.notation import derivative_notation
from pdel.semantics.problem import Axis, BoundaryCondition, Field, PointConstraint


@dataclass(frozen=True, slots=True)
class Leading:
    """The highest derivative of a field along a coordinate, and an equation that contains it."""

    order: int
    equation: Residual
    partial: Partial


def check_boundary(setting: Setting) -> list[Diagnostic]:
    """E406, W701, W702: too few conditions, certainly or perhaps, and too many."""
    found: list[Diagnostic] = []
    for item in setting.problem.solved:
        if isinstance(setting.problem.region, Box):
            for index, axis in enumerate(setting.problem.space):
                if not axis.periodic and axis.name in item.arguments:
                    found.extend(_along(setting, item, index, axis))
        else:
            found.extend(_uncovered(setting, item))
    return found


def _leading(setting: Setting, item: Field, coordinate: str) -> Leading | None:
    """The highest derivative of a field along a coordinate in the equations."""
    best: Leading | None = None
    for residual in setting.equations:
        for partial in partials_of(residual):
            order = dict(partial.orders).get(coordinate, 0)
            if partial.field == item.name and order > (best.order if best else 0):
                best = Leading(order, residual, partial)
    return best


def _on_face(setting: Setting, item: Field, axis: int, upper: bool) -> list[Residual]:
    """The conditions that contain a field and hold on one side of the box."""
    found = []
    for residual in setting.conditions:
        source = residual.source
        if not isinstance(source, BoundaryCondition) or item.name not in fields_of(residual):
            continue
        surfaces = [setting.problem.pieces[index].surface for index in source.pieces]
        if any(isinstance(face, Face) and (face.axis, face.upper) == (axis, upper) for face in surfaces):
            found.append(residual)
    return found


def _along(setting: Setting, item: Field, index: int, axis: Axis) -> list[Diagnostic]:
    """The findings for one field along one coordinate of a box."""
    leading = _leading(setting, item, axis.name)
    if leading is None:
        return []
    low, high = (_on_face(setting, item, index, upper) for upper in (False, True))
    everything = low + high
    if any(isinstance(residual.source, BoundaryCondition) and residual.source.where for residual in everything):
        return []
    points = sum(
        item.name in fields_of(residual) and isinstance(residual.source, PointConstraint)
        for residual in setting.conditions
    )
    if leading.order == 1 and len(setting.problem.solved) > 1:
        return []
    if item.name in setting.informed and len(everything) <= leading.order:
        return []
    if len(everything) + (points if len(setting.problem.axes) == 1 else 0) < leading.order:
        return [_too_few(setting, item, axis, leading, (low, high))]
    own = [residual for residual in everything if fields_of(residual) == (item.name,)]
    if len(own) > leading.order and leading.order > 1:
        return [_too_many(item, axis, leading, own)]
    bare = [text for text, group in ((_side(axis, False), low), (_side(axis, True), high)) if not group]
    if bare and leading.order == 2 and len(setting.problem.axes) > 1 and not _is_timelike(setting, axis):
        return [_bare_side(item, leading, bare[0])]
    return []


def _side(axis: Axis, upper: bool) -> str:
    return f"{axis.name} = {(axis.high if upper else axis.low).value:g}"


def _is_timelike(setting: Setting, axis: Axis) -> bool:
    """Whether a spatial coordinate may play the role of time: the problem is steady and not elliptic."""
    return setting.problem.time is None and any(
        facts.kind != "elliptic" and axis.name in dict(facts.orders) for facts in setting.facts
    )


def _is_certain(setting: Setting, leading: Leading) -> bool:
    """Whether a lack of conditions leaves the solution open: one field, no vanishing leading coefficient."""
    if len(setting.problem.solved) > 1 or leading.order < 2 or len(leading.partial.orders) > 1:
        return False
    coefficient = coefficient_of([term.expression for term in leading.equation.terms], leading.partial)
    return sign_of(coefficient, setting.problem, setting.sampler.closure()) != 0


def _too_few(
    setting: Setting, item: Field, axis: Axis, leading: Leading, ends: tuple[list[Residual], list[Residual]]
) -> Diagnostic:
    """E406 or W702: fewer conditions along a coordinate than the order of the equation."""
    low, high = ends
    derivative = derivative_notation(item.label, leading.partial.orders)
    bare = [f"`{text}`" for text, group in ((_side(axis, False), low), (_side(axis, True), high)) if not group]
    count = counted(len(low) + len(high), "boundary condition")
    message = f"`{item.label}` has {count} along `{axis.name}`, but `{derivative}` needs {leading.order}"
    if leading.order == 1:
        help_text = f"State a condition on the side through which `{item.label}` enters, if there is one."
    elif bare:
        help_text = f"State a condition on {listed(bare)}, or make `{axis.name}` periodic."
    else:
        help_text = f"State a further condition on `{_side(axis, False)}` or `{_side(axis, True)}`."
    secondary = tuple(Label(residual.source.span, "a condition") for residual in low + high)
    report = error if _is_certain(setting, leading) else warning
    return report(
        "E406" if report is error else "W702",
        message,
        leading.equation.source.span,
        f"contains `{derivative}`",
        secondary=tuple(dict.fromkeys(secondary)),
        help=help_text,
    )


def _bare_side(item: Field, leading: Leading, side: str) -> Diagnostic:
    """W702: all conditions stand on one side."""
    return warning(
        "W702",
        f"nothing is stated for `{item.label}` on `{side}`",
        leading.equation.source.span,
        f"contains `{derivative_notation(item.label, leading.partial.orders)}`",
        help=f"State a condition on `{side}`: an equation of second order needs one on each side.",
    )


def _too_many(item: Field, axis: Axis, leading: Leading, own: list[Residual]) -> Diagnostic:
    """W701: more conditions along a coordinate than the order of the equation."""
    derivative = derivative_notation(item.label, leading.partial.orders)
    spans = tuple(dict.fromkeys(residual.source.span for residual in own))
    return warning(
        "W701",
        f"`{item.label}` has {counted(len(own), 'boundary condition')} along `{axis.name}`, but `{derivative}` needs"
        f" only {leading.order}",
        spans[-1],
        "perhaps one too many",
        secondary=tuple(Label(span, "a condition") for span in spans[:-1]),
        help="Check that a solution can satisfy all of them: each becomes a term of the loss or a part of the ansatz.",
    )


def _uncovered(setting: Setting, item: Field) -> list[Diagnostic]:
    """E406 or W702: pieces of a composed region's boundary without any condition on a field of second order."""
    problem = setting.problem
    leading = [found for axis in problem.space if (found := _leading(setting, item, axis.name)) is not None]
    if item.name in setting.informed or len(leading) < len(problem.space) or any(found.order < 2 for found in leading):
        return []
    covered: set[int] = set()
    for residual in setting.conditions:
        if isinstance(residual.source, BoundaryCondition) and item.name in fields_of(residual):
            covered.update(residual.source.pieces)
    sites = setting.sampler.sites
    bare = [piece.label for index, piece in enumerate(problem.pieces) if index not in covered and sites[index]]
    if not bare:
        return []
    certain = all(_is_certain(setting, found) for found in leading)
    report = error if certain else warning
    labels = listed([f"`{label}`" for label in dict.fromkeys(bare)])
    return [
        report(
            "E406" if certain else "W702",
            f"no boundary condition for `{item.label}` on {labels}",
            leading[0].equation.source.span,
            f"contains `{derivative_notation(item.label, leading[0].partial.orders)}`",
            help="State a condition on every part of the boundary; `on boundary` means all of it.",
        )
    ]
