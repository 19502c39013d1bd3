"""The layout of mathematics: what stands beside, above and below what. MathML, LaTeX and SVG are written from it.

Names and texts of a specification are held as they are; every writer escapes them in its own way.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias


class Style(Enum):
    """How a symbol is set: one letter slanted, words and functions upright, vectors and matrices bold."""

    ITALIC = "italic"
    UPRIGHT = "upright"
    BOLD = "bold"


@dataclass(frozen=True, slots=True)
class Symbol:
    """A name of letters only: `u`, `Re`, `alpha` (set as the Greek letter), `sin`."""

    name: str
    style: Style = Style.ITALIC


@dataclass(frozen=True, slots=True)
class Numeral:
    """A decimal number without an exponent, digits as written."""

    text: str


@dataclass(frozen=True, slots=True)
class Operator:
    """A sign from the writers' tables: `+`, `=`, `∇`, `∂`, `·`, `∈`, `,`; `prefix` where nothing stands before it."""

    glyph: str
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Space:
    """Horizontal space in eighteenths of an em: 3 is thin, 18 a quad."""

    width: int


@dataclass(frozen=True, slots=True)
class Words:
    """Text within mathematics."""

    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """Parts side by side."""

    items: tuple[Layout, ...]


@dataclass(frozen=True, slots=True)
class Fraction:
    """numerator over denominator; `loose` ones need brackets where they are written with a slash."""

    numerator: Layout
    denominator: Layout
    loose: tuple[bool, bool] = (False, False)


@dataclass(frozen=True, slots=True)
class Script:
    """A base with what stands at its lower and at its upper right."""

    base: Layout
    sub: Layout | None = None
    sup: Layout | None = None


@dataclass(frozen=True, slots=True)
class Root:
    """A square root."""

    radicand: Layout


@dataclass(frozen=True, slots=True)
class Fenced:
    """A body in brackets that grow with it."""

    body: Layout
    opening: str = "("
    closing: str = ")"


@dataclass(frozen=True, slots=True)
class Cases:
    """Values with their conditions behind a brace."""

    rows: tuple[tuple[Layout, Layout], ...]


@dataclass(frozen=True, slots=True)
class Large:
    """`∫` or `∑` with what stands below and above it."""

    glyph: str
    sub: Layout | None = None
    sup: Layout | None = None


Layout: TypeAlias = (
    Symbol | Numeral | Operator | Space | Words | Row | Fraction | Script | Root | Fenced | Cases | Large
)

EMPTY = Row(())
THIN = Space(3)
MEDIUM = Space(5)
QUAD = Space(18)


def row(*items: Layout | None) -> Layout:
    """Parts side by side, rows among them opened, absent ones left out."""
    flat: list[Layout] = []
    for item in items:
        if item is not None:
            flat.extend(item.items if isinstance(item, Row) else (item,))
    return flat[0] if len(flat) == 1 else Row(tuple(flat))


def joined(items: list[Layout], separator: Layout) -> Layout:
    """Parts with a separator between them."""
    parts: list[Layout] = []
    for item in items:
        parts += [separator, item] if parts else [item]
    return row(*parts)


def listed(items: list[Layout]) -> Layout:
    """Parts with commas between them."""
    return joined(items, Operator(","))


def children(layout: Layout) -> tuple[Layout, ...]:
    """The parts of a node, in the order of reading."""
    match layout:
        case Row(items=items):
            return items
        case Fraction(numerator=above, denominator=below):
            return (above, below)
        case Script(base=base, sub=sub, sup=sup):
            return (base, *(part for part in (sub, sup) if part is not None))
        case Large(sub=sub, sup=sup):
            return tuple(part for part in (sub, sup) if part is not None)
        case Root(radicand=body) | Fenced(body=body):
            return (body,)
        case Cases(rows=rows):
            return tuple(part for pair in rows for part in pair)
        case _:
            return ()


def walk(layout: Layout) -> Iterator[Layout]:
    """Every node, parents first."""
    stack = [layout]
    while stack:
        node = stack.pop()
        yield node
        stack.extend(reversed(children(node)))


def size(layout: Layout) -> int:
    """How many signs there are to read."""
    return sum(isinstance(node, Symbol | Numeral | Operator | Words | Large) for node in walk(layout))


def is_tall(layout: Layout) -> bool:
    """Whether brackets around a layout have to grow with it."""
    return any(isinstance(node, Fraction | Root | Cases | Large) for node in walk(layout))


def width(layout: Layout) -> int:
    """How many signs stand beside each other, about: the wider part of a fraction counts."""
    match layout:
        case Fraction(numerator=above, denominator=below):
            return max(width(above), width(below))
        case Words(text=text) | Numeral(text=text):
            return len(text)
        case Symbol(name=name, style=style):
            return 1 if style is Style.ITALIC else len(name)
        case Cases(rows=rows):
            return max(width(value) + width(condition) for value, condition in rows)
        case Operator(glyph=glyph):
            return 0 if glyph in "\u2061\u2062" else 1
        case Space():
            return 0
        case Fenced(body=body):
            return 2 + width(body)
        case _:
            return sum(map(width, children(layout)))


def broken(layout: Layout, limit: int) -> tuple[Layout, ...]:
    """A long sum in lines of about `limit` signs: later lines begin with their sign."""
    lines: list[list[Layout]] = [[]]
    so_far = 0
    items = layout.items if isinstance(layout, Row) else (layout,)
    terms: list[list[Layout]] = [[]]
    for item in items:
        if isinstance(item, Operator) and item.glyph in "+−" and not item.prefix:
            terms.append([])
        terms[-1].append(item)
    for term in terms:
        wide = sum(map(width, term))
        if so_far and so_far + wide > limit:
            lines.append([])
            so_far = 0
        lines[-1] += term
        so_far += wide
    return tuple(row(*line) for line in lines)


def linear(layout: Layout) -> Layout:
    """The same with fractions written with a slash, for exponents and lines of text."""
    match layout:
        case Fraction(numerator=above, denominator=below, loose=loose):
            parts = [
                Fenced(linear(part)) if bracket else linear(part)
                for part, bracket in ((above, loose[0]), (below, loose[1]))
            ]
            return row(parts[0], Operator("/"), parts[1])
        case Row(items=items):
            return row(*(linear(item) for item in items))
        case Script(base=base, sub=sub, sup=sup):
            return Script(linear(base), sub, sup)
        case Fenced(body=body, opening=opening, closing=closing):
            return Fenced(linear(body), opening, closing)
        case Root(radicand=radicand):
            return Root(linear(radicand))
        case _:
            return layout
