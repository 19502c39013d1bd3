"""Calls within calls as lines of code, broken where `ruff format` breaks them: from the outside inwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from pdel.render.layout import WIDTH
from pdel.render.py import Py


@dataclass(frozen=True, slots=True)
class Group:
    """A bracketed list: a call (`head` is `in_box(`), a tuple (`(`) or a list (`[`)."""

    head: str
    items: tuple[Item, ...]

    @property
    def closing(self) -> str:
        """The bracket that ends the list."""
        return "]" if self.head.endswith("[") else ")"

    @property
    def flat(self) -> str:
        """The list on one line."""
        comma = "," if self.head == "(" and len(self.items) == 1 else ""
        return f"{self.head}{', '.join(flat(item) for item in self.items)}{comma}{self.closing}"


Item: TypeAlias = Group | str


def flat(item: Item) -> str:
    """An item on one line."""
    return item if isinstance(item, str) else item.flat


def called(function: str, items: Sequence[Item]) -> Group:
    """A call of a function."""
    return Group(f"{function}(", tuple(items))


def listed(items: Sequence[Item]) -> Group:
    """A tuple."""
    return Group("(", tuple(items))


def written(item: Item, indent: int = 4, head: str = "", tail: str = "") -> Py:
    """An item between `head` and `tail`: on one line, else its content on one line, else an item a line.

    The content of a tuple has an item a line where it does not fit beside its brackets.
    """
    pad = " " * indent
    line = f"{pad}{head}{flat(item)}{tail}"
    if isinstance(item, str) or len(line) <= WIDTH:
        return Py(line)
    content = ", ".join(flat(inner) for inner in item.items)
    single = f"{pad}    {content}"
    if len(single) <= WIDTH and item.head != "(":
        return Py(f"{pad}{head}{item.head}\n{single}\n{pad}{item.closing}{tail}")
    exploded = "\n".join(written(inner, indent + 4, "", ",") for inner in item.items)
    return Py(f"{pad}{head}{item.head}\n{exploded}\n{pad}{item.closing}{tail}")
