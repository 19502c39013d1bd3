"""Places of the protocol and offsets of the compiler.

Offsets count code points. The protocol counts lines from 0 and, within a line, units of the encoding that the two sides
agreed upon: UTF-16 unless both know another, so that a character beyond U+FFFF counts twice.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from lsprotocol import types

from pdel.source import Source, Span

_ENCODINGS = {
    types.PositionEncodingKind.Utf8: ("utf-8", 1),
    types.PositionEncodingKind.Utf16: ("utf-16-le", 2),
    types.PositionEncodingKind.Utf32: ("utf-32-le", 4),
}


@dataclass(frozen=True, slots=True)
class Positions:
    """The places of a text. Its line ends are LF, as in a `Source`: their kind does not change a place."""

    text: str
    encoding: types.PositionEncodingKind | str = types.PositionEncodingKind.Utf16
    source: Source = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "source", Source("", self.text))

    def position(self, offset: int) -> types.Position:
        """The place of an offset; beyond the end of the text, that end."""
        offset = min(max(offset, 0), len(self.text))
        line, _ = self.source.line_column(offset)
        before = self.text[self.source.line_starts[line - 1] : offset]
        return types.Position(line - 1, self.units(before))

    def offset(self, position: types.Position) -> int:
        """The offset of a place; beyond the end of its line, that end."""
        if position.line >= len(self.source.line_starts):
            return len(self.text)
        line = self.source.line_text(position.line + 1)
        start = self.source.line_starts[position.line]
        if line.isascii():
            return start + min(position.character, len(line))
        units = 0
        for index, char in enumerate(line):
            if units >= position.character:
                return start + index
            units += self.units(char)
        return start + len(line)

    def range(self, span: Span) -> types.Range:
        """The range of a span."""
        return types.Range(self.position(span.start), self.position(span.end))

    def units(self, text: str) -> int:
        """How many units of the encoding a text has."""
        if text.isascii():
            return len(text)
        name, size = _ENCODINGS[types.PositionEncodingKind(self.encoding)]
        return len(text.encode(name, "surrogatepass")) // size
