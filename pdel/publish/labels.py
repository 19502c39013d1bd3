"""What the drawings of domains share: the conditions at a place, labels, dots and the arrow of time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from pdel.evaluate import evaluate
from pdel.geometry import Face, Sphere
from pdel.publish.bound import bound
from pdel.publish.drawing import Caption, Dot, Item, Place, Stroke
from pdel.publish.layout import Layout, Operator, Words, row
from pdel.publish.names import symbol
from pdel.publish.outline import Point
from pdel.semantics.problem import Axis, BoundaryCondition, Problem

ToPlace: TypeAlias = Callable[[Point], Place]
"""From a point of space to its place in the drawing."""

WIDTH = 560.0
"""Of every drawing of a domain."""

LINE = 17.0
"""From one line of labels to the next."""


@dataclass(frozen=True, slots=True)
class Conditions:
    """The labels of the conditions at places of the boundary."""

    problem: Problem
    constants: Mapping[str, float]

    @classmethod
    def of(cls, problem: Problem) -> Conditions:
        """The conditions of a problem."""
        return cls(problem, {constant.name: constant.value for constant in problem.constants})

    def on(self, surface: Face | Sphere, point: Point | None = None) -> tuple[str, ...]:
        """The labels of the conditions on a surface, at one point of it where that is given."""
        pieces = {index for index, piece in enumerate(self.problem.pieces) if piece.surface == surface}
        held = [one for one in self.problem.boundary if pieces.intersection(one.pieces) and self._holds(one, point)]
        return tuple(dict.fromkeys(label_of(one.address) for one in held))

    def _holds(self, condition: BoundaryCondition, point: Point | None) -> bool:
        if condition.where is None or point is None:
            return True
        values = dict(zip((axis.name for axis in self.problem.space), point, strict=True))
        if self.problem.time is not None:
            values[self.problem.time.name] = self.problem.time.low.value
        return bool(evaluate(condition.where, values, self.constants))

    def initial(self) -> tuple[str, ...]:
        """The labels of the initial conditions."""
        return tuple(dict.fromkeys(label_of(one.address) for one in self.problem.initial))


def label_of(address: str) -> str:
    """The label of a statement: `walls` of `boundary.walls.x`."""
    return address.split(".")[1]


def at_end(axis: Axis, upper: bool) -> Layout:
    """x = 0 or x = 1, the bound as written."""
    end = axis.high if upper else axis.low
    return row(symbol(axis.name), Operator("="), bound(end.expression).layout)


def mark_of(labels: tuple[str, ...], marks: Mapping[str, int]) -> int | None:
    """The colour of the first condition, if there is one."""
    return marks.get(labels[0]) if labels else None


def stacked(labels: tuple[str, ...], place: Place, anchor: str, marks: Mapping[str, int]) -> list[Item]:
    """Labels below each other, the middle of them at a place."""
    x, y = place
    top = y - LINE * (len(labels) - 1) / 2 + 4
    return [
        Caption((x, top + LINE * index), Words(label), anchor, marks.get(label)) for index, label in enumerate(labels)
    ]


def time_below(problem: Problem, marks: Mapping[str, int], time: Axis, y: float) -> list[Item]:
    """An arrow of time with the initial conditions at its start."""
    left, right = WIDTH / 2 - 110, WIDTH / 2 + 110
    start = Conditions.of(problem).initial()
    return [
        Stroke(((left, y), (right, y)), None, "arrow"),
        Dot((left, y), mark_of(start, marks)),
        *stacked(start, (left - 12, y), "end", marks),
        Caption((left, y + 22), at_end(time, False)),
        Caption((right, y + 22), at_end(time, True)),
    ]


def constraint_dots(problem: Problem, marks: Mapping[str, int], place: ToPlace, count: int) -> list[Item]:
    """The points of point constraints, as far as they give the coordinates that are drawn."""
    found: dict[tuple[str, Place], None] = {}
    for one in problem.constraints:
        if one.point and len(one.point) <= max(count, len(problem.axes)):
            point = tuple(scalar.value for scalar in one.point)
            found[label_of(one.address), place(point)] = None
    items: list[Item] = []
    for label, (x, y) in found:
        items += [Dot((x, y), marks.get(label)), Caption((x + 9, y - 7), Words(label), "start", marks.get(label))]
    return items


def along(axis: Axis, value: float, left: float, right: float) -> float:
    """Where a value of a coordinate lies between two places."""
    share = (value - axis.low.value) / (axis.high.value - axis.low.value)
    return left + share * (right - left)
