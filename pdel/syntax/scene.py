"""All that is known where a parse stopped: the situation, the terminal that did not fit, its neighbours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from pdel.diagnostics.model import Edit
from pdel.source import Span
from pdel.syntax.grammar import STATEMENT_START, Stop
from pdel.syntax.situations import open_pieces
from pdel.syntax.tree import Terminal
from pdel.syntax.words import END, METHOD_TERMINAL

_LONGEST_SHOWN = 40


@dataclass(frozen=True)
class Scene:
    """A stopped parse. `indents` are the places of the spaces before terminals that stand first on their lines."""

    stop: Stop
    terminals: Sequence[Terminal]
    indents: Mapping[int, Span]
    origin: int
    start: str = STATEMENT_START

    @cached_property
    def pieces(self) -> tuple[str, ...]:
        """The statement and the open brackets in it."""
        return open_pieces(self.stop.symbols)

    @property
    def situation(self) -> str:
        """What was being read."""
        return self.pieces[-1]

    @property
    def form(self) -> str:
        """The statement's first word, `method` for method statements, nothing where only a value is parsed."""
        if self.start != STATEMENT_START or not self.terminals:
            return ""
        return "method" if self.terminals[0].kind == METHOD_TERMINAL else str(self.terminals[0])

    @property
    def at_end(self) -> bool:
        """Whether the parse stopped at the end of the statement."""
        return self.stop.index >= len(self.terminals)

    @property
    def kind(self) -> str:
        """The terminal that did not fit."""
        return self.kind_at(0)

    @property
    def text(self) -> str:
        """The text that did not fit; empty at the end."""
        return "" if self.at_end else str(self.terminals[self.stop.index])

    @property
    def shown(self) -> str:
        """The text that did not fit, shortened."""
        text = self.text
        return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"

    @property
    def span(self) -> Span:
        """The place of what did not fit."""
        return self.span_at(0)

    @property
    def last_span(self) -> Span:
        """The place of the last terminal of all."""
        return self._span(len(self.terminals) - 1) if self.terminals else Span(0, 0, self.origin)

    def accepts(self, terminal: str) -> bool:
        """Whether a terminal would have fitted."""
        return terminal in self.stop.accepted

    def kind_at(self, distance: int) -> str:
        """The terminal at a distance from the one that did not fit (-1 is the one before it)."""
        index = self.stop.index + distance
        return self.terminals[index].kind if 0 <= index < len(self.terminals) else END

    def text_at(self, distance: int) -> str:
        """The text at a distance from what did not fit."""
        index = self.stop.index + distance
        return str(self.terminals[index]) if 0 <= index < len(self.terminals) else ""

    def span_at(self, distance: int) -> Span:
        """The place of the terminal at a distance; beyond the ends, that of the first or the last one."""
        return self._span(min(max(self.stop.index + distance, 0), len(self.terminals) - 1))

    def kinds_from(self, distance: int) -> list[str]:
        """All terminals from a distance on."""
        return [terminal.kind for terminal in self.terminals[max(self.stop.index + distance, 0) :]]

    def insert(self, text: str) -> Edit:
        """An edit that puts a text before what did not fit."""
        return Edit(Span(self.span.start, self.span.start, self.origin), text)

    def insert_after(self, distance: int, text: str) -> Edit:
        """An edit that puts a text directly after the terminal at a distance."""
        end = self.span_at(distance).end
        return Edit(Span(end, end, self.origin), text)

    def replace_closely(self, text: str) -> Edit:
        """An edit that replaces what did not fit, and the spaces before it."""
        return Edit(Span(self.span_at(-1).end, self.span.end, self.origin), text)

    def _span(self, index: int) -> Span:
        terminal = self.terminals[index]
        return Span(terminal.start, terminal.end, self.origin)
