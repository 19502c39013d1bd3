"""Common subexpressions of closed forms, named so that a reader knows what they are: `sin_y` for sin(2*pi*y)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pdel.expression import Call, Coordinate, Expr, Partial, Power, Quotient, Sum, children, coordinates, rebuild, walk
from pdel.render.printer import is_tensor

NAMED_SIZE = 4
"""Sums and powers with fewer nodes are shorter than a name for them."""


def name_common(forms: Sequence[Expr], taken: frozenset[str]) -> tuple[tuple[tuple[str, Expr], ...], tuple[Expr, ...]]:
    """(name, expression) pairs for what occurs twice or more, innermost first, and the forms that read them.

    Named are functions of coordinates, and sums inside quotients, powers and functions.
    """
    parts = _Parts()
    current = [parts.number(form) for form in forms]
    named: list[tuple[str, int]] = []
    used = set(taken)
    while (found := parts.most_repeated(current)) is not None:
        name = _name(parts.node(found), used)
        used.add(name)
        leaf = parts.number(Partial(name))
        known = {found: leaf}
        current = [parts.replaced(form, known) for form in current]
        named = [(other, parts.replaced(form, known)) for other, form in named]
        named.insert(_place(named, parts, leaf), (name, found))
    return tuple(_in_order([(name, parts.node(form)) for name, form in named])), tuple(map(parts.node, current))


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a form: its operands by number, how many nodes it has, and whether its value varies over points."""

    node: Expr
    operands: tuple[int, ...]
    size: int
    is_tensor: bool

    @property
    def deserves_name(self) -> bool:
        """Whether a name would be shorter than writing it twice."""
        match self.node:
            case Call():
                return self.is_tensor
            case Sum() | Power() | Quotient():
                return self.is_tensor and self.size >= 2 * NAMED_SIZE
            case _:
                return False


class _Parts:
    """Numbers for the distinct parts of forms, operands before what they are in.

    Derivatives of one form share most of their parts, so that there are far fewer parts than nodes.
    """

    def __init__(self) -> None:
        self._numbers: dict[Expr, int] = {}
        self._parts: list[_Part] = []

    def node(self, number: int) -> Expr:
        """The expression of a number."""
        return self._parts[number].node

    def number(self, node: Expr) -> int:
        """The number of an expression."""
        found = self._numbers.get(node)
        if found is None:
            operands = tuple([self.number(operand) for operand in children(node)])
            inner = [self._parts[operand] for operand in operands]
            varies = any(part.is_tensor for part in inner) if inner else is_tensor(node)
            found = self._numbers[node] = len(self._parts)
            self._parts.append(_Part(node, operands, 1 + sum(part.size for part in inner), varies))
        return found

    def replaced(self, number: int, known: dict[int, int]) -> int:
        """The number of what a part becomes where others stand in place of some; enters it among the known ones."""
        found = known.get(number)
        if found is None:
            part = self._parts[number]
            operands = tuple([self.replaced(operand, known) for operand in part.operands])
            changed = operands != part.operands
            found = self.number(rebuild(part.node, tuple(map(self.node, operands)))) if changed else number
            known[number] = found
        return found

    def reached(self, forms: Sequence[int]) -> list[int]:
        """The distinct parts of forms in written order."""
        found: dict[int, None] = {}
        waiting = list(reversed(forms))
        while waiting:
            number = waiting.pop()
            if number not in found:
                found[number] = None
                waiting.extend(reversed(self._parts[number].operands))
        return list(found)

    def most_repeated(self, forms: Sequence[int]) -> int | None:
        """The largest part that occurs at least twice and deserves a name, so that names stand for whole ideas."""
        reached = self.reached(forms)
        counts = dict.fromkeys(reached, 0)
        for form in forms:
            counts[form] += 1
        for number in sorted(reached, reverse=True):
            for operand in self._parts[number].operands:
                counts[operand] += counts[number]
        repeated = [number for number in reached if counts[number] >= 2 and self._parts[number].deserves_name]
        return max(repeated, key=lambda number: self._parts[number].size, default=None)


def _name(node: Expr, used: set[str]) -> str:
    """`sin_y` for a function of y; `r2` for a sum of squares; `part` for anything else."""
    match node:
        case Call(function=function):
            base = "_".join([function, *coordinates(node)])
        case Sum(terms=terms) if all(isinstance(term, Power) for term in terms):
            base = "r2"
        case _:
            base = "part"
    candidates = (base if number == 1 else f"{base}_{number}" for number in range(1, len(used) + 3))
    return next(name for name in candidates if name not in used)


def _place(named: Sequence[tuple[str, int]], parts: _Parts, leaf: int) -> int:
    """Before the first one that reads the new name."""
    for index, (_, form) in enumerate(named):
        if leaf in parts.reached((form,)):
            return index
    return len(named)


def _in_order(named: Sequence[tuple[str, Expr]]) -> list[tuple[str, Expr]]:
    """Every name after those that it reads."""
    names = {name for name, _ in named}
    reads = {name: {node.field for node in walk(form) if isinstance(node, Partial)} & names for name, form in named}
    ordered: dict[str, Expr] = {}
    left = list(named)
    while left:
        ready = next(item for item in left if reads[item[0]] <= ordered.keys())
        ordered[ready[0]] = ready[1]
        left.remove(ready)
    return list(ordered.items())


def reads_coordinates(forms: Sequence[Expr]) -> set[str]:
    """The coordinates that forms name."""
    return {node.name for form in forms for node in walk(form) if isinstance(node, Coordinate)}
