"""Differentiation of closed forms through sympy, with results that a reader can follow."""

from __future__ import annotations

from functools import lru_cache

import sympy
from sympy.core.parameters import distribute

from pdel.expression import ZERO, Coordinate, Expr, Orders, walk
from pdel.maths.convert import Choice, Converter, Largest
from pdel.maths.limits import LARGEST_EXPRESSION, TooLarge, check_deadline, check_size

LONGEST_TIDIED_SUM = 12
"""Sums with more terms are left as differentiation gives them."""


@lru_cache(maxsize=2048)
def derivative(expression: Expr, orders: Orders) -> Expr:
    """The partial derivative of a closed form, readable: like terms collected, the user's spellings kept.

    abs, sign, min, max and `if` are differentiated on either side of their jumps and kinks. Raises
    TooLarge where the result would be beyond the limits.
    """
    if not orders:
        return expression
    names = {node.name for node in walk(expression) if isinstance(node, Coordinate)}
    if any(coordinate not in names for coordinate, _ in orders):
        return ZERO
    converter = Converter()
    result = converter.to_sympy(expression)
    with distribute(False):
        for coordinate, order in orders:
            symbol = converter.symbol(Coordinate(coordinate))
            for _ in range(order):
                check_deadline()
                result = _tidy(_slope(result, symbol, {}))
                _check_growth(result)
        return checked(converter.from_sympy(result))


@lru_cache(maxsize=512)
def tidy(expression: Expr) -> Expr:
    """An equal, often shorter expression: like terms collected and numbers multiplied out, nothing expanded."""
    converter = Converter()
    converted = converter.to_sympy(expression)
    converter.forget(expression)
    with distribute(False):
        return checked(converter.from_sympy(_tidy(converted)))


def checked(expression: Expr) -> Expr:
    """The expression itself. Raises TooLarge where it is beyond the limits."""
    check_size(expression)
    return expression


def _check_growth(expression: sympy.Expr) -> None:
    """Raises TooLarge for a derivative of which the next one would only be larger still."""
    sizes: dict[sympy.Expr, int] = {}
    stack: list[tuple[sympy.Expr, bool]] = [(expression, False)]
    while stack:
        node, ready = stack.pop()
        if node in sizes:
            continue
        if not ready and node.args:
            stack.append((node, True))
            stack.extend((argument, False) for argument in node.args)
            continue
        sizes[node] = 1 + sum(sizes[argument] for argument in node.args)
        if sizes[node] > LARGEST_EXPRESSION:
            raise TooLarge(f"has more than {LARGEST_EXPRESSION} parts")


def _slope(expression: sympy.Expr, symbol: sympy.Symbol, known: dict[sympy.Expr, sympy.Expr]) -> sympy.Expr:
    """The derivative by the sum, product, power and chain rules, equal parts differentiated once.

    The same as sympy's `diff`, of which the general machinery costs several times as much.
    """
    found = known.get(expression)
    if found is None:
        check_deadline()
        found = known[expression] = _rule(expression, symbol, known)
    return found


def _rule(expression: sympy.Expr, symbol: sympy.Symbol, known: dict[sympy.Expr, sympy.Expr]) -> sympy.Expr:
    """The derivative of one node in terms of those of its arguments."""
    if expression.is_Atom:
        return sympy.Integer(1 if expression == symbol else 0)
    arguments = expression.args
    if isinstance(expression, Choice | Largest):
        condition, first, second = arguments
        return Choice(condition, _slope(first, symbol, known), _slope(second, symbol, known))
    slopes = [_slope(argument, symbol, known) for argument in arguments]
    if not any(slopes):
        return sympy.Integer(0)
    if expression.is_Add:
        return sympy.Add(*slopes)
    if expression.is_Mul:
        parts = [
            sympy.Mul(*arguments[:index], slope, *arguments[index + 1 :]) for index, slope in enumerate(slopes) if slope
        ]
        return sympy.Add(*parts)
    if expression.is_Pow:
        base, exponent = arguments
        growth = exponent * sympy.Pow(base, exponent - 1) * slopes[0] if slopes[0] else sympy.Integer(0)
        return growth + expression * sympy.log(base) * slopes[1] if slopes[1] else growth
    return sympy.Add(*(expression.fdiff(index) * slope for index, slope in enumerate(slopes, start=1) if slope))


def _tidy(expression: sympy.Expr) -> sympy.Expr:
    """Light, bounded simplification of a short sum: common factors and the common denominator pulled out."""
    if expression.is_Mul:
        return _tidied_factors(expression)
    if not expression.is_Add or len(expression.args) > LONGEST_TIDIED_SUM:
        return expression
    content, rest = expression.primitive()
    common = _common_powers([dict(_powers(term)) for term in rest.args])
    factor = sympy.Mul(*(sympy.Pow(base, exponent) for base, exponent in common))
    inverse = sympy.Mul(*(sympy.Pow(base, -exponent) for base, exponent in common))
    remaining = _flat(sympy.Add(*(_tidied_factors(term * inverse) for term in rest.args)))
    if remaining.is_Add:
        further, remaining = remaining.primitive()
        content *= further
    return _scaled(content, factor, remaining)


def _common_powers(terms: list[dict[sympy.Expr, sympy.Expr]]) -> list[tuple[sympy.Expr, sympy.Expr]]:
    """The powers that divide every term: bases that occur in all of them, with their lowest exponents."""
    common: list[tuple[sympy.Expr, sympy.Expr]] = []
    for base in terms[0]:
        exponents = [term[base] for term in terms if base in term]
        if len(exponents) == len(terms) and all(exponent.is_Rational for exponent in exponents):
            common.append((base, min(exponents)))
    return common


def _scaled(content: sympy.Rational, factor: sympy.Expr, remaining: sympy.Expr) -> sympy.Expr:
    """content * factor * remaining, a number left in front of a sum."""
    if remaining.is_Add and factor == 1:
        return remaining if content == 1 else sympy.Mul(content, remaining, evaluate=False)
    return content * factor * remaining


def _powers(term: sympy.Expr) -> list[tuple[sympy.Expr, sympy.Expr]]:
    """The factors of a term that are no numbers, as bases and exponents."""
    return [
        (factor.base, factor.exp) if factor.is_Pow else (factor, sympy.Integer(1))
        for factor in sympy.Mul.make_args(term)
        if not factor.is_Number
    ]


def _tidied_factors(term: sympy.Expr) -> sympy.Expr:
    """A term whose factors are sums without nested sums."""
    return sympy.Mul(*(_flat(factor) for factor in term.args)) if term.is_Mul else term


def _flat(expression: sympy.Expr) -> sympy.Expr:
    """A sum whose terms are no numbers times sums."""
    if not expression.is_Add or len(expression.args) > LONGEST_TIDIED_SUM:
        return expression
    return sympy.Add(*(_distributed(term) for term in expression.args))


def _distributed(term: sympy.Expr) -> sympy.Expr:
    """A number times a sum, multiplied out."""
    coefficient, rest = term.as_coeff_Mul()
    if rest.is_Add and coefficient != 1:
        return sympy.Add(*(coefficient * part for part in rest.args))
    return term
