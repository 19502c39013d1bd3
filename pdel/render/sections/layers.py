"""Thin layers beside the boundary, for the section "Sampling"."""

from __future__ import annotations

from typing import Any

from pdel.plan.layers import layer_distance
from pdel.plan.plan import Plan
from pdel.render.common import reads_coordinates
from pdel.render.layout import Block, listing
from pdel.render.printer import code
from pdel.render.py import py_float, py_text, py_tuple
from pdel.render.sections.coordinates import unpack_coordinates


def holes(plan: Plan) -> dict[str, Any]:
    """The holes of points that are moved towards layers."""
    if not plan.layers:
        return {}
    pieces = [plan.pieces[layer.piece] for layer in plan.layers]
    distances = [layer_distance(piece, plan.axes) for piece in pieces]
    block = Block(partial_name=lambda partial: partial.field)
    block.lines.append(unpack_coordinates(plan, reads_coordinates(distances)))
    if len(distances) == 1:
        block.give_back(distances[0])
    else:
        block.lines.append(listing("return torch.cat", [code(distance) for distance in distances], "dim=1", 4, ""))
    return {
        "beside": py_text(", ".join(piece.label for piece in pieces)),
        "widths": py_tuple([py_float(layer.width) for layer in plan.layers]),
        "drawn_in": py_float(round(1 / (len(pieces) + 1), 2)),
        "distances": block.text(),
    }
