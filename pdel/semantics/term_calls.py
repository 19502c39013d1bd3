"""Calls of unknown terms: `f(u, u_x)`."""

from __future__ import annotations

from dataclasses import replace

from pdel import expression as ex
from pdel.semantics import lookup
from pdel.semantics.scope import TermName
from pdel.semantics.translation import Translation
from pdel.semantics.values import Value, scalar
from pdel.syntax import ast


def lower_term_call(lowering: Translation, node: ast.Call, term: TermName) -> Value | None:
    """The value of an unknown term at real scalars, one for each argument that it declares."""
    found = [lowering.real(argument.value, "an argument of an unknown term") for argument in node.arguments]
    arguments = tuple(one for one in found if one is not None)
    if len(arguments) < len(found):
        return None
    for argument, expression in zip(node.arguments, arguments, strict=True):
        problem = _not_an_argument(expression)
        if problem:
            lowering.refuse(
                "E351",
                f"the unknown term `{node.function.text}` cannot be evaluated at {problem}",
                argument.span,
                problem,
                "It is evaluated at expressions in fields and coordinates.",
            )
            return None
    return scalar(replace(term.value, arguments=arguments)) if lookup.term_allowed(lowering, node.function) else None


def _not_an_argument(expression: ex.Expr) -> str:
    """What stands in the way of an expression as an argument of an unknown term, "" for nothing."""
    nodes = list(ex.walk(expression))
    if any(isinstance(node, ex.TermValue) for node in nodes):
        return "a value of an unknown term"
    if any(isinstance(node, ex.Normal) for node in nodes):
        return "what holds the normal"
    return "" if any(isinstance(node, ex.Partial | ex.Coordinate) for node in nodes) else "a number"
