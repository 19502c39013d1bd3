"""Pictures of the solution: heat maps and profiles with a slider over the last coordinate."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from markupsafe import Markup

from pdel.datafiles.arrays import Array
from pdel.evaluate import evaluate_points
from pdel.expression import Expr
from pdel.publish import charts
from pdel.publish.charts import Curve
from pdel.publish.drawing import Caption, Drawing, Stroke
from pdel.publish.layout import Layout, Operator, Words, row
from pdel.publish.names import measured, symbol
from pdel.publish.raster import Scale, colour_bar, heat_map, picture
from pdel.publish.run_folder import RunFolder
from pdel.publish.svg import path, plain
from pdel.semantics.problem import Problem

MOST_FRAMES = 40
"""How many positions a slider has."""

MOST_POINTS = 250_000
"""How many points of a grid a known solution is computed at."""

SIDE = 300.0
"""The longer side of a map, in points of the page."""


@dataclass(frozen=True, slots=True)
class Slides:
    """Pictures or curves that a slider runs through: the first stands in the page, all in `frames` as JSON."""

    name: Layout
    labels: tuple[str, ...]
    frames: Markup


@dataclass(frozen=True, slots=True)
class Map:
    """A heat map: its title, its picture, the values at the ends of its colours, its size, its slider's slot."""

    title: Layout
    image: Markup
    bar: Markup
    low: Layout
    high: Layout
    width: int
    height: int
    across: Layout
    up: Layout


@dataclass(frozen=True, slots=True)
class Panel:
    """One field: maps side by side or a chart, and the slider over them."""

    field: Layout
    maps: tuple[Map, ...]
    chart: Drawing | None
    slides: Slides | None


def panels(run: RunFolder, problem: Problem, exact: Mapping[str, Expr]) -> tuple[Panel, ...]:
    """A panel for each field of the solution on its grid, where that is there; profiles where time is the second
    coordinate."""
    found: list[Panel] = []
    for field in problem.fields:
        values = run.solution.get(field.name)
        axes = [run.solution[axis.name] for axis in problem.axes] if values is not None else []
        if values is None or tuple(len(axis.values) for axis in axes) != values.shape:
            continue
        known = _known(problem, axes, exact.get(field.name), values)
        name = symbol(field.name)
        if len(axes) == 1:
            found.append(Panel(name, (), _lines(problem, axes, values, known, name), None))
            continue
        found.append(_maps(problem, axes, values, known, name))
        if len(axes) == 2 and problem.time is not None:
            found.append(_profiles(problem, axes, values, known, name))
    return tuple(found)


def _known(problem: Problem, axes: Sequence[Array], form: Expr | None, values: Array) -> Sequence[float] | None:
    """The known solution on the grid."""
    count = len(values.values)
    if form is None or count > MOST_POINTS:
        return None
    points = list(zip(*product(*(axis.values for axis in axes)), strict=True))
    places = {axis.name: column for axis, column in zip(problem.axes, points, strict=True)}
    return evaluate_points([form], places, problem.numbers, count=count)[0]


def _lines(
    problem: Problem, axes: Sequence[Array], values: Array, known: Sequence[float] | None, name: Layout
) -> Drawing | None:
    """The only coordinate to the right."""
    curves = [Curve("trained", tuple(zip(axes[0].values, values.values, strict=True)), 1)]
    if known is not None:
        curves.append(Curve("known", tuple(zip(axes[0].values, known, strict=True)), 0, "faint"))
    return charts.chart(curves, symbol(problem.axes[0].name), f"{plain(name)} and its known values")


def _maps(problem: Problem, axes: Sequence[Array], values: Array, known: Sequence[float] | None, name: Layout) -> Panel:
    """The first two coordinates as a plane; the last one of more is the slider's, others are held in their middle."""
    sizes = values.shape
    held = [size // 2 for size in sizes[2:-1]]
    stops = _stops(sizes[-1]) if len(sizes) > 2 else (0,)
    indices = [(*held, stop) if len(sizes) > 2 else () for stop in stops]
    numbers = [_plane(values.values, sizes, rest) for rest in indices]
    groups = [(name, numbers, False)]
    if known is not None:
        errors = [value - other for value, other in zip(values.values, known, strict=True)]
        title = row(name, Operator("−"), Words("known"))
        groups.append((title, [_plane(errors, sizes, rest) for rest in indices], True))
    maps, every = [], []
    for title, planes, diverging in groups:
        flat = [value for plane in planes for line in plane for value in line]
        scale = Scale.of(flat, diverging=diverging or _has_both_signs(flat))
        images = [heat_map(plane, scale) for plane in planes]
        maps.append(_map(problem, axes, title, images[0], scale))
        every.append([str(image) for image in images])
    slides = None
    if len(stops) > 1:
        labels = tuple(f"{value:.4g}" for value in (axes[-1].values[stop] for stop in stops))
        slides = Slides(symbol(problem.axes[-1].name), labels, _json({"images": every, "labels": labels}))
    return Panel(name, tuple(maps), None, slides)


def _has_both_signs(values: Sequence[float]) -> bool:
    """Whether values reach clearly below and above zero."""
    finite = [value for value in values if math.isfinite(value)]
    low, high = min(finite, default=0.0), max(finite, default=0.0)
    return low < 0 < high and min(-low, high) > 0.1 * max(-low, high)


def _stops(count: int) -> tuple[int, ...]:
    """The first, the last and others evenly between."""
    shown = min(count, MOST_FRAMES)
    return tuple(dict.fromkeys(round(index * (count - 1) / max(1, shown - 1)) for index in range(shown)))


def _plane(values: Sequence[float], sizes: Sequence[int], rest: Sequence[int]) -> list[list[float]]:
    """Values over the first two coordinates, the second one upwards."""
    strides = [math.prod(sizes[axis + 1 :]) for axis in range(len(sizes))]
    offset = sum(index * stride for index, stride in zip(rest, strides[2:], strict=True))
    return [
        [values[offset + i * strides[0] + j * strides[1]] for i in range(sizes[0])] for j in reversed(range(sizes[1]))
    ]


def _map(problem: Problem, axes: Sequence[Array], title: Layout, image: Markup, scale: Scale) -> Map:
    width, height = SIDE, 0.72 * SIDE
    if not problem.axes[1].is_time:
        sides = [axis.values[-1] - axis.values[0] for axis in axes[:2]]
        width, height = (SIDE * side / max(sides) for side in sides)
    across, up = problem.axes[:2]
    bar = colour_bar(diverging=scale.diverging)
    return Map(
        title, image, bar, measured(_rounded(scale.low)), measured(_rounded(scale.high)), round(width),
        max(40, round(height)), _interval(across.name, axes[0]), _interval(up.name, axes[1]),
    )  # fmt: skip


def _rounded(value: float) -> float:
    return float(f"{value:.3g}")


def _interval(name: str, axis: Array) -> Layout:
    """x from 0 to 1."""
    ends = measured(_rounded(axis.values[0])), measured(_rounded(axis.values[-1]))
    return row(symbol(name), Operator(":"), ends[0], Operator("→"), ends[1])


def _profiles(
    problem: Problem, axes: Sequence[Array], values: Array, known: Sequence[float] | None, name: Layout
) -> Panel:
    """The solution over space at a time of the slider."""
    stops = _stops(values.shape[1])
    lines: list[tuple[str, Sequence[float], int, str]] = [("trained", values.values, 1, "curve")]
    if known is not None:
        lines.append(("known", known, 0, "faint"))
    size = values.shape[1]
    curves = {
        (label, stop): Curve(label, tuple(zip(axes[0].values, list(numbers)[stop::size], strict=True)), mark, kind)
        for label, numbers, mark, kind in lines
        for stop in stops
    }
    made = charts.frame(list(curves.values()))
    if made is None:
        return Panel(name, (), None, None)
    items = charts.axes(made, symbol(problem.axes[0].name))
    for index, (label, _, mark, kind) in enumerate(lines):
        items.append(Stroke(tuple(map(made.place, curves[label, stops[0]].points)), mark, f"{kind} slide"))
        y = charts.TOP + 8 + 18.0 * index
        items.append(Stroke(((made.right + 14, y - 4), (made.right + 32, y - 4)), mark, kind))
        items.append(Caption((made.right + 38, y), Words(label), "start"))
    paths = [[path(map(made.place, curves[label, stop].points)) for stop in stops] for label, _, _, _ in lines]
    labels = tuple(f"{axes[1].values[stop]:.4g}" for stop in stops)
    slides = Slides(symbol(problem.axes[1].name), labels, _json({"paths": paths, "labels": labels}))
    drawing = Drawing(charts.WIDTH, charts.HEIGHT, tuple(items), f"{plain(name)} over {problem.axes[0].name}")
    return Panel(name, (), drawing, slides)


def _json(value: object) -> Markup:
    """JSON that no text of it can end: `<` and `&` are escaped within its strings."""
    text = json.dumps(value, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c").replace("&", "\\u0026").replace(">", "\\u003e"))


def scatter(
    columns: Sequence[Sequence[float]], bounds: Sequence[tuple[float, float]], marked: Sequence[bool]
) -> Markup:
    """Points over the first two coordinates as a picture: marked ones in red over the others in blue."""
    size = 420
    lines = [bytearray([3]) * size for _ in range(size)]
    order = sorted(zip(columns[0], columns[1], marked, strict=True), key=lambda one: one[2])
    for x, y, red in order:
        across, up = ((value - low) / (high - low) for value, (low, high) in zip((x, y), bounds, strict=True))
        column, line = round(across * (size - 4)) + 1, round((1 - up) * (size - 4)) + 1
        for i, j in product((0, 1, 2), repeat=2):
            inner = (i, j) == (1, 1)
            if 0 <= line + i - 1 < size and 0 <= column + j - 1 < size:
                lines[line + i - 1][column + j - 1] = (
                    (1 if red else 0) if inner or red else 0 if i == 1 or j == 1 else 2
                )
    return picture([bytes(line) for line in lines], [(72, 142, 196), (214, 92, 70), (72, 142, 196), (0, 0, 0)],
                   [255, 255, 90, 0])  # fmt: skip
