"""A page as one self-contained HTML file: mathematics as MathML, drawings as SVG, no network and no script for them.

The environment is its own, apart from that of the generated module: here every hole is escaped, and only the
writers of MathML and SVG make markup.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import Any

import jinja2
from markupsafe import Markup, escape

from pdel.publish.drawing import Drawing
from pdel.publish.mathml import mathml
from pdel.publish.page import Page
from pdel.publish.results import Results
from pdel.publish.svg import COLOURS, plain, svg
from pdel.render.environment import bare_environment

SIGN = '<meta name="generator" content="pdel'
"""What tells a page of pdel from other files."""


@functools.cache
def environment() -> jinja2.Environment:
    """The environment of pages: escaping always."""
    filters: dict[str, Callable[..., Any]] = {
        "math": mathml,
        "display": functools.partial(mathml, display=True),
        "svg": svg,
        "plain": plain,
        "colour": _colour,
        "prose": _prose,
        "last_index": _last_index,
    }
    return bare_environment(filters, autoescape=True)


def _colour(mark: int | None) -> str:
    """The class of a condition's colour."""
    return "" if mark is None else f"mark{mark % COLOURS}"


def _last_index(items: Sequence[object]) -> int:
    """The number of the last of some items, from 0."""
    return len(items) - 1


def _prose(text: str) -> Markup:
    """A sentence of the plan: what stands in backticks as code."""
    pieces = text.split("`")
    return Markup("").join(
        Markup("<code>{}</code>").format(piece) if index % 2 else escape(piece) for index, piece in enumerate(pieces)
    )


def render_html(page: Page, results: Results | None = None) -> str:
    """The page as HTML, with the results of a run where they are given."""
    return environment().get_template("pages/page.html.j2").render(page=page, results=results)


def render_results(page: Page, results: Results) -> str:
    """The results of a run alone, for a notebook's cell."""
    return environment().get_template("pages/results_cell.html.j2").render(page=page, results=results)


def render_live(state: str, drawing: Drawing | None) -> str:
    """How far training is, for a notebook's cell."""
    return environment().get_template("pages/live.html.j2").render(state=state, drawing=drawing)


def render_fragment(page: Page) -> str:
    """The statement of the problem alone, for a notebook's cell: with its styles, without a document around it."""
    return environment().get_template("pages/fragment.html.j2").render(page=page)
