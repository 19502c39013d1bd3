"""A drawing: areas, lines, dots and labels in points of the page, written as SVG or as TikZ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from pdel.publish.layout import Layout

Place: TypeAlias = tuple[float, float]
"""From the left and from the top."""


@dataclass(frozen=True, slots=True)
class Area:
    """The inside of closed curves (between them where one lies in another)."""

    curves: tuple[tuple[Place, ...], ...]


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line through places; `mark` is the number of a condition's colour, `kind` is `solid`, `dashed`, `thin`,
    `arrow` (thin with a tip at its end), and in charts `curve`, `faint` or `grid`."""

    places: tuple[Place, ...]
    mark: int | None = None
    kind: str = "solid"


@dataclass(frozen=True, slots=True)
class Dot:
    """A point."""

    place: Place
    mark: int | None = None


@dataclass(frozen=True, slots=True)
class Caption:
    """A label: `anchor` is `start`, `middle` or `end`, `place` the foot of its text."""

    place: Place
    text: Layout
    anchor: str = "middle"
    mark: int | None = None


Item: TypeAlias = Area | Stroke | Dot | Caption


@dataclass(frozen=True, slots=True)
class Drawing:
    """Items in the order in which they are painted, and the size of the whole; `title` says what it shows."""

    width: float
    height: float
    items: tuple[Item, ...]
    title: str
