"""Curves over steps or over a coordinate, as drawings."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from pdel.publish.drawing import Caption, Drawing, Item, Place, Stroke
from pdel.publish.layout import Layout, Words
from pdel.publish.names import measured, number

WIDTH, HEIGHT = 720.0, 260.0
LEFT, TOP, BOTTOM = 58.0, 14.0, 34.0
LEGEND = 176.0
"""The room for names to the right of the curves."""

MOST_POINTS = 400
"""How many points a curve is drawn with."""


@dataclass(frozen=True, slots=True)
class Curve:
    """A named curve; `mark` is the number of its colour (None: the colour of text), `kind` `curve` or `faint`."""

    name: str
    points: tuple[tuple[float, float], ...]
    mark: int | None = None
    kind: str = "curve"


@dataclass(frozen=True, slots=True)
class Frame:
    """The room of the curves and the values at its edges; `log` for a logarithmic upward scale."""

    x: tuple[float, float]
    y: tuple[float, float]
    log: bool
    right: float

    def place(self, point: tuple[float, float]) -> Place:
        """Where a point of a curve lies."""
        across = (point[0] - self.x[0]) / (self.x[1] - self.x[0])
        low, high, value = (self.height(number) for number in (*self.y, point[1]))
        up = (value - low) / (high - low)
        return LEFT + across * (self.right - LEFT), HEIGHT - BOTTOM - up * (HEIGHT - BOTTOM - TOP)

    def height(self, value: float) -> float:
        """A value on the upward scale."""
        return math.log10(value) if self.log else value


def frame(curves: Sequence[Curve], *, log: bool = False, legend: bool = True) -> Frame | None:
    """The frame that holds all points of some curves; None where there is none."""
    points = [point for curve in curves for point in _sound(curve, log)]
    if not points:
        return None
    x, y = [point[0] for point in points], [point[1] for point in points]
    low, high = min(y), max(y)
    if log:
        low, high = 10.0 ** math.floor(math.log10(low)), 10.0 ** math.ceil(math.log10(high) + 1e-9)
        high = high if high > low else 10 * low
    else:
        slack = 0.06 * (high - low) or abs(high) * 0.1 or 1.0
        low, high = low - slack, high + slack
    left, right = min(x), max(x)
    return Frame((left, right if right > left else left + 1), (low, high), log, WIDTH - (LEGEND if legend else 16))


def _sound(curve: Curve, log: bool) -> list[tuple[float, float]]:
    """The points that can be drawn, thinned out; the last one stays."""
    sound = [point for point in curve.points if math.isfinite(point[1]) and (point[1] > 0 or not log)]
    stride = 1 + len(sound) // MOST_POINTS
    return [*sound[::stride], *(sound[-1:] if stride > 1 else ())]


def chart(
    curves: Sequence[Curve], axis: Layout, title: str, *, log: bool = False, cuts: Sequence[float] = ()
) -> Drawing | None:
    """Curves with their names at the right; `cuts` are places with a thin line from bottom to top."""
    made = frame(curves, log=log)
    if made is None:
        return None
    items = axes(made, axis)
    for cut in cuts:
        if made.x[0] < cut < made.x[1]:
            items.append(Stroke((made.place((cut, made.y[0])), made.place((cut, made.y[1]))), None, "grid"))
    for index, curve in enumerate(curves):
        places = tuple(made.place(point) for point in _sound(curve, log))
        if len(places) > 1:
            items.append(Stroke(places, curve.mark, curve.kind))
        y = TOP + 8 + 18.0 * index
        items.append(Stroke(((made.right + 14, y - 4), (made.right + 32, y - 4)), curve.mark, curve.kind))
        items.append(Caption((made.right + 38, y), Words(_short(curve.name)), "start"))
    height = max(HEIGHT, TOP + 18.0 * len(curves) + 8)
    return Drawing(WIDTH, height, tuple(items), title)


def _short(name: str) -> str:
    return name if len(name) <= 21 else f"{name[:20]}…"


def axes(made: Frame, axis: Layout) -> list[Item]:
    """Grid lines with their values, and the name of the axis."""
    items: list[Item] = []
    bottom = HEIGHT - BOTTOM
    for value in _ticks(made):
        _, y = made.place((made.x[0], value))
        items.append(Stroke(((LEFT, y), (made.right, y)), None, "grid"))
        items.append(Caption((LEFT - 8, y + 4.5), _tick(value, made.log), "end"))
    for value in nice(*made.x):
        x, _ = made.place((value, made.y[0]))
        items.append(Stroke(((x, bottom), (x, bottom + 4)), None, "grid"))
        items.append(Caption((x, bottom + 18), measured(value)))
    items.append(Stroke(((LEFT, bottom), (made.right, bottom)), None, "thin"))
    items.append(Caption((made.right + 26, bottom + 18), axis, "start"))
    return items


def _tick(value: float, log: bool) -> Layout:
    return number(f"1e{round(math.log10(value))}") if log else measured(value)


def _ticks(made: Frame) -> list[float]:
    if not made.log:
        return nice(*made.y)
    low, high = round(math.log10(made.y[0])), round(math.log10(made.y[1]))
    stride = max(1, math.ceil((high - low) / 6))
    return [10.0**power for power in range(low, high + 1, stride)]


def nice(low: float, high: float) -> list[float]:
    """Four to eight round values in an interval."""
    rough = (high - low) / 5
    unit = 10.0 ** math.floor(math.log10(rough))
    step = next(unit * factor for factor in (1, 2, 2.5, 5, 10) if unit * factor >= rough * 0.999)
    first = math.ceil(low / step - 1e-9)
    last = math.floor(high / step + 1e-9)
    return [round(index * step, 12) for index in range(first, last + 1)]
