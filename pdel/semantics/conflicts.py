"""Conditions that fix one quantity twice at one place."""

from __future__ import annotations

from collections.abc import Sequence

from pdel.diagnostics.model import Label, error
from pdel.diagnostics.suggest import enumerate_words
from pdel.expression import Expr, partials
from pdel.geometry import Piece
from pdel.semantics.problem import BoundaryCondition, InitialCondition, Statement
from pdel.semantics.scope import Scope


def check_conflicts(scope: Scope, boundary: Sequence[BoundaryCondition], initial: Sequence[InitialCondition]) -> None:
    """Report two conditions with the same left side on the same piece, or both at the start of time."""
    seen: dict[tuple[Expr, int], list[BoundaryCondition]] = {}
    for condition in boundary:
        clashes: dict[str, tuple[BoundaryCondition, list[int]]] = {}
        for piece in condition.pieces:
            earlier = seen.setdefault((_subject(condition), piece), [])
            for other in earlier:
                if _overlap(condition.where, other.where):
                    clashes.setdefault(other.address, (other, []))[1].append(piece)
            earlier.append(condition)
        for other, pieces in clashes.values():
            _report(scope, condition, other, f"on {_places(scope.pieces, pieces)}")
    start: dict[Expr, InitialCondition] = {}
    for first in initial:
        other_start = start.setdefault(_subject(first), first)
        if other_start is not first:
            _report(scope, first, other_start, "at the start of time")


def _subject(statement: Statement) -> Expr:
    """The side that is fixed: the left one, unless only the right one holds a field."""
    return statement.left if partials(statement.left) or not partials(statement.right) else statement.right


def _overlap(first: Expr | None, second: Expr | None) -> bool:
    """Whether two narrowed conditions surely hold at common points: different `where`s may be disjoint."""
    return first is None or second is None or first == second


def _places(pieces: Sequence[Piece], indices: Sequence[int]) -> str:
    return enumerate_words(pieces[index].label for index in indices)


def _report(scope: Scope, statement: Statement, other: Statement, where: str) -> None:
    name, earlier = (one.address.partition(".")[2] for one in (statement, other))
    scope.report(
        error(
            "E316",
            f"`{earlier}` and `{name}` fix the same quantity {where}",
            statement.span,
            "fixed again here",
            secondary=(Label(other.span, "first fixed here"),),
            help="Keep one of the two, or narrow them with `where` or `except`.",
        )
    )
