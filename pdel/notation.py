"""Bound expressions in the notation of the specification language: `u_t - nu*u_xx`, for people."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import IntEnum

from pdel.expression import (
    Call,
    Comparison,
    Conditional,
    Constant,
    Coordinate,
    Differentiate,
    Expr,
    FieldAt,
    Integral,
    Logical,
    Negative,
    Normal,
    Not,
    Number,
    Orders,
    Partial,
    Pi,
    Power,
    Product,
    Quotient,
    Sum,
    Tabulated,
    TermValue,
)
from pdel.geometry import Scalar


class _Binding(IntEnum):
    CONDITION = 0
    SUM = 1
    PRODUCT = 2
    NEGATIVE = 3
    POWER = 4
    ATOM = 5


def notation(expression: Expr) -> str:
    """The text of an expression as a person would write it in a specification."""
    return _write(expression)[0]


def point_notation(point: Iterable[Scalar]) -> str:
    """The text of a point: `(0, L/2)`."""
    return f"({', '.join(notation(coordinate.expression) for coordinate in point)})"


def partial_notation(partial: Partial) -> str:
    """A derivative as the language writes it: `u`, `u_xx`, `u_theta`, `d(u, theta, 2)`."""
    return derivative_notation(partial.field, partial.orders)


def derivative_notation(base: str, orders: Orders) -> str:
    """A derivative of a base: by suffix where that is one coordinate or a run of short ones, else by `d(…)`."""
    if not orders:
        return base
    short = all(re.fullmatch(r"[A-Za-z][0-9]*", name) for name, _ in orders)
    if base.isidentifier() and (short or [order for _, order in orders] == [1]):
        return f"{base}_{''.join(name * order for name, order in orders)}"
    for name, order in orders:
        base = f"d({base}, {name})" if order == 1 else f"d({base}, {name}, {order})"
    return base


def term_derivative(term: str, raised: Sequence[tuple[str, int]]) -> str:
    """A derivative of an unknown term by its parameters: df/du, d2f/du du_x."""
    total = sum(order for _, order in raised)
    below = " ".join(f"d{name}{order if order > 1 else ''}" for name, order in raised)
    return f"d{total if total > 1 else ''}{term}/{below}"


def _within(expression: Expr, needed: _Binding) -> str:
    text, binding = _write(expression)
    return text if binding >= needed else f"({text})"


def _write(expression: Expr) -> tuple[str, _Binding]:
    match expression:
        case Number(text=text) | Constant(name=text) | Coordinate(name=text):
            return text, _Binding.ATOM
        case Pi():
            return "pi", _Binding.ATOM
        case Partial():
            return partial_notation(expression), _Binding.ATOM
        case Tabulated(table=table, orders=orders, arguments=arguments):
            raised = [(name, order) for name, order in zip(table.coordinates, orders, strict=True) if order]
            text = derivative_notation(table.name, tuple(raised))
            if arguments != tuple(Coordinate(name) for name in table.coordinates):
                text += f"({', '.join(map(notation, arguments))})"
            return text, _Binding.ATOM
        case TermValue(term=term, parameters=parameters, orders=orders, arguments=arguments):
            raised = [(name, order) for name, order in zip(parameters, orders, strict=True) if order]
            listed = ", ".join(map(notation, arguments))
            return f"{f'({term_derivative(term, raised)})' if raised else term}({listed})", _Binding.ATOM
        case Normal(coordinate=coordinate):
            return f"normal[{coordinate}]", _Binding.ATOM
        case Differentiate(operand=operand, coordinate=coordinate):
            return f"d({notation(operand)}, {coordinate})", _Binding.ATOM
        case FieldAt(partial=partial, point=point):
            return f"{partial_notation(partial)}({', '.join(map(notation, point))})", _Binding.ATOM
        case Integral(integrand=integrand, pieces=pieces):
            return f"integral({notation(integrand)}{'' if pieces is None else ' on the boundary'})", _Binding.ATOM
        case Negative(operand=operand):
            binding = _Binding.PRODUCT if isinstance(operand, Product | Quotient) else _Binding.NEGATIVE
            return f"-{_within(operand, _Binding.PRODUCT)}", binding
        case Sum(terms=terms):
            return _sum(terms), _Binding.SUM
        case Product(factors=factors):
            return _product(factors), _Binding.PRODUCT
        case Quotient(numerator=numerator, denominator=denominator):
            above, below = _within(numerator, _Binding.PRODUCT), _within(denominator, _Binding.POWER)
            return f"{above}/{below}", _Binding.PRODUCT
        case Power(base=base, exponent=exponent):
            return f"{_within(base, _Binding.ATOM)}^{_within(exponent, _Binding.POWER)}", _Binding.POWER
        case Call(function=function, arguments=arguments):
            return f"{function}({', '.join(map(notation, arguments))})", _Binding.ATOM
        case Conditional(condition=condition, then=then, otherwise=otherwise):
            return f"if({notation(condition)}, {notation(then)}, {notation(otherwise)})", _Binding.ATOM
        case Comparison(operator=operator, left=left, right=right):
            return f"{notation(left)} {operator} {notation(right)}", _Binding.CONDITION
        case Logical(operator=operator, operands=operands):
            return f" {operator} ".join(_within(operand, _Binding.SUM) for operand in operands), _Binding.CONDITION
        case Not(operand=operand):
            return f"not {_within(operand, _Binding.SUM)}", _Binding.CONDITION


def _sum(terms: tuple[Expr, ...]) -> str:
    text = _within(terms[0], _Binding.SUM)
    for term in terms[1:]:
        sign, positive = (" - ", term.operand) if isinstance(term, Negative) else (" + ", term)
        text += sign + _within(positive, _Binding.PRODUCT)
    return text


def _product(factors: tuple[Expr, ...]) -> str:
    first = _within(factors[0], _Binding.PRODUCT)
    rest = [
        _within(factor, _Binding.NEGATIVE if isinstance(factor, Quotient) else _Binding.PRODUCT)
        for factor in factors[1:]
    ]
    return "*".join([first, *rest])
