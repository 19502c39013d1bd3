"""Expressions in sympy and back: the only door between the two trees.

An expression is rebuilt node by node; no text is ever read by sympy. On the way back every
subexpression that the user wrote keeps the user's spelling; new ones get a readable order: numbers,
constants, pi, powers of coordinates, sums, functions.
"""

from __future__ import annotations

from fractions import Fraction

import sympy
from sympy.core.function import AppliedUndef

from pdel.expression import (
    ONE,
    Call,
    Comparison,
    Conditional,
    Constant,
    Coordinate,
    Expr,
    Negative,
    Normal,
    Number,
    Partial,
    Pi,
    Power,
    Product,
    Quotient,
    Sum,
    Tabulated,
    add,
    children,
    divide,
    integer,
    is_number,
    multiply,
    negate,
    power,
)
from pdel.maths.limits import TooLarge, check_deadline, check_size
from pdel.maths.reading_order import factor_key, term_key
from pdel.tabulated import Table

LARGEST_EXPONENT = 64
"""Whole powers of numbers beyond this one are carried as they are written, not multiplied out."""
LARGEST_WHOLE = 10**15
"""Whole numbers from this one on become decimals."""
LONGEST_NUMBER = 24
"""Literals with more digits or a larger decimal exponent are carried as they are written."""


class Choice(sympy.Function):  # type: ignore[misc]
    """Choice(c, a, b): a where the condition named by the symbol c holds, b elsewhere."""

    @classmethod
    def eval(cls, _condition: sympy.Expr, then: sympy.Expr, otherwise: sympy.Expr) -> sympy.Expr | None:
        """Both branches alike need no choice."""
        return then if then == otherwise else None

    def _eval_is_real(self) -> bool:
        return True


class Absolute(sympy.Function):  # type: ignore[misc]
    """|a| of a real a; its derivative is Signum(a)."""

    def fdiff(self, argindex: int = 1) -> sympy.Expr:  # noqa: ARG002  (one argument)
        """d|a|/da, 0 at a = 0."""
        return Signum(self.args[0])

    def _eval_is_real(self) -> bool:
        return True


class Signum(sympy.Function):  # type: ignore[misc]
    """The sign of a real a: -1, 0 or 1; constant on either side of 0."""

    def fdiff(self, argindex: int = 1) -> sympy.Expr:  # noqa: ARG002
        """0: the jump at a = 0 is left out."""
        return sympy.Integer(0)

    def _eval_is_real(self) -> bool:
        return True


class Largest(sympy.Function):  # type: ignore[misc]
    """Largest(c, a, b): the larger of a and b; the symbol c names the condition a >= b."""

    def _eval_is_real(self) -> bool:
        return True


class Smallest(Largest):
    """Smallest(c, a, b): the smaller of a and b; the symbol c names the condition a <= b."""


class Sampled(sympy.Function):  # type: ignore[misc]
    """Sampled(t, m, n, x, y): the derivative of order (m, n) of the table with the symbol t, at (x, y)."""

    def fdiff(self, argindex: int = 1) -> sympy.Expr:
        """The derivative by one of the coordinates: its order raised by one."""
        dimensions = (len(self.args) - 1) // 2
        raised = list(self.args)
        raised[argindex - 1 - dimensions] += 1
        return Sampled(*raised)

    def _eval_is_real(self) -> bool:
        return True


_FUNCTIONS = {
    "sin": sympy.sin, "cos": sympy.cos, "tan": sympy.tan, "asin": sympy.asin, "acos": sympy.acos,
    "atan": sympy.atan, "atan2": sympy.atan2, "sinh": sympy.sinh, "cosh": sympy.cosh, "tanh": sympy.tanh,
    "exp": sympy.exp, "log": sympy.log, "sqrt": sympy.sqrt, "erf": sympy.erf, "abs": Absolute, "sign": Signum,
}  # fmt: skip
_NAMES = {head: name for name, head in _FUNCTIONS.items() if name != "sqrt"}
_UNREAL = (sympy.zoo, sympy.nan, sympy.oo, -sympy.oo, sympy.I)
_INVERSE = {sympy.sec: "cos", sympy.csc: "sin", sympy.sech: "cosh", sympy.csch: "sinh", sympy.cot: "tan"}


class Converter:
    """One conversion: the symbols made so far, what they stand for, and the user's spellings.

    Symbols are numbered in the order in which they are met, so that equal input gives equal output.
    """

    def __init__(self) -> None:
        self._meanings: dict[sympy.Symbol, Expr] = {}
        self._symbols: dict[Expr, sympy.Symbol] = {}
        self._conditions: dict[Expr, sympy.Symbol] = {}
        self._tables: dict[sympy.Symbol, Table] = {}
        self._spellings: dict[sympy.Expr, Expr] = {}
        self._cache: dict[Expr, sympy.Expr] = {}
        self._decimals = False

    def symbol(self, meaning: Expr) -> sympy.Symbol:
        """The real symbol that stands for a leaf, or for an expression carried as it is."""
        found = self._symbols.get(meaning)
        if found is None:
            found = sympy.Symbol(_symbol_name(meaning, len(self._symbols)), real=True)
            self._symbols[meaning] = found
            self._meanings[found] = meaning
        return found

    def to_sympy(self, expression: Expr) -> sympy.Expr:
        """The sympy expression, with the same value, of a real-valued expression.

        Decimals become exact fractions. Raises TooLarge for expressions beyond the limits.
        """
        check_size(expression)
        return self._to_sympy(expression)

    def forget(self, expression: Expr) -> None:
        """Drops the user's spelling of an expression as far as sums, products and quotients reach from its top."""
        stack = [expression]
        while stack:
            node = stack.pop()
            if isinstance(node, Negative | Sum | Product | Quotient):
                self._spellings.pop(self._cache[node], None)
                stack.extend(children(node))

    def _to_sympy(self, expression: Expr) -> sympy.Expr:
        found = self._cache.get(expression)
        if found is None:
            check_deadline()
            found = self._convert(expression)
            if isinstance(expression, Call | Power | Quotient) and found.has(*_UNREAL):
                found = self.symbol(expression)
            self._cache[expression] = found
            if not found.is_Atom:
                self._spellings.setdefault(found, expression)
        return found

    def _convert(self, expression: Expr) -> sympy.Expr:
        match expression:
            case Number():
                return self._number(expression)
            case Pi():
                return sympy.pi
            case Constant() | Coordinate() | Partial() | Normal():
                return self.symbol(expression)
            case Negative(operand=operand):
                return -self._to_sympy(operand)
            case Sum(terms=terms):
                return sympy.Add(*(self._to_sympy(term) for term in terms))
            case Product(factors=factors):
                return sympy.Mul(*(self._to_sympy(factor) for factor in factors))
            case Quotient(numerator=numerator, denominator=denominator):
                return self._to_sympy(numerator) / self._to_sympy(denominator)
            case Power(base=base, exponent=exponent):
                return self._power(expression, self._to_sympy(base), self._to_sympy(exponent))
            case Call(function="min" | "max" as name, arguments=(first, second)):
                relation, head = (">=", Largest) if name == "max" else ("<=", Smallest)
                condition = self._condition(Comparison(relation, first, second))
                return head(condition, self._to_sympy(first), self._to_sympy(second))
            case Call(function=name, arguments=arguments) if name in _FUNCTIONS:
                return self._call(expression, name, arguments)
            case Tabulated(table=table, orders=orders, arguments=arguments):
                name = sympy.Symbol(f"table_{table.name}")
                self._tables[name] = table
                return Sampled(name, *map(sympy.Integer, orders), *(self._to_sympy(item) for item in arguments))
            case Conditional(condition=condition, then=then, otherwise=otherwise):
                return Choice(self._condition(condition), self._to_sympy(then), self._to_sympy(otherwise))
            case _:
                return self.symbol(expression)

    def _number(self, number: Number) -> sympy.Expr:
        text = number.text.replace("_", "").lower()
        digits, _, exponent = text.partition("e")
        if len(digits) > LONGEST_NUMBER or len(exponent) > 3 or abs(int(exponent or "0")) > LONGEST_NUMBER:
            return self.symbol(number)
        value = Fraction(text)
        if value.denominator == 1 and "." not in text and "e" not in text:
            return sympy.Integer(value.numerator)
        self._decimals = True
        rational = sympy.Rational(value.numerator, value.denominator)
        if value.denominator != 1:
            self._spellings.setdefault(rational, number)
        return rational

    def _call(self, expression: Expr, name: str, operands: tuple[Expr, ...]) -> sympy.Expr:
        """A function's value; that of numbers is carried as written unless it is a fraction."""
        arguments = tuple(self._to_sympy(operand) for operand in operands)
        value = _FUNCTIONS[name](*arguments)
        if not value.is_Rational and not any(argument.free_symbols for argument in arguments):
            return self.symbol(expression)
        if len(value.args) == 1 and value.args != arguments and len(operands) == 1:
            self._keep_spelling(operands[0], arguments[0], value.args[0])
        return value.replace(sympy.Abs, Absolute) if name == "sqrt" else value

    def _keep_spelling(self, operand: Expr, given: sympy.Expr, changed: sympy.Expr) -> None:
        """Lets an argument that sympy has brought into another form keep the user's."""
        if not changed.is_Atom and sympy.expand(changed - given) == 0:
            self._spellings.setdefault(changed, operand)

    def _power(self, expression: Expr, base: sympy.Expr, exponent: sympy.Expr) -> sympy.Expr:
        """base ^ exponent; roots and large powers of numbers are carried as written, never multiplied out."""
        if base.is_Number and not (exponent.is_Integer and abs(exponent) <= LARGEST_EXPONENT):
            return self.symbol(expression) if exponent.is_Number else sympy.Pow(self._atom(base), exponent)
        if exponent.is_Rational and abs(exponent) > LARGEST_EXPONENT and base.is_Mul:
            size = sympy.Abs(base.as_coeff_Mul()[0])
            if size != 1:
                return sympy.Pow(self._atom(size), exponent) * sympy.Pow(base / size, exponent)
        return sympy.Pow(base, exponent).replace(sympy.Abs, Absolute)

    def _atom(self, number: sympy.Rational) -> sympy.Symbol:
        """A symbol that stands for a number, so that sympy does not compute with it."""
        return self.symbol(self._rational(number))

    def _condition(self, condition: Expr) -> sympy.Symbol:
        found = self._conditions.get(condition)
        if found is None:
            found = sympy.Symbol(f"condition_{len(self._conditions)}")
            self._conditions[condition] = found
            self._meanings[found] = condition
        return found

    def from_sympy(self, expression: sympy.Expr) -> Expr:
        """The readable expression of what `to_sympy` and differentiation give.

        Raises TypeError for anything else: that is an error of pdel.
        """
        return self._from(expression)

    def _from(self, expression: sympy.Expr) -> Expr:
        check_deadline()
        spelt = self._spellings.get(expression)
        if spelt is not None:
            return spelt
        if expression.is_Symbol:
            return self._meanings[expression]
        if expression.is_Rational:
            return self._rational(expression)
        if expression is sympy.pi:
            return Pi()
        if expression is sympy.E:
            return Call("exp", (ONE,))
        if expression.is_Float:
            return _decimal(Fraction(float(expression)))
        if expression.is_Add:
            return self._sum(expression)
        if expression.is_Mul or expression.is_Pow:
            return self._product(expression)
        return self._function(expression)

    def _function(self, expression: sympy.Expr) -> Expr:
        head = expression.func
        arguments = tuple(expression.args)
        if head is Choice:
            condition, then, otherwise = arguments
            return Conditional(self._meanings[condition], self._from(then), self._from(otherwise))
        if head in (Largest, Smallest):
            return Call("max" if head is Largest else "min", tuple(self._from(item) for item in arguments[1:]))
        if head is Sampled:
            table, dimensions = self._tables[arguments[0]], len(arguments) // 2
            orders = tuple(int(order) for order in arguments[1 : dimensions + 1])
            return Tabulated(table, orders, tuple(self._from(item) for item in arguments[dimensions + 1 :]))
        if head in _NAMES:
            return Call(_NAMES[head], tuple(self._from(item) for item in arguments))
        if head in _INVERSE:
            return divide(ONE, Call(_INVERSE[head], (self._from(arguments[0]),)))
        if head is sympy.coth:
            return divide(ONE, Call("tanh", (self._from(arguments[0]),)))
        if isinstance(expression, sympy.Abs):
            return Call("abs", (self._from(arguments[0]),))
        if isinstance(expression, sympy.sign):
            return Call("sign", (self._from(arguments[0]),))
        kind = "undefined function" if isinstance(expression, AppliedUndef) else head.__name__
        raise TypeError(f"no expression for sympy's {kind}")

    def _rational(self, value: sympy.Rational) -> Expr:
        fraction = Fraction(int(value.p), int(value.q))
        if max(abs(fraction.numerator), fraction.denominator) >= LARGEST_WHOLE:
            return _decimal(fraction)
        if fraction.denominator == 1:
            return integer(fraction.numerator)
        if self._decimals and _terminates(fraction):
            return _decimal(fraction)
        return divide(integer(fraction.numerator), integer(fraction.denominator))

    def _sum(self, expression: sympy.Add) -> Expr:
        terms = [self._from(term) for term in expression.args]
        terms.sort(key=term_key)
        first = next((index for index, term in enumerate(terms) if not isinstance(term, Negative)), 0)
        terms.insert(0, terms.pop(first))
        return add(*terms)

    def _product(self, expression: sympy.Expr) -> Expr:
        coefficient, rest = expression.as_coeff_Mul()
        if not coefficient.is_Rational:
            coefficient, rest = sympy.Integer(1), expression
        negative = self._spellings.get(-expression) if coefficient == -1 else None
        if negative is not None:
            return negate(negative)
        if coefficient != 1 and not rest.is_Mul and not rest.is_Pow:
            factors = [(rest, sympy.Integer(1))]
        else:
            factors = [self._base_and_exponent(item) for item in sympy.Mul.make_args(rest)]
        symbolic: dict[sympy.Expr, sympy.Expr] = {}
        for base, exponent in factors:
            if not exponent.is_Rational:
                symbolic[base] = symbolic.get(base, sympy.Integer(0)) + exponent
        plain = [(base, exponent) for base, exponent in factors if exponent.is_Rational]
        for index, (base, exponent) in enumerate(plain):
            if base in symbolic:
                symbolic[base] += exponent
                plain[index] = (sympy.Integer(1), sympy.Integer(1))
        return self._quotient_of_powers(symbolic, plain, Fraction(int(coefficient.p), int(coefficient.q)))

    def _base_and_exponent(self, expression: sympy.Expr) -> tuple[sympy.Expr, sympy.Expr]:
        if expression.is_Pow and not (expression.exp.is_Rational and expression in self._spellings):
            return expression.base, expression.exp
        return expression, sympy.Integer(1)

    def _quotient_of_powers(
        self,
        symbolic: dict[sympy.Expr, sympy.Expr],
        plain: list[tuple[sympy.Expr, sympy.Expr]],
        coefficient: Fraction,
    ) -> Expr:
        """coefficient * product of base ^ exponent, negative exponents in the denominator."""
        above = [power(self._from(base), self._from(exponent)) for base, exponent in symbolic.items()]
        below: list[Expr] = []
        for base, exponent in plain:
            factor = self._plain_power(base, abs(exponent))
            if not is_number(factor, 1):
                (above if exponent > 0 else below).append(factor)
        above.sort(key=factor_key)
        below.sort(key=factor_key)
        top, bottom = abs(coefficient.numerator), coefficient.denominator
        if max(top, bottom) >= LARGEST_WHOLE:
            above.insert(0, _decimal(abs(coefficient)))
        elif bottom != 1 and self._spellings.get(sympy.Rational(top, bottom)) is not None:
            above.insert(0, self._spellings[sympy.Rational(top, bottom)])
        elif bottom != 1 and self._decimals and _terminates(coefficient):
            above.insert(0, _decimal(abs(coefficient)))
        else:
            above.insert(0, integer(top))
            below.insert(0, integer(bottom))
        result = divide(multiply(*above), multiply(*below))
        return negate(result) if coefficient < 0 else result

    def _plain_power(self, base: sympy.Expr, exponent: sympy.Rational) -> Expr:
        """base ^ exponent for a positive rational exponent, square roots as such."""
        inner = self._from(base)
        if exponent.q == 2:
            root = Call("sqrt", (inner,))
            return power(root, integer(int(exponent.p)))
        return power(inner, self._from(exponent))


def _symbol_name(meaning: Expr, count: int) -> str:
    """A name for sympy's symbol: it only has to be distinct and to sort readably."""
    match meaning:
        case Constant(name=name) | Coordinate(name=name):
            return name
        case _:
            return f"atom_{count}"


def _terminates(value: Fraction) -> bool:
    """Whether a fraction is a decimal of at most twelve places."""
    return 10**12 % value.denominator == 0


def _decimal(value: Fraction) -> Expr:
    """A fraction as a decimal literal. Raises TooLarge where it is beyond the range of floating-point numbers."""
    try:
        number = float(value)
    except OverflowError as error:
        raise TooLarge("has a number beyond the range of floating-point numbers") from error
    if number == int(number) and abs(number) < LARGEST_WHOLE:
        return integer(int(number))
    literal: Expr = Number(repr(abs(number)))
    return negate(literal) if number < 0 else literal
