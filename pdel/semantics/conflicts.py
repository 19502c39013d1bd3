"""Conditions that fix one quantity twice at one place."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from pdel.diagnostics.model import Label, error
from pdel.diagnostics.suggest import enumerate_words
from pdel.evaluate import evaluate_points
from pdel.expression import Differentiate, Expr, is_closed, partials, walk
from pdel.geometry import Piece
from pdel.geometry_points import sample_piece, unit_points
from pdel.semantics.problem import BoundaryCondition, InitialCondition, Statement
from pdel.semantics.scope import Scope

PROBES = 400
"""Points of a piece at which `where`s are compared: a common part of one hundredth is found."""


def check_conflicts(scope: Scope, boundary: Sequence[BoundaryCondition], initial: Sequence[InitialCondition]) -> None:
    """Report two conditions with the same left side at the same place of the boundary, or both at the start of time.

    Conditions on one piece that are narrowed by `where` share a place if both hold at one of many points of it.
    """
    seen: dict[tuple[Expr, int], list[BoundaryCondition]] = {}
    probes: dict[int, dict[str, Sequence[float]]] = {}
    for condition in boundary:
        clashes: dict[str, tuple[BoundaryCondition, list[int], str]] = {}
        for piece in condition.pieces:
            earlier = seen.setdefault((_subject(condition), piece), [])
            for other in earlier:
                common = _overlap(scope, piece, condition.where, other.where, probes)
                if common is not None:
                    clashes.setdefault(other.address, (other, [], common))[1].append(piece)
            earlier.append(condition)
        for other, pieces, common in clashes.values():
            _report(scope, condition, other, f"on {_places(scope.pieces, pieces)}", common)
    start: dict[Expr, InitialCondition] = {}
    for first in initial:
        other_start = start.setdefault(_subject(first), first)
        if other_start is not first:
            _report(scope, first, other_start, "at the start of time")


def _subject(statement: Statement) -> Expr:
    """The side that is fixed: the left one, unless only the right one holds a field."""
    return statement.left if partials(statement.left) or not partials(statement.right) else statement.right


def _overlap(
    scope: Scope, piece: int, first: Expr | None, second: Expr | None, probes: dict[int, dict[str, Sequence[float]]]
) -> str | None:
    """A point of a piece, in words, at which two conditions on it both hold; empty for all of it, None for none."""
    narrowed = [where for where in (first, second) if where is not None]
    if not narrowed:
        return ""
    if not all(_is_plain(where) for where in narrowed):
        return "" if first == second else None
    if piece not in probes:
        probes[piece] = _probes(scope, scope.pieces[piece])
    columns = probes[piece]
    count = len(next(iter(columns.values())))
    values = evaluate_points(narrowed, columns, scope.constants, count=count)
    for index, point in enumerate(zip(*values, strict=True)):
        if all(value == 1.0 for value in point):
            return ", ".join(f"{name} = {column[index]:.3g}" for name, column in columns.items())
    return None


def _is_plain(where: Expr) -> bool:
    """Whether a condition can be evaluated as it stands: without fields and derivatives to be carried out."""
    return is_closed(where) and not any(isinstance(node, Differentiate) for node in walk(where))


def _probes(scope: Scope, piece: Piece) -> dict[str, Sequence[float]]:
    """Points of a piece of the boundary at various times, by coordinate."""
    assert scope.region is not None
    sites = sample_piece(scope.region, piece, PROBES)
    units = itertools.islice(unit_points(len(sites[0]) if sites else 1), PROBES)
    rows = list(zip(itertools.cycle(sites), units, strict=False))
    columns: dict[str, Sequence[float]] = {
        name: [site[index] for site, _ in rows] for index, name in enumerate(scope.space)
    }
    for axis in scope.axes:
        if axis.is_time:
            columns[axis.name] = [axis.low.value + (axis.high.value - axis.low.value) * unit[-1] for _, unit in rows]
    return columns


def _places(pieces: Sequence[Piece], indices: Sequence[int]) -> str:
    return enumerate_words(pieces[index].label for index in indices)


def _report(scope: Scope, statement: Statement, other: Statement, where: str, common: str = "") -> None:
    name, earlier = (one.address.partition(".")[2] for one in (statement, other))
    scope.report(
        error(
            "E316",
            f"`{earlier}` and `{name}` fix the same quantity {where}",
            statement.span,
            "fixed again here",
            secondary=(Label(other.span, "first fixed here"),),
            help="Keep one of the two, or narrow them with `where` or `except`.",
            notes=(f"Both hold at {common}.",) if common else (),
        )
    )
