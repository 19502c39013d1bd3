"""Where in a specification the cursor stands: what completion and hover decide by."""

from __future__ import annotations

from dataclasses import dataclass

from pdel.lsp.document import Document
from pdel.methods.base import Method
from pdel.methods.registry import Family, family_of, find
from pdel.source import Span
from pdel.syntax.grammar import STATEMENT_START, make_terminals, stop_at
from pdel.syntax.lexer import Kind, Token, cut_statements, significant, tokenize
from pdel.syntax.table import advance, table


@dataclass(frozen=True, slots=True)
class Context:
    """The statement up to the word that the cursor is in: `tokens` before it, and the place of the word.

    `at_line_start` says that the word stands in column 1, where a statement begins. `text` is what a string has before
    the cursor.
    """

    tokens: tuple[Token, ...]
    word: Span
    at_line_start: bool
    in_comment: bool = False
    text: str | None = None

    @property
    def first(self) -> str:
        """The first word of the statement."""
        return self.tokens[0].text if self.tokens else ""

    @property
    def before(self) -> str:
        """What stands directly before the word."""
        return self.tokens[-1].text if self.tokens else ""

    @property
    def family(self) -> Family | None:
        """The family of a method statement."""
        return family_of(self.first)

    def accepted(self) -> frozenset[str]:
        """The terminals that the grammar takes next; everything where what stands before is broken."""
        states = [table().starts[STATEMENT_START]]
        for terminal in make_terminals(self.tokens) if self.tokens else ():
            fits, states = advance(states, terminal.kind)
            if not fits:
                return EVERYTHING
        return stop_at(states, 0).accepted

    def open_call(self) -> tuple[str, tuple[str, ...]] | None:
        """The name before the innermost open bracket, and the names of the options that are given in it."""
        names: list[str] = []
        depth = 0
        for index in range(len(self.tokens) - 1, 0, -1):
            text = self.tokens[index].text
            if text in (")", "]"):
                depth += 1
            elif text in ("(", "["):
                if depth == 0:
                    name = self.tokens[index - 1]
                    return (name.text, tuple(names)) if name.kind is Kind.NAME and text == "(" else None
                depth -= 1
            elif text == "=" and depth == 0:
                names.append(self.tokens[index - 1].text)
        return None

    def method(self) -> Method | None:
        """The method whose options are being written."""
        call = self.open_call()
        return None if call is None or self.family is None else find(self.family.name, call[0])


EVERYTHING = frozenset(("NAME", "_IN", "_ON", "_AT", "_WHERE", "_FROM", "_THEN", "_AND", "_OR", "_NOT", "_EXCEPT"))


def context_at(document: Document, offset: int) -> Context:
    """The context of an offset. Only what stands before it is looked at."""
    text = document.source.text
    tokens = tokenize(text[:offset])
    last = tokens[-1] if tokens else None
    word = Span(offset, offset)
    inner: str | None = None
    if last is not None and last.kind in (Kind.NAME, Kind.UNTERMINATED):
        word = last.span if last.kind is Kind.NAME else Span(last.span.start + 1, offset)
        inner = last.text[1:] if last.kind is Kind.UNTERMINATED else None
        tokens = tokens[:-1]
    in_comment = last is not None and last.kind is Kind.COMMENT
    line_start = text.rfind("\n", 0, offset) + 1
    at_line_start = word.start == line_start and inner is None
    if at_line_start or not significant(tokens):
        return Context((), word, at_line_start, in_comment, inner)
    return Context(cut_statements(tokens)[-1].tokens, word, False, in_comment, inner)
