"""Regions as code of the module: bounds, membership, and what a person calls them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import TypeAlias

from pdel import expression as ex
from pdel.expression import Expr
from pdel.geometry import Ball, Box, Difference, Intersection, Scalar, Shape, Union
from pdel.geometry_points import beyond
from pdel.notation import notation
from pdel.python_names import python_name
from pdel.render.layout import WIDTH, Block
from pdel.render.nested import Group, listed
from pdel.render.printer import code
from pdel.render.py import Py, py_float


def bound_code(scalar: Scalar) -> Py:
    """A bound: named constants keep their names, plain numbers are written as floats."""
    return code(scalar.expression) if _is_named(scalar.expression) else py_float(scalar.value)


def expression_code(expression: Expr) -> Py:
    """A closed expression where a float is wanted: plain numbers are written as floats."""
    match expression:
        case ex.Number(text=text):
            return py_float(float(text))
        case ex.Negative(operand=ex.Number(text=text)):
            return py_float(-float(text))
        case _:
            return code(expression)


def _is_named(expression: Expr) -> bool:
    return any(isinstance(node, ex.Constant | ex.Pi) for node in ex.walk(expression))


def scalar_text(scalar: Scalar) -> str:
    """A bound as people write it."""
    return notation(scalar.expression) if _is_named(scalar.expression) else f"{scalar.value:g}"


def point_code(scalars: Iterable[Scalar]) -> Group:
    """A point as a tuple."""
    return listed([bound_code(scalar) for scalar in scalars])


def shape_text(shape: Shape) -> str:
    """How a person writes a shape: `plate - hole`, by the names of its boxes and balls."""
    match shape:
        case Box(name=name) | Ball(name=name):
            return name
        case Union(parts=parts):
            return " + ".join(_operand_text(part) for part in parts)
        case Intersection(parts=parts):
            return " & ".join(_operand_text(part) for part in parts)
        case Difference(base=base, removed=removed):
            return " - ".join(_operand_text(part) for part in (base, *removed))


def _operand_text(shape: Shape) -> str:
    return shape_text(shape) if isinstance(shape, Box | Ball) else f"({shape_text(shape)})"


Sides: TypeAlias = tuple[tuple[bool, bool], ...]
"""Something about the low and the high side of a box, by coordinate."""


@dataclass(slots=True)
class Membership:
    """The body of `inside`: one line for each box and ball, named after it, and their combination.

    Removed shapes are open and the others closed, so that a region contains its boundary. But where a removed box ends
    with what it is removed from, nothing is left to bound, and it is closed.
    """

    coordinates: tuple[str, ...]
    taken: Collection[str]
    lines: list[Py] = field(default_factory=list)
    names: dict[tuple[Box | Ball, Sides | None], str] = field(default_factory=dict)

    def body(self, region: Shape) -> tuple[Py, ...]:
        """The lines of the function, the last one its `return`."""
        combined = self._combined(region, removed=False)
        return (*self.lines, broken("return ", combined))

    def _combined(self, shape: Shape, *, removed: bool) -> list[str]:
        """A shape as operands that begin with their operators: `plate`, `& ~hole`."""
        match shape:
            case Box() | Ball():
                return [self._leaf(shape, _open_sides(shape) if removed else None)]
            case Union(parts=parts) | Intersection(parts=parts):
                sign = "|" if isinstance(shape, Union) else "&"
                operands = [self._operand(part, removed=removed) for part in parts]
                return [operands[0], *(f"{sign} {operand}" for operand in operands[1:])]
            case Difference(base=base, removed=taken_away):
                kept = self._operand(base, removed=removed)
                return [kept, *(f"& ~{self._removed(base, part, removed=removed)}" for part in taken_away)]

    def _removed(self, base: Shape, part: Shape, *, removed: bool) -> str:
        if isinstance(part, Box) and not removed:
            return self._leaf(part, beyond(base, part))
        return self._operand(part, removed=not removed)

    def _operand(self, shape: Shape, *, removed: bool) -> str:
        listed = self._combined(shape, removed=removed)
        return listed[0] if len(listed) == 1 else f"({' '.join(listed)})"

    def _leaf(self, leaf: Box | Ball, closed: Sides | None) -> str:
        """The name of a leaf; where it is removed, `closed` has the sides of a box that belong to it."""
        known = self.names.get((leaf, closed))
        if known is not None:
            return known
        name = self._free_name(leaf.name)
        self.names[leaf, closed] = name
        if isinstance(leaf, Ball):
            self.lines += self._ball(name, leaf, "<=" if closed is None else "<")
        else:
            self.lines.append(broken(f"{name} = ", _box_conditions(leaf, self.coordinates, closed)))
        return name

    def _ball(self, name: str, ball: Ball, operator: str) -> list[Py]:
        """The squared distance from the centre compared; in two lines where one is too short."""
        squares = [
            ex.power(ex.subtract(ex.Coordinate(coordinate), centre.expression), ex.TWO)
            for coordinate, centre in zip(self.coordinates, ball.centre, strict=True)
        ]
        limit = code(ex.power(ball.radius.expression, ex.TWO))
        line = Py(f"    {name} = {code(ex.add(*squares))} {operator} {limit}")
        if len(line) <= WIDTH:
            return [line]
        square = self._free_name("square")
        block = Block()
        block.assign(square, ex.add(*squares))
        return [*block.lines, Py(f"    {name} = {square} {operator} {limit}")]

    def _free_name(self, wanted: str) -> str:
        used = {*self.taken, *self.names.values()}
        name = python_name(wanted)
        candidates = (name, *(f"{name}_{number}" for number in range(2, len(used) + 3)))
        return next(candidate for candidate in candidates if candidate not in used)


def _open_sides(leaf: Box | Ball) -> Sides:
    return ((False, False),) * (len(leaf.lows) if isinstance(leaf, Box) else len(leaf.centre))


def _box_conditions(box: Box, coordinates: tuple[str, ...], closed: Sides | None) -> list[str]:
    conditions: list[str] = []
    sides = closed or ((True, True),) * len(box.lows)
    for name, low, high, (with_low, with_high) in zip(coordinates, box.lows, box.highs, sides, strict=True):
        for operator, bound, within in ((">", low, with_low), ("<", high, with_high)):
            comparison = ex.Comparison(f"{operator}=" if within else operator, ex.Coordinate(name), bound.expression)
            conditions.append(f"({code(comparison)})")
    return [conditions[0], *(f"& {condition}" for condition in conditions[1:])]


def broken(head: str, operands: list[str], indent: int = 4) -> Py:
    """A statement over operands that begin with their operators, one a line where it does not fit."""
    pad = " " * indent
    line = f"{pad}{head}{' '.join(operands)}"
    if len(line) <= WIDTH:
        return Py(line)
    if len(operands) == 2:
        # the formatter would break inside the brackets of two operands
        variable = "keep" if head == "return " else head.removesuffix(" = ")
        lines = [f"{variable} = {_bare(operands[0])}", f"{variable} {operands[1][0]}= {_bare(operands[1][2:])}"]
        ending = ["return keep"] if head == "return " else []
        return Py("\n".join(f"{pad}{line}" for line in (*lines, *ending)))
    joined = f"{pad}    {' '.join(operands)}"
    inner = [joined] if len(joined) <= WIDTH else [f"{pad}    {operand}" for operand in operands]
    return Py("\n".join([f"{pad}{head}(", *inner, f"{pad})"]))


def _bare(operand: str) -> str:
    """An operand without the brackets around the whole of it."""
    if not (operand.startswith("(") and operand.endswith(")")):
        return operand
    depth = 0
    for index, char in enumerate(operand):
        depth += {"(": 1, ")": -1}.get(char, 0)
        if depth == 0 and index < len(operand) - 1:
            return operand
    return operand[1:-1]
