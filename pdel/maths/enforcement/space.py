"""Boundary values: which carriers hold them for every network, and the offset that takes them on.

On the box around the region the offset is built axis by axis (a boolean sum): the values that are still
missing on a pair of faces are blended linearly from one to the other. Each step leaves earlier faces alone
where the data agree on edges. Holes come last: what is missing on a hole is faded out towards all other
carriers by the weight p/(p + phi), p their factor and phi the hole's.
"""

from __future__ import annotations

from dataclasses import dataclass

from pdel.expression import ONE, ZERO, Expr, add, coordinates, divide, multiply
from pdel.geometry_points import Point
from pdel.maths.enforcement import factors
from pdel.maths.enforcement.carriers import Carrier, side_factors
from pdel.maths.enforcement.conflicts import trace
from pdel.maths.enforcement.form import Given
from pdel.maths.enforcement.surroundings import Surroundings
from pdel.semantics.problem import BoundaryCondition


@dataclass(frozen=True, slots=True)
class Spatial:
    """Offset and factor of the boundary conditions of one field.

    `curved` is set where a carrier is no side of a box, `blended` where values are blended by distance.
    """

    offset: Expr = ZERO
    factor: Expr = ONE
    curved: bool = False
    blended: bool = False


Refusals = list[tuple[Given, str]]


def active_carriers(surroundings: Surroundings, givens: list[Given]) -> dict[int, list[Given]]:
    """The carriers on which conditions give a value everywhere, each with its conditions in written order."""
    owners: dict[int, list[Given]] = {}
    for given in givens:
        for piece in _pieces(given):
            owners.setdefault(piece, []).append(given)
    found: dict[int, dict[int, Given]] = {}
    bare: dict[int, None] = {}
    for piece, touching in enumerate(surroundings.touching):
        for carriers in touching:
            for carrier in carriers:
                if piece in owners:
                    found.setdefault(carrier, {}).update({id(given): given for given in owners[piece]})
                else:
                    bare[carrier] = None
    return {carrier: list(found[carrier].values()) for carrier in sorted(found) if carrier not in bare}


def refuse_uncovered(surroundings: Surroundings, givens: list[Given]) -> Refusals:
    """The boundary conditions with a point that lies on no active carrier."""
    active = active_carriers(surroundings, givens)
    refused: Refusals = []
    for given in givens:
        for piece in _pieces(given):
            touching = surroundings.touching[piece]
            if touching and all(any(carrier in active for carrier in carriers) for carriers in touching):
                continue
            refused.append((given, _why_uncovered(surroundings, piece, touching)))
            break
    return refused


def build_spatial(surroundings: Surroundings, givens: list[Given]) -> Spatial | Refusals:
    """Offset and factor for boundary conditions that lie on active carriers, or those that do not fit in."""
    active = active_carriers(surroundings, givens)
    refused = _refuse_differing(surroundings, active)
    if refused:
        return refused
    values = {index: owners[0].value for index, owners in active.items()}
    sides = {
        (carrier.axis, carrier.upper): values[index]
        for index, carrier in enumerate(surroundings.carriers)
        if index in values and carrier.axis is not None
    }
    names = surroundings.names
    offset = _box_offset(surroundings, sides)
    factor = factors.product_of(*side_factors(surroundings.carved, names, list(sides), surroundings.widths))
    others = [index for index in values if surroundings.carriers[index].axis is None]
    others.sort(key=lambda index: _isolated(surroundings, index))
    blended = False
    for index in others:
        carrier, value = surroundings.carriers[index], values[index]
        points = surroundings.lifted(_sites(surroundings, index))
        if not _agree(surroundings, value, offset, points):
            if factor == ONE:
                offset = value
            elif _isolated(surroundings, index):
                offset = _blend(offset, value, factor, carrier.factor)
                blended = True
            else:
                reason = "its values differ from those on the pieces of the boundary that it touches"
                return [(given, reason) for given in active[index]]
        factor = factors.product_of(factor, carrier.factor)
    return Spatial(offset, factor, bool(others), blended)


def _blend(offset: Expr, value: Expr, outer: Expr, inner: Expr) -> Expr:
    """offset + (value - offset)*w with w = outer/(outer + inner): `value` where `inner` vanishes, else `offset`."""
    total = add(outer, inner)
    if value == ZERO:
        return multiply(offset, divide(inner, total))
    return add(offset, multiply(factors.difference(value, offset), divide(outer, total)))


def _refuse_differing(surroundings: Surroundings, active: dict[int, list[Given]]) -> Refusals:
    """Conditions on one carrier whose values are not one closed form."""
    for index, owners in active.items():
        for given in owners[1:]:
            sites = tuple(
                point
                for piece in _pieces(given)
                for point, carriers in zip(
                    surroundings.boundary.sites[piece], surroundings.touching[piece], strict=True
                )
                if index in carriers
            )
            if not _agree(surroundings, given.value, owners[0].value, surroundings.lifted(sites)):
                where = surroundings.carriers[index].name
                return [(given, f"its values differ from those of `{owners[0].name}` on the same side ({where})")]
    return []


def _box_offset(surroundings: Surroundings, sides: dict[tuple[int, bool], Expr]) -> Expr:
    """The boolean sum of boundary values on sides of the box around the region."""
    offset: Expr = ZERO
    for axis, name in enumerate(surroundings.names):
        missing: dict[bool, Expr] = {}
        for upper in (False, True):
            if (axis, upper) in sides:
                missing[upper] = _missing(surroundings, offset, sides[axis, upper], axis, upper)
        low, high = surroundings.carved.lows[axis], surroundings.carved.highs[axis]
        if len(missing) == 2 and low is not None and high is not None:
            if missing[False] == missing[True]:
                offset = add(offset, missing[False])
            else:
                offset = add(
                    offset,
                    multiply(missing[False], factors.fall(name, low, high)),
                    multiply(missing[True], factors.rise(name, low, high)),
                )
        else:
            offset = add(offset, *missing.values())
    return offset


def _missing(surroundings: Surroundings, offset: Expr, value: Expr, axis: int, upper: bool) -> Expr:
    """What an offset lacks on one side of the box: value - offset there, exactly 0 where they agree."""
    points = surroundings.lifted(surroundings.cloud)
    wanted, present = trace(value, surroundings, axis, upper), trace(offset, surroundings, axis, upper)
    probe = surroundings.probe
    if probe.vanishes(present, points):
        return ZERO if probe.vanishes(wanted, points) else wanted
    rest = factors.difference(wanted, present)
    return ZERO if probe.vanishes(rest, points, probe.size(wanted, points)) else rest


def _agree(surroundings: Surroundings, first: Expr, second: Expr, points: list[Point]) -> bool:
    """Whether two closed forms have the same values at points, to rounding."""
    return surroundings.probe.difference(first, second, points)[1] is None


def _isolated(surroundings: Surroundings, index: int) -> bool:
    """Whether a carrier is met by no other surface of the region."""
    carrier: Carrier = surroundings.carriers[index]
    pieces = [
        piece for piece, touching in enumerate(surroundings.touching) if any(index in carriers for carriers in touching)
    ]
    return carrier.closed and all(surroundings.boundary.whole[piece] for piece in pieces)


def _sites(surroundings: Surroundings, index: int) -> tuple[Point, ...]:
    """The samples of the boundary on one carrier."""
    return tuple(
        point
        for sites, touching in zip(surroundings.boundary.sites, surroundings.touching, strict=True)
        for point, carriers in zip(sites, touching, strict=True)
        if index in carriers
    )


def _why_uncovered(surroundings: Surroundings, piece: int, touching: tuple[tuple[int, ...], ...]) -> str:
    """Why a factor cannot vanish on a piece."""
    label = surroundings.problem.pieces[piece].label
    if not touching:
        return f"no points of `{label}` are on the boundary"
    if all(touching):
        return f"another kind of condition holds on the rest of the surface of `{label}`"
    if surroundings.carved.refusals:
        return surroundings.carved.refusals[0]
    return f"no smooth factor is known that vanishes on `{label}` alone"


def _pieces(given: Given) -> tuple[int, ...]:
    """The pieces that a boundary condition names."""
    source = given.residual.source
    return source.pieces if isinstance(source, BoundaryCondition) else ()


def is_constant(expression: Expr) -> bool:
    """Whether a closed form is the same everywhere."""
    return not coordinates(expression)
