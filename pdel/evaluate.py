"""Numbers of closed forms, in plain floating point: no sympy, no exceptions, no recursion.

An expression becomes a list of instructions in which equal subexpressions occur once; every instruction
is carried out for all points before the next one. Outside a function's domain the value is nan, beyond
the range of floats it is infinite, as in IEEE arithmetic.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from pdel.expression import (
    Call,
    Comparison,
    Conditional,
    Constant,
    Coordinate,
    Expr,
    Logical,
    Negative,
    Normal,
    Not,
    Number,
    Pi,
    Power,
    Product,
    Quotient,
    Sum,
    Tabulated,
    TermValue,
    children,
)


@dataclass(frozen=True, slots=True)
class Instruction:
    """One node of an expression: what it does to the values of earlier instructions (`operands`, by index)."""

    node: Expr
    operands: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Program:
    """Instructions in an order in which operands come first, and the instruction of each expression."""

    instructions: tuple[Instruction, ...]
    results: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """A node that leaves the real numbers although its operands are finite: at which point, with which operands."""

    node: Expr
    point: int
    operands: tuple[float, ...]


def normal_key(coordinate: str) -> str:
    """The name under which `values` give the component of the unit normal along a coordinate."""
    return f"normal[{coordinate}]"


def evaluate(expression: Expr, values: Mapping[str, float], constants: Mapping[str, float]) -> float:
    """The value of a closed form at one point: coordinates by name in `values`, constants by name.

    Truth values are 1 and 0. nan outside a function's domain, infinite beyond the range of floats.
    Raises TypeError where the expression contains fields, integrals or derivatives not carried out.
    """
    points = {name: (value,) for name, value in values.items()}
    return evaluate_points((expression,), points, constants, count=1)[0][0]


def evaluate_points(
    expressions: Sequence[Expr],
    points: Mapping[str, Sequence[float]],
    constants: Mapping[str, float],
    *,
    count: int,
) -> list[list[float]]:
    """The values of closed forms at `count` points: for every expression a list, one value for each point.

    `points` gives for every coordinate its values at the points.
    """
    program = compile_program(expressions)
    values = run(program, points, constants, count)
    return [values[index] for index in program.results]


def find_fault(
    expression: Expr, points: Mapping[str, Sequence[float]], constants: Mapping[str, float], *, count: int
) -> Fault | None:
    """The first node, operands before the nodes that use them, that is not finite where its operands are.

    Branches of a `Conditional` are looked at only where they are chosen.
    """
    program = compile_program((expression,))
    values = run(program, points, constants, count)
    if all(all(map(math.isfinite, row)) for row in values):
        return None
    wanted = _wanted(program, values, count)
    for index, instruction in enumerate(program.instructions):
        for point in range(count):
            operands = tuple(values[operand][point] for operand in instruction.operands)
            if wanted[index][point] and not math.isfinite(values[index][point]) and all(map(math.isfinite, operands)):
                return Fault(instruction.node, point, operands)
    return None


def compile_program(expressions: Sequence[Expr]) -> Program:
    """The instructions of expressions, equal subexpressions shared (also by the expressions among one another)."""
    numbers: dict[tuple[object, tuple[int, ...]], int] = {}
    by_identity: dict[int, int] = {}
    instructions: list[Instruction] = []
    for expression in expressions:
        stack: list[tuple[Expr, bool]] = [(expression, False)]
        while stack:
            node, ready = stack.pop()
            if id(node) in by_identity:
                continue
            operands = children(node)
            if not ready and operands:
                stack.append((node, True))
                stack.extend((operand, False) for operand in reversed(operands))
                continue
            indices = tuple(by_identity[id(operand)] for operand in operands)
            key = (_operation(node), indices)
            if key not in numbers:
                numbers[key] = len(instructions)
                instructions.append(Instruction(node, indices))
            by_identity[id(node)] = numbers[key]
    return Program(tuple(instructions), tuple(by_identity[id(expression)] for expression in expressions))


def run(
    program: Program, points: Mapping[str, Sequence[float]], constants: Mapping[str, float], count: int
) -> list[list[float]]:
    """The values of every instruction of a program at every point."""
    values: list[list[float]] = []
    for instruction in program.instructions:
        operands = [values[index] for index in instruction.operands]
        values.append(_carry_out(instruction.node, operands, points, constants, count))
    return values


def _operation(node: Expr) -> object:
    """What distinguishes a node from another one with the same operands."""
    match node:
        case Number() | Pi() | Constant() | Coordinate() | Normal():
            return node
        case Call(function=name):
            return (Call, name, len(node.arguments))
        case Comparison(operator=name) | Logical(operator=name):
            return (type(node), name)
        case Tabulated(table=table, orders=orders):
            return (table, orders)
        case TermValue(term=term, orders=orders):
            return (term, orders)
        case _:
            return type(node)


def _carry_out(
    node: Expr,
    operands: list[list[float]],
    points: Mapping[str, Sequence[float]],
    constants: Mapping[str, float],
    count: int,
) -> list[float]:
    """The values of one node, given those of its operands."""
    match node:
        case Number(text=text):
            return [float(text)] * count
        case Pi():
            return [math.pi] * count
        case Constant(name=name):
            return [constants[name]] * count
        case Coordinate(name=name):
            return list(points[name])
        case Normal(coordinate=name):
            return list(points[normal_key(name)])
        case Negative():
            return [-value for value in operands[0]]
        case Sum():
            return [sum(row) for row in zip(*operands, strict=True)]
        case Product():
            return [math.prod(row) for row in zip(*operands, strict=True)]
        case Quotient():
            return [_quotient(top, bottom) for top, bottom in zip(*operands, strict=True)]
        case Power():
            return [_power(base, exponent) for base, exponent in zip(*operands, strict=True)]
        case Call(function=name):
            function = _FUNCTIONS[name]
            return [_guarded(function, row) for row in zip(*operands, strict=True)]
        case Tabulated(table=table, orders=orders):
            return [table.roughly(point, orders) for point in zip(*operands, strict=True)]
        case TermValue():
            return [math.nan] * count  # nobody knows it before training
        case Comparison(operator=name):
            compare = _COMPARISONS[name]
            return [float(compare(left, right)) for left, right in zip(*operands, strict=True)]
        case Logical(operator=name):
            decide = all if name == "and" else any
            return [float(decide(row)) for row in zip(*operands, strict=True)]
        case Not():
            return [float(not value) for value in operands[0]]
        case Conditional():
            return [then if condition else other for condition, then, other in zip(*operands, strict=True)]
        case _:
            raise TypeError(f"{type(node).__name__} is no closed form")


def _wanted(program: Program, values: list[list[float]], count: int) -> list[list[bool]]:
    """For every instruction and point, whether its value enters a result: not so in branches that are not chosen."""
    wanted = [[False] * count for _ in program.instructions]
    for result in program.results:
        wanted[result] = [True] * count
    for index in range(len(program.instructions) - 1, -1, -1):
        instruction = program.instructions[index]
        chosen = isinstance(instruction.node, Conditional)
        for place, operand in enumerate(instruction.operands):
            for point in range(count):
                if not wanted[index][point]:
                    continue
                if chosen and place > 0 and bool(values[instruction.operands[0]][point]) != (place == 1):
                    continue
                wanted[operand][point] = True
    return wanted


def _quotient(numerator: float, denominator: float) -> float:
    """numerator / denominator, with IEEE's infinities."""
    if denominator == 0:
        return math.nan if numerator == 0 or math.isnan(numerator) else math.copysign(math.inf, numerator)
    return numerator / denominator


def _power(base: float, exponent: float) -> float:
    """base ^ exponent over the real numbers."""
    try:
        value = math.pow(base, exponent)
    except OverflowError:
        return math.inf
    except ValueError:
        return math.inf if base == 0 else math.nan
    return value


def _guarded(function: Callable[..., float], arguments: tuple[float, ...]) -> float:
    """A function's value, nan outside its domain, infinite where it overflows."""
    try:
        return float(function(*arguments))
    except ValueError:
        return math.nan
    except OverflowError:
        return math.inf


def _sign(value: float) -> float:
    return math.nan if math.isnan(value) else float((value > 0) - (value < 0))


def _sigmoid(value: float) -> float:
    return 0.5 * (1 + math.tanh(0.5 * value))


def _logarithm(value: float) -> float:
    return -math.inf if value == 0 else math.log(value)


_FUNCTIONS: dict[str, Callable[..., float]] = {
    "sin": math.sin, "cos": math.cos, "tan": math.tan, "asin": math.asin, "acos": math.acos, "atan": math.atan,
    "atan2": math.atan2, "sinh": math.sinh, "cosh": math.cosh, "tanh": math.tanh, "exp": math.exp,
    "log": _logarithm, "sqrt": math.sqrt, "abs": abs, "sign": _sign, "min": min, "max": max, "erf": math.erf,
    "sigmoid": _sigmoid,
}  # fmt: skip

_COMPARISONS: dict[str, Callable[[float, float], bool]] = {
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
    "=": lambda left, right: left == right,
    "!=": lambda left, right: left != right,
}
