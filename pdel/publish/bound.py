"""Bound expressions in the notation of mathematics: what the compiler made (the ansatz), from its tree to a layout."""

from __future__ import annotations

from pdel import expression as ex
from pdel.notation import notation
from pdel.publish import algebra
from pdel.publish.algebra import Binding, Formula
from pdel.publish.layout import MEDIUM, Cases, Layout, Operator, Script, Symbol, Words, row
from pdel.publish.names import number, symbol
from pdel.publish.written import NORMAL, REGION


def bound(expression: ex.Expr) -> Formula:
    """The formula of an expression, its terms and factors in their order."""
    match expression:
        case ex.Number(text=text):
            return Formula(number(text), Binding.DOT if "e" in text.lower() else Binding.ATOM)
        case ex.Pi():
            return Formula(Symbol("pi"))
        case ex.Constant(name=name) | ex.Coordinate(name=name):
            return Formula(symbol(name))
        case ex.Partial(field=field, orders=orders):
            if not orders:
                return Formula(symbol(field))
            return algebra.derivative(symbol(field), [(symbol(name), order) for name, order in orders], ordinary=False)
        case ex.Differentiate(operand=operand, coordinate=coordinate):
            return algebra.derivative_of(bound(operand), [(symbol(coordinate), 1)], ordinary=False)
        case ex.Normal(coordinate=coordinate):
            return Formula(Script(NORMAL, symbol(coordinate)))
        case ex.FieldAt(partial=partial, point=point):
            return algebra.call(bound(partial).within(Binding.ATOM), [bound(item) for item in point])
        case ex.Integral(integrand=integrand):
            return algebra.call(Script(Operator("∫", prefix=True), REGION), [bound(integrand)])
        case ex.Negative(operand=operand):
            return algebra.negative(bound(operand))
        case ex.Sum(terms=terms):
            return algebra.total([signed(term) for term in terms])
        case ex.Product(factors=factors):
            return algebra.product([(False, bound(factor)) for factor in factors])
        case ex.Quotient(numerator=numerator, denominator=denominator):
            return algebra.quotient(bound(numerator), bound(denominator))
        case ex.Power(base=base, exponent=exponent):
            return _power(base, exponent)
        case ex.Call(function=function, arguments=arguments):
            return algebra.elementary(function, [bound(argument) for argument in arguments])
        case _:
            return _condition(expression)


def _condition(expression: ex.Expr) -> Formula:
    match expression:
        case ex.Comparison(operator=operator, left=left, right=right):
            return algebra.relation(operator, bound(left), bound(right))
        case ex.Logical(operator=operator, operands=operands):
            return algebra.connected([bound(operand) for operand in operands], row(MEDIUM, Words(operator), MEDIUM))
        case ex.Not(operand=operand):
            return Formula(row(Words("not"), MEDIUM, bound(operand).within(Binding.SUM)), Binding.CONDITION)
        case ex.Conditional(condition=condition, then=then, otherwise=otherwise):
            first: tuple[Layout, Layout] = (bound(then).layout, row(Words("if"), MEDIUM, bound(condition).layout))
            rest = bound(otherwise).layout
            return Formula(Cases((first, *(rest.rows if isinstance(rest, Cases) else ((rest, Words("otherwise")),)))))
        case _:
            return Formula(Words(notation(expression)), Binding.SUM)


def signed(term: ex.Expr) -> tuple[bool, Formula]:
    """Whether a term is subtracted, and the term without its sign."""
    return (True, bound(term.operand)) if isinstance(term, ex.Negative) else (False, bound(term))


def _power(base: ex.Expr, exponent: ex.Expr) -> Formula:
    match base, exponent:
        case ex.Call(function=("sin" | "cos" | "tan" | "sinh" | "cosh" | "tanh") as name, arguments=arguments), (
            ex.Number()
        ):
            return algebra.raised(name, bound(exponent), [bound(argument) for argument in arguments])
    return algebra.power(bound(base), bound(exponent))
