"""A breadth-first walk through the parser's automaton: every place where a parse can stop."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from pdel.syntax.grammar import Stop, stop_at
from pdel.syntax.situations import open_pieces, situation
from pdel.syntax.table import accessing_symbols, advance, table
from pdel.syntax.words import END

LONGEST = 30


@dataclass(frozen=True)
class Dead:
    """A stopped parse: the start rule, the terminals read, the one that did not fit."""

    start: str
    read: tuple[str, ...]
    found: str
    stop: Stop

    @property
    def situation(self) -> str:
        return situation(self.stop.symbols)


def dead_ends() -> list[Dead]:
    """One dead end for each state, open piece and terminal that does not fit."""
    terminals = sorted({symbol for symbol in accessing_symbols().values() if symbol.isupper()})
    terminals += [END, "RESERVED", "SEMICOLON"]
    found: list[Dead] = []
    for start, state in sorted(table().starts.items()):
        waiting: deque[tuple[list[int], tuple[str, ...]]] = deque([([state], ())])
        seen: set[object] = set()
        while waiting:
            stack, read = waiting.popleft()
            for terminal in terminals:
                fits, after = advance(stack, terminal)
                symbols = tuple(accessing_symbols()[item] for item in after[1:])
                if not fits:
                    found.append(Dead(start, read, terminal, stop_at(after, len(read))))
                elif terminal != END:
                    pieces = open_pieces(symbols)
                    place = (after[-1], pieces[0], pieces[-1], min(len(pieces), 2))
                    if place not in seen and len(read) < LONGEST:
                        seen.add(place)
                        waiting.append((after, (*read, terminal)))
    return found
