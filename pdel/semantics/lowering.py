"""Syntax of expressions to lowered values: names looked up, vectors expanded, complex values split.

A lowering collects every mistake of an expression in its scope and gives None where one was found, so that nothing is
reported twice.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from pdel import expression as ex
from pdel.diagnostics.model import Label, Result, error
from pdel.expression import Expr
from pdel.geometry import Scalar
from pdel.semantics import calls, lookup, values
from pdel.semantics.arithmetic import UndefinedNumberError, NotConstantError, check_computable, evaluate
from pdel.semantics.derivatives import ORDER_LIMIT, derivative_order, has_normal
from pdel.semantics.operators import Frame
from pdel.semantics.scope import Scope
from pdel.semantics.values import Complex, Value, describe, scalar
from pdel.source import Span
from pdel.syntax import ast

NESTING_LIMIT = 180
"""Levels of syntax, those of inlined functions included."""

COMPLEX_POWER_LIMIT = 12
EXPONENT_LIMIT = 1000
ALTERNATIONS_LIMIT = 16


@dataclass(frozen=True, slots=True)
class Place:
    """Where an expression stands, and what may occur there. `name` is used in messages: `a constant`."""

    name: str
    fields: bool = True
    coordinates: bool = True
    normal: bool = False
    outcome: bool = False


CONSTANT = Place("a constant", fields=False, coordinates=False)
BOUND = Place("a bound", fields=False, coordinates=False)
CLOSED_FORM = Place("a closed form", fields=False)
CONDITION = Place("a `where` condition", fields=False)
LET = Place("a `let`", normal=True)
EQUATION = Place("an equation")
BOUNDARY = Place("a boundary condition", normal=True)
INITIAL = Place("an initial condition")
CONSTRAINT = Place("a point constraint")
QUANTITY = Place("a quantity", normal=True, outcome=True)


class Lowering:
    """The translation of one expression at one place."""

    def __init__(self, scope: Scope, place: Place, bindings: Mapping[str, Value] | None = None, depth: int = 0) -> None:
        self.scope = scope
        self.place = place
        self.bindings: Mapping[str, Value] = bindings or {}
        self.depth = depth
        self.frame = Frame(scope.space, scope.coordinates)

    def within(self, place: Place) -> Lowering:
        """The same lowering at another place."""
        return Lowering(self.scope, place, self.bindings, self.depth)

    def refuse(self, code: str, message: str, span: Span, label: str = "", remedy: str = "") -> None:
        """Report a mistake."""
        self.scope.report(error(code, message, span, label, help=remedy))

    # -----------------------------------------------------------------------------------------------
    # Values
    # -----------------------------------------------------------------------------------------------

    def value(self, node: ast.Expression) -> Value | None:
        """The value of an expression, or None where it has a mistake (reported)."""
        if self.depth >= NESTING_LIMIT:
            self.refuse(
                "E320",
                "The expression is nested too deeply once functions are put in place",
                node.span,
                remedy="Divide it with `let`, or make the functions call each other less.",
            )
            return None
        self.depth += 1
        try:
            found = self._dispatch(node)
        finally:
            self.depth -= 1
        if found is None or isinstance(node, ast.Name | ast.Number):
            return found
        return self._checked(found, node)

    def _dispatch(self, node: ast.Expression) -> Value | None:
        match node:
            case ast.Number():
                return self._number(node)
            case ast.Name():
                return lookup.lower_name(self, node)
            case ast.Negate(operand=operand):
                inner = self.value(operand)
                return None if inner is None else values.map_entries(inner, values.negate)
            case ast.Sum():
                return self._sum(node)
            case ast.Product():
                return self._product(node)
            case ast.Power():
                return self._power(node)
            case ast.Call():
                return calls.lower_call(self, node)
            case ast.Component():
                return self._component(node)
            case ast.Vector():
                return self._vector(node)
            case ast.Comparison() | ast.Logical() | ast.Not():
                self.refuse(
                    "E309",
                    "A condition stands where a number is wanted",
                    node.span,
                    "true or false, not a number",
                    "Write `if(condition, a, b)` to choose between two values.",
                )
            case ast.Conjunct():
                self.refuse(
                    "E301",
                    "`&` joins shapes, and a number is wanted here",
                    node.span,
                    remedy="In conditions write `and`.",
                )
            case ast.Text():
                self.refuse("E301", "A quoted text stands where a number is wanted", node.span, "a text")
        return None

    def _checked(self, found: Value, node: ast.Expression) -> Value | None:
        """The value itself, unless it is too large or (where it is a number) cannot be computed."""
        if values.is_too_large(found):
            self.refuse(
                "E320",
                "The expression becomes too large once names and functions are put in place",
                node.span,
                f"more than {values.SIZE_LIMIT} parts or {values.DEPTH_LIMIT} levels",
                "Simplify it: a `let` that doubles an earlier `let` grows very fast.",
            )
            return None
        if isinstance(node, ast.Product | ast.Power | ast.Call) and not self._computes(found, node):
            return None
        return found

    def _computes(self, found: Value, node: ast.Expression) -> bool:
        constants = self.scope.constants
        for expression in found.expressions():
            if not isinstance(expression, ex.Quotient | ex.Power | ex.Call | ex.Product):
                continue
            try:
                check_computable(expression, constants)
            except UndefinedNumberError as fault:
                self.refuse("E312", str(fault), node.span, "cannot be computed")
                return False
        return True

    def _number(self, node: ast.Number) -> Value | None:
        text = node.text.lstrip("0_") or "0"
        text = text if text[0].isdigit() else "0" + text
        try:
            finite = float(text) < float("inf")
        except ValueError:
            finite = False
        if not finite:
            self.refuse("E312", "The number is too large", node.span, "beyond 1e308")
            return None
        return scalar(ex.Number(text))

    def scalar(self, node: ast.Expression, what: str) -> values.Entry | None:
        """The entry of a scalar expression; `what` names it in the message (`the exponent`)."""
        found = self.value(node)
        if found is None:
            return None
        found = self.frame.as_scalar(found)
        if not found.is_scalar:
            self.refuse("E303", f"{what} must be a scalar, and this is {describe(found)}", node.span, describe(found))
            return None
        return found.entries[0]

    def real(self, node: ast.Expression, what: str) -> Expr | None:
        """The expression of a real scalar."""
        entry = self.scalar(node, what)
        if isinstance(entry, Complex):
            self.refuse("E313", f"{what} must be real", node.span, "a complex value", "Use `re`, `im` or `abs` of it.")
            return None
        return entry

    def number(self, node: ast.Expression, what: str) -> Scalar | None:
        """A closed expression in constants with its number."""
        lowered = self.real(node, what)
        if lowered is None:
            return None
        try:
            return Scalar(lowered, evaluate(lowered, self.scope.constants))
        except (UndefinedNumberError, NotConstantError) as fault:
            self.refuse("E312", str(fault) or f"{what} is not a number", node.span, "cannot be computed")
            return None

    def evaluate(self, node: ast.Expression) -> Result[Scalar]:
        """The number of a bound, a centre or a radius, with its diagnostics apart: what the geometry calls."""
        apart = self.scope.aside()
        number = Lowering(apart, BOUND, self.bindings, self.depth).number(node, "A bound")
        return Result(number, tuple(apart.diagnostics))

    def all(self, nodes: Sequence[ast.Expression]) -> list[Value] | None:
        """The values of several expressions, or None where any has a mistake (all are looked at)."""
        found = [self.value(node) for node in nodes]
        kept = [value for value in found if value is not None]
        return kept if len(kept) == len(found) else None

    # -----------------------------------------------------------------------------------------------
    # Sums, products, powers
    # -----------------------------------------------------------------------------------------------

    def same_shape(self, found: Sequence[Value], spans: Sequence[Span], where: str) -> list[Value] | None:
        """Values brought to one shape: a literal 0 becomes the zero of the others' shape."""
        coerced = [self.frame.as_scalar(value) for value in found]
        reference = next((index for index, value in enumerate(coerced) if not value.is_zero), None)
        if reference is None:
            return coerced
        shape = coerced[reference].shape
        for value, span in zip(coerced, spans, strict=True):
            if value.shape != shape and not value.is_zero:
                first = coerced[reference]
                self.scope.report(
                    error(
                        "E302",
                        f"{where} join {describe(first)} and {describe(value)}",
                        span,
                        describe(value),
                        secondary=(Label(spans[reference], describe(first)),),
                        help=_shape_remedy(first, value),
                    )
                )
                return None
        size = len(coerced[reference].entries)
        return [value if value.shape == shape else Value(shape, (ex.ZERO,) * size) for value in coerced]

    def _sum(self, node: ast.Sum) -> Value | None:
        found = self.all([term.expression for term in node.terms])
        if found is None:
            return None
        terms = self.same_shape(found, [term.span for term in node.terms], "A sum cannot")
        if terms is None:
            return None
        signed = [
            values.map_entries(value, values.negate) if term.negative else value
            for value, term in zip(terms, node.terms, strict=True)
        ]
        return Value(
            signed[0].shape, tuple(values.add(*entries) for entries in zip(*(v.entries for v in signed), strict=True))
        )

    def _product(self, node: ast.Product) -> Value | None:
        found = self.all([factor.expression for factor in node.factors])
        if found is None:
            return None
        factors = found if self.frame.dimension != 1 else [self.frame.as_scalar(value) for value in found]
        tensors = [index for index, value in enumerate(factors) if not value.is_scalar]
        if len(tensors) > 1:
            first, second = tensors[:2]
            self.scope.report(
                error(
                    "E302",
                    f"`*` cannot join {describe(factors[first])} and {describe(factors[second])}",
                    node.factors[second].expression.span,
                    describe(factors[second]),
                    secondary=(Label(node.factors[first].expression.span, describe(factors[first])),),
                    help="Use `dot`, `inner`, `outer`, `cross` or `advect` to say which product is meant.",
                )
            )
            return None
        if tensors and node.factors[tensors[0]].divides:
            divisor = node.factors[tensors[0]].expression
            self.refuse("E302", f"`/` cannot divide by {describe(factors[tensors[0]])}", divisor.span, "not a number")
            return None
        shape = factors[tensors[0]].shape if tensors else ()
        size = len(factors[tensors[0]].entries) if tensors else 1
        divides = [factor.divides for factor in node.factors]
        entries = []
        for index in range(size):
            written = [value.entries[0 if value.is_scalar else index] for value in factors]
            entry = self._fold(written, divides, node)
            if entry is None:
                return None
            entries.append(entry)
        return Value(shape, tuple(entries))

    def _fold(self, factors: Sequence[values.Entry], divides: Sequence[bool], node: ast.Product) -> values.Entry | None:
        """Factors joined from the left: runs of `*` and runs of `/` each give one node."""
        groups: list[tuple[list[values.Entry], bool]] = []
        for factor, divide in zip(factors, divides, strict=True):
            if divide and not isinstance(factor, Complex) and ex.is_number(factor, 0):
                self.refuse("E312", "Division by zero", node.span, "divides by 0")
                return None
            if groups and groups[-1][1] == divide:
                groups[-1][0].append(factor)
            else:
                groups.append(([factor], divide))
        if len(groups) > ALTERNATIONS_LIMIT:
            return values.divide(
                self._multiply([factor for group, divide in groups if not divide for factor in group]),
                self._multiply([factor for group, divide in groups if divide for factor in group]),
            )
        result: values.Entry = ex.ONE
        for group, divide in groups:
            if divide:
                result = values.divide(result, self._multiply(group))
            else:
                result = self._multiply(group if ex.ONE is result else [result, *group])
        return result

    def _multiply(self, factors: Sequence[values.Entry]) -> values.Entry:
        """The product of factors; several complex ones step by step, as long as the result stays small."""
        if sum(isinstance(factor, Complex) for factor in factors) < 2:
            return values.multiply(*factors)
        result = factors[0]
        for factor in factors[1:]:
            result = values.multiply(result, factor)
            if values.is_too_large(scalar(result)):
                break
        return result

    def _power(self, node: ast.Power) -> Value | None:
        base, exponent = self.scalar(node.base, "The base of a power"), self.real(node.exponent, "An exponent")
        if base is None or exponent is None:
            return None
        whole = _whole_number(exponent)
        if whole is not None and abs(whole) > EXPONENT_LIMIT:
            self.refuse("E320", f"The exponent is larger than {EXPONENT_LIMIT}", node.exponent.span)
            return None
        if _is_modulus(node.base, base) and whole is not None and whole % 2 == 0 and isinstance(base, ex.Call):
            return scalar(ex.power(base.arguments[0], ex.integer(whole // 2)))
        if not isinstance(base, Complex):
            return scalar(ex.power(base, exponent))
        if whole is None or abs(whole) > COMPLEX_POWER_LIMIT:
            self.refuse(
                "E313",
                f"A complex value can be raised to whole powers up to {COMPLEX_POWER_LIMIT} only",
                node.exponent.span,
                remedy="Use `abs`, `re` or `im`, or write the power with `exp`.",
            )
            return None
        result: values.Entry = ex.ONE
        for _ in range(abs(whole)):
            result = values.multiply(result, base)
            if values.is_too_large(scalar(result)):
                break
        return scalar(values.divide(ex.ONE, result) if whole < 0 else result)

    # -----------------------------------------------------------------------------------------------
    # Vectors
    # -----------------------------------------------------------------------------------------------

    def _vector(self, node: ast.Vector) -> Value | None:
        found = self.all(node.items)
        if found is None:
            return None
        rows = self.same_shape(found, [item.span for item in node.items], "A vector cannot")
        if rows is None:
            return None
        shape = rows[0].shape
        if len(shape) > 1:
            self.refuse("E303", "A vector of matrices has no meaning here", node.span)
            return None
        return Value((len(rows), *shape), tuple(entry for row in rows for entry in row.entries))

    def _component(self, node: ast.Component) -> Value | None:
        base = self.value(node.base)
        if base is None:
            return None
        base = self.frame.as_vector(base) if len(node.indices) == 1 else base
        if len(base.shape) != len(node.indices):
            count = len(base.shape)
            self.refuse(
                "E307",
                f"{describe(base).capitalize()} takes {count or 'no'} {'index' if count == 1 else 'indices'}, "
                f"and {len(node.indices)} {'is' if len(node.indices) == 1 else 'are'} given",
                node.span,
                describe(base),
            )
            return None
        offset = 0
        for size, index in zip(base.shape, node.indices, strict=True):
            position = self._position(index, size)
            if position is None:
                return None
            offset = offset * size + position
        return scalar(base.entries[offset])

    def _position(self, index: ast.Expression, size: int) -> int | None:
        """The position (from 0) that an index names: a spatial coordinate, or a whole number from 1."""
        if isinstance(index, ast.Name) and index.text in self.scope.space and size == self.frame.dimension:
            self.scope.find(index.text)
            return self.scope.space.index(index.text)
        if isinstance(index, ast.Number) and index.text.isdigit() and 1 <= int(index.text[:9]) <= size:
            return int(index.text) - 1
        if isinstance(index, ast.Name) and self.scope.absorbs(index.text):
            return None
        names = ", ".join(f"`{name}`" for name in self.scope.space) if size == self.frame.dimension else ""
        self.refuse(
            "E307",
            "The index names no component",
            index.span,
            f"not one of {size} components",
            f"Write {names or f'a number from 1 to {size}'} between the brackets.",
        )
        return None

    # -----------------------------------------------------------------------------------------------
    # Conditions
    # -----------------------------------------------------------------------------------------------

    def condition(self, node: ast.Expression) -> Expr | None:
        """A comparison or a combination of them; a chain `a < b < c` becomes two joined by `and`."""
        match node:
            case ast.Comparison():
                return self._comparison(node)
            case ast.Logical(operator=operator, operands=operands):
                return self._each(operands, lambda found: ex.Logical(operator, found))
            case ast.Not(operand=operand):
                return self._each((operand,), lambda found: ex.Not(found[0]))
            case _:
                if self.value(node) is not None:
                    self.refuse(
                        "E309",
                        "A number stands where a condition is wanted",
                        node.span,
                        "neither true nor false",
                        "Compare it with something: `x < 0.5`.",
                    )
                return None

    def _each(self, operands: Sequence[ast.Expression], build: Callable[[tuple[Expr, ...]], Expr]) -> Expr | None:
        if self.depth >= NESTING_LIMIT:
            self.refuse("E320", "The condition is nested too deeply", operands[0].span)
            return None
        self.depth += 1
        found = [self.condition(operand) for operand in operands]
        self.depth -= 1
        kept = tuple(expression for expression in found if expression is not None)
        return build(kept) if len(kept) == len(found) else None

    def _comparison(self, node: ast.Comparison) -> Expr | None:
        found = [self.real(operand, "A compared value") for operand in node.operands]
        kept = [expression for expression in found if expression is not None]
        if len(kept) != len(found):
            return None
        pairs = tuple(
            ex.Comparison(operator, left, right)
            for operator, left, right in zip(node.operators, kept[:-1], kept[1:], strict=True)
        )
        return pairs[0] if len(pairs) == 1 else ex.Logical("and", pairs)

    # -----------------------------------------------------------------------------------------------
    # Checks that several kinds of node share
    # -----------------------------------------------------------------------------------------------

    def may_differentiate(self, value: Value, coordinate: str | None, span: Span) -> bool:
        """Report a derivative of the normal where the normal varies: it is known on the boundary only."""
        spatial = coordinate is None or coordinate in self.scope.space
        if self.frame.dimension < 2 or not spatial or not any(map(has_normal, value.expressions())):
            return True
        self.refuse(
            "E317",
            "`normal` cannot be differentiated",
            span,
            "holds the normal",
            "Differentiate first and multiply by the normal then, as in `dot(grad(u), normal)`.",
        )
        return False

    def order_allowed(self, value: Value, span: Span) -> bool:
        """Report a derivative of higher order than is built."""
        order = max(map(derivative_order, value.expressions()), default=0)
        if order <= ORDER_LIMIT:
            return True
        self.refuse(
            "E306",
            f"A derivative of order {order} is beyond the highest order {ORDER_LIMIT}",
            span,
            f"order {order}",
            "Write the equation as a system of lower order.",
        )
        return False

    def with_bindings(self, bindings: Mapping[str, Value]) -> Lowering:
        """The lowering of a function's body, with values for its parameters."""
        return Lowering(self.scope, self.place, bindings, self.depth)


def _shape_remedy(first: Value, second: Value) -> str:
    if first.is_scalar != second.is_scalar:
        return "Use a component such as `vel[x]`, or write the scalar as a vector `(a, b)`."
    return "Both sides of `+` and `-` have one shape."


def _whole_number(exponent: Expr) -> int | None:
    """The value of a literal whole number, with its sign."""
    negative = isinstance(exponent, ex.Negative)
    literal = exponent.operand if isinstance(exponent, ex.Negative) else exponent
    if not isinstance(literal, ex.Number) or not float(literal.text).is_integer():
        return None
    whole = int(float(literal.text))
    return -whole if negative else whole


def _is_modulus(node: ast.Expression, base: values.Entry) -> bool:
    """Whether the base of a power is `abs(z)` of a complex z, lowered to sqrt(re^2 + im^2)."""
    return (
        isinstance(node, ast.Call)
        and node.function.text == "abs"
        and isinstance(base, ex.Call)
        and base.function == "sqrt"
    )
