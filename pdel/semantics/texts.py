"""The user's text as generated modules and messages show it."""

from __future__ import annotations

from pdel.source import Sources, Span


def one_line(sources: Sources, span: Span) -> str:
    """The text of a span on one line: comments left out, runs of white space as one space."""
    lines = (line.partition("#")[0] for line in sources.text(span).splitlines())
    return " ".join(" ".join(lines).split())
