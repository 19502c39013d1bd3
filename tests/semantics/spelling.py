"""Specifications resolved for tests, and bound expressions spelt in a short form that a person can check."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

from pdel import expression as ex
from pdel.diagnostics.model import Diagnostic, Result
from pdel.semantics.problem import Problem, Statement
from pdel.semantics.resolve import resolve
from pdel.source import Source
from pdel.syntax.parse import parse

ROD = """
problem rod
space x in [0, 1]
field u(x)
equation balance: {equation}
boundary ends: u = 0 on x = 0, x = 1
"""

HEAT = """
problem heat
space x in [0, 1]
time t in [0, 1]
field u(x, t)
constant alpha = 0.4
equation conduction: {equation}
boundary ends: u = 0 on x = 0, x = 1
initial profile: u = sin(pi*x)
"""

FLOW = """
problem flow
space x in [0, 1], y in [0, 2]
field vel = (u, v)(x, y), p(x, y)
constant nu = 0.01
{extra}
equation momentum: {equation}
"""

COMPLEX = """
problem schroedinger
space x in [-1, 1] periodic
time t in [0, 1]
field complex psi(x, t)
equation motion: {equation}
initial start: psi = 1
"""


def resolve_text(text: str, folder: Path | None = None) -> Result[Problem]:
    """The result of the stage for a specification that parses; parser diagnostics come first."""
    parsed = parse(Source("test.pde", dedent(text).lstrip()))
    assert parsed.value is not None
    resolved = resolve(parsed.value, folder)
    return Result(resolved.value, parsed.diagnostics + resolved.diagnostics)


def problem_of(text: str, folder: Path | None = None) -> Problem:
    """The problem of a sound specification."""
    result = resolve_text(text, folder)
    assert not result.has_errors, [item.message for item in result.diagnostics]
    assert result.value is not None
    return result.value


def errors_of(text: str, folder: Path | None = None) -> list[Diagnostic]:
    """The errors of a specification."""
    return [item for item in resolve_text(text, folder).diagnostics if item.code.startswith("E")]


def codes_of(text: str, folder: Path | None = None) -> list[str]:
    """The codes of the errors of a specification."""
    return [item.code for item in errors_of(text, folder)]


def terms_of(statement: Statement) -> list[str]:
    """The terms of a statement, spelt."""
    return [spell(term.expression) for term in statement.terms]


def terms(text: str, **parts: str) -> dict[str, list[str]]:
    """The terms of every equation of a template, by the end of its address."""
    problem = problem_of(text.format(**{"extra": "", **parts}))
    return {one.address.split(".", 1)[1]: terms_of(one) for one in problem.equations}


def spell(expression: ex.Expr) -> str:
    """An expression in a short form: `u_xx`, `-(alpha*u_xx)`, `(u_x + v_y)`, `d(u^2, x)`, `n_x`."""
    match expression:
        case ex.Number(text=text):
            return text
        case ex.Pi():
            return "pi"
        case ex.Constant(name=name) | ex.Coordinate(name=name):
            return name
        case ex.Partial(field=field, orders=orders):
            return field + ("_" + "".join(name * order for name, order in orders) if orders else "")
        case ex.FieldAt(partial=partial, point=point):
            return f"{spell(partial)}({', '.join(map(spell, point))})"
        case ex.Integral(integrand=integrand, pieces=pieces):
            return f"integral({spell(integrand)}{'' if pieces is None else f' on {list(pieces)}'})"
        case ex.Differentiate(operand=operand, coordinate=coordinate):
            return f"d({spell(operand)}, {coordinate})"
        case ex.Normal(coordinate=coordinate):
            return f"n_{coordinate}"
        case ex.Negative(operand=operand):
            return f"-{spell(operand)}" if isinstance(operand, ex.Number | ex.Partial) else f"-({spell(operand)})"
        case ex.Sum(terms=items):
            return f"({' + '.join(map(spell, items))})"
        case ex.Product(factors=items):
            return "*".join(map(spell, items))
        case ex.Quotient(numerator=first, denominator=second):
            return f"{spell(first)}/{spell(second)}"
        case ex.Power(base=first, exponent=second):
            return f"{spell(first)}^{spell(second)}"
        case ex.Call(function=function, arguments=items):
            return f"{function}({', '.join(map(spell, items))})"
        case ex.Conditional(condition=condition, then=then, otherwise=otherwise):
            return f"if({spell(condition)}, {spell(then)}, {spell(otherwise)})"
        case ex.Comparison(operator=operator, left=left, right=right):
            return f"{spell(left)} {operator} {spell(right)}"
        case ex.Logical(operator=operator, operands=items):
            return "(" + f" {operator} ".join(map(spell, items)) + ")"
        case ex.Not(operand=operand):
            return f"not {spell(operand)}"
