"""Thin layers beside the boundary: what networks and points make of them.

At a distance d from the boundary such a solution varies within d, down to the width w of the layer. In log(1 + d/w) it
varies as fast at every scale of d, so that this is an input of the network beside the coordinates, in which the rest of
the solution is smooth. As many points of the equations lie at every scale of d.

N. S. Bakhvalov, USSR Comput. Math. Math. Phys. 9 (1969) 139-166, on meshes that are graded so.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from pdel.expression import ONE, TWO, Call, Coordinate, Expr, add, divide, multiply, power, subtract
from pdel.geometry import Ball, Face, Piece
from pdel.maths.model import Layer
from pdel.plan.network import decimal
from pdel.plan.network_plan import Feature
from pdel.semantics.problem import Axis


def layer_features(layers: Sequence[Layer], pieces: Sequence[Piece], axes: Sequence[Axis]) -> tuple[Feature, ...]:
    """log(1 + d/w) for every layer, scaled to [-1, 1] over the region.

    From a circle or sphere of radius R the distance is taken as |r^2 - R^2|/(2*R), which is smooth at its centre.
    """
    found = []
    for layer in layers:
        piece, width = pieces[layer.piece], decimal(layer.width)
        if isinstance(piece.surface, Face):
            distance = layer_distance(piece, axes)
        else:
            ball, radius = piece.surface.ball, piece.surface.ball.radius.expression
            distance = divide(_beyond(piece, _square(ball, axes), power(radius, TWO)), multiply(TWO, radius))
        half = decimal(float(f"{math.log1p(layer.reach / layer.width) / 2:.3g}"))
        graded = divide(Call("log", (add(ONE, divide(distance, width)),)), half)
        found.append(Feature("", subtract(graded, ONE)))
    return tuple(found)


def layer_distance(piece: Piece, axes: Sequence[Axis]) -> Expr:
    """The distance from a piece of the boundary, positive inside the region."""
    surface = piece.surface
    if isinstance(surface, Face):
        bound = (surface.box.highs if surface.upper else surface.box.lows)[surface.axis].expression
        x = Coordinate(axes[surface.axis].name)
        return subtract(bound, x) if surface.upper else subtract(x, bound)
    return _beyond(piece, Call("sqrt", (_square(surface.ball, axes),)), surface.ball.radius.expression)


def _square(ball: Ball, axes: Sequence[Axis]) -> Expr:
    """The square of the distance from the centre of a ball."""
    pairs = zip(axes, ball.centre, strict=False)
    return add(*(power(subtract(Coordinate(axis.name), centre.expression), TWO) for axis, centre in pairs))


def _beyond(piece: Piece, far: Expr, near: Expr) -> Expr:
    """How far something is inside the region: beyond a removed ball, or within another one."""
    return subtract(far, near) if piece.inward else subtract(near, far)


def layer_reason(layers: Sequence[Layer], pieces: Sequence[Piece]) -> str:
    """What is done about them, and why."""
    listed = ", ".join(f"{layer.width:.1g} beside {pieces[layer.piece].label}" for layer in layers)
    return (
        f"small coefficients of the highest derivatives let the solution change in a short distance ({listed}): the "
        "network is given the logarithm of that distance, in which all scales count alike, and points are drawn there"
    )
