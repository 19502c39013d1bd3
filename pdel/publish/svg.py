"""A drawing as SVG; colours are the classes of the page's style sheet. All text is escaped here."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from pdel.publish.drawing import Area, Caption, Dot, Drawing, Item, Place, Stroke
from pdel.publish.layout import (
    Fenced,
    Layout,
    Numeral,
    Operator,
    Root,
    Row,
    Script,
    Space,
    Style,
    Symbol,
    Words,
    linear,
)
from pdel.publish.names import GREEK

COLOURS = 8
"""How many colours of conditions the style sheet has."""


def svg(drawing: Drawing) -> Markup:
    """The `svg` element of a drawing."""
    return Markup(
        '<svg class="drawing" viewBox="0 0 {0} {1}" width="{0}" height="{1}" role="img" aria-label="{2}">{3}</svg>'
    ).format(
        coordinate(drawing.width),
        coordinate(drawing.height),
        drawing.title,
        Markup("").join(_write(item) for item in drawing.items),
    )


def coordinate(value: float) -> str:
    """A coordinate to a hundredth of a point."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def path(places: Iterable[Place], *, closed: bool = False) -> str:
    """The data of a path through places."""
    text = "L".join(f"{coordinate(x)} {coordinate(y)}" for x, y in places)
    return f"M{text}{'Z' if closed else ''}"


def _write(item: Item) -> Markup:
    match item:
        case Area(curves=curves):
            data = "".join(path(curve, closed=True) for curve in curves)
            return Markup('<path class="area" fill-rule="evenodd" d="{}"/>').format(data)
        case Stroke(places=places, kind=kind):
            return Markup('<path class="line {}{}" d="{}"/>{}').format(
                kind, _colour(item.mark), path(places), _tip(places) if kind == "arrow" else Markup("")
            )
        case Dot(place=(x, y)):
            return Markup('<circle class="dot{}" cx="{}" cy="{}" r="3.5"/>').format(
                _colour(item.mark), coordinate(x), coordinate(y)
            )
        case Caption(place=(x, y), text=text, anchor=anchor):
            return Markup('<text class="label{}" x="{}" y="{}" text-anchor="{}">{}</text>').format(
                _colour(item.mark), coordinate(x), coordinate(y), anchor, spans(text)
            )


def _colour(mark: int | None) -> str:
    return "" if mark is None else f" mark{mark % COLOURS}"


def _tip(places: tuple[Place, ...]) -> Markup:
    """The tip of an arrow along an axis of the page."""
    (x0, y0), (x, y) = places[-2:]
    along = (6.0 if x > x0 else -6.0, 0.0) if abs(x - x0) > abs(y - y0) else (0.0, 6.0 if y > y0 else -6.0)
    across = (along[1] / 2.4, along[0] / 2.4)
    base = (x - along[0], y - along[1])
    wings = (base[0] + across[0], base[1] + across[1]), (base[0] - across[0], base[1] - across[1])
    return Markup('<path class="tip" d="{}"/>').format(path([wings[0], (x, y), wings[1]], closed=True))


def spans(layout: Layout) -> Markup:
    """Mathematics in one line of SVG text: slanted symbols, small raised and lowered parts."""
    return Markup("").join(
        Markup('<tspan{}{}{}>{}</tspan>').format(
            Markup(' class="{}"').format(kind) if kind else Markup(""),
            Markup(' dy="{}em"').format(f"{shift:.2f}") if shift else Markup(""),
            Markup(' font-size="75%"') if small else Markup(""),
            text,
        )
        for text, kind, shift, small in _settled(_pieces(linear(layout), 0))
    )  # fmt: skip


def plain(layout: Layout) -> str:
    """Mathematics as text without styles, for descriptions and tool tips."""
    return "".join(text for text, _, _ in _pieces(linear(layout), 0)).strip()


_Piece = tuple[str, str, int]
"""A text, its class, and its level: 1 raised, -1 lowered."""


def _settled(pieces: list[_Piece]) -> list[tuple[str, str, float, bool]]:
    """The pieces with their shifts from the one before; an empty one brings the line back to its level."""
    found: list[tuple[str, str, float, bool]] = []
    at = 0.0
    for text, kind, level in [*pieces, ("\u200b", "", 0)] if pieces and pieces[-1][2] else pieces:
        # a shift is in units of the text's own size, which is smaller off the line
        target = {0: 0.0, 1: -0.35, -1: 0.25}[level]
        size = 0.75 if level else 1.0
        found.append((text, kind, (target - at) / size, bool(level)))
        at = target
    return found


def _pieces(layout: Layout, level: int) -> list[_Piece]:
    match layout:
        case Symbol(name=name, style=style):
            slanted = style is Style.ITALIC
            return [(GREEK.get(name, name), "it" if slanted else "bf" if style is Style.BOLD else "", level)]
        case Numeral(text=text) | Words(text=text):
            return [(text, "", level)]
        case Operator(glyph=glyph, prefix=prefix):
            spaced = glyph in {"=", "≤", "≥", "<", ">", "≠", "∈", "+", "−", "·", "×"} and not prefix
            text = f" {glyph} " if spaced else ", " if glyph == "," else glyph if glyph not in "\u2061\u2062" else ""
            return [(text, "", level)]
        case Space(width=width):
            return [("\u2009" if width < 5 else " " if width < 18 else "\u2003", "", level)]
        case Row(items=items):
            return [piece for item in items for piece in _pieces(item, level)]
        case Script(base=base, sub=sub, sup=sup):
            below = [] if sub is None else _pieces(sub, level or -1)
            above = [] if sup is None else _pieces(sup, level or 1)
            return [*_pieces(base, level), *below, *above]
        case Fenced(body=body, opening=opening, closing=closing):
            return [(opening, "", level), *_pieces(body, level), (closing, "", level)]
        case Root(radicand=radicand):
            return [("√(", "", level), *_pieces(radicand, level), (")", "", level)]
        case _:
            return [("…", "", level)]
