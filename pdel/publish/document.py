"""A page as a standalone LaTeX document: amsmath for the relations, booktabs for tables, TikZ for the drawing.

Its environment refuses every text that is not `Tex`, so nothing of a specification reaches LaTeX unescaped.
"""

from __future__ import annotations

import functools
from typing import Any

import jinja2

from pdel.publish.drawing import Area, Caption, Dot, Drawing, Item, Place, Stroke
from pdel.publish.latex import Tex, latex, tex_text
from pdel.publish.layout import EMPTY
from pdel.publish.page import Page
from pdel.publish.statements import Line
from pdel.publish.svg import COLOURS, coordinate
from pdel.render.environment import bare_environment

SIGN = "% Written by pdel"
"""What tells a document of pdel from other files."""


def refuse_untyped(value: Any) -> Any:
    """Let only `Tex` and whole numbers into the output."""
    if isinstance(value, Tex) or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    raise TypeError(f"a hole of the document got {type(value).__name__}, not Tex: {value!r}")


@functools.cache
def environment() -> jinja2.Environment:
    """The environment of the document: signs that LaTeX does not use, typed holes."""
    return bare_environment(
        {"text": tex_text, "prose": _prose, "math": latex, "align": align, "tikz": tikz},
        finalize=refuse_untyped,
        autoescape=False,
        variable_start_string="<<",
        variable_end_string=">>",
        comment_start_string="<#",
        comment_end_string="#>",
    )


def render_latex(page: Page) -> str:
    """The page as a LaTeX document."""
    return environment().get_template("pages/document.tex.j2").render(page=page)


def _prose(text: str) -> Tex:
    """A sentence of the plan: what stands in backticks in typewriter type."""
    pieces = text.split("`")
    return Tex(
        "".join(rf"\texttt{{{tex_text(piece)}}}" if index % 2 else tex_text(piece)
                for index, piece in enumerate(pieces))
    )  # fmt: skip


def align(lines: tuple[Line, ...]) -> Tex:
    """Relations aligned at their signs, with their labels as tags."""
    rows = []
    for line in lines:
        place = "" if line.condition is None else latex(line.condition)
        tag = rf" \tag*{{\textit{{{tex_text(line.label)}}}}}" if line.label else ""
        rows.append(f"{latex(line.left)} &{latex(line.right)}{place}")
        rows += [rf"&\qquad {latex(part)}" for part in line.more]
        rows[-1] += tag
    return Tex("\\begin{align*}\n" + " \\\\\n".join(rows) + "\n\\end{align*}")


def tikz(drawing: Drawing) -> Tex:
    """A drawing as a TikZ picture, a point of the page for a point of the drawing."""
    body = "\n".join(_write(item) for item in drawing.items)
    return Tex(
        "\\begin{tikzpicture}[x=0.62pt, y=-0.62pt, line cap=round, line join=round, font=\\small]\n"
        f"{body}\n\\end{{tikzpicture}}"
    )


def _place(place: Place) -> str:
    return f"({coordinate(place[0])},{coordinate(place[1])})"


def _colour(mark: int | None, otherwise: str = "black") -> str:
    return otherwise if mark is None else f"mark{mark % COLOURS}"


_STROKES = {
    "solid": "line width=0.9pt",
    "dashed": "dashed, line width=0.5pt",
    "thin": "line width=0.4pt",
    "arrow": "->, line width=0.4pt",
}


def _write(item: Item) -> str:
    match item:
        case Area(curves=curves):
            closed = " ".join(" -- ".join(map(_place, curve)) + " -- cycle" for curve in curves)
            return rf"\fill[area, even odd rule] {closed};"
        case Stroke(places=places, kind=kind):
            return rf"\draw[{_colour(item.mark)}, {_STROKES[kind]}] {' -- '.join(map(_place, places))};"
        case Dot(place=place):
            return rf"\fill[{_colour(item.mark)}] {_place(place)} circle (1.6pt);"
        case Caption(place=place, text=text, anchor=anchor):
            side = {"start": "base west", "middle": "base", "end": "base east"}[anchor]
            formula = f"${latex(text)}$" if text != EMPTY else ""
            return rf"\node[{_colour(item.mark)}, anchor={side}, inner sep=0pt] at {_place(place)} {{{formula}}};"
