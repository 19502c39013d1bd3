"""The Jinja environment of the generated module: templates place text, typed holes refuse anything else."""

from __future__ import annotations

import functools
import textwrap
from collections.abc import Callable, Mapping
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


def bare_environment(filters: Mapping[str, Callable[..., Any]], **settings: Any) -> jinja2.Environment:
    """An environment that is strict about names and silent about whitespace, with these filters and no globals."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(templates_folder()),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        newline_sequence="\n",
        **settings,
    )
    made.globals.clear()
    made.filters.clear()
    made.filters.update(filters)
    return made


@functools.cache
def environment() -> jinja2.Environment:
    """The environment of the generated module."""
    return bare_environment({"indent": indent}, finalize=refuse_untyped, autoescape=False)


def render(template: str, context: dict[str, Any]) -> Py:
    """A template filled with a context of `Py` holes (or dataclasses and tuples of them)."""
    return Py(environment().get_template(template).render(context))
