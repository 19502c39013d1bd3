"""The Jinja environment of the generated module: templates place text, typed holes refuse anything else."""

from __future__ import annotations

import functools
import textwrap
from typing import Any

import jinja2

from pdel.render.py import Py
from pdel.resources import templates_folder


def refuse_untyped(value: Any) -> Any:
    """Let only `Py` text and whole numbers into the output."""
    if isinstance(value, Py) or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    raise TypeError(f"a template hole got {type(value).__name__}, not Py: {value!r}")


def indent(text: Py, spaces: int) -> Py:
    """Every line of a fragment but the first moved right."""
    return Py(textwrap.indent(text, " " * spaces).lstrip(" "))


@functools.cache
def environment() -> jinja2.Environment:
    """The environment: strict about names, silent about whitespace, with our own filters only."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(templates_folder()),
        undefined=jinja2.StrictUndefined,
        finalize=refuse_untyped,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        newline_sequence="\n",
    )
    made.globals.clear()
    made.filters.clear()
    made.filters["indent"] = indent
    return made


def render(template: str, context: dict[str, Any]) -> Py:
    """A template filled with a context of `Py` holes (or dataclasses and tuples of them)."""
    return Py(environment().get_template(template).render(context))
