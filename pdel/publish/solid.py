"""Boxes and balls in space as a drawing, in an oblique view."""

from __future__ import annotations

import math
from collections.abc import Mapping

from pdel.geometry import Ball, Box, Face, Piece, Sphere
from pdel.geometry_points import bounds, leaves
from pdel.publish.bound import bound
from pdel.publish.drawing import Area, Caption, Drawing, Item, Place, Stroke
from pdel.publish.labels import LINE, WIDTH, Conditions, ToPlace, constraint_dots, mark_of, time_below
from pdel.publish.layout import Layout, Operator, Words, listed, row
from pdel.publish.names import symbol
from pdel.publish.outline import Point
from pdel.semantics.problem import Problem


def draw_solid(problem: Problem, marks: Mapping[str, int]) -> Drawing:
    """Boxes and balls in an oblique view, what is removed in dashes, with the conditions of every surface beside."""
    assert problem.region is not None
    low, high = bounds(problem.region)
    sides = [upper - lower for lower, upper in zip(low, high, strict=True)]
    depth = (0.38, 0.27)
    scale = min(190 / (sides[0] + depth[0] * sides[1]), 190 / (sides[2] + depth[1] * sides[1]))
    left, bottom = 70.0, 24 + scale * (sides[2] + depth[1] * sides[1])

    def place(point: Point) -> Place:
        x, y, z = (scale * (value - lower) for value, lower in zip(point, low, strict=True))
        return left + x + depth[0] * y, bottom - z - depth[1] * y

    items: list[Item] = []
    for shape in leaves(problem.region):
        removed = any(piece.inward and _owner(piece.surface) == shape for piece in problem.pieces)
        items += _box_lines(shape, place, removed) if isinstance(shape, Box) else _ball_lines(
            shape, place, scale, removed
        )  # fmt: skip
    items += _triad(problem, (left - 56, bottom))
    items += _surface_list(problem, marks, left + scale * (sides[0] + depth[0] * sides[1]) + 60)
    items += constraint_dots(problem, marks, lambda point: place(point[:3]), 3)
    height = bottom + 40
    if problem.time is not None:
        items += time_below(problem, marks, problem.time, height + 10)
        height += 40
    return Drawing(WIDTH, height, tuple(items), "The region in space with its conditions")


def _owner(surface: Face | Sphere) -> Box | Ball:
    return surface.box if isinstance(surface, Face) else surface.ball


def _box_lines(box: Box, place: ToPlace, removed: bool) -> list[Item]:
    corners = {
        (i, j, k): place(tuple((high if upper else low).value
                               for upper, low, high in zip((i, j, k), box.lows, box.highs, strict=True)))
        for i in (0, 1) for j in (0, 1) for k in (0, 1)
    }  # fmt: skip
    faces = (
        ((0, 0, 0), (1, 0, 0), (1, 0, 1), (0, 0, 1)),
        ((0, 0, 1), (1, 0, 1), (1, 1, 1), (0, 1, 1)),
        ((1, 0, 0), (1, 1, 0), (1, 1, 1), (1, 0, 1)),
    )
    items: list[Item] = []
    if not removed:
        items += [Area((tuple(corners[corner] for corner in face),)) for face in faces]
    for end in ((1, 1, 0), (0, 0, 0), (0, 1, 1)):
        items.append(Stroke((corners[0, 1, 0], corners[end]), None, "dashed"))
    for face in faces:
        around = tuple(corners[corner] for corner in (*face, face[0]))
        items.append(Stroke(around, None, "dashed" if removed else "solid"))
    return items


def _ball_lines(ball: Ball, place: ToPlace, scale: float, removed: bool) -> list[Item]:
    x, y = place(tuple(scalar.value for scalar in ball.centre))
    radius = scale * ball.radius.value
    angles = [2 * math.pi * index / 72 for index in range(73)]
    circle = tuple((x + radius * math.cos(angle), y + radius * math.sin(angle)) for angle in angles)
    front = tuple((x + radius * math.cos(angle), y + 0.3 * radius * math.sin(angle)) for angle in angles[:37])
    back = tuple((x + radius * math.cos(angle), y + 0.3 * radius * math.sin(angle)) for angle in angles[36:])
    kind = "dashed" if removed else "solid"
    items: list[Item] = [] if removed else [Area((circle,))]
    return [*items, Stroke(circle, None, kind), Stroke(front, None, "dashed" if removed else "thin"),
            Stroke(back, None, "dashed")]  # fmt: skip


def _triad(problem: Problem, origin: Place) -> list[Item]:
    """The directions of the coordinates."""
    x, y = origin
    first, second, third = (symbol(axis.name) for axis in problem.space)
    return [
        Stroke(((x, y), (x + 30, y)), None, "arrow"),
        Stroke(((x, y), (x, y - 30)), None, "arrow"),
        Stroke(((x, y), (x + 18, y - 13)), None, "thin"),
        Caption((x + 38, y + 4), first, "start"),
        Caption((x + 22, y - 15), second, "start"),
        Caption((x, y - 36), third),
    ]


def _surface_list(problem: Problem, marks: Mapping[str, int], left: float) -> list[Item]:
    """The surfaces of every condition, a line each."""
    conditions = Conditions.of(problem)
    lines: dict[tuple[str, ...], list[Layout]] = {}
    for piece in problem.pieces:
        lines.setdefault(conditions.on(piece.surface), []).append(_piece_name(problem, piece))
    items: list[Item] = []
    y = 46.0
    for labels, surfaces in lines.items():
        if not labels:
            continue
        items += [Stroke(((left, y - 4), (left + 16, y - 4)), mark_of(labels, marks))]
        items += [Caption((left + 26, y), Words(", ".join(labels)), "start", mark_of(labels, marks))]
        for start in range(0, len(surfaces), 2):
            y += LINE
            items.append(Caption((left + 26, y), listed(surfaces[start : start + 2]), "start"))
        y += LINE + 8
    return items


def _piece_name(problem: Problem, piece: Piece) -> Layout:
    if not isinstance(piece.surface, Face):
        return Words(piece.label)
    face = piece.surface
    end = (face.box.highs if face.upper else face.box.lows)[face.axis]
    return row(symbol(problem.space[face.axis].name), Operator("="), bound(end.expression).layout)
