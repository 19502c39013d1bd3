"""Source text, positions in it, and the hygiene that every later stage relies on.

In: a path or a text. Out: a `Source`. Offsets are code points; lines and columns are derived when shown.
"""

from __future__ import annotations

import bisect
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points in one source.

    `origin` is the index of the source in `Sources`: 0 is the specification, later ones are the
    texts given by `--set`.
    """

    start: int
    end: int
    origin: int = 0

    def to(self, other: Span) -> Span:
        """The range from the start of this one to the end of `other`."""
        return Span(self.start, max(self.end, other.end), self.origin)


@dataclass(frozen=True, slots=True)
class Source:
    """A named text. `name` is what diagnostics and generated comments show, never an absolute path."""

    name: str
    text: str
    line_starts: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        starts = [0, *(index + 1 for index, char in enumerate(self.text) if char == "\n")]
        object.__setattr__(self, "line_starts", tuple(starts))

    def line_column(self, offset: int) -> tuple[int, int]:
        """The line and the column of an offset, both counted from 1."""
        line = bisect.bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1

    def line_text(self, line: int) -> str:
        """The text of a line (counted from 1) without its line ending."""
        start = self.line_starts[line - 1]
        end = self.line_starts[line] if line < len(self.line_starts) else len(self.text)
        return self.text[start:end].rstrip("\r\n")


@dataclass(frozen=True, slots=True)
class Sources:
    """The specification and the texts of the overrides, in the order of `Span.origin`."""

    items: tuple[Source, ...]

    def of(self, span: Span) -> Source:
        """The source that a span lies in."""
        return self.items[span.origin]

    def text(self, span: Span) -> str:
        """The text that a span covers."""
        return self.of(span).text[span.start : span.end]

    def place(self, span: Span) -> str:
        """The place of a span as generated comments show it: `heat.pde:9`."""
        source = self.of(span)
        return f"{source.name}:{source.line_column(span.start)[0]}"
