"""The order in which terms and factors are written: the same on every machine, and as a reader expects it."""

from __future__ import annotations

from pdel.expression import (
    Call,
    Comparison,
    Constant,
    Coordinate,
    Expr,
    Logical,
    Negative,
    Not,
    Number,
    Partial,
    Pi,
    Power,
    Product,
    Quotient,
    Sum,
    Tabulated,
    TermValue,
    coordinates,
    walk,
)


def degree(expression: Expr) -> float:
    """The degree in the coordinates, functions counted as beyond every power."""
    match expression:
        case Number() | Pi() | Constant():
            return 0
        case Coordinate():
            return 1
        case Negative(operand=operand):
            return degree(operand)
        case Product(factors=factors):
            return sum(degree(factor) for factor in factors)
        case Sum(terms=terms):
            return max(degree(term) for term in terms)
        case Quotient(numerator=numerator, denominator=denominator):
            return degree(numerator) + degree(denominator)
        case Power(base=base, exponent=Number(text=text)):
            return degree(base) * min(float(text), 99)
        case Call(arguments=arguments):
            return 100 if any(degree(argument) for argument in arguments) else 0
        case _:
            return 100


def term_key(term: Expr) -> tuple[float, str]:
    """The order of terms in a sum: by degree, then by spelling."""
    return degree(term), spelling(term)


def factor_key(factor: Expr) -> tuple[int, str, str]:
    """The order of factors in a product: numbers, constants, pi, powers of coordinates, sums, functions."""
    base = factor.base if isinstance(factor, Power) else factor
    match base:
        case Number():
            rank = 0
        case Constant():
            rank = 1
        case Pi():
            rank = 2
        case Call() if not degree(base):
            rank = 3
        case Coordinate():
            rank = 4
        case Sum() | Product() | Quotient():
            rank = 5
        case _:
            rank = 6
    return rank, " ".join(coordinates(base)), spelling(base)


def spelling(expression: Expr) -> str:
    """A compact text that orders expressions: equal only for equal expressions."""
    parts: list[str] = []
    for node in walk(expression):
        match node:
            case Number(text=text):
                parts.append(text)
            case Constant(name=name) | Coordinate(name=name):
                parts.append(name)
            case Partial(field=name, orders=orders):
                parts.append(f"{name}{orders}")
            case Tabulated(table=table, orders=counts):
                parts.append(f"{table.name}{counts}")
            case TermValue(term=name, orders=counts):
                parts.append(f"{name}{counts}")
            case Call(function=name):
                parts.append(name)
            case Comparison(operator=name) | Logical(operator=name):
                parts.append(name)
            case Not():
                parts.append("not")
            case _:
                parts.append(type(node).__name__)
    return " ".join(parts)
