"""Conditions after `where` and in `if(condition, a, b)`: comparisons joined by `and`, `or` and `not`."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pdel import expression as ex
from pdel.expression import Expr
from pdel.semantics.places import NESTING_LIMIT
from pdel.semantics.translation import Translation
from pdel.syntax import ast


def lower_condition(lowering: Translation, node: ast.Expression) -> Expr | None:
    """A comparison or a combination of them; a chain `a < b < c` becomes two joined by `and`."""
    match node:
        case ast.Comparison():
            return _comparison(lowering, node)
        case ast.Logical(operator=operator, operands=operands):
            return _each(lowering, operands, lambda found: ex.Logical(operator, found))
        case ast.Not(operand=operand):
            return _each(lowering, (operand,), lambda found: ex.Not(found[0]))
        case _:
            if lowering.value(node) is not None:
                lowering.refuse(
                    "E309",
                    "a number stands where a condition is wanted",
                    node.span,
                    "neither true nor false",
                    "Compare it with something: `x < 0.5`.",
                )
            return None


def _each(
    lowering: Translation, operands: Sequence[ast.Expression], build: Callable[[tuple[Expr, ...]], Expr]
) -> Expr | None:
    if lowering.depth >= NESTING_LIMIT:
        lowering.refuse("E320", "the condition is nested too deeply", operands[0].span)
        return None
    lowering.depth += 1
    found = [lower_condition(lowering, operand) for operand in operands]
    lowering.depth -= 1
    kept = tuple(expression for expression in found if expression is not None)
    return build(kept) if len(kept) == len(found) else None


def _comparison(lowering: Translation, node: ast.Comparison) -> Expr | None:
    found = [lowering.real(operand, "a compared value") for operand in node.operands]
    kept = [expression for expression in found if expression is not None]
    if len(kept) != len(found):
        return None
    pairs = tuple(
        ex.Comparison(operator, left, right)
        for operator, left, right in zip(node.operators, kept[:-1], kept[1:], strict=True)
    )
    return pairs[0] if len(pairs) == 1 else ex.Logical("and", pairs)
