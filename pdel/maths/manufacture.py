"""Manufactured solutions: source terms and data derived so that a given closed form is the exact solution."""

from __future__ import annotations

from collections.abc import Mapping

from pdel.expression import Expr, Normal, add, negate, partials, real, walk, with_numbers
from pdel.maths.differentiate import expanded
from pdel.maths.limits import check_size
from pdel.maths.model import ModelTerm, Residual
from pdel.maths.substitute import place, substitute
from pdel.maths.symbolic import tidy
from pdel.semantics.problem import InitialCondition, Problem
from pdel.source import Span

LONGEST_TIDIED = 400
"""Sources with more parts are left as substitution gives them."""


def manufactured(residual: Residual, closed_forms: Mapping[str, Expr], problem: Problem, span: Span) -> Residual:
    """R(u) becomes R(u) - R(u*), whose zero is u*: what is stated without fields cancels and is left out.

    `span` is the place of the `manufacture` statement, to which the derived term belongs.
    """
    time = problem.time
    stated = tuple(term for term in residual.terms if partials(term.expression))
    source = add(*(substitute(term.expression, closed_forms, problem.fields) for term in stated))
    # the true values of unknowns: a source that followed the inferred ones would fit all of them
    source = with_numbers(source, {number.quantity: real(number.value) for number in problem.reference_numbers})
    if isinstance(residual.source, InitialCondition) and time is not None:
        source = place(source, {time.name: time.low.expression})
    derived = readable(negate(source))
    return Residual(residual.source, (*stated, *(ModelTerm(part, span) for part in expanded(derived))))


def readable(expression: Expr) -> Expr:
    """A closed form with like terms collected, where it is short enough for that. Raises TooLarge."""
    check_size(expression)
    nodes = list(walk(expression))
    if len(nodes) > LONGEST_TIDIED or any(isinstance(node, Normal) for node in nodes):
        return expression
    return tidy(expression)
