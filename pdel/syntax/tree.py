"""Parse trees: what the automaton makes of the terminals of a statement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Terminal:
    """A leaf: the terminal of the grammar, and the text that stands at `start` to `end`."""

    kind: str
    text: str
    start: int
    end: int

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True, eq=False)
class Tree:
    """A rule of the grammar with its parts; the place holds the brackets and separators that leave no part."""

    rule: str
    children: list[Node]
    start: int
    end: int


Node: TypeAlias = Tree | Terminal
