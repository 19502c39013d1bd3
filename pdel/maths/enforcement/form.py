"""What a condition says: first-kind form c*u = g (or c*u_t = g at the start), or why it has another one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pdel.expression import (
    ONE,
    ZERO,
    Call,
    Conditional,
    Expr,
    Negative,
    Normal,
    Partial,
    Product,
    Quotient,
    Sum,
    add,
    coordinates,
    divide,
    is_closed,
    multiply,
    negate,
    partials,
    tabulated,
    term_values,
    unknowns,
    walk,
)
from pdel.maths.enforcement.fold import fold
from pdel.maths.model import Residual
from pdel.semantics.problem import BoundaryCondition, Field, InitialCondition

_WITH_KINKS = ("abs", "sign", "min", "max")


@dataclass(frozen=True, slots=True, eq=False)
class Given:
    """A condition in first-kind form: the `order`-th time derivative of a field equals `value`, a closed form.

    The order is 0 for every condition but initial ones. `forced` is set where the user said `exactly`.
    """

    residual: Residual
    field: Field
    order: int
    value: Expr
    forced: bool = False

    @property
    def name(self) -> str:
        """How a person calls the condition: `walls`."""
        return condition_name(self.residual)


def condition_name(residual: Residual) -> str:
    """The label of the statement that a condition comes from."""
    return residual.source.address.split(".")[1]


def read_condition(residual: Residual, fields: Mapping[str, Field], time: str | None) -> Given | str:
    """The first-kind form of a condition, or the reason in plain words why it has none."""
    expressions = [term.expression for term in residual.terms]
    found = tuple(dict.fromkeys(partial for expression in expressions for partial in partials(expression)))
    names = tuple(dict.fromkeys(partial.field for partial in found))
    if not found:
        return "no field appears in it"
    if len(names) > 1:
        return f"it ties {_listed([fields[name].label for name in names])} together"
    field = fields[names[0]]
    if field.inferred is not None:
        return f"{field.label} is inferred"
    inferred = [name for expression in expressions for name in unknowns(expression)]
    if inferred:
        return f"the unknown {inferred[0]} appears"
    terms = [value.term for expression in expressions for value in term_values(expression)]
    if terms:
        return f"the unknown term {terms[0]} appears"
    if any(isinstance(node, Normal) for expression in expressions for node in walk(expression)):
        return f"a derivative of {field.label} along the normal appears"
    tables = dict.fromkeys(node.table.name for expression in expressions for node in tabulated(expression))
    if tables:
        return f"it holds values of the table {_listed(list(tables))}"
    order = _order(found, time if isinstance(residual.source, InitialCondition) else None)
    if order is None:
        return f"a derivative of {field.label} appears"
    form = _linear(add(*expressions), found[0])
    if form is None or not is_closed(form[1]) or not is_closed(form[0]):
        return f"{field.label} appears otherwise than as a multiple of itself"
    coefficient, rest = form
    if coordinates(coefficient):
        return f"the factor of {field.label} varies from place to place"
    value = fold(divide(negate(rest), coefficient))
    strangers = [name for name in coordinates(value) if name not in field.arguments]
    if strangers:
        return f"its value depends on {_listed(strangers)}, of which {field.label} is no function"
    if isinstance(residual.source, BoundaryCondition) and residual.source.where is not None:
        where = f" (`where {residual.source.where_text}`)" if residual.source.where_text else ""
        return f"it holds on a part only{where}"
    return Given(residual, field, order, value)


def has_kink(expression: Expr) -> str | None:
    """The construct in a closed form that may break its smoothness: `abs`, `if`, …; None where there is none."""
    for node in walk(expression):
        if isinstance(node, Conditional) and coordinates(node.condition):
            return "if"
        if isinstance(node, Call) and node.function in _WITH_KINKS and coordinates(node):
            return node.function
    return None


def _order(found: tuple[Partial, ...], time: str | None) -> int | None:
    """The order of the one time derivative that appears; None where others do."""
    if len(found) != 1:
        return None
    match found[0].orders:
        case ():
            return 0
        case ((name, order),) if name == time:
            return order
        case _:
            return None


def _linear(expression: Expr, unknown: Partial) -> tuple[Expr, Expr] | None:
    """(c, r) such that the expression is c*unknown + r; None where it is not linear."""
    if expression == unknown:
        return ONE, ZERO
    if unknown not in walk(expression):
        return ZERO, expression
    match expression:
        case Negative(operand=operand):
            form = _linear(operand, unknown)
            return None if form is None else (negate(form[0]), negate(form[1]))
        case Sum(terms=terms):
            forms = [_linear(term, unknown) for term in terms]
            known = [form for form in forms if form is not None]
            if len(known) < len(forms):
                return None
            return add(*(form[0] for form in known)), add(*(form[1] for form in known))
        case Product(factors=factors):
            places = [index for index, factor in enumerate(factors) if unknown in walk(factor)]
            form = _linear(factors[places[0]], unknown) if len(places) == 1 else None
            if form is None:
                return None
            before, after = factors[: places[0]], factors[places[0] + 1 :]
            return multiply(*before, form[0], *after), multiply(*before, form[1], *after)
        case Quotient(numerator=numerator, denominator=denominator):
            form = None if unknown in walk(denominator) else _linear(numerator, unknown)
            return None if form is None else (divide(form[0], denominator), divide(form[1], denominator))
        case _:
            return None


def _listed(names: list[str]) -> str:
    """`a`, `b` and `c` in words."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
