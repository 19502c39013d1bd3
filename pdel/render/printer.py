"""The printer: bound expressions as Python code, with the fewest parentheses and the user's order.

Text follows the layout of `ruff format`: spaces around operators, none around `**` between simple operands.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

from pdel.expression import (
    Call,
    Comparison,
    Conditional,
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
    Unknown,
    walk,
)
from pdel.python_names import attribute_name, constant_name, python_name, table_function
from pdel.render.py import Py

LONGEST_INTEGER = 18
"""Digits of a whole number that fits into 64 bits."""


class Precedence(IntEnum):
    """How tightly Python's operators bind, loosest first."""

    LOGICAL = 0
    COMPARISON = 1
    SUM = 4
    PRODUCT = 5
    NEGATIVE = 6
    POWER = 7
    ATOM = 8


@dataclass(frozen=True, slots=True)
class Printed:
    """A printed expression with the precedence of its outermost operator."""

    text: str
    precedence: Precedence

    def within(self, needed: Precedence) -> str:
        """The text, in parentheses where it binds looser than needed."""
        return self.text if self.precedence >= needed else f"({self.text})"


SIMPLE_OPERAND = re.compile(r"-?[A-Za-z_][A-Za-z0-9_.]*|-?[0-9][0-9_.eE+-]*")

PartialName = Callable[[Partial], str]


def channel_access(partial: Partial) -> str:
    """The default spelling of a field derivative: `u.xx` of the jet `u`."""
    return f"{python_name(partial.field)}.{channel_name(partial.orders)}"


def channel_name(orders: tuple[tuple[str, int], ...]) -> str:
    """The channel of a multi-index: `value`, `xx`, `xt`, or `theta_theta` where names are long."""
    if not orders:
        return "value"
    letters = [name for name, order in orders for _ in range(order)]
    return attribute_name(("" if all(len(name) == 1 for name in letters) else "_").join(letters))


def is_tensor(expression: Expr) -> bool:
    """Whether an expression's value varies over points, so that torch and not math must compute it."""
    return any(
        isinstance(node, Unknown) or (not isinstance(node, Number | Pi | Constant) and not _inner(node))
        for node in walk(expression)
    )


def _inner(node: Expr) -> bool:
    return isinstance(
        node, Negative | Sum | Product | Quotient | Power | Call | Comparison | Logical | Not | Conditional
    )


def code(expression: Expr, partial_name: PartialName = channel_access) -> Py:
    """The Python code of an expression; tensors through torch, plain numbers through math."""
    return Py(_printed(expression, partial_name).text)


def code_within(expression: Expr, needed: Precedence, partial_name: PartialName = channel_access) -> Py:
    """The code of an expression as an operand of an operator that binds as tightly as `needed`."""
    return Py(_printed(expression, partial_name).within(needed))


def _printed(expression: Expr, name: PartialName) -> Printed:
    match expression:
        case Number(text=text):
            return Printed(_number(text), Precedence.ATOM)
        case Pi():
            return Printed("math.pi", Precedence.ATOM)
        case Constant(name=constant):
            return Printed(constant_name(constant), Precedence.ATOM)
        case Coordinate(name=coordinate):
            return Printed(python_name(coordinate), Precedence.ATOM)
        case Partial():
            return Printed(name(expression), Precedence.ATOM)
        case Tabulated(table=table, orders=orders, arguments=arguments):
            listed = ", ".join(_printed(argument, name).text for argument in arguments)
            return Printed(f"{table_function(table, orders)}({listed})", Precedence.ATOM)
        case TermValue(term=term, arguments=arguments):
            listed = ", ".join([python_name(term), *(_printed(argument, name).text for argument in arguments)])
            return Printed(f"term_{term}({listed})", Precedence.ATOM)
        case Negative(operand=operand):
            inner = _printed(operand, name)
            # -a * b is (-a) * b: the minus binds no tighter than the product under it
            binding = Precedence.PRODUCT if inner.precedence == Precedence.PRODUCT else Precedence.NEGATIVE
            return Printed(f"-{_behind_minus(operand, inner, name)}", binding)
        case Sum(terms=terms):
            return Printed(_sum(terms, name), Precedence.SUM)
        case Product(factors=factors):
            return Printed(_product(factors, name), Precedence.PRODUCT)
        case Quotient(numerator=numerator, denominator=denominator):
            above = _printed(numerator, name).within(Precedence.PRODUCT)
            below = _printed(denominator, name).within(Precedence.NEGATIVE)
            return Printed(f"{above} / {below}", Precedence.PRODUCT)
        case Power(base=base, exponent=exponent):
            return Printed(_power(base, exponent, name), Precedence.POWER)
        case Call():
            return Printed(_call(expression, name), Precedence.ATOM)
        case Comparison() | Logical() | Not():
            return _condition(expression, name)
        case Conditional():
            return Printed(_conditional(expression, name), Precedence.ATOM)
        case _:
            raise TypeError(f"{type(expression).__name__} has no spelling in a module")


def _behind_minus(operand: Expr, inner: Printed, name: PartialName) -> str:
    """The text behind a minus sign; a power that stands first is parenthesised, as the formatter writes it."""
    first = operand
    while isinstance(first, Product | Quotient):
        first = first.factors[0] if isinstance(first, Product) else first.numerator
    text = inner.within(Precedence.PRODUCT)
    if not isinstance(first, Power):
        return text
    written = _printed(first, name).text
    return f"({written}){text.removeprefix(written)}"


def _sum(terms: tuple[Expr, ...], name: PartialName) -> str:
    pieces = [_printed(terms[0], name).within(Precedence.SUM)]
    for term in terms[1:]:
        sign, positive = ("-", term.operand) if isinstance(term, Negative) else ("+", term)
        pieces.append(f"{sign} {_printed(positive, name).within(Precedence.PRODUCT)}")
    return " ".join(pieces)


def _product(factors: tuple[Expr, ...], name: PartialName) -> str:
    first = _printed(factors[0], name).within(Precedence.PRODUCT)
    rest = []
    for factor in factors[1:]:
        needed = Precedence.NEGATIVE if isinstance(factor, Quotient) else Precedence.PRODUCT
        rest.append(_printed(factor, name).within(needed))
    return " * ".join([first, *rest])


def _power(base: Expr, exponent: Expr, name: PartialName) -> str:
    below = _printed(base, name).within(Precedence.ATOM)
    above = _printed(exponent, name).within(Precedence.NEGATIVE)
    simple = SIMPLE_OPERAND.fullmatch(below) and SIMPLE_OPERAND.fullmatch(above)
    return f"{below}**{above}" if simple else f"{below} ** {above}"


NUMBER_CALLS = {
    "abs": "abs({0})",
    "min": "min({0}, {1})",
    "max": "max({0}, {1})",
    "sign": "math.copysign(1, {0})",
}


TORCH_FUNCTIONS = {"softplus": "nn.functional.softplus"}


def _call(call: Call, name: PartialName) -> str:
    arguments = [_printed(argument, name).text for argument in call.arguments]
    if not any(is_tensor(argument) for argument in call.arguments):
        pattern = NUMBER_CALLS.get(call.function)
        return pattern.format(*arguments) if pattern else f"math.{call.function}({', '.join(arguments)})"
    if call.function in ("min", "max"):
        return _extremum(call, arguments)
    if call.function == "atan2":
        arguments = _both_tensors(call.arguments, arguments)
    return f"{TORCH_FUNCTIONS.get(call.function, f'torch.{call.function}')}({', '.join(arguments)})"


def _number(text: str) -> str:
    """A number as Python reads it: whole ones with more digits than torch's integers hold as floats."""
    return repr(float(text)) if text.isdecimal() and len(text) > LONGEST_INTEGER else text.lower()


def _extremum(call: Call, arguments: list[str]) -> str:
    first, second = (is_tensor(argument) for argument in call.arguments)
    if first and second:
        return f"torch.{call.function}imum({arguments[0]}, {arguments[1]})"
    tensor, number = arguments if first else reversed(arguments)
    return f"torch.clamp({tensor}, {'max' if call.function == 'min' else 'min'}={number})"


def _both_tensors(operands: tuple[Expr, ...], arguments: list[str]) -> list[str]:
    """Numbers beside a tensor made tensors like it."""
    like = next(text for operand, text in zip(operands, arguments, strict=True) if is_tensor(operand))
    return [
        text if is_tensor(operand) else f"torch.full_like({like}, {text})"
        for operand, text in zip(operands, arguments, strict=True)
    ]


COMPARISONS = {"=": "==", "!=": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}


def _condition(expression: Expr, name: PartialName) -> Printed:
    match expression:
        case Comparison(operator=operator, left=left, right=right):
            sides = _printed(left, name).within(Precedence.SUM), _printed(right, name).within(Precedence.SUM)
            return Printed(f"{sides[0]} {COMPARISONS[operator]} {sides[1]}", Precedence.COMPARISON)
        case Logical(operator=operator, operands=operands):
            joined = f" {'&' if operator == 'and' else '|'} ".join(
                _printed(operand, name).within(Precedence.ATOM) for operand in operands
            )
            return Printed(joined, Precedence.LOGICAL)
        case Not(operand=operand):
            return Printed(f"~{_printed(operand, name).within(Precedence.ATOM)}", Precedence.NEGATIVE)
        case _:
            raise TypeError(f"{type(expression).__name__} is not a condition")


def _conditional(expression: Conditional, name: PartialName) -> str:
    condition = _printed(expression.condition, name).text
    branches = [_printed(branch, name).text for branch in (expression.then, expression.otherwise)]
    if not is_tensor(expression.condition):
        return f"({branches[0]} if {condition} else {branches[1]})"
    if not is_tensor(expression.then) and not is_tensor(expression.otherwise):
        # torch.where of two numbers would be float32: the first branch takes the coordinates' type
        like = next(node for node in walk(expression.condition) if isinstance(node, Coordinate | Partial))
        branches[0] = f"torch.full_like({_printed(like, name).text}, {branches[0]})"
    return f"torch.where({condition}, {branches[0]}, {branches[1]})"
