"""What sudden changes of boundary values make of a field, as a part of the offset of its ansatz."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pdel.expression import Expr, add
from pdel.maths.enforcement import factors
from pdel.maths.enforcement.form import Given
from pdel.maths.model import SuddenChange
from pdel.notation import notation
from pdel.semantics.problem import InitialCondition


def sudden_form(changes: Sequence[SuddenChange], field: str) -> Expr:
    """What all sudden changes of a field make of it."""
    return add(*(change.form for change in changes if change.field == field))


def sudden_note(changes: Sequence[SuddenChange], field: str) -> tuple[str, ...]:
    """What is done about those of a field, and why, as one note; none where there are none."""
    ends = [
        f"by {notation(change.difference)} at {change.coordinate} = {notation(change.bound.expression)}"
        for change in changes
        if change.field == field
    ]
    if not ends:
        return ()
    listed = " and ".join(ends)
    return (
        f"the boundary value differs from the start, {listed}; the erf in g is what such a step makes of {field} "
        "where it spreads by diffusion alone, so that N has only the rest to learn, whose values fit",
    )


def without_changes(given: Given, changes: Sequence[SuddenChange]) -> Given:
    """What a condition asks for beside sudden changes, which are nothing at the start."""
    if isinstance(given.residual.source, InitialCondition):
        return given
    return replace(given, value=factors.difference(given.value, sudden_form(changes, given.field.name)))
