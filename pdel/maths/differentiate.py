"""Differentiation of expressions in fields, in written order: every `Differentiate` node is carried out.

Rules of our own (product, quotient, power, chain) for what depends on fields, so that terms keep the
order and the form in which they were written; closed forms go through `symbolic.derivative`. A residual
term is then split into additive terms where that shows the derivatives: nu*(u_xx + u_yy) becomes two
terms, u*(1 - u^2) stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from pdel.expression import (
    ONE,
    TWO,
    ZERO,
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
    add,
    children,
    divide,
    integer,
    is_closed,
    is_number,
    multiply,
    negate,
    partials,
    power,
    rebuild,
    subtract,
)
from pdel.maths.limits import LARGEST_STATEMENT, check_deadline, check_size
from pdel.maths.model import ModelTerm
from pdel.maths.reading_order import spelling
from pdel.maths.symbolic import derivative
from pdel.semantics.problem import Axis, Field, Term

MOST_TERMS = 2000
"""Products are multiplied out only up to so many terms."""


LONGEST_FACTOR = 12
"""Longer numbers are not multiplied with one another."""


class Differentiator:
    """Carries out derivatives for the fields and coordinates of one problem."""

    def __init__(self, axes: Iterable[Axis], fields: Iterable[Field]) -> None:
        self._position = {axis.name: index for index, axis in enumerate(axes)}
        self._arguments = {field.name: frozenset(field.arguments) for field in fields}
        self._memo: dict[tuple[Expr, str], Expr] = {}

    def carry_out(self, expression: Expr) -> Expr:
        """The same expression without `Differentiate` nodes. Raises TooLarge beyond the limits."""
        check_size(expression, LARGEST_STATEMENT)
        result = self._carry_out(expression)
        check_size(result, LARGEST_STATEMENT)
        return result

    def expand_terms(self, term: Term) -> tuple[ModelTerm, ...]:
        """The additive terms of one written term after differentiation; they share its span."""
        result = collect(expanded(self.carry_out(term.expression)))
        return tuple(ModelTerm(expression, term.span) for expression in result)

    def _carry_out(self, expression: Expr) -> Expr:
        check_deadline()
        if isinstance(expression, Differentiate):
            inner, coordinates = _chain(expression)
            operand = self._carry_out(inner)
            if is_closed(operand):
                return derivative(operand, self._merged((), coordinates))
            check_size(operand)
            for coordinate in coordinates:
                operand = self.derivative(operand, coordinate)
                check_size(operand)
            return operand
        if isinstance(expression, Partial) and any(
            coordinate not in self._arguments[expression.field] for coordinate, _ in expression.orders
        ):
            return ZERO
        operands = children(expression)
        if not operands:
            return expression
        changed = tuple(self._carry_out(operand) for operand in operands)
        return expression if changed == operands else rebuild(expression, changed)

    def derivative(self, expression: Expr, coordinate: str) -> Expr:
        """d(expression)/d(coordinate) of an expression without `Differentiate` nodes."""
        check_deadline()
        found = self._memo.get((expression, coordinate))
        if found is None:
            if is_closed(expression):
                found = derivative(expression, ((coordinate, 1),))
            else:
                found = self._apply_rule(expression, coordinate)
            self._memo[expression, coordinate] = found
        return found

    def _apply_rule(self, expression: Expr, coordinate: str) -> Expr:
        match expression:
            case Partial(field=field, orders=orders):
                if coordinate not in self._arguments[field]:
                    return ZERO
                return Partial(field, self._merged(orders, (coordinate,)))
            case Negative(operand=operand):
                return negate(self.derivative(operand, coordinate))
            case Sum(terms=terms):
                return add(*collect([self.derivative(term, coordinate) for term in terms]))
            case Product(factors=factors):
                return self._product_rule(factors, coordinate)
            case Quotient(numerator=numerator, denominator=denominator):
                return self._quotient_rule(numerator, denominator, coordinate)
            case Power(base=base, exponent=exponent):
                return self._power_rule(base, exponent, coordinate)
            case Call(function=name, arguments=arguments):
                return self._chain_rule(name, arguments, coordinate)
            case TermValue():
                return self._term_rule(expression, coordinate)
            case Conditional(condition=condition, then=then, otherwise=otherwise):
                first, second = self.derivative(then, coordinate), self.derivative(otherwise, coordinate)
                return first if first == second else Conditional(condition, first, second)
            case Number() | Pi() | Constant() | Coordinate() | Normal() | FieldAt() | Integral():
                return ZERO
            case Tabulated():
                raise TypeError("a table of fields")  # its arguments are coordinates, so it is a closed form
            case Comparison() | Logical() | Not() | Differentiate():
                raise TypeError(f"{type(expression).__name__} has no derivative")

    def _product_rule(self, factors: Sequence[Expr], coordinate: str) -> Expr:
        """The sum over the factors, the closed ones taken together at the place of the first of them."""
        closed = multiply(*(factor for factor in factors if is_closed(factor)))
        grouped: list[Expr] = []
        for factor in factors:
            if not is_closed(factor):
                grouped.append(factor)
            elif closed is not None and closed not in grouped:
                grouped.append(closed)
        terms = [
            times(*grouped[:index], self.derivative(factor, coordinate), *grouped[index + 1 :])
            for index, factor in enumerate(grouped)
        ]
        return add(*collect(expanded(add(*terms))))

    def _quotient_rule(self, numerator: Expr, denominator: Expr, coordinate: str) -> Expr:
        """n'/d - n*d'/d^2."""
        first = divide(self.derivative(numerator, coordinate), denominator)
        slope = self.derivative(denominator, coordinate)
        return subtract(first, divide(times(numerator, slope), power(denominator, TWO)))

    def _power_rule(self, base: Expr, exponent: Expr, coordinate: str) -> Expr:
        """p*b^(p - 1)*b' and, where the exponent depends on the coordinate, log(b)*b^p*p'."""
        slope = self.derivative(base, coordinate)
        terms = [times(exponent, power(base, _one_less(exponent)), slope)]
        growth = self.derivative(exponent, coordinate)
        if growth != ZERO:
            terms.append(multiply(Call("log", (base,)), power(base, exponent), growth))
        return add(*terms)

    def _chain_rule(self, name: str, arguments: tuple[Expr, ...], coordinate: str) -> Expr:
        """f'(a)*a'."""
        if name in ("min", "max"):
            first, second = (self.derivative(argument, coordinate) for argument in arguments)
            relation = Comparison(">=" if name == "max" else "<=", arguments[0], arguments[1])
            return first if first == second else Conditional(relation, first, second)
        if name == "atan2":
            upper, right = arguments
            top = subtract(
                multiply(right, self.derivative(upper, coordinate)),
                multiply(upper, self.derivative(right, coordinate)),
            )
            return divide(top, add(power(right, TWO), power(upper, TWO)))
        return times(outer_derivative(name, arguments[0]), self.derivative(arguments[0], coordinate))

    def _term_rule(self, value: TermValue, coordinate: str) -> Expr:
        """The sum over the arguments a of (df/da)*a'."""
        found = []
        for index, argument in enumerate(value.arguments):
            orders = tuple(order + (place == index) for place, order in enumerate(value.orders))
            slope = TermValue(value.term, value.parameters, orders, value.arguments)
            found.append(times(slope, self.derivative(argument, coordinate)))
        return add(*found)

    def _merged(self, orders: Orders, coordinates: Iterable[str]) -> Orders:
        """A multi-index raised by one for every coordinate, in the order of declaration."""
        counts = dict(orders)
        for coordinate in coordinates:
            counts[coordinate] = counts.get(coordinate, 0) + 1
        return tuple(sorted(counts.items(), key=lambda item: self._position[item[0]]))


def outer_derivative(name: str, argument: Expr) -> Expr:
    """f'(a) of an elementary function f of one argument."""
    call = Call(name, (argument,))
    square = power(argument, TWO)
    match name:
        case "sin":
            return Call("cos", (argument,))
        case "cos":
            return negate(Call("sin", (argument,)))
        case "tan":
            return add(ONE, power(call, TWO))
        case "asin":
            return divide(ONE, Call("sqrt", (subtract(ONE, square),)))
        case "acos":
            return negate(divide(ONE, Call("sqrt", (subtract(ONE, square),))))
        case "atan":
            return divide(ONE, add(ONE, square))
        case "sinh":
            return Call("cosh", (argument,))
        case "cosh":
            return Call("sinh", (argument,))
        case "tanh":
            return subtract(ONE, power(call, TWO))
        case "exp":
            return call
        case "log":
            return divide(ONE, argument)
        case "sqrt":
            return divide(ONE, multiply(TWO, call))
        case "abs":
            return Call("sign", (argument,))
        case "sign":
            return ZERO
        case "erf":
            return multiply(divide(TWO, Call("sqrt", (Pi(),))), Call("exp", (negate(square),)))
        case _:
            raise KeyError(name)


def _chain(expression: Differentiate) -> tuple[Expr, tuple[str, ...]]:
    """The innermost operand of nested derivatives and the coordinates, the innermost derivative first."""
    names: list[str] = []
    inner: Expr = expression
    while isinstance(inner, Differentiate):
        names.append(inner.coordinate)
        inner = inner.operand
    return inner, tuple(reversed(names))


def _one_less(exponent: Expr) -> Expr:
    """exponent - 1, numbers computed."""
    if isinstance(exponent, Number) and len(exponent.text) <= LONGEST_FACTOR:
        value = Fraction(exponent.text) - 1
        if value.denominator == 1:
            return integer(int(value))
        literal = Number(repr(abs(float(value))))
        return negate(literal) if value < 0 else literal
    return subtract(exponent, ONE)


def times(*factors: Expr) -> Expr:
    """The product with whole numbers multiplied and in front."""
    product = multiply(*factors)
    amount, others = _coefficient(product)
    if amount.denominator != 1 or not isinstance(product, Product | Negative):
        return product
    scaled = multiply(integer(abs(int(amount))), *others)
    return negate(scaled) if amount < 0 else scaled


def expanded(expression: Expr) -> list[Expr]:
    """The additive terms of an expression, sums of derivatives multiplied out of products and quotients.

    A product is multiplied out over a factor that is a sum of terms linear in derivatives (closed form times
    derivative); every other product stays as it is written.
    """
    match expression:
        case Sum(terms=terms):
            return [part for term in terms for part in expanded(term)]
        case Negative(operand=operand):
            return [negate(part) for part in expanded(operand)]
        case Product(factors=factors):
            for index, factor in enumerate(factors):
                parts = expanded(factor) if isinstance(factor, Sum) else []
                if 0 < len(parts) <= MOST_TERMS and all(_is_linear_derivative(part) for part in parts):
                    before, after = factors[:index], factors[index + 1 :]
                    return [term for part in parts for term in expanded(multiply(*before, part, *after))]
            return [expression]
        case Quotient(numerator=numerator, denominator=denominator) if is_closed(denominator):
            parts = expanded(numerator)
            if len(parts) > 1 and all(_is_linear_derivative(part) for part in parts):
                return [divide(part, denominator) for part in parts]
            return [expression]
        case _:
            return [] if is_number(expression, 0) else [expression]


def _is_linear_derivative(term: Expr) -> bool:
    """Whether a term is one derivative of a field (not its value), possibly times or over closed forms."""
    match term:
        case Partial(orders=orders):
            return bool(orders)
        case Negative(operand=operand):
            return _is_linear_derivative(operand)
        case Product(factors=factors):
            opened = [factor for factor in factors if not is_closed(factor)]
            return len(opened) == 1 and _is_linear_derivative(opened[0])
        case Quotient(numerator=numerator, denominator=denominator):
            return is_closed(denominator) and _is_linear_derivative(numerator)
        case _:
            return False


def collect(terms: Iterable[Expr]) -> list[Expr]:
    """Terms with equal ones added up: u_x*u_xx + u_xx*u_x becomes 2*u_x*u_xx at the place of the first.

    Only terms with fields are compared, up to the order of their factors and a number in front.
    """
    flat = [part for term in terms for part in (term.terms if isinstance(term, Sum) else (term,))]
    amounts: dict[tuple[str, ...], Fraction] = {}
    firsts: dict[tuple[str, ...], list[Expr]] = {}
    for index, term in enumerate(flat):
        amount, factors = _coefficient(term)
        key = tuple(sorted(spelling(factor) for factor in factors)) if partials(term) else (f"closed {index}",)
        amounts[key] = amounts.get(key, Fraction(0)) + amount
        firsts.setdefault(key, []).append(term)
    result: list[Expr] = []
    for key, group in firsts.items():
        if len(group) == 1:
            result.append(group[0])
            continue
        _, factors = _coefficient(group[0])
        amount = amounts[key]
        if amount:
            size = abs(amount)
            scaled = divide(multiply(integer(size.numerator), *factors), integer(size.denominator))
            result.append(negate(scaled) if amount < 0 else scaled)
    return [term for term in result if not is_number(term, 0)]


def _coefficient(term: Expr) -> tuple[Fraction, tuple[Expr, ...]]:
    """A term as a number times factors."""
    if isinstance(term, Negative):
        amount, factors = _coefficient(term.operand)
        return -amount, factors
    amount = Fraction(1)
    kept: list[Expr] = []
    for factor in term.factors if isinstance(term, Product) else (term,):
        if isinstance(factor, Number) and len(factor.text) <= LONGEST_FACTOR and "e" not in factor.text.lower():
            amount *= Fraction(factor.text)
        else:
            kept.append(factor)
    return amount, tuple(kept)
