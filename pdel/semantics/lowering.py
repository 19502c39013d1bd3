"""Syntax of expressions to lowered values: names looked up, vectors expanded, complex values split."""

from __future__ import annotations

from pdel.expression import Expr
from pdel.semantics import calls, combine, lookup, values
from pdel.semantics.conditions import lower_condition
from pdel.semantics.translation import Translation
from pdel.semantics.values import Value
from pdel.syntax import ast


class Lowering(Translation):
    """The translation of one expression at one place, with the rule for each kind of expression."""

    def by_kind(self, node: ast.Expression) -> Value | None:
        """The value by the rule for this kind of expression, not yet checked for size."""
        match node:
            case ast.Number():
                return self.literal(node)
            case ast.Name():
                return lookup.lower_name(self, node)
            case ast.Negate(operand=operand):
                inner = self.value(operand)
                return None if inner is None else values.map_entries(inner, values.negate)
            case ast.Sum():
                return combine.lower_sum(self, node)
            case ast.Product():
                return combine.lower_product(self, node)
            case ast.Power():
                return combine.lower_power(self, node)
            case ast.Call():
                return calls.lower_call(self, node)
            case ast.Component():
                return combine.lower_component(self, node)
            case ast.Vector():
                return combine.lower_vector(self, node)
            case ast.Comparison() | ast.Logical() | ast.Not():
                self.refuse(
                    "E309",
                    "a condition stands where a number is wanted",
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
                self.refuse("E301", "a quoted text stands where a number is wanted", node.span, "a text")
        return None

    def condition(self, node: ast.Expression) -> Expr | None:
        """A comparison or a combination of them, or None where it has a mistake (reported)."""
        return lower_condition(self, node)
