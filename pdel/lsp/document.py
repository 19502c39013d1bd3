"""A specification that is open in an editor: its text with what the syntax says of it, and what a check found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from lsprotocol import types

from pdel.compiler import Compilation
from pdel.diagnostics.model import Diagnostic, Result
from pdel.lsp.index import Index, index_names
from pdel.lsp.positions import Positions
from pdel.source import Source, Span
from pdel.source_load import check_text
from pdel.syntax.ast import Specification
from pdel.syntax.lexer import Token, tokenize
from pdel.syntax.parse import combine, parse_statements
from pdel.syntax.statement import ParsedStatement


@dataclass(frozen=True)
class Document:
    """One version of an open specification. `path` is where its data files are looked for.

    `compilation` is what the last check of this very text found, `earlier` that of an older text, which may still tell
    what a field or an equation is.
    """

    uri: str
    version: int
    path: Path
    text: str
    encoding: types.PositionEncodingKind | str = types.PositionEncodingKind.Utf16
    compilation: Compilation | None = None
    earlier: Compilation | None = None

    @cached_property
    def loaded(self) -> Result[Source]:
        """The text as the compiler takes it."""
        return check_text(self.path.name, self.text)

    @cached_property
    def source(self) -> Source:
        """The source; characters that no specification may hold are spaces in it."""
        return self.loaded.value or Source(self.path.name, "")

    @cached_property
    def positions(self) -> Positions:
        """The places of the text as the editor has it, but for its line ends and its byte order mark."""
        text = self.text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
        return Positions(text, self.encoding)

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """All tokens, which tile the text."""
        return tokenize(self.source.text)

    @cached_property
    def parsed(self) -> tuple[ParsedStatement, ...]:
        """The statements, sound and broken."""
        return parse_statements(self.source)

    @cached_property
    def syntax(self) -> Result[Specification]:
        """The sound statements, and what is wrong with the text or the form of the others."""
        result = combine(self.source, self.parsed)
        return Result(result.value, self.loaded.diagnostics + result.diagnostics)

    @cached_property
    def index(self) -> Index:
        """The names."""
        return index_names(self.parsed)

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What is known to be wrong with this text."""
        return self.syntax.diagnostics if self.compilation is None else self.compilation.diagnostics

    @property
    def known(self) -> Compilation | None:
        """The compilation of this text or, while that is awaited, of an older one."""
        return self.compilation or self.earlier

    def statement_at(self, offset: int) -> int | None:
        """The index of the statement that an offset lies in, or ends at."""
        return next((index for index, item in enumerate(self.parsed) if _span(item).start <= offset <= _span(item).end),
                    None)  # fmt: skip

    def span_of(self, statement: int) -> Span:
        """The place of a statement, from its first word to its last token."""
        return _span(self.parsed[statement])

    def text_of(self, span: Span) -> str:
        """The text that a span covers."""
        return self.source.text[span.start : span.end]

    def token_at(self, offset: int) -> Token | None:
        """The token at an offset; between two, the one that begins there."""
        return next((token for token in self.tokens if token.span.start <= offset < token.span.end), None)

    def changed(self, text: str, version: int) -> Document:
        """The next version. What an older check found stays known as such."""
        return replace(self, text=text, version=version, compilation=None, earlier=self.known)

    def checked(self, compilation: Compilation) -> Document:
        """The same version with what a check of it found."""
        done = replace(self, compilation=compilation, earlier=None)
        done.__dict__.update({name: self.__dict__[name] for name in _CACHED if name in self.__dict__})
        return done


_CACHED: Sequence[str] = ("loaded", "source", "positions", "tokens", "parsed", "syntax", "index")
"""What depends on the text alone, and is kept when a check comes in."""


def _span(item: ParsedStatement) -> Span:
    return item.tokens[0].span.to(item.tokens[-1].span)
