"""What a run is compared with and what it reports: quantities, closed forms, references."""

from __future__ import annotations

from pathlib import Path

from pdel import expression as ex
from pdel.diagnostics.model import Label, error
from pdel.expression import Expr
from pdel.semantics import names, values
from pdel.semantics.declarations import break_name
from pdel.semantics.lowering import Lowering
from pdel.semantics.places import CLOSED_FORM, CONSTANT, QUANTITY
from pdel.semantics.problem import ClosedForm, Quantity, ReferenceNumber, ReferenceTable
from pdel.semantics.scope import BrokenName, FieldName, QuantityName, Scope, UnknownName, VectorName
from pdel.semantics.tables import read_table
from pdel.semantics.texts import one_line
from pdel.source import Span
from pdel.syntax import ast


def declare_quantity(scope: Scope, statement: ast.QuantityStatement) -> Quantity | None:
    """Declare a quantity: a number made of integrals, point values and constants."""
    name = statement.name
    lowering = Lowering(scope, QUANTITY)
    expression = lowering.real(statement.value, "a quantity")
    if expression is not None and not _is_number(expression):
        lowering.refuse(
            "E321",
            f"the quantity `{name.text}` is not a number: a field or a coordinate stands outside integrals and points",
            statement.value.span,
            "varies over the region",
            "Take its value at a point, `u(0.5, 0)`, or its integral, `integral(u)`.",
        )
        expression = None
    if expression is None:
        break_name(scope, name)
        return None
    if not names.declare(scope, name, QuantityName(name.text, name.span, values.scalar(expression))):
        return None
    return Quantity(name.text, expression, one_line(scope.sources, statement.value.span), name.span)


def _is_number(expression: Expr) -> bool:
    """Whether fields, coordinates and normals stand only in integrals and point values."""
    stack = [expression]
    while stack:
        node = stack.pop()
        if isinstance(node, ex.Partial | ex.Coordinate | ex.Normal):
            return False
        if not isinstance(node, ex.Integral | ex.FieldAt):
            stack.extend(ex.children(node))
    return True


# ---------------------------------------------------------------------------------------------------
# Closed forms
# ---------------------------------------------------------------------------------------------------


def resolve_closed_forms(
    scope: Scope, relations: tuple[ast.Relation, ...], word: str, given: dict[str, Span]
) -> tuple[ClosedForm, ...]:
    """The closed forms of an `exact` or `manufacture` statement; `given` collects the fields that have one."""
    found: list[ClosedForm] = []
    for relation in relations:
        fields = _fields_of(scope, relation.left, word)
        value = Lowering(scope, CLOSED_FORM).value(relation.right)
        if fields is None or value is None or not _once(scope, relation, fields, given):
            continue
        found.extend(_closed_forms(scope, relation, fields, value))
    return tuple(found)


def _fields_of(scope: Scope, left: ast.Expression, word: str) -> tuple[FieldName, ...] | None:
    """The fields that the left side names: a field, or a vector's components."""
    if not isinstance(left, ast.Name):
        scope.report(
            error(
                "E319",
                f"`{word}` gives a field or a vector field by its name",
                left.span,
                "not the name of a field",
                help=f"Write `{word} u = …`, with one relation for each field.",
            )
        )
        return None
    return fields_named(scope, left, "a field")


def fields_named(scope: Scope, name: ast.Name, wanted: str) -> tuple[FieldName, ...] | None:
    """The scalar fields that a name stands for, or None where it names none (reported)."""
    entity = scope.find(name.text)
    match entity:
        case FieldName():
            return (entity,)
        case VectorName(components=components):
            fields = [scope.names[component] for component in components]
            return tuple(field for field in fields if isinstance(field, FieldName))
        case BrokenName():
            return None
        case None:
            names.report_unknown(scope, name, scope.known(FieldName, VectorName), f"{wanted} is wanted here")
            return None
        case _:
            names.wrong_kind(scope, name, entity, wanted)
            return None


def _once(scope: Scope, relation: ast.Relation, fields: tuple[FieldName, ...], given: dict[str, Span]) -> bool:
    for field in fields:
        if field.name in given:
            scope.report(
                error(
                    "E211",
                    f"a closed form of `{field.name}` is given twice",
                    relation.left.span,
                    "given again here",
                    secondary=(Label(given[field.name], "first given here"),),
                    help="Keep one of the two: a field has one `exact` or one `manufacture`.",
                )
            )
            return False
        given[field.name] = relation.left.span
    return True


def _closed_forms(
    scope: Scope, relation: ast.Relation, fields: tuple[FieldName, ...], value: values.Value
) -> list[ClosedForm]:
    place = relation.right.span
    if len(fields) == 1:
        value = Lowering(scope, CLOSED_FORM).frame.as_scalar(value)
    wanted = () if len(fields) == 1 else (len(fields),)
    if value.is_zero:
        value = values.Value(wanted, (ex.ZERO,) * len(fields))
    if value.shape != wanted:
        what = "a scalar" if not wanted else f"a vector of {len(fields)}"
        scope.report(
            error(
                "E302",
                f"the left side is {what}, and the right side is {values.describe(value)}",
                place,
                values.describe(value),
                secondary=(Label(relation.left.span, what),),
                help="Give one expression for each component: `(a, b)`." if wanted else "",
            )
        )
        return []
    found: list[ClosedForm] = []
    for field, entry in zip(fields, value.entries, strict=True):
        if field.complex:
            found.append(ClosedForm(f"{field.name}_re", values.real_part(entry), place))
            found.append(ClosedForm(f"{field.name}_im", values.imaginary_part(entry), place))
        elif isinstance(entry, values.Complex):
            scope.report(
                error(
                    "E313",
                    f"`{field.name}` is a real field, and its closed form is complex",
                    place,
                    "a complex value",
                    secondary=(Label(field.span, "declared here"),),
                    help=f"Declare it as `field complex {field.name}(…)`, or take `re(…)`.",
                )
            )
            return []
        else:
            found.append(ClosedForm(field.name, entry, place))
    return found


# ---------------------------------------------------------------------------------------------------
# References
# ---------------------------------------------------------------------------------------------------


def resolve_reference(
    scope: Scope, statement: ast.ReferenceStatement, folder: Path | None, given: dict[str, Span]
) -> ReferenceTable | ReferenceNumber | None:
    """A table of reference values of fields, or the known value of a quantity."""
    if statement.file is None:
        return _reference_number(scope, statement, given)
    fields: list[str] = []
    sound = True
    for name in statement.names:
        found = fields_named(scope, name, "a field")
        sound = sound and found is not None
        for field in found or ():
            sound = _first_reference(scope, ast.Name(field.name, name.span), given) and sound
            fields.extend((f"{field.name}_re", f"{field.name}_im") if field.complex else (field.name,))
    if not sound or scope.faulty & {"space", "time"}:
        return None
    return read_table(scope, statement.file, tuple(fields), folder, statement.span)


def _first_reference(scope: Scope, name: ast.Name, given: dict[str, Span]) -> bool:
    if name.text not in given:
        given[name.text] = name.span
        return True
    scope.report(
        error(
            "E211",
            f"a reference for `{name.text}` is given twice",
            name.span,
            "given again here",
            secondary=(Label(given[name.text], "first given here"),),
        )
    )
    return False


def _reference_number(
    scope: Scope, statement: ast.ReferenceStatement, given: dict[str, Span]
) -> ReferenceNumber | None:
    name = statement.names[0]
    if statement.value is None:
        return None
    number = Lowering(scope, CONSTANT).number(statement.value, "a reference value")
    entity = scope.find(name.text)
    if entity is None:
        known = scope.known(QuantityName, UnknownName)
        names.report_unknown(scope, name, known, "a quantity or an unknown is wanted here")
        return None
    if not isinstance(entity, QuantityName | UnknownName):
        remedy = f"Write `exact {name.text} = …` for a field."
        names.wrong_kind(scope, name, entity, "a quantity", remedy if isinstance(entity, FieldName) else "")
        return None
    if number is None or not _first_reference(scope, name, given):
        return None
    return ReferenceNumber(name.text, number.value, statement.span)
