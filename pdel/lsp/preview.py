"""A statement in mathematical notation, for hovers: as a picture where the editor shows them, else in Unicode.

The picture is an SVG with MathML inside, which editors made of a browser set by themselves: nothing is fetched.
"""

from __future__ import annotations

import base64
import re

from markupsafe import Markup

from pdel.lsp.document import Document
from pdel.publish.layout import Layout, Operator, Space, is_tall, row, walk, width
from pdel.publish.mathml import mathml
from pdel.publish.statements import Line, definitions, groups, outcomes
from pdel.publish.unicode import unicode_text
from pdel.publish.vocabulary import Vocabulary, vocabulary
from pdel.syntax.ast import Statement

FONT_SIZE = 17
LINE_HEIGHTS = (30, 50)
"""Points for a line without and with fractions."""
WIDTH_OF_SIGN = 11
MARGIN = 12
INK = re.compile(r"#[0-9a-fA-F]{6}")
"""What a colour looks like: it comes from the editor and goes into the picture."""


def preview(document: Document, number: int, ink: str = "") -> str:
    """A statement as Markdown; empty where it does not parse or has no formula. `ink` is the colour of a picture."""
    statement = document.parsed[number].statement
    specification = document.syntax.value
    if statement is None or specification is None:
        return ""
    lines = formula_lines(statement, vocabulary(specification.statements))
    if not lines:
        return ""
    if not INK.fullmatch(ink):
        return "\n\n".join(f"**{unicode_text(line).translate(_MARKDOWN)}**" for line in lines)
    words = "; ".join(unicode_text(line) for line in lines)
    data = base64.b64encode(picture(lines, ink).encode()).decode()
    return f"![{words.translate(_MARKDOWN)}](data:image/svg+xml;base64,{data})"


_MARKDOWN = str.maketrans({char: f"\\{char}" for char in "\\`*_[]<>#|!"})


def formula_lines(statement: Statement, known: Vocabulary) -> tuple[Layout, ...]:
    """The formulas that a statement holds, a line each, with where they hold."""
    found: list[Line] = [line for group in groups((statement,), known, {}, None) for line in group.lines]
    found += [*definitions((statement,), known), *outcomes((statement,), known)]
    return tuple(row(*_parts(line)) for line in found)


def _parts(line: Line) -> tuple[Layout | None, ...]:
    more = [part for extra in line.more for part in (Space(3), extra)]
    return (line.left, line.right, *more, line.condition)


def _wide(line: Layout) -> int:
    """About how many points a line takes, rather too many: an editor knows it only when it has set it."""
    spaces = sum(node.width for node in walk(line) if isinstance(node, Space)) * FONT_SIZE // 18
    signs = sum(isinstance(node, Operator) and not node.prefix for node in walk(line))
    return (width(line) + signs) * WIDTH_OF_SIGN + spaces


def picture(lines: tuple[Layout, ...], ink: str) -> str:
    """The SVG of some formulas under each other."""
    heights = [LINE_HEIGHTS[is_tall(line)] for line in lines]
    wide = max(map(_wide, lines)) + 2 * MARGIN
    rows = Markup("").join(
        Markup('<div style="height:{}px;display:flex;align-items:center">{}</div>').format(height, mathml(line))
        for height, line in zip(heights, lines, strict=True)
    )
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="{1}"><foreignObject width="{0}" height="{1}">'
        '<div xmlns="http://www.w3.org/1999/xhtml" style="color:{2};font-size:{3}px;white-space:nowrap;'
        'padding-left:4px"><style>math{{math-style:normal}}</style>{4}</div></foreignObject></svg>'
    ).format(wide, sum(heights), ink, FONT_SIZE, rows)
