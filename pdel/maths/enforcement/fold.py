"""Closed forms at values of coordinates, with exact arithmetic on the literals that meet: `1 - 1^2` becomes `0`.

Only nodes above a replaced coordinate are touched; everything else stays as the user wrote it.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from pdel.expression import (
    Call,
    Comparison,
    Conditional,
    Coordinate,
    Expr,
    Negative,
    Number,
    Pi,
    Power,
    Product,
    Quotient,
    Sum,
    add,
    children,
    divide,
    multiply,
    negate,
    rebuild,
)

_LARGEST_EXPONENT = 12
_LONGEST_LITERAL = 12

_AT_ZERO: dict[str, int] = {
    "sin": 0, "tan": 0, "asin": 0, "atan": 0, "sinh": 0, "tanh": 0, "sqrt": 0, "erf": 0,
    "cos": 1, "cosh": 1, "exp": 1,
}  # fmt: skip
_AT_ONE: dict[str, int] = {"log": 0, "sqrt": 1}
_AT_HALF_TURNS: dict[str, tuple[int, int, int, int]] = {"sin": (0, 1, 0, -1), "cos": (1, 0, -1, 0)}


def restrict(expression: Expr, values: Mapping[str, Expr]) -> Expr:
    """The expression where coordinates have these values, the arithmetic that this makes possible carried out."""
    if isinstance(expression, Coordinate):
        return values.get(expression.name, expression)
    operands = children(expression)
    if not operands:
        return expression
    changed = tuple(restrict(operand, values) for operand in operands)
    return expression if changed == operands else fold(rebuild(expression, changed))


def rational(expression: Expr) -> Fraction | None:
    """The exact value of an expression in literals alone (`-0.5`, `1/3`, `2*3`); None for any other."""
    match expression:
        case Number(text=text):
            return Fraction(text.replace("_", ""))
        case Negative(operand=operand):
            value = rational(operand)
            return None if value is None else -value
        case Sum(terms=terms):
            values = [rational(term) for term in terms]
            return None if None in values else sum((value for value in values if value is not None), Fraction(0))
        case Product(factors=factors):
            product = Fraction(1)
            for factor in factors:
                value = rational(factor)
                if value is None:
                    return None
                product *= value
            return product
        case Quotient(numerator=numerator, denominator=denominator):
            top, bottom = rational(numerator), rational(denominator)
            return None if top is None or not bottom else top / bottom
        case Power(base=base, exponent=exponent):
            value, power = rational(base), rational(exponent)
            return None if value is None or power is None else _rational_power(value, power)
        case _:
            return None


def literal(value: Fraction) -> Expr:
    """A rational number as one writes it: a whole number, a short decimal, else a quotient of whole numbers."""
    if value < 0:
        return negate(literal(-value))
    if value.denominator == 1:
        return Number(str(value.numerator))
    text = decimal_text(value)
    if text is not None:
        return Number(text)
    return Quotient(Number(str(value.numerator)), Number(str(value.denominator)))


def decimal_text(value: Fraction) -> str | None:
    """The exact decimal spelling of a non-negative rational number, None where it is not short."""
    text = repr(float(value))
    return text if len(text) <= _LONGEST_LITERAL and Fraction(text) == value else None


def fold(expression: Expr) -> Expr:
    """Carry out the arithmetic of one node whose operands are done already."""
    match expression:
        case Negative(operand=Product() as operand):
            return negate(fold(operand))
        case Sum(terms=terms):
            return _fold_sum(terms)
        case Product(factors=factors):
            return _fold_product(factors)
        case Quotient(numerator=numerator, denominator=denominator):
            return _fold_literals(expression) if rational(denominator) else divide(numerator, denominator)
        case Power(base=base, exponent=exponent):
            power = rational(exponent)
            if isinstance(base, Negative) and power is not None and power.denominator == 1 and power % 2 == 0:
                return fold(Power(base.operand, exponent))
            return _fold_literals(expression)
        case Call(function=function, arguments=arguments):
            return _fold_call(function, arguments)
        case Conditional(condition=Comparison(operator=operator, left=left, right=right), then=then):
            first, second = rational(left), rational(right)
            if first is None or second is None:
                return expression
            return then if _holds(operator, first, second) else expression.otherwise
        case _:
            return expression


def _fold_literals(expression: Expr) -> Expr:
    """The literal of an expression in literals, where that is short to write."""
    value = rational(expression)
    if value is None or max(len(str(value.numerator)), len(str(value.denominator))) > _LONGEST_LITERAL:
        return expression
    return literal(value)


def _fold_sum(terms: tuple[Expr, ...]) -> Expr:
    """A sum with its literal terms added up, at the place of the first of them."""
    values = [rational(term) for term in terms]
    numbers = [value for value in values if value is not None]
    if len(numbers) < 2:
        return add(*terms)
    total = literal(sum(numbers, Fraction(0)))
    place = next(index for index, value in enumerate(values) if value is not None)
    kept = [
        total if index == place else term
        for index, (term, value) in enumerate(zip(terms, values, strict=True))
        if value is None or index == place
    ]
    return add(*kept)


def _fold_product(factors: tuple[Expr, ...]) -> Expr:
    """A product with its literal factors multiplied, in front."""
    values = [rational(factor) for factor in factors]
    numbers = [value for value in values if value is not None]
    if not numbers:
        return multiply(*factors)
    product = Fraction(1)
    for number in numbers:
        product *= number
    return multiply(literal(product), *(f for f, value in zip(factors, values, strict=True) if value is None))


def _fold_call(function: str, arguments: tuple[Expr, ...]) -> Expr:
    """A function at an argument where its value is a whole number."""
    call = Call(function, arguments)
    if len(arguments) != 1:
        values = [rational(argument) for argument in arguments]
        if function in ("min", "max") and all(value is not None for value in values):
            known = [value for value in values if value is not None]
            return literal(min(known) if function == "min" else max(known))
        return call
    argument = arguments[0]
    value = rational(argument)
    if value is not None:
        if function == "abs":
            return literal(abs(value))
        if value == 0 and function in _AT_ZERO:
            return literal(Fraction(_AT_ZERO[function]))
        if value == 1 and function in _AT_ONE:
            return literal(Fraction(_AT_ONE[function]))
        return call
    if function in _AT_HALF_TURNS:
        turns = _multiple_of_pi(argument)
        if turns is not None and (2 * turns).denominator == 1:
            return literal(Fraction(_AT_HALF_TURNS[function][int(2 * turns) % 4]))
    return call


def _multiple_of_pi(expression: Expr) -> Fraction | None:
    """r where the expression is r*pi with a literal r."""
    match expression:
        case Pi():
            return Fraction(1)
        case Negative(operand=operand):
            value = _multiple_of_pi(operand)
            return None if value is None else -value
        case Product(factors=factors):
            product, found = Fraction(1), False
            for factor in factors:
                value = rational(factor)
                if value is None:
                    value = None if found else _multiple_of_pi(factor)
                    found = True
                if value is None:
                    return None
                product *= value
            return product if found else None
        case Quotient(numerator=numerator, denominator=denominator):
            top, bottom = _multiple_of_pi(numerator), rational(denominator)
            return None if top is None or not bottom else top / bottom
        case _:
            return None


def _rational_power(base: Fraction, exponent: Fraction) -> Fraction | None:
    """base^exponent for small whole exponents."""
    if exponent.denominator != 1 or abs(exponent) > _LARGEST_EXPONENT or (base == 0 and exponent <= 0):
        return None
    return Fraction(base ** int(exponent))


def _holds(operator: str, left: Fraction, right: Fraction) -> bool:
    """The truth of a comparison of two numbers."""
    match operator:
        case "<":
            return left < right
        case "<=":
            return left <= right
        case ">":
            return left > right
        case ">=":
            return left >= right
        case "=":
            return left == right
        case _:
            return left != right
