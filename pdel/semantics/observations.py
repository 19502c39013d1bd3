"""Data: what was observed, in which table, and how large the noise is."""

from __future__ import annotations

from pathlib import Path

from pdel import expression as ex
from pdel.diagnostics.model import error
from pdel.expression import Expr
from pdel.geometry import Scalar
from pdel.semantics.lowering import Lowering
from pdel.semantics.outcomes import fields_named
from pdel.semantics.places import CONSTANT, OBSERVED
from pdel.semantics.problem import Observation, Term
from pdel.semantics.scope import Scope
from pdel.semantics.tables import read_table
from pdel.semantics.texts import one_line
from pdel.source import Span
from pdel.syntax import ast


def resolve_data(scope: Scope, statement: ast.DataStatement, folder: Path | None) -> tuple[Observation, ...]:
    """The observed scalars of a `data` statement, each with its column."""
    sigma = _sigma(scope, statement)
    observed = _fields(scope, statement) if statement.relation is None else _expression(scope, statement.relation)
    if not observed or sigma is None or scope.faulty & {"space", "time"}:
        return ()
    columns = tuple(column for column, _, _ in observed)
    table = read_table(scope, statement.file, columns, folder, statement.span)
    if table is None:
        return ()
    base = f"data.{statement.name.text}"
    found = []
    for column, expression, span in observed:
        address = base if len(observed) == 1 else f"{base}.{column}"
        text = f'{column} from "{statement.file.text}"'
        if statement.relation is not None:
            text = f'{one_line(scope.sources, statement.relation.span)} from "{statement.file.text}"'
        found.append(
            Observation(
                address=address,
                label=address.partition(".")[2].replace(".", "_"),
                left=expression,
                right=ex.ZERO,
                terms=(Term(expression, span),),
                text=text,
                span=statement.span,
                table=table,
                column=column,
                sigma=sigma[0] if sigma else None,
            )
        )
    return tuple(found)


def _fields(scope: Scope, statement: ast.DataStatement) -> list[tuple[str, Expr, Span]]:
    """Column, expression and place of fields by name: vectors by component, complex fields by their parts."""
    found: list[tuple[str, Expr, Span]] = []
    for name in statement.observed:
        for field in fields_named(scope, name, "a field") or ():
            parts = (f"{field.name}_re", f"{field.name}_im") if field.complex else (field.name,)
            for part in parts:
                if part in [column for column, _, _ in found]:
                    scope.report(
                        error(
                            "E308",
                            f"`{name.text}` is listed twice",
                            name.span,
                            "listed again",
                            help="A field is observed once in a data statement.",
                        )
                    )
                    return []
                found.append((part, ex.Partial(part), name.span))
    return found


def _expression(scope: Scope, relation: ast.Relation) -> list[tuple[str, Expr, Span]]:
    """The same for an observed expression and the column after `=`."""
    expression = Lowering(scope, OBSERVED).real(relation.left, "what is observed")
    if not isinstance(relation.right, ast.Name):
        scope.report(
            error(
                "E328",
                "the right side of data is the name of a column",
                relation.right.span,
                "no name of a column",
                help='Write `data NAME: EXPRESSION = COLUMN from "FILE"`.',
            )
        )
        return []
    if expression is None:
        return []
    if not ex.partials(expression):
        scope.report(
            error(
                "E314",
                "a relation without a field stands in data",
                relation.left.span,
                "nothing here is to be found",
                help="Observe a field, or an expression in fields: `data NAME: u_x = slope from …`.",
            )
        )
        return []
    return [(relation.right.text, expression, relation.left.span)]


def _sigma(scope: Scope, statement: ast.DataStatement) -> tuple[Scalar, ...] | None:
    """The stated size of the noise, nothing where none is stated, None where an option is wrong (reported)."""
    found: tuple[Scalar, ...] = ()
    for option in statement.options:
        if option.name is None or option.name.text != "sigma":
            scope.report(
                error(
                    "E329",
                    "data has one option, `sigma`",
                    option.span,
                    "not this one",
                    help="`(sigma = 0.05)` is the standard deviation of the noise, in the unit of the values.",
                )
            )
            return None
        number = Lowering(scope, CONSTANT).number(option.value, "the noise")
        if number is None:
            return None
        if number.value <= 0:
            scope.report(
                error(
                    "E330",
                    f"the noise {number.value:g} is not positive",
                    option.value.span,
                    "not above 0",
                    help="Leave `sigma` out where the noise is not known.",
                )
            )
            return None
        found = (number,)
    return found
