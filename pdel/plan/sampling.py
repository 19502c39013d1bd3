"""Collocation points: how many lie where, and by which sampler they are drawn."""

from __future__ import annotations

import dataclasses
import math

from pdel.geometry_points import surface_measure
from pdel.maths.model import Soft
from pdel.plan.defaults import default_call
from pdel.plan.plan import PointSet
from pdel.semantics.problem import (
    BoundaryCondition,
    InitialCondition,
    MethodCall,
    PointConstraint,
    Problem,
)

DEFAULT_SAMPLER = "hammersley"

CONDITION_COUNTS = {1: 200, 2: 400}
"""Points of a condition by the number of coordinates that vary along it."""

MOST_CONDITION = 1000
"""Points of a condition along which more coordinates vary."""

POINTS_PER_PIECE = 100
"""Points for each boundary piece of a condition, up to twice the count for one piece."""

TIMES = 100
"""Times at which a point constraint of an unsteady problem is sampled."""


def plan_point_sets(
    problem: Problem,
    soft: tuple[Soft, ...],
    normals: frozenset[str],
    interior: tuple[int, str],
    on_pieces: int = 0,
) -> tuple[PointSet, ...]:
    """The point sets of a problem: the interior, then one for every statement with soft conditions.

    A set bears its statement's label (`walls` of `boundary.walls.x`), so that all components of a statement share
    their points; `normals` are the labels of those that need outward normals. Counts, samplers and redraws come
    from `sample` statements, from the defaults where nothing is said; `reason` tells what was chosen here. `interior`
    is the count of the interior where none is stated, with its reason; `on_pieces` is the least on every piece of the
    boundary.
    """
    sets = [_interior(problem, *interior)]
    named = {"interior"}
    for item in soft:
        label = item.residual.source.address.split(".")[1]
        if label in named:
            continue
        named.add(label)
        planned = _condition(problem, item, label, on_pieces)
        sets.append(dataclasses.replace(planned, normals=label in normals))
    return tuple(sets)


def _interior(problem: Problem, chosen: int, reason: str) -> PointSet:
    sampler = _sampler(problem, "interior")
    count = int(sampler.option("points"))
    if count == 0:
        count = _fitting(sampler, chosen, len(problem.axes))
        reason = f"{count} points, {reason}"
    else:
        reason = ""
    return PointSet("interior", "interior", count, sampler, int(sampler.option("fresh")), reason=reason)


def _condition(problem: Problem, soft: Soft, label: str, on_pieces: int) -> PointSet:
    sampler = _sampler(problem, label)
    fresh = int(sampler.option("fresh"))
    given = _given_count(problem, label)
    varying = len(problem.axes) - 1
    match soft.residual.source:
        case BoundaryCondition() as source:
            pieces = source.pieces
            if varying == 0:
                return PointSet(label, "boundary", len(pieces), sampler, 0, pieces, source.where)
            count = given or _boundary_count(sampler, varying, len(pieces), on_pieces)
            reason = "" if given else _boundary_reason(problem, pieces, count)
            return PointSet(label, "boundary", count, sampler, fresh, pieces, source.where, reason=reason)
        case InitialCondition():
            if varying == 0:
                return PointSet(label, "initial", 1, sampler, 0)
            count = given or _fitting(sampler, CONDITION_COUNTS.get(varying, MOST_CONDITION), varying)
            reason = "" if given else f"{count} points at the start of time"
            return PointSet(label, "initial", count, sampler, fresh, reason=reason)
        case PointConstraint(point=point):
            place = tuple(scalar.expression for scalar in point)
            if len(point) == len(problem.axes):
                return PointSet(label, "point", 1, sampler, 0, point=place)
            reason = "" if given else f"{TIMES} times at its point"
            return PointSet(label, "point", given or TIMES, sampler, fresh, point=place, reason=reason)
        case source:
            raise TypeError(f"{source.address} is no condition")


def _sampler(problem: Problem, target: str) -> MethodCall:
    """The sampler of a point set: its own `sample` statement, the general one, or the default."""
    general: MethodCall | None = None
    for choice in problem.methods:
        if choice.family == "sample" and target in choice.targets:
            return choice.calls[0]
        if choice.family == "sample" and not choice.targets:
            general = choice.calls[0]
    return general or default_call("sample", DEFAULT_SAMPLER)


def _given_count(problem: Problem, label: str) -> int:
    """The number of points that a `sample` statement for a condition names; 0 where there is none.

    The number in a `sample` statement without targets is that of the interior.
    """
    for choice in problem.methods:
        if choice.family == "sample" and label in choice.targets:
            return int(choice.calls[0].option("points"))
    return 0


def _boundary_count(sampler: MethodCall, varying: int, pieces: int, on_pieces: int) -> int:
    least = CONDITION_COUNTS.get(varying, MOST_CONDITION)
    count = max(min(max(least, POINTS_PER_PIECE * pieces), 2 * least), on_pieces * pieces)
    return _fitting(sampler, count, varying) if pieces == 1 else count


def _boundary_reason(problem: Problem, pieces: tuple[int, ...], count: int) -> str:
    if len(pieces) == 1:
        return f"{count} points on {problem.pieces[pieces[0]].label}"
    sizes = [surface_measure(problem.pieces[index].surface) for index in pieces]
    equal = all(math.isclose(size, sizes[0]) for size in sizes)
    spread = "equally" if equal else "in proportion to their size"
    return f"{count} points on {len(pieces)} pieces of the boundary, shared {spread}"


def _fitting(sampler: MethodCall, count: int, dimensions: int) -> int:
    """A count that suits the sampler: a whole grid, a power of two for Sobol points."""
    if sampler.name == "grid":
        return int(math.ceil(round(count ** (1 / dimensions), 9)) ** dimensions)
    if sampler.name == "sobol":
        return int(2 ** round(math.log2(count)))
    return count
