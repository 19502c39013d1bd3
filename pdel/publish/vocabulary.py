"""What the names of a specification are, as far as their look depends on it: vectors are bold, `u_x` a derivative."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from pdel.semantics.names import cut_suffix
from pdel.syntax import ast

_RAISING = {"grad": 1, "div": -1, "trace": -2}
_FIXED = {"cross": 1, "outer": 2, "sym": 2, "transpose": 2, "inner": 0}


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Coordinates, and the rank of every name that has a value: 0 for numbers, 1 for vectors, 2 for matrices."""

    space: tuple[str, ...] = ()
    time: str | None = None
    ranks: dict[str, int] = field(default_factory=dict)
    complex: bool = False
    region: bool = False
    """Whether space is a shape, which the page calls Ω."""
    subscripts: bool = False
    """Whether derivatives are set as u with its coordinates below, in place of fractions."""

    @property
    def coordinates(self) -> tuple[str, ...]:
        """Space, then time."""
        return self.space if self.time is None else (*self.space, self.time)

    def derivative(self, name: str) -> tuple[str, tuple[str, ...]] | None:
        """The base of a name such as `u_xx` and the coordinates of its suffix, or None where it is no derivative."""
        if name in self.ranks:
            return None
        base, _, suffix = name.rpartition("_")
        if base not in self.ranks:
            return None
        run = cut_suffix(suffix, self.coordinates)
        return None if run is None else (base, run)

    def rank(self, expression: ast.Expression) -> int:
        """The rank of an expression's value."""
        match expression:
            case ast.Name(text=text):
                return {"normal": 1, "tangent": 1, "identity": 2}.get(text, self.ranks.get(text, 0))
            case ast.Negate(operand=operand):
                return self.rank(operand)
            case ast.Sum(terms=terms):
                return max(self.rank(term.expression) for term in terms)
            case ast.Product(factors=factors):
                return max(self.rank(factor.expression) for factor in factors)
            case ast.Vector(items=items):
                return 1 + max(self.rank(item) for item in items)
            case ast.Component(base=base, indices=indices):
                return max(0, self.rank(base) - len(indices))
            case ast.Call():
                return self._rank_of_call(expression)
            case _:
                return 0

    def _rank_of_call(self, call: ast.Call) -> int:
        ranks = [self.rank(argument.value) for argument in call.arguments] or [0]
        match call.function.text:
            case name if name in _RAISING:
                return max(0, ranks[0] + _RAISING[name])
            case name if name in _FIXED:
                return _FIXED[name]
            case "dot":
                return max(0, ranks[0] + ranks[-1] - 2)
            case "curl":
                return 1 if ranks[0] == 0 or len(self.space) == 3 else 0
            case "if" | "advect":
                return ranks[-1]
            case _:
                return ranks[0]


def vocabulary(statements: Iterable[ast.Statement], *, subscripts: bool = False) -> Vocabulary:
    """The vocabulary of a specification, from its declarations."""
    known = Vocabulary(subscripts=subscripts)
    for statement in statements:
        known = _having(known, statement)
    return known


def _having(known: Vocabulary, statement: ast.Statement) -> Vocabulary:
    ranks = dict(known.ranks)
    match statement:
        case ast.SpaceStatement(names=names, ranges=ranges, shape=shape):
            found = [name.text for name in names]
            for one in ranges:
                if one.first is None or one.last is None:
                    found.append(one.name.text)
                else:
                    first, last = int(one.first.text), int(one.last.text)
                    found += [f"{one.name.text}{index}" for index in range(first, last + 1)]
                    ranks[one.name.text] = 1
            region = known.region or shape is not None
            ranks |= dict.fromkeys(found, 0)
            return replace(known, space=(*known.space, *found), ranks=ranks, region=region)
        case ast.TimeStatement(range=one):
            return replace(known, time=one.name.text, ranks=ranks | {one.name.text: 0})
        case ast.FieldStatement(declarations=declarations):
            for declaration in declarations:
                ranks |= dict.fromkeys((name.text for name in declaration.components), 0)
                if declaration.vector is not None:
                    ranks[declaration.vector.text] = 1
            imaginary = known.complex or any(declaration.complex for declaration in declarations)
            return replace(known, ranks=ranks, complex=imaginary)
        case ast.ConstantStatement(name=name) | ast.UnknownStatement(name=name):
            return replace(known, ranks=ranks | {name.text: 0})
        case ast.LetStatement(name=name, value=value):
            return replace(known, ranks=ranks | {name.text: known.rank(value)})
        case _:
            return known
