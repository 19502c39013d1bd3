"""Bound expressions: the small tree that carries mathematics from the semantics to the printer.

Real-valued and scalar throughout: the semantics expands vectors by component and splits complex
values. Sums and products keep the user's order; nothing is reordered. No sympy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from pdel.tabulated import Table

Orders: TypeAlias = tuple[tuple[str, int], ...]
"""A multi-index: pairs (coordinate, order >= 1) in the order in which coordinates are declared."""


@dataclass(frozen=True, slots=True)
class Number:
    """A non-negative decimal literal in Python's spelling, as the user wrote it (`1e-3`, `4`, `0.5`)."""

    text: str


@dataclass(frozen=True, slots=True)
class Pi:
    """The number pi."""


@dataclass(frozen=True, slots=True)
class Constant:
    """A declared constant, by name."""

    name: str


@dataclass(frozen=True, slots=True)
class Unknown(Constant):
    """A number that is inferred: a constant to the mathematics, a parameter that is trained to the module."""


@dataclass(frozen=True, slots=True)
class Coordinate:
    """A coordinate of space or time."""

    name: str


@dataclass(frozen=True, slots=True)
class Partial:
    """A partial derivative of a scalar field; no orders means its value."""

    field: str
    orders: Orders = ()


@dataclass(frozen=True, slots=True)
class Differentiate:
    """d(operand, coordinate), not yet carried out; the maths stage removes every such node."""

    operand: Expr
    coordinate: str


@dataclass(frozen=True, slots=True)
class Normal:
    """The component of the outward unit normal along a spatial coordinate (in conditions and quantities)."""

    coordinate: str


@dataclass(frozen=True, slots=True)
class FieldAt:
    """A partial derivative at one point, a value for every coordinate of the field (in quantities)."""

    partial: Partial
    point: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Integral:
    """The integral over the whole space (`pieces` None) or over the boundary pieces given by index in
    `Problem.pieces` (in quantities)."""

    integrand: Expr
    pieces: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class Tabulated:
    """A table at arguments, one for each of its coordinates, or its derivative of the given order along each."""

    table: Table
    orders: tuple[int, ...]
    arguments: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class TermValue:
    """An unknown term at arguments, one for each of its parameters, or its derivative of the given order by each."""

    term: str
    parameters: tuple[str, ...]
    orders: tuple[int, ...]
    arguments: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Negative:
    """-operand."""

    operand: Expr


@dataclass(frozen=True, slots=True)
class Sum:
    """Two or more terms; a subtracted term is a `Negative`."""

    terms: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Product:
    """Two or more factors."""

    factors: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Quotient:
    """numerator / denominator."""

    numerator: Expr
    denominator: Expr


@dataclass(frozen=True, slots=True)
class Power:
    """base ^ exponent."""

    base: Expr
    exponent: Expr


@dataclass(frozen=True, slots=True)
class Call:
    """A function of `FUNCTIONS` applied to arguments."""

    function: str
    arguments: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """left OPERATOR right, with one of `<`, `<=`, `>`, `>=`, `=`, `!=`; a chain becomes a `Logical` and."""

    operator: str
    left: Expr
    right: Expr


@dataclass(frozen=True, slots=True)
class Logical:
    """Operands joined by `and` or by `or`."""

    operator: str
    operands: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """not operand."""

    operand: Expr


@dataclass(frozen=True, slots=True)
class Conditional:
    """if(condition, then, otherwise)."""

    condition: Expr
    then: Expr
    otherwise: Expr


Expr: TypeAlias = (
    Number
    | Pi
    | Constant
    | Unknown
    | Coordinate
    | Partial
    | Differentiate
    | Normal
    | FieldAt
    | Integral
    | Tabulated
    | TermValue
    | Negative
    | Sum
    | Product
    | Quotient
    | Power
    | Call
    | Comparison
    | Logical
    | Not
    | Conditional
)

FUNCTIONS: dict[str, int] = {
    "sin": 1, "cos": 1, "tan": 1, "asin": 1, "acos": 1, "atan": 1, "atan2": 2,
    "sinh": 1, "cosh": 1, "tanh": 1, "exp": 1, "log": 1, "sqrt": 1, "abs": 1, "sign": 1,
    "min": 2, "max": 2, "erf": 1,
}  # fmt: skip
"""The elementary functions and their numbers of arguments."""

ZERO = Number("0")
ONE = Number("1")
TWO = Number("2")


def integer(value: int) -> Expr:
    """A whole number, negative ones as a `Negative`."""
    return Number(str(value)) if value >= 0 else Negative(Number(str(-value)))


def real(value: float) -> Expr:
    """A finite number in its shortest spelling, negative ones as a `Negative`."""
    return Negative(Number(repr(-value))) if value < 0 else Number(repr(value))


def is_number(expression: Expr, value: int) -> bool:
    """Whether an expression is the literal `value` (however it is spelt)."""
    return isinstance(expression, Number) and float(expression.text) == value


def add(*terms: Expr) -> Expr:
    """The sum of terms in their order: nested sums flattened, zeros dropped."""
    flat: list[Expr] = []
    for term in terms:
        flat.extend(term.terms if isinstance(term, Sum) else (term,))
    kept = [term for term in flat if not is_number(term, 0)]
    if not kept:
        return ZERO
    return kept[0] if len(kept) == 1 else Sum(tuple(kept))


def negate(operand: Expr) -> Expr:
    """-operand, a double minus removed and a sum negated term by term."""
    if isinstance(operand, Negative):
        return operand.operand
    if is_number(operand, 0):
        return operand
    if isinstance(operand, Sum):
        return Sum(tuple(negate(term) for term in operand.terms))
    return Negative(operand)


def subtract(left: Expr, right: Expr) -> Expr:
    """left - right."""
    return add(left, negate(right))


def multiply(*factors: Expr) -> Expr:
    """The product of factors in their order: signs pulled out, ones dropped, zero absorbing."""
    flat: list[Expr] = []
    negative = False
    for factor in factors:
        if isinstance(factor, Negative):
            negative, factor = not negative, factor.operand
        if is_number(factor, 0):
            return ZERO
        flat.extend(factor.factors if isinstance(factor, Product) else (factor,))
    kept = [factor for factor in flat if not is_number(factor, 1)]
    product: Expr = ONE if not kept else kept[0] if len(kept) == 1 else Product(tuple(kept))
    return Negative(product) if negative else product


def divide(numerator: Expr, denominator: Expr) -> Expr:
    """numerator / denominator, signs pulled out."""
    if is_number(denominator, 1) or is_number(numerator, 0):
        return numerator
    if isinstance(numerator, Negative):
        return negate(divide(numerator.operand, denominator))
    if isinstance(denominator, Negative):
        return negate(divide(numerator, denominator.operand))
    return Quotient(numerator, denominator)


def power(base: Expr, exponent: Expr) -> Expr:
    """base ^ exponent with the trivial exponents 0 and 1 carried out."""
    if is_number(exponent, 0):
        return ONE
    if is_number(exponent, 1):
        return base
    return Power(base, exponent)


def children(expression: Expr) -> tuple[Expr, ...]:
    """The operands of a node, in order."""
    match expression:
        case Number() | Pi() | Constant() | Coordinate() | Partial() | Normal():
            return ()
        case Differentiate(operand=operand) | Negative(operand=operand) | Not(operand=operand):
            return (operand,)
        case FieldAt(point=point):
            return point
        case Integral(integrand=integrand):
            return (integrand,)
        case Sum(terms=items) | Product(factors=items) | Logical(operands=items):
            return items
        case Call(arguments=items) | Tabulated(arguments=items) | TermValue(arguments=items):
            return items
        case Quotient(numerator=first, denominator=second) | Power(base=first, exponent=second):
            return (first, second)
        case Comparison(left=first, right=second):
            return (first, second)
        case Conditional(condition=condition, then=then, otherwise=otherwise):
            return (condition, then, otherwise)


def rebuild(expression: Expr, operands: tuple[Expr, ...]) -> Expr:
    """The same node over other operands, through the constructors that drop zeros and ones."""
    match expression:
        case Number() | Pi() | Constant() | Coordinate() | Partial() | Normal():
            return expression
        case Differentiate(coordinate=coordinate):
            return Differentiate(operands[0], coordinate)
        case FieldAt(partial=partial):
            return FieldAt(partial, operands)
        case Integral(pieces=pieces):
            return Integral(operands[0], pieces)
        case Tabulated(table=table, orders=orders):
            return Tabulated(table, orders, operands)
        case TermValue(term=term, parameters=parameters, orders=orders):
            return TermValue(term, parameters, orders, operands)
        case Negative():
            return negate(operands[0])
        case Not():
            return Not(operands[0])
        case Sum():
            return add(*operands)
        case Product():
            return multiply(*operands)
        case Call(function=function):
            return Call(function, operands)
        case Logical(operator=operator):
            return Logical(operator, operands)
        case Quotient():
            return divide(*operands)
        case Power():
            return power(*operands)
        case Comparison(operator=operator):
            return Comparison(operator, operands[0], operands[1])
        case Conditional():
            return Conditional(operands[0], operands[1], operands[2])


def transform(expression: Expr, rule: Callable[[Expr], Expr | None]) -> Expr:
    """Replace nodes from the top: where `rule` gives an expression it stands, elsewhere operands are visited."""
    replaced = rule(expression)
    if replaced is not None:
        return replaced
    operands = children(expression)
    if not operands:
        return expression
    changed = tuple(transform(operand, rule) for operand in operands)
    return expression if changed == operands else rebuild(expression, changed)


def walk(expression: Expr) -> Iterator[Expr]:
    """Every node, parents first, in written order."""
    stack = [expression]
    while stack:
        node = stack.pop()
        yield node
        stack.extend(reversed(children(node)))


def partials(expression: Expr) -> tuple[Partial, ...]:
    """The distinct field derivatives in an expression, in written order."""
    found: dict[Partial, None] = {}
    for node in walk(expression):
        if isinstance(node, Partial):
            found[node] = None
        elif isinstance(node, FieldAt):
            found[node.partial] = None
    return tuple(found)


def unknowns(expression: Expr) -> tuple[str, ...]:
    """The distinct unknown numbers in an expression, in written order."""
    return tuple(dict.fromkeys(node.name for node in walk(expression) if isinstance(node, Unknown)))


def with_numbers(expression: Expr, numbers: Mapping[str, Expr]) -> Expr:
    """The expression with numbers in the place of the unknowns that are listed."""
    return transform(expression, lambda node: numbers.get(node.name) if isinstance(node, Unknown) else None)


def tabulated(expression: Expr) -> tuple[Tabulated, ...]:
    """The distinct values and derivatives of tables in an expression, in written order."""
    return tuple(dict.fromkeys(node for node in walk(expression) if isinstance(node, Tabulated)))


def term_values(expression: Expr) -> tuple[TermValue, ...]:
    """The distinct values and derivatives of unknown terms in an expression, in written order."""
    return tuple(dict.fromkeys(node for node in walk(expression) if isinstance(node, TermValue)))


def coordinates(expression: Expr) -> tuple[str, ...]:
    """The distinct coordinates that an expression names outside its fields, in written order."""
    return tuple(dict.fromkeys(node.name for node in walk(expression) if isinstance(node, Coordinate)))


def is_closed(expression: Expr) -> bool:
    """Whether an expression is a closed form: free of fields, unknown terms, normals and integrals."""
    return not any(isinstance(node, Partial | TermValue | FieldAt | Normal | Integral) for node in walk(expression))
