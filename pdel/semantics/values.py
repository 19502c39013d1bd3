"""Lowered values: scalars, vectors and matrices whose entries are real expressions or complex pairs.

Arithmetic goes entry by entry; shapes are checked by the callers, which know the places to blame.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from pdel import expression as ex
from pdel.expression import Expr

SIZE_LIMIT = 60_000
"""Nodes that one expression may have once names and functions are replaced by what they stand for."""

DEPTH_LIMIT = 250
"""Levels of nesting that one expression may have once names and functions are replaced."""


@dataclass(frozen=True, slots=True)
class Complex:
    """re + i*im with real parts."""

    re: Expr
    im: Expr


Entry: TypeAlias = Expr | Complex


@dataclass(frozen=True, slots=True)
class Value:
    """A scalar (shape `()`), vector `(n,)` or matrix `(n, m)`; entries row by row."""

    shape: tuple[int, ...]
    entries: tuple[Entry, ...]

    @property
    def is_scalar(self) -> bool:
        """Whether it has one entry and no index."""
        return self.shape == ()

    @property
    def is_complex(self) -> bool:
        """Whether any entry is a complex pair."""
        return any(isinstance(entry, Complex) for entry in self.entries)

    @property
    def is_zero(self) -> bool:
        """Whether it is the literal scalar 0, which equals the zero of any shape."""
        entry = self.entries[0] if self.shape == () else None
        return isinstance(entry, ex.Number) and ex.is_number(entry, 0)

    def row(self, index: int) -> tuple[Entry, ...]:
        """One row of a matrix."""
        columns = self.shape[1]
        return self.entries[index * columns : (index + 1) * columns]

    def expressions(self) -> tuple[Expr, ...]:
        """Every real expression in it: complex pairs give two."""
        found: list[Expr] = []
        for entry in self.entries:
            found.extend((entry.re, entry.im) if isinstance(entry, Complex) else (entry,))
        return tuple(found)


def scalar(entry: Entry) -> Value:
    """A scalar value."""
    return Value((), (entry,))


def vector(entries: Sequence[Entry]) -> Value:
    """A vector value."""
    return Value((len(entries),), tuple(entries))


def matrix(rows: Sequence[Sequence[Entry]]) -> Value:
    """A matrix value from its rows."""
    return Value((len(rows), len(rows[0])), tuple(entry for row in rows for entry in row))


def describe(value: Value) -> str:
    """The shape in words: `a scalar`, `a vector of 2`, `a 2 by 2 matrix`."""
    match value.shape:
        case ():
            return "a complex scalar" if value.is_complex else "a scalar"
        case (count,):
            return f"a vector of {count}"
        case (rows, columns):
            return f"a {rows} by {columns} matrix"
        case _:
            return f"an array of shape {value.shape}"


def map_entries(value: Value, operation: Callable[[Entry], Entry]) -> Value:
    """The same shape with an operation applied to every entry."""
    return Value(value.shape, tuple(operation(entry) for entry in value.entries))


def is_too_large(value: Value) -> bool:
    """Whether the value has more nodes or levels than one expression may have; stops counting there."""
    count = 0
    stack = [(entry, 1) for entry in value.expressions()]
    while stack:
        node, depth = stack.pop()
        count += 1
        if count > SIZE_LIMIT or depth > DEPTH_LIMIT:
            return True
        stack.extend((child, depth + 1) for child in ex.children(node))
    return False


# ---------------------------------------------------------------------------------------------------
# Arithmetic of entries
# ---------------------------------------------------------------------------------------------------


def real_part(entry: Entry) -> Expr:
    """The real part."""
    return entry.re if isinstance(entry, Complex) else entry


def imaginary_part(entry: Entry) -> Expr:
    """The imaginary part."""
    return entry.im if isinstance(entry, Complex) else ex.ZERO


def pair(re: Expr, im: Expr) -> Entry:
    """re + i*im; a literal zero imaginary part gives a real entry."""
    return re if ex.is_number(im, 0) else Complex(re, im)


def add(*terms: Entry) -> Entry:
    """The sum in written order."""
    if not any(isinstance(term, Complex) for term in terms):
        return ex.add(*(real_part(term) for term in terms))
    return pair(ex.add(*map(real_part, terms)), ex.add(*map(imaginary_part, terms)))


def negate(entry: Entry) -> Entry:
    """-entry."""
    if isinstance(entry, Complex):
        return Complex(ex.negate(entry.re), ex.negate(entry.im))
    return ex.negate(entry)


def multiply(*factors: Entry) -> Entry:
    """The product in written order; (a + ib)(c + id) = (ac - bd) + i(ad + bc), and z*conj(z) is real."""
    if not any(isinstance(factor, Complex) for factor in factors):
        return ex.multiply(*(real_part(factor) for factor in factors))
    if sum(isinstance(factor, Complex) for factor in factors) == 1:
        return pair(ex.multiply(*map(real_part, factors)), ex.multiply(*map(_imaginary_or_real, factors)))
    product = factors[0]
    for factor in factors[1:]:
        product = _multiply_two(product, factor)
    return product


def _imaginary_or_real(entry: Entry) -> Expr:
    """The imaginary part of a complex factor, and a real factor itself."""
    return entry.im if isinstance(entry, Complex) else entry


def _multiply_two(left: Entry, right: Entry) -> Entry:
    a, b, c, d = real_part(left), imaginary_part(left), real_part(right), imaginary_part(right)
    if isinstance(left, Complex) and isinstance(right, Complex) and a == c and b == ex.negate(d):
        return squared_modulus(left)
    if isinstance(left, Complex) and left == right:
        return pair(ex.subtract(_square(a), _square(b)), ex.multiply(ex.TWO, a, b))
    return pair(
        ex.subtract(ex.multiply(a, c), ex.multiply(b, d)),
        ex.add(ex.multiply(a, d), ex.multiply(b, c)),
    )


def squared_modulus(entry: Entry) -> Expr:
    """|z|^2 = re^2 + im^2."""
    if isinstance(entry, Complex):
        return ex.add(_square(entry.re), _square(entry.im))
    return _square(entry)


def _square(operand: Expr) -> Expr:
    while isinstance(operand, ex.Negative):
        operand = operand.operand
    return operand if ex.is_number(operand, 0) or ex.is_number(operand, 1) else ex.power(operand, ex.TWO)


def conjugate(entry: Entry) -> Entry:
    """re - i*im."""
    return Complex(entry.re, ex.negate(entry.im)) if isinstance(entry, Complex) else entry


def divide(numerator: Entry, denominator: Entry) -> Entry:
    """numerator / denominator; by a complex number through its conjugate."""
    if isinstance(denominator, Complex):
        modulus = squared_modulus(denominator)
        return divide(_multiply_two(numerator, conjugate(denominator)), modulus)
    if isinstance(numerator, Complex):
        return pair(ex.divide(numerator.re, denominator), ex.divide(numerator.im, denominator))
    return ex.divide(numerator, denominator)
