"""What every rule of the lowering has at hand: place, names, and the values of parts with their checks.

A translation collects every mistake of an expression in its scope and gives None where one was found, so that nothing
is reported twice. The rules stand in `calls`, `combine`, `conditions` and `lookup`; `lowering` leads to them.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Self

from pdel import expression as ex
from pdel.diagnostics.model import Label, Result, error
from pdel.expression import Expr
from pdel.geometry import Scalar
from pdel.semantics import values
from pdel.semantics.arithmetic import NotConstantError, UndefinedNumberError, check_computable, evaluate
from pdel.semantics.derivatives import ORDER_LIMIT, derivative_order, has_normal
from pdel.semantics.operators import Frame
from pdel.semantics.places import BOUND, LARGEST_BOUND, NESTING_LIMIT, Place
from pdel.semantics.scope import Scope
from pdel.semantics.values import Complex, Value, describe, scalar
from pdel.source import Span
from pdel.syntax import ast


class Translation(ABC):
    """The translation of one expression at one place, as the rules for each kind of expression see it."""

    def __init__(self, scope: Scope, place: Place, bindings: Mapping[str, Value] | None = None, depth: int = 0) -> None:
        self.scope = scope
        self.place = place
        self.bindings: Mapping[str, Value] = bindings or {}
        self.depth = depth
        self.frame = Frame(scope.space, scope.coordinates)

    def within(self, place: Place) -> Self:
        """The same lowering at another place."""
        return type(self)(self.scope, place, self.bindings, self.depth)

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
                "the expression is nested too deeply once functions are put in place",
                node.span,
                remedy="Divide it with `let`, or make the functions call each other less.",
            )
            return None
        self.depth += 1
        try:
            found = self.by_kind(node)
        finally:
            self.depth -= 1
        if found is None or isinstance(node, ast.Name | ast.Number):
            return found
        return self._checked(found, node)

    @abstractmethod
    def by_kind(self, node: ast.Expression) -> Value | None:
        """The value by the rule for this kind of expression, not yet checked for size."""

    @abstractmethod
    def condition(self, node: ast.Expression) -> Expr | None:
        """A comparison or a combination of them, or None where it has a mistake (reported)."""

    def _checked(self, found: Value, node: ast.Expression) -> Value | None:
        """The value itself, unless it is too large or (where it is a number) cannot be computed."""
        if values.is_too_large(found):
            self.refuse(
                "E320",
                "the expression becomes too large once names and functions are put in place",
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

    def literal(self, node: ast.Number) -> Value | None:
        """The value of a number as written."""
        text = node.text.lstrip("0_") or "0"
        text = text if text[0].isdigit() else "0" + text
        try:
            finite = float(text) < float("inf")
        except ValueError:
            finite = False
        if not finite:
            self.refuse("E312", "the number is too large", node.span, "beyond 1e308")
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
            value = evaluate(lowered, self.scope.constants)
            if self.place is BOUND and abs(value) > LARGEST_BOUND:
                raise UndefinedNumberError(f"{what} is at most {LARGEST_BOUND:g}: its square must be a number too")
            return Scalar(lowered, value)
        except (UndefinedNumberError, NotConstantError) as fault:
            self.refuse("E312", str(fault) or f"{what} is not a number", node.span, "cannot be computed")
            return None

    def evaluate(self, node: ast.Expression) -> Result[Scalar]:
        """The number of a bound, a centre or a radius, with its diagnostics apart: what the geometry calls."""
        apart = self.scope.aside()
        number = type(self)(apart, BOUND, self.bindings, self.depth).number(node, "a bound")
        return Result(number, tuple(apart.diagnostics))

    def all(self, nodes: Sequence[ast.Expression]) -> list[Value] | None:
        """The values of several expressions, or None where any has a mistake (all are looked at)."""
        found = [self.value(node) for node in nodes]
        kept = [value for value in found if value is not None]
        return kept if len(kept) == len(found) else None

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
            f"a derivative of order {order} is beyond the highest order {ORDER_LIMIT}",
            span,
            f"order {order}",
            "Write the equation as a system of lower order.",
        )
        return False

    def with_bindings(self, bindings: Mapping[str, Value]) -> Self:
        """The lowering of a function's body, with values for its parameters."""
        return type(self)(self.scope, self.place, bindings, self.depth)


def _shape_remedy(first: Value, second: Value) -> str:
    if first.is_scalar != second.is_scalar:
        return "Use a component such as `vel[x]`, or write the scalar as a vector `(a, b)`."
    return "Both sides of `+` and `-` have one shape."
