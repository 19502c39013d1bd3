"""Values of closed forms that are the same on every machine.

The mathematical functions of a processor's library differ in their last bits from machine to machine. Here everything
is computed with many more digits, in whole numbers (mpmath), and rounded once to the nearest float.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import mpmath

from pdel import expression as ex
from pdel.evaluate import compile_program
from pdel.expression import Expr

PRECISION = 160
"""Bits of every value: three times those of a float."""

LARGEST = 20_000
"""The largest exponent of two that is kept: beyond it a value counts as not finite."""

CONTEXT = mpmath.mp.clone()
CONTEXT.prec = PRECISION

FUNCTIONS: dict[str, Callable[..., Any]] = {
    **{name: getattr(CONTEXT, name) for name in ("sin", "cos", "tan", "asin", "acos", "atan", "atan2", "sinh")},
    **{name: getattr(CONTEXT, name) for name in ("cosh", "tanh", "exp", "log", "sqrt", "sign", "erf")},
    "abs": abs,
    "min": min,
    "max": max,
}
COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "!=": operator.ne,
}


def precise_values(
    expression: Expr, points: Mapping[str, Sequence[float]], constants: Mapping[str, Expr], count: int
) -> list[Any]:
    """The value of a closed form at every point, as numbers of mpmath; nan where it has none.

    `points` gives for every coordinate its values at the points, `constants` the expression of every constant in
    earlier ones. Truth values are 1 and 0.
    """
    numbers: dict[str, Any] = {}
    for name, definition in constants.items():
        numbers[name] = _run(definition, {}, numbers, 1)[0]
    return _run(expression, points, numbers, count)


def _run(
    expression: Expr, points: Mapping[str, Sequence[float]], constants: Mapping[str, Any], count: int
) -> list[Any]:
    program = compile_program((expression,))
    values: list[list[Any]] = []
    for instruction in program.instructions:
        operands = [values[index] for index in instruction.operands]
        match instruction.node:
            case ex.Coordinate(name=name):
                row = [CONTEXT.mpf(value) for value in points[name]]
            case ex.Number() | ex.Pi() | ex.Constant():
                row = [_constant(instruction.node, constants)] * count
            case _:
                rule = _operation(instruction.node)
                row = [_carried_out(rule, arguments) for arguments in zip(*operands, strict=True)]
        values.append(row)
    return values[program.results[0]]


def _constant(node: Expr, constants: Mapping[str, Any]) -> Any:
    match node:
        case ex.Number(text=text):
            return CONTEXT.mpf(float(text))
        case ex.Constant(name=name):
            return constants[name]
        case _:
            return +CONTEXT.pi


def _carried_out(rule: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
    """The value of an operation; nan outside its domain and where it is too large."""
    try:
        value = CONTEXT.mpmathify(rule(*arguments))
    except (ArithmeticError, ValueError):
        return CONTEXT.nan
    if isinstance(value, CONTEXT.mpc) or (value and not CONTEXT.mag(value) < LARGEST):
        return CONTEXT.nan
    return value


def _operation(node: Expr) -> Callable[..., Any]:
    """What a node does to the values of its operands."""
    match node:
        case ex.Negative():
            return operator.neg
        case ex.Sum():
            return lambda *terms: CONTEXT.fsum(terms)
        case ex.Product():
            return lambda *factors: CONTEXT.fprod(factors)
        case ex.Quotient():
            return operator.truediv
        case ex.Power():
            return operator.pow
        case ex.Call(function=name):
            return FUNCTIONS[name]
        case ex.Comparison(operator=sign):
            return lambda left, right: int(COMPARISONS[sign](left, right))
        case ex.Logical(operator="and"):
            return lambda *operands: int(all(operands))
        case ex.Logical():
            return lambda *operands: int(any(operands))
        case ex.Not():
            return lambda operand: int(not operand)
        case ex.Conditional():
            return lambda condition, then, otherwise: then if condition else otherwise
        case _:
            raise TypeError(f"{type(node).__name__} is no closed form")
