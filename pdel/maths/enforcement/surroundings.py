"""What surrounds conditions that are enforced: the carriers of the region, sample points, what the equations need."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from pdel.expression import ONE, Orders, partials
from pdel.geometry import Face
from pdel.geometry_points import Point, bounds, sample_region
from pdel.maths.enforcement.carriers import NO_LAYERS, Carrier, Carved, Side, carve, sides
from pdel.maths.enforcement.form import Given
from pdel.maths.enforcement.probe import Probe, probe_of, scaled, spread
from pdel.maths.enforcement.region import Boundary, borders, face_corners, sample_boundary
from pdel.maths.model import Layer, Residual
from pdel.semantics.problem import Axis, BoundaryCondition, Field, Problem

_ON_SURFACE = 1e-9
_CLOUD = 7
_INSIDE = 24


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What all fields of a problem share.

    `touching` gives for every sample of every piece the carriers that it lies on; `corners` the corners of
    the faces that belong to the region; `inside` points of the region; `cloud` points of the box around it.
    All are spatial; `lifted` adds times. `windows` is the number of windows of time, `widths` those of thin layers by
    sides of the box.
    """

    problem: Problem
    equations: tuple[Residual, ...]
    probe: Probe
    carved: Carved
    carriers: tuple[Carrier, ...]
    boundary: Boundary
    touching: tuple[tuple[tuple[int, ...], ...], ...]
    corners: tuple[tuple[Point, ...], ...]
    inside: tuple[Point, ...]
    cloud: tuple[Point, ...]
    windows: int
    widths: Mapping[Side, float]

    @property
    def names(self) -> tuple[str, ...]:
        """The spatial coordinates."""
        return tuple(axis.name for axis in self.problem.space)

    @property
    def time(self) -> Axis | None:
        """The time axis."""
        return self.problem.time

    def lifted(self, points: tuple[Point, ...]) -> list[Point]:
        """Spatial points at the start, at the end and at a time between; as they are without time."""
        time = self.time
        if time is None:
            return list(points)
        low, high = time.low.value, time.high.value
        return [(*point, moment) for point in points for moment in (low, low + 0.37 * (high - low), high)]

    def started(self, points: tuple[Point, ...]) -> list[Point]:
        """Spatial points at the start of time."""
        time = self.time
        return list(points) if time is None else [(*point, time.low.value) for point in points]

    def on_pieces(self, given: Given) -> tuple[Point, ...]:
        """The samples of the pieces that a boundary condition names, corners included."""
        source = given.residual.source
        pieces = source.pieces if isinstance(source, BoundaryCondition) else ()
        return tuple(point for piece in pieces for point in (*self.boundary.sites[piece], *self.corners[piece]))

    def derivatives_of(self, field: Field) -> tuple[Orders, ...]:
        """The derivatives of a field in the equations, in written order."""
        found = dict.fromkeys(
            partial.orders
            for residual in self.equations
            for term in residual.terms
            for partial in partials(term.expression)
            if partial.field == field.name
        )
        return tuple(found)

    def order_along(self, field: Field, coordinate: str) -> int:
        """The highest order of a field's derivatives along a coordinate in the equations."""
        return max((dict(orders).get(coordinate, 0) for orders in self.derivatives_of(field)), default=0)


def surroundings_of(
    problem: Problem,
    equations: tuple[Residual, ...],
    *,
    with_boundary: bool,
    windows: int = 1,
    layers: tuple[Layer, ...] = (),
) -> Surroundings:
    """The surroundings for a problem; boundary samples only where a condition asks for them."""
    probe = probe_of(problem)
    region = problem.region
    names = tuple(axis.name for axis in problem.space)
    nothing = (None,) * len(names)
    interior = ((),) if region is None else sample_region(region, _INSIDE)
    if region is None or not with_boundary:
        return Surroundings(
            problem,
            equations,
            probe,
            Carved(nothing, nothing),
            (),
            Boundary((), ()),
            (),
            (),
            interior,
            interior[:_CLOUD],
            windows,
            NO_LAYERS,
        )
    carved = carve(region, names)
    carriers = (*(_side(carved, axis, upper, names) for axis, upper in sides(carved)), *carved.others)
    boundary = sample_boundary(region, problem.pieces)
    lows, highs = bounds(region)
    size = max(high - low for low, high in zip(lows, highs, strict=True))
    start = () if problem.time is None else (problem.time.low.value,)
    touching = tuple(_touching(carriers, sites, probe, start, size) for sites in boundary.sites)
    corners = tuple(
        tuple(point for point in face_corners(piece.surface) if borders(region, point))
        if isinstance(piece.surface, Face)
        else ()
        for piece in problem.pieces
    )
    cloud = tuple(scaled(point, lows, highs) for point in spread(_CLOUD, len(names)))
    surfaces = ((problem.pieces[layer.piece].surface, layer.width) for layer in layers)
    widths = {(face.axis, face.upper): width for face, width in surfaces if isinstance(face, Face)}
    return Surroundings(
        problem, equations, probe, carved, carriers, boundary, touching, corners, interior, cloud, windows, widths
    )


def _side(carved: Carved, axis: int, upper: bool, names: tuple[str, ...]) -> Carrier:
    """The carrier of one side of the box around the region; its factor is found together with its opposite's."""
    bound = (carved.highs if upper else carved.lows)[axis]
    position = math.nan if bound is None else bound.value
    return Carrier(f"{names[axis]} = {position:g}", ONE, axis, upper, position)


def _touching(
    carriers: tuple[Carrier, ...], sites: tuple[Point, ...], probe: Probe, start: Point, size: float
) -> tuple[tuple[int, ...], ...]:
    """For each point the carriers that it lies on."""
    lifted = [(*point, *start) for point in sites]
    columns: list[list[bool]] = []
    for carrier in carriers:
        if carrier.axis is None:
            columns.append([abs(value) <= _ON_SURFACE for value in probe.at(carrier.factor, lifted)])
        else:
            columns.append([abs(point[carrier.axis] - carrier.position) <= _ON_SURFACE * size for point in sites])
    return tuple(tuple(index for index, column in enumerate(columns) if column[number]) for number in range(len(sites)))
