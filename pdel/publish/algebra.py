"""Sums, products, quotients, powers and operators as layouts, with brackets exactly where they are needed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from pdel.publish.layout import (
    THIN,
    Fenced,
    Fraction,
    Large,
    Layout,
    Numeral,
    Operator,
    Root,
    Row,
    Script,
    Style,
    Symbol,
    joined,
    linear,
    listed,
    row,
    size,
    walk,
)

LONGEST_EXPONENT = 16
"""How many signs an argument of `exp` may have to be set as an exponent of e."""

INVISIBLE = Operator("\u2062")
APPLY = Operator("\u2061")
MINUS = Operator("−")
SIGN = Operator("−", prefix=True)
RELATIONS = {"<": "<", "<=": "≤", ">": ">", ">=": "≥", "=": "=", "!=": "≠"}


class Binding(IntEnum):
    """How firmly a formula holds together: below what its neighbour asks for, it is put into brackets."""

    CONDITION = 0
    SUM = 1
    DOT = 2
    PRODUCT = 3
    OPERATOR = 4
    POWER = 5
    ATOM = 6


@dataclass(frozen=True, slots=True)
class Formula:
    """A layout and how firmly it holds together."""

    layout: Layout
    binding: Binding = Binding.ATOM

    def within(self, needed: Binding) -> Layout:
        """The layout, in brackets where it holds together less firmly than needed."""
        return self.layout if self.binding >= needed else Fenced(self.layout)


def negative(operand: Formula) -> Formula:
    """-operand."""
    return Formula(row(SIGN, operand.within(Binding.DOT)), Binding.SUM)


def total(terms: Sequence[tuple[bool, Formula]]) -> Formula:
    """A sum of (is negative, term) pairs in their order."""
    parts: list[Layout] = []
    for minus, term in terms:
        if parts:
            parts.append(MINUS if minus else Operator("+"))
        elif minus:
            parts.append(SIGN)
        parts.append(term.within(Binding.DOT))
    return Formula(row(*parts), Binding.SUM)


def product(factors: Sequence[tuple[bool, Formula]]) -> Formula:
    """A product of (divides, factor) pairs, read from the left.

    What is divided is set over what divides it: a*b/c*d is the fraction ab over c, then d.
    """
    done: list[Formula] = []
    above: list[Formula] = []
    for divides, factor in factors:
        if not divides:
            above.append(factor)
        elif above:
            done.append(quotient(_side_by_side(above), factor))
            above = []
        else:
            last = done.pop().layout
            assert isinstance(last, Fraction)
            below = Formula(last.denominator, Binding.PRODUCT if last.loose[1] else Binding.ATOM)
            numerator = Formula(last.numerator, Binding.SUM if last.loose[0] else Binding.PRODUCT)
            done.append(quotient(numerator, _side_by_side([below, factor])))
    return _side_by_side([*done, *above])


def quotient(numerator: Formula, denominator: Formula) -> Formula:
    """numerator over denominator."""
    loose = (numerator.binding < Binding.DOT, denominator.binding < Binding.POWER)
    above, below = numerator.layout, denominator.layout
    if any(isinstance(node, Fraction) for part in (above, below) for node in walk(part)):
        above, below = linear(above), linear(below)  # a fraction within a fraction is hard to read
    return Formula(Fraction(above, below, loose), Binding.PRODUCT)


def _side_by_side(factors: list[Formula]) -> Formula:
    if len(factors) == 1:
        return factors[0]
    parts: list[Layout] = []
    for index, factor in enumerate(factors):
        last = index == len(factors) - 1
        open_ended = factor.binding is Binding.OPERATOR and not last
        layout = Fenced(factor.layout) if open_ended else factor.within(Binding.PRODUCT)
        if parts:
            parts += _times(parts[-1], layout)
        parts.append(layout)
    # what follows an operator would belong to its operand
    return Formula(row(*parts), Binding.DOT if factors[-1].binding is Binding.OPERATOR else Binding.PRODUCT)


def _times(left: Layout, right: Layout) -> list[Layout]:
    """What stands between two factors: a dot before digits, a thin space beside words and tall parts, else nothing."""
    first = _first(right)
    if isinstance(first, Numeral):
        return [Operator("·")]
    if _is_wide(_last(left)) or _is_wide(first):
        return [INVISIBLE, THIN]
    return [INVISIBLE]


def _first(layout: Layout) -> Layout:
    while isinstance(layout, Row | Script):
        layout = layout.items[0] if isinstance(layout, Row) else layout.base
    return layout


def _last(layout: Layout) -> Layout:
    while isinstance(layout, Row | Script):
        layout = layout.items[-1] if isinstance(layout, Row) else layout.base
    return layout


def _is_wide(layout: Layout) -> bool:
    if isinstance(layout, Symbol):
        return layout.style is not Style.ITALIC
    return isinstance(layout, Fraction | Root | Large) or layout == Operator("∇", prefix=True)


def power(base: Formula, exponent: Formula) -> Formula:
    """base ^ exponent; a symbol with something below gets the exponent above it."""
    above = linear(exponent.layout)
    stem = base.layout
    if isinstance(stem, Script) and stem.sup is None:
        return Formula(Script(stem.base, stem.sub, above), Binding.POWER)
    if isinstance(stem, Fraction) or base.binding < Binding.ATOM:
        stem = Fenced(stem)
    return Formula(Script(stem, sup=above), Binding.POWER)


def raised(name: str, exponent: Formula, arguments: Sequence[Formula]) -> Formula:
    """sin²(x): a function's power beside its name."""
    head = Script(Symbol(name, Style.UPRIGHT), sup=linear(exponent.layout))
    return Formula(row(head, APPLY, arguments_layout(arguments)), Binding.POWER)


def call(head: Layout, arguments: Sequence[Formula]) -> Formula:
    """head(arguments)."""
    return Formula(row(head, APPLY, arguments_layout(arguments)))


def arguments_layout(arguments: Sequence[Formula]) -> Layout:
    """Arguments in brackets."""
    return Fenced(listed([argument.layout for argument in arguments]))


def exponential(argument: Formula) -> Formula:
    """e to a short argument, exp(…) of a long one."""
    above = linear(argument.layout)
    if size(above) > LONGEST_EXPONENT:
        return call(Symbol("exp", Style.UPRIGHT), [argument])
    return Formula(Script(Symbol("e", Style.UPRIGHT), sup=above), Binding.POWER)


def elementary(name: str, arguments: Sequence[Formula]) -> Formula:
    """An elementary function in the notation of mathematics."""
    match name, arguments:
        case "sqrt", [argument]:
            return Formula(Root(argument.layout))
        case "abs", [argument]:
            return Formula(Fenced(argument.layout, "|", "|"))
        case "exp", [argument]:
            return exponential(argument)
        case (("asin" | "acos" | "atan" | "atan2"), _):
            return call(Symbol(f"arc{name[1:].rstrip('2')}", Style.UPRIGHT), arguments)
        case "log", _:
            return call(Symbol("ln", Style.UPRIGHT), arguments)
        case "sign", _:
            return call(Symbol("sgn", Style.UPRIGHT), arguments)
        case _:
            return call(Symbol(name, Style.UPRIGHT), arguments)


def prefixed(*head: Layout, operand: Formula) -> Formula:
    """An operator before its operand: ∇u, ∇·v, ∇²u."""
    return Formula(row(*head, operand.within(Binding.POWER)), Binding.OPERATOR)


def between(left: Formula, glyph: str, right: Formula) -> Formula:
    """Two operands with a sign between them that binds like a product: a·b, a×b."""
    return Formula(
        row(left.within(Binding.POWER), Operator(glyph), right.within(Binding.OPERATOR)),
        Binding.DOT,
    )


def derivative(base: Layout, orders: Sequence[tuple[Layout, int]], *, ordinary: bool) -> Formula:
    """The fraction ∂²u/∂x²; upright d's where there is one coordinate only. The base is one symbol."""
    sign: Layout = Symbol("d", Style.UPRIGHT) if ordinary else Operator("∂", prefix=True)
    whole = sum(order for _, order in orders)
    return Formula(
        Fraction(row(_ordered(sign, whole), base), _below(sign, orders), (False, len(orders) > 1)), Binding.PRODUCT
    )


def derivative_of(operand: Formula, orders: Sequence[tuple[Layout, int]], *, ordinary: bool) -> Formula:
    """∂/∂x before an expression."""
    sign: Layout = Symbol("d", Style.UPRIGHT) if ordinary else Operator("∂", prefix=True)
    whole = sum(order for _, order in orders)
    head = Fraction(_ordered(sign, whole), _below(sign, orders))
    return Formula(row(head, Fenced(operand.layout)), Binding.OPERATOR)


def _ordered(sign: Layout, order: int) -> Layout:
    return sign if order == 1 else Script(sign, sup=Numeral(str(order)))


def _below(sign: Layout, orders: Sequence[tuple[Layout, int]]) -> Layout:
    parts: list[Layout] = []
    for coordinate, order in orders:
        parts += [sign, power(Formula(coordinate), Formula(Numeral(str(order)))).layout if order > 1 else coordinate]
    return row(*parts)


def suffixed(base: Layout, coordinates: Sequence[Layout]) -> Formula:
    """u with its coordinates below."""
    return Formula(Script(base, row(*coordinates)), Binding.ATOM)


def relation(operator: str, left: Formula, right: Formula) -> Formula:
    """left = right, left ≤ right."""
    return Formula(row(left.layout, Operator(RELATIONS[operator]), right.layout), Binding.CONDITION)


def vector(items: Sequence[Formula]) -> Formula:
    """(a, b)."""
    return Formula(arguments_layout(items))


def chain(operands: Sequence[Formula], separators: Sequence[Layout]) -> Formula:
    """Operands with a separator of its own between each two."""
    parts: list[Layout] = [operands[0].layout]
    for separator, operand in zip(separators, operands[1:], strict=True):
        parts += [separator, operand.layout]
    return Formula(row(*parts), Binding.CONDITION)


def connected(operands: Sequence[Formula], word: Layout) -> Formula:
    """Conditions joined by a word."""
    return Formula(joined([operand.within(Binding.SUM) if len(operands) > 2 else operand.layout
                           for operand in operands], word), Binding.CONDITION)  # fmt: skip
