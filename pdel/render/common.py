"""Common subexpressions of closed forms, named so that a reader knows what they are: `sin_y` for sin(2*pi*y)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from pdel.expression import Call, Coordinate, Expr, Partial, Power, Quotient, Sum, coordinates, transform, walk
from pdel.render.printer import is_tensor

NAMED_SIZE = 4
"""Sums and powers with fewer nodes are shorter than a name for them."""


def name_common(forms: Sequence[Expr], taken: frozenset[str]) -> tuple[tuple[tuple[str, Expr], ...], tuple[Expr, ...]]:
    """(name, expression) pairs for what occurs twice or more, innermost first, and the forms that read them.

    Named are functions of coordinates, and sums inside quotients, powers and functions.
    """
    named: list[tuple[str, Expr]] = []
    current = tuple(forms)
    used = set(taken)
    while (found := _most_repeated(current)) is not None:
        name = _name(found, used)
        used.add(name)
        leaf = Partial(name)
        current = tuple(_replaced(form, found, leaf) for form in current)
        named = [(other, _replaced(form, found, leaf)) for other, form in named]
        named.insert(_place(named, name), (name, found))
    return tuple(_in_order(named)), current


def _replaced(form: Expr, found: Expr, leaf: Expr) -> Expr:
    return transform(form, lambda node: leaf if node == found else None)


def _most_repeated(forms: Sequence[Expr]) -> Expr | None:
    """The first candidate that occurs at least twice; larger ones first, so that names stand for whole ideas."""
    counts: Counter[Expr] = Counter(node for form in forms for node in walk(form) if _is_candidate(node))
    repeated = [node for node, count in counts.items() if count >= 2]
    return max(repeated, key=lambda node: sum(1 for _ in walk(node)), default=None)


def _is_candidate(node: Expr) -> bool:
    match node:
        case Call():
            return is_tensor(node)
        case Sum() | Power() | Quotient():
            return is_tensor(node) and sum(1 for _ in walk(node)) >= 2 * NAMED_SIZE
        case _:
            return False


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


def _place(named: Sequence[tuple[str, Expr]], name: str) -> int:
    """Before the first one that reads the new name."""
    for index, (_, form) in enumerate(named):
        if Partial(name) in walk(form):
            return index
    return len(named)


def _in_order(named: Sequence[tuple[str, Expr]]) -> list[tuple[str, Expr]]:
    """Every name after those that it reads."""
    ordered: list[tuple[str, Expr]] = []
    left = list(named)
    names = {name for name, _ in named}
    while left:
        done = {name for name, _ in ordered}
        ready = next(
            item
            for item in left
            if all(node.field in done or node.field not in names for node in walk(item[1]) if isinstance(node, Partial))
        )
        ordered.append(ready)
        left.remove(ready)
    return ordered


def reads_coordinates(forms: Sequence[Expr]) -> set[str]:
    """The coordinates that forms name."""
    return {node.name for form in forms for node in walk(form) if isinstance(node, Coordinate)}
