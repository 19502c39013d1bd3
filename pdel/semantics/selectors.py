"""Selectors: what stands after `on`, as indices of boundary pieces.

In: a `Selector` of the syntax tree and the pieces of the region's boundary. Out: the pieces it names, in order.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pdel.diagnostics.model import Diagnostic, Result, error
from pdel.diagnostics.suggest import did_you_mean
from pdel.geometry import Face, Piece, Shape
from pdel.semantics.geometry import Evaluate
from pdel.semantics.pieces import boundary_text, shape_pieces
from pdel.syntax import ast

NEARNESS = 1e-9
"""How far a side's value may be from a face, in units of the face's own value or 1."""


@dataclass(frozen=True, slots=True)
class Boundary:
    """What a selector can name: pieces by side, shape or part.

    Shapes and parts known as None were refused before: nothing is reported on them again.
    """

    pieces: tuple[Piece, ...]
    coordinates: tuple[str, ...]
    shapes: Mapping[str, Shape | None]
    parts: Mapping[str, tuple[int, ...] | None]
    time: str | None = None
    periodic: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The sentence that lists the pieces there are."""
        return f"The boundary consists of {boundary_text(self.pieces)}." if self.pieces else ""


def select(selector: ast.Selector, boundary: Boundary, evaluate: Evaluate) -> Result[tuple[int, ...]]:
    """The indices of the pieces that a selector names: the union of its items less those after `except`.

    `x = 0` names every face on that plane, a shape all pieces of its surfaces, `boundary` everything, a
    part what it was declared as. Errors: E410 no such face, E417 an unknown name, E418 a shape off the
    boundary, E419 nothing left after `except`.
    """
    included = [_item(item, boundary, evaluate) for item in selector.included]
    excluded = [_item(item, boundary, evaluate) for item in selector.excluded]
    diagnostics = [item for result in (*included, *excluded) for item in result.diagnostics]
    if any(result.value is None for result in (*included, *excluded)):
        return Result(None, tuple(diagnostics))
    removed = {index for result in excluded for index in result.value or ()}
    left = tuple(sorted({index for result in included for index in result.value or ()} - removed))
    if not left:
        diagnostics.append(
            error(
                "E419",
                "nothing of the boundary is left",
                selector.span,
                "everything that this names is taken away again",
                help=boundary.text,
            )
        )
        return Result(None, tuple(diagnostics))
    return Result(left, tuple(diagnostics))


def _item(item: ast.Side | ast.Name, boundary: Boundary, evaluate: Evaluate) -> Result[tuple[int, ...]]:
    if isinstance(item, ast.Side):
        return _side(item, boundary, evaluate)
    if item.text == "boundary":
        return Result(tuple(range(len(boundary.pieces)))) if boundary.pieces else _no_boundary(item, boundary.periodic)
    if item.text in boundary.parts:
        return Result(boundary.parts[item.text])
    if item.text in boundary.shapes:
        shape = boundary.shapes[item.text]
        if shape is None:
            return Result(None)
        found = shape_pieces(shape, boundary.pieces)
        return Result(found) if found else _off_boundary(item, boundary)
    problem = error(
        "E417",
        f"`{item.text}` is no part of the boundary",
        item.span,
        "neither a shape nor a part of this name is declared",
        help=did_you_mean(item.text, (*boundary.shapes, *boundary.parts, "boundary"))
        or f"Write a side such as `{boundary.pieces[0].label}`, `boundary`, or the name of a shape or a part."
        if boundary.pieces
        else "",
    )
    return Result(None, (problem,))


def _no_boundary(item: ast.Name, periodic: tuple[str, ...]) -> Result[tuple[int, ...]]:
    reason = f"{', '.join(f'`{name}`' for name in periodic)} is periodic" if periodic else "there is no space"
    problem = error(
        "E410",
        "the region has no boundary",
        item.span,
        reason,
        help="Remove the condition: a periodic coordinate needs none." if periodic else "Use `initial` instead.",
    )
    return Result(None, (problem,))


def _off_boundary(item: ast.Name, boundary: Boundary) -> Result[tuple[int, ...]]:
    problem = error(
        "E418",
        f"no part of the boundary lies on `{item.text}`",
        item.span,
        "its surface lies inside or outside the region",
        help=boundary.text,
    )
    return Result(None, (problem,))


def _side(side: ast.Side, boundary: Boundary, evaluate: Evaluate) -> Result[tuple[int, ...]]:
    name = side.coordinate.text
    if name not in boundary.coordinates:
        return Result(None, (_no_coordinate(side, boundary),))
    result = evaluate(side.value)
    if result.value is None:
        return Result(None, result.diagnostics)
    value, axis = result.value.value, boundary.coordinates.index(name)
    found = tuple(
        index
        for index, piece in enumerate(boundary.pieces)
        if isinstance(piece.surface, Face)
        and piece.surface.axis == axis
        and abs(face_value(piece.surface) - value) <= NEARNESS * max(1.0, abs(value))
    )
    if found:
        return Result(found, result.diagnostics)
    if name in boundary.periodic:
        label, help_text = f"`{name}` is periodic", "Remove this side: periodicity holds exactly."
    else:
        label = "no side of the region lies here"
        help_text = boundary.text
    problem = error("E410", f"`{name} = {value:g}` is not on the boundary", side.span, label, help=help_text)
    return Result(None, (*result.diagnostics, problem))


def _no_coordinate(side: ast.Side, boundary: Boundary) -> Diagnostic:
    name = side.coordinate.text
    if name == boundary.time:
        return error(
            "E410",
            f"a value of `{name}` is no part of the boundary of space",
            side.span,
            f"`{name}` is the time",
            help="Conditions at the start of time are stated by `initial`; there are none at other times.",
        )
    return error(
        "E417",
        f"`{name}` is no coordinate of space",
        side.coordinate.span,
        "a side of the region is named by a coordinate",
        help=did_you_mean(name, boundary.coordinates)
        or (
            f"The coordinates are {', '.join(f'`{each}`' for each in boundary.coordinates)}."
            if boundary.coordinates
            else ""
        ),
    )


def face_value(face: Face) -> float:
    """The value of the coordinate that is constant on a face."""
    return (face.box.highs if face.upper else face.box.lows)[face.axis].value
