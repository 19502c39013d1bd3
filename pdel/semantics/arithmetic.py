"""Numbers of closed expressions, computed with floats: nothing can grow without bound."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from pdel import expression as ex
from pdel.expression import Expr


class UndefinedNumberError(Exception):
    """A number that does not exist: division by zero, overflow, a function outside its domain."""


class NotConstantError(Exception):
    """The expression is not a number: it depends on a coordinate or a field."""


_UNARY: dict[str, Callable[[float], float]] = {
    "sin": math.sin, "cos": math.cos, "tan": math.tan, "asin": math.asin, "acos": math.acos, "atan": math.atan,
    "sinh": math.sinh, "cosh": math.cosh, "tanh": math.tanh, "exp": math.exp, "log": math.log, "sqrt": math.sqrt,
    "abs": abs, "erf": math.erf, "sign": lambda x: float((x > 0) - (x < 0)),
}  # fmt: skip
_BINARY: dict[str, Callable[[float, float], float]] = {"atan2": math.atan2, "min": min, "max": max}
_COMPARE: dict[str, Callable[[float, float], bool]] = {
    "<": lambda a, b: a < b, "<=": lambda a, b: a <= b, ">": lambda a, b: a > b, ">=": lambda a, b: a >= b,
    "=": lambda a, b: a == b, "!=": lambda a, b: a != b,
}  # fmt: skip


def evaluate(expression: Expr, constants: Mapping[str, float]) -> float:
    """The number of a closed expression.

    Raises `UndefinedNumberError` where the number does not exist and `NotConstantError` where it is none.
    """
    match expression:
        case ex.Number(text=text):
            return float(text)
        case ex.Pi():
            return math.pi
        case ex.Constant(name=name):
            return constants[name]
        case ex.Negative(operand=operand):
            return -evaluate(operand, constants)
        case ex.Sum(terms=terms):
            return _finite(sum(evaluate(term, constants) for term in terms), "the sum")
        case ex.Product(factors=factors):
            return _finite(math.prod(evaluate(factor, constants) for factor in factors), "the product")
        case ex.Quotient(numerator=numerator, denominator=denominator):
            # The denominator comes first: a division by zero is a mistake whatever is divided.
            divisor = evaluate(denominator, constants)
            if divisor == 0:
                raise UndefinedNumberError("division by zero")
            return _finite(evaluate(numerator, constants) / divisor, "the quotient")
        case ex.Power(base=base, exponent=exponent):
            return _power(evaluate(base, constants), evaluate(exponent, constants))
        case ex.Call(function=function, arguments=arguments):
            return _call(function, [evaluate(argument, constants) for argument in arguments])
        case ex.Conditional(condition=condition, then=then, otherwise=otherwise):
            return evaluate(then if holds(condition, constants) else otherwise, constants)
        case _:
            raise NotConstantError


def holds(condition: Expr, constants: Mapping[str, float]) -> bool:
    """Whether a closed condition is true. Raises as `evaluate` does."""
    match condition:
        case ex.Comparison(operator=operator, left=left, right=right):
            return _COMPARE[operator](evaluate(left, constants), evaluate(right, constants))
        case ex.Logical(operator="and", operands=operands):
            return all(holds(operand, constants) for operand in operands)
        case ex.Logical(operands=operands):
            return any(holds(operand, constants) for operand in operands)
        case ex.Not(operand=operand):
            return not holds(operand, constants)
        case _:
            raise NotConstantError


def check_computable(expression: Expr, constants: Mapping[str, float]) -> None:
    """Raise `UndefinedNumberError` where a closed expression has no number; others pass."""
    try:
        evaluate(expression, constants)
    except NotConstantError:
        return


def _finite(number: float, what: str) -> float:
    if not math.isfinite(number):
        raise UndefinedNumberError(f"{what} is too large for a number")
    return number


def _power(base: float, exponent: float) -> float:
    if base == 0 and exponent < 0:
        raise UndefinedNumberError("division by zero: 0 to a negative power")
    if base < 0 and not exponent.is_integer():
        raise UndefinedNumberError("a negative number to a power that is not whole has no real value")
    try:
        return _finite(math.pow(base, exponent), "the power")
    except (OverflowError, ValueError):
        raise UndefinedNumberError("the power is too large for a number") from None


def _call(function: str, arguments: list[float]) -> float:
    try:
        if len(arguments) == 2:
            return _BINARY[function](*arguments)
        return _finite(_UNARY[function](arguments[0]), f"`{function}` of it")
    except ValueError:
        raise UndefinedNumberError(f"`{function}` of {arguments[0]:g} has no real value") from None
    except OverflowError:
        raise UndefinedNumberError(f"`{function}` of {arguments[0]:g} is too large for a number") from None
