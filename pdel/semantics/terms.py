"""Unknown terms: functions of fields, their derivatives and coordinates that are inferred from data."""

from __future__ import annotations

from pdel import expression as ex
from pdel.diagnostics.model import error
from pdel.geometry import Scalar
from pdel.semantics import names
from pdel.semantics.declarations import break_name
from pdel.semantics.lowering import Lowering
from pdel.semantics.places import EQUATION
from pdel.semantics.problem import Bounds, TermArgument, UnknownTerm
from pdel.semantics.scope import FieldName, Scope, TermName, VectorName
from pdel.syntax import ast


def is_term(scope: Scope, statement: ast.UnknownStatement) -> bool:
    """Whether an argument is a field or a derivative of one, by which the unknown is a term of an equation."""
    bases = [base for one in statement.arguments for base in (one.text, one.text.rpartition("_")[0])]
    return any(isinstance(scope.find(base), FieldName | VectorName) for base in bases)


def declare_term(
    scope: Scope, statement: ast.UnknownStatement, start: Scalar | None, bounds: Bounds | None
) -> UnknownTerm | None:
    """Declare a term: `unknown f(u, u_x)`; None where it is refused (reported)."""
    arguments = _arguments(scope, statement)
    name = statement.name
    if arguments is None or start is None or bounds is None:
        if names.check_reserved(scope, name):
            break_name(scope, name)
        return None
    parameters = tuple(argument.name for argument in arguments)
    value = ex.TermValue(name.text, parameters, (0,) * len(arguments), tuple(one.expression for one in arguments))
    if not names.declare(scope, name, TermName(name.text, name.span, value)):
        return None
    return UnknownTerm(name.text, arguments, start, bounds, name.span)


def _arguments(scope: Scope, statement: ast.UnknownStatement) -> tuple[TermArgument, ...] | None:
    found: dict[str, TermArgument] = {}
    for argument in statement.arguments:
        expression = Lowering(scope, EQUATION).real(argument, "an argument of an unknown term")
        if expression is None:
            return None
        if argument.text in found:
            scope.report(error("E308", f"`{argument.text}` is listed twice", argument.span, "listed again"))
            return None
        if not isinstance(expression, ex.Partial | ex.Coordinate) or _is_inferred(scope, expression):
            scope.report(
                error(
                    "E350",
                    f"`{argument.text}` cannot be an argument of the unknown term `{statement.name.text}`",
                    argument.span,
                    "no field, derivative or coordinate",
                    help="A term depends on fields that equations determine, on their derivatives and on coordinates.",
                )
            )
            return None
        found[argument.text] = TermArgument(argument.text, expression)
    return tuple(found.values())


def _is_inferred(scope: Scope, expression: ex.Partial | ex.Coordinate) -> bool:
    entity = scope.find(expression.field) if isinstance(expression, ex.Partial) else None
    return isinstance(entity, FieldName) and entity.inferred
