"""Expressions of the syntax tree, and the selectors that integrals share with boundary conditions.

They keep what the user wrote, in the written order; sums and products are flat.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from pdel.source import Span


@dataclass(frozen=True, slots=True)
class Number:
    """A decimal literal as written (`1e-3`, `10_000`), with an optional unit text."""

    text: str
    span: Span
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Name:
    """An identifier, a derivative (`u_xx`) or a reserved value (`pi`, `i`): told apart by the semantics."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Text:
    """A quoted string, without its quotes."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Negate:
    """-operand; binds looser than `^`."""

    operand: Expression
    span: Span


@dataclass(frozen=True, slots=True)
class SignedTerm:
    """One term of a sum; `negative` when a minus stands before it. The span covers sign and term."""

    negative: bool
    expression: Expression
    span: Span


@dataclass(frozen=True, slots=True)
class Sum:
    """Two or more terms joined by `+` and `-`, flat."""

    terms: tuple[SignedTerm, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Factor:
    """One factor of a product; `divides` when `/` stands before it."""

    divides: bool
    expression: Expression


@dataclass(frozen=True, slots=True)
class Product:
    """Two or more factors joined by `*` and `/`, flat, read from the left."""

    factors: tuple[Factor, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Power:
    """base ^ exponent; right-associative."""

    base: Expression
    exponent: Expression
    span: Span


@dataclass(frozen=True, slots=True)
class Conjunct:
    """Operands joined by `&`: the intersection of shapes."""

    operands: tuple[Expression, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Side:
    """`x = 0` in a selector."""

    coordinate: Name
    value: Expression
    span: Span


@dataclass(frozen=True, slots=True)
class Selector:
    """What stands after `on`: a union of sides and names (`boundary` is a name here), less `excluded`."""

    included: tuple[Side | Name, ...]
    excluded: tuple[Side | Name, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class OnRegion:
    """The binder `on SELECTOR` of an integral."""

    selector: Selector
    span: Span


@dataclass(frozen=True, slots=True)
class InInterval:
    """The binder `NAME in [low, high]` of an integral or a sum."""

    name: Name
    low: Expression
    high: Expression
    span: Span


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument of a call; `name` for an option (`steps = 100`)."""

    value: Expression
    span: Span
    name: Name | None = None


@dataclass(frozen=True, slots=True)
class Call:
    """FUNCTION(arguments [binder])."""

    function: Name
    arguments: tuple[Argument, ...]
    span: Span
    binder: OnRegion | InInterval | None = None


@dataclass(frozen=True, slots=True)
class Component:
    """base[x] or base[x, y]: a component of a vector or tensor; base may be any postfix expression."""

    base: Expression
    indices: tuple[Expression, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Vector:
    """(a, b, …) with two or more items."""

    items: tuple[Expression, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Comparison:
    """A chain `a < b <= c`; operators are `<`, `<=`, `>`, `>=`, `!=`, and `=` inside conditions."""

    operands: tuple[Expression, ...]
    operators: tuple[str, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Logical:
    """Operands joined by `and` or by `or`."""

    operator: str
    operands: tuple[Expression, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Not:
    """not operand."""

    operand: Expression
    span: Span


Expression: TypeAlias = (
    Number
    | Name
    | Text
    | Negate
    | Sum
    | Product
    | Power
    | Conjunct
    | Call
    | Component
    | Vector
    | Comparison
    | Logical
    | Not
)
