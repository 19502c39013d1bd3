"""Declarations of fields, constants, names for expressions, functions, shapes and parts of the boundary."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pdel.diagnostics.model import Label, error
from pdel.semantics import names
from pdel.semantics.axes import lower_shape
from pdel.semantics.lookup import candidates
from pdel.semantics.lowering import Lowering
from pdel.semantics.places import CONDITION, CONSTANT, LET
from pdel.semantics.problem import ConstantValue, Field
from pdel.semantics.regions import narrow, select_pieces
from pdel.semantics.scope import (
    BrokenName,
    ConstantName,
    CoordinateName,
    FieldName,
    FunctionName,
    LetName,
    PartName,
    PositionName,
    Scope,
    ShapeName,
    VectorName,
)
from pdel.syntax import ast


def break_name(scope: Scope, name: ast.Name) -> None:
    """Note a name whose declaration was refused."""
    scope.names.setdefault(name.text, BrokenName(name.text, name.span))


# ---------------------------------------------------------------------------------------------------
# Fields
# ---------------------------------------------------------------------------------------------------


def declare_field(scope: Scope, declaration: ast.FieldDeclaration) -> tuple[Field, ...]:
    """Declare one field, several of the same arguments, or a named vector; the real scalar fields it gives."""
    arguments = field_arguments(scope, declaration.arguments)
    if arguments is None or not _is_built(scope, declaration):
        for name in (*declaration.components, *((declaration.vector,) if declaration.vector else ())):
            break_name(scope, name)
        return ()
    fields: list[Field] = []
    for name in declaration.components:
        entity = FieldName(name.text, name.span, arguments, declaration.complex)
        if name.text == "d":
            _refuse_d(scope, name)
        elif names.declare(scope, name, entity):
            fields.extend(_real_fields(entity))
    if declaration.vector is not None:
        components = tuple(name.text for name in declaration.components)
        vector = VectorName(declaration.vector.text, declaration.vector.span, arguments, components)
        if len(fields) == len(components):
            names.declare(scope, declaration.vector, vector)
        else:
            break_name(scope, declaration.vector)
    return tuple(fields)


def _real_fields(entity: FieldName) -> Iterator[Field]:
    if not entity.complex:
        yield Field(entity.name, entity.name, entity.arguments, entity.span)
        return
    for part in ("re", "im"):
        yield Field(f"{entity.name}_{part}", f"{part}({entity.name})", entity.arguments, entity.span)


def _refuse_d(scope: Scope, name: ast.Name) -> None:
    scope.report(
        error(
            "E204",
            "`d` cannot be declared as a field, because `d(…)` is the derivative",
            name.span,
            "a reserved name",
            help="Choose another name.",
        )
    )
    break_name(scope, name)


def _is_built(scope: Scope, declaration: ast.FieldDeclaration) -> bool:
    if declaration.region is not None:
        what, place = "a field on a part of the space", declaration.region.span
    elif declaration.complex and declaration.vector is not None:
        what, place = "a vector of complex fields", declaration.vector.span
    else:
        return True
    scope.report(error("E318", f"{what} is known but not built yet", place, "not built yet"))
    return False


def field_arguments(scope: Scope, arguments: tuple[ast.Name, ...]) -> tuple[str, ...] | None:
    """The coordinates that a field depends on, as listed, or None where they are refused (reported)."""
    found: list[str] = []
    sound = True
    for argument in arguments:
        entity = scope.find(argument.text)
        match entity:
            case CoordinateName(name=name):
                added: tuple[str, ...] = (name,)
            case PositionName(coordinates=coordinates):
                added = coordinates
            case None:
                names.report_unknown(scope, argument, scope.coordinates, "a coordinate is wanted here")
                sound = False
                continue
            case _:
                remedy = "A field depends on the coordinates of `space` and `time`."
                names.wrong_kind(scope, argument, entity, "a coordinate", remedy)
                sound = False
                continue
        if any(name in found for name in added):
            scope.report(error("E308", f"`{argument.text}` is listed twice", argument.span, "listed again"))
            sound = False
        found.extend(added)
    return tuple(found) if sound else None


def check_arguments(scope: Scope) -> None:
    """Report fields that do not depend on all coordinates. Done last: `time` may stand below the fields."""
    if scope.faulty & {"space", "time"}:
        return
    for entity in scope.names.values():
        if not isinstance(entity, FieldName) or entity.inferred:
            continue
        missing = [name for name in scope.coordinates if name not in entity.arguments]
        if missing:
            listed = ", ".join(scope.coordinates)
            scope.report(
                error(
                    "E308",
                    f"the field `{entity.name}` does not depend on `{missing[0]}`",
                    entity.span,
                    "not all coordinates",
                    help=f"Fields on some of the coordinates are not built yet: write `{entity.name}({listed})`.",
                )
            )


def ordered_arguments(scope: Scope, field: Field) -> Field:
    """The field with its arguments in the order of the axes."""
    ordered = tuple(name for name in scope.coordinates if name in field.arguments)
    return replace(field, arguments=ordered)


# ---------------------------------------------------------------------------------------------------
# Constants, names for expressions, functions
# ---------------------------------------------------------------------------------------------------


def declare_constant(scope: Scope, statement: ast.ConstantStatement) -> ConstantValue | None:
    """Declare a constant with its number."""
    name = statement.name
    number = Lowering(scope, CONSTANT).number(statement.value, "a constant")
    if number is None:
        if names.check_reserved(scope, name):
            break_name(scope, name)
        return None
    if not names.declare(scope, name, ConstantName(name.text, name.span, number.value)):
        return None
    scope.constants[name.text] = number.value
    return ConstantValue(name.text, number.expression, number.value, name.span, statement.unit)


def declare_let(scope: Scope, statement: ast.LetStatement) -> None:
    """Declare a name for an expression."""
    value = Lowering(scope, LET).value(statement.value)
    if value is None:
        break_name(scope, statement.name)
    else:
        names.declare(scope, statement.name, LetName(statement.name.text, statement.name.span, value))


def declare_function(scope: Scope, statement: ast.FunctionStatement) -> None:
    """Declare a user's function: the names of its body are checked here, its shapes where it is called."""
    parameters = [parameter.text for parameter in statement.parameters]
    sound = True
    for index, parameter in enumerate(statement.parameters):
        if parameter.text in parameters[:index]:
            scope.report(
                error("E203", f"the parameter `{parameter.text}` is declared twice", parameter.span, "declared again")
            )
            sound = False
        sound = names.check_reserved(scope, parameter) and sound
    if sound and _body_known(scope, statement, set(parameters)) and statement.name.text != "d":
        function = FunctionName(statement.name.text, statement.name.span, tuple(parameters), statement.value)
        names.declare(scope, statement.name, function)
        return
    if statement.name.text == "d":
        _refuse_d(scope, statement.name)
    break_name(scope, statement.name)


def _body_known(scope: Scope, statement: ast.FunctionStatement, parameters: set[str]) -> bool:
    """Whether every name of a body is known, and the function does not call itself."""
    sound = True
    for name, called in names_in(statement.value):
        text = name.text
        if text == statement.name.text and text not in scope.names:
            scope.report(
                error(
                    "E210",
                    f"the function `{text}` calls itself",
                    name.span,
                    "a call of itself",
                    secondary=(Label(statement.name.span, "declared here"),),
                    help="Functions are put in the place of their calls, so that a recursion would never end.",
                )
            )
            sound = False
        elif not _known_in_body(scope, text, called, parameters):
            known = [*statement_parameters(statement), *candidates(scope)]
            names.report_unknown(scope, name, known, "unknown function" if called else "")
            sound = False
    return sound


def _known_in_body(scope: Scope, text: str, called: bool, parameters: set[str]) -> bool:
    if called and (text in names.CALLABLE or text in names.OPERATORS or text in names.NOT_BUILT_OPERATORS):
        return True
    if text in parameters or text in names.VALUES or (text == "i" and scope.complex_allowed):
        return True
    base = text.rpartition("_")[0]
    return scope.find(text) is not None or base in parameters or scope.find(base) is not None


def statement_parameters(statement: ast.FunctionStatement) -> list[str]:
    """The names of a function's parameters."""
    return [parameter.text for parameter in statement.parameters]


def names_in(expression: ast.Expression) -> Iterator[tuple[ast.Name, bool]]:
    """Every name in an expression, and whether it is called, in written order."""
    stack: list[ast.Expression] = [expression]
    while stack:
        node = stack.pop()
        if isinstance(node, ast.Name):
            yield node, False
        if isinstance(node, ast.Call):
            yield node.function, True
        stack.extend(reversed(operands(node)))


def operands(node: ast.Expression) -> tuple[ast.Expression, ...]:
    """The operands of a node of the syntax tree, in order."""
    match node:
        case ast.Number() | ast.Name() | ast.Text():
            return ()
        case ast.Negate(operand=operand) | ast.Not(operand=operand):
            return (operand,)
        case ast.Sum(terms=terms):
            return tuple(term.expression for term in terms)
        case ast.Product(factors=factors):
            return tuple(factor.expression for factor in factors)
        case ast.Power(base=base, exponent=exponent):
            return (base, exponent)
        case ast.Call(arguments=arguments):
            return tuple(argument.value for argument in arguments)
        case ast.Component(base=base, indices=indices):
            return (base, *indices)
        case ast.Vector(items=items):
            return items
        case ast.Conjunct(operands=found) | ast.Comparison(operands=found) | ast.Logical(operands=found):
            return found


# ---------------------------------------------------------------------------------------------------
# Shapes and parts
# ---------------------------------------------------------------------------------------------------


def declare_shape(scope: Scope, statement: ast.ShapeStatement) -> None:
    """Declare a named shape."""
    name = statement.name
    shape = lower_shape(scope, statement.value, name.text)
    if shape is None:
        break_name(scope, name)
    elif names.declare(scope, name, ShapeName(name.text, name.span, shape)):
        scope.shapes[name.text] = shape


def declare_part(scope: Scope, statement: ast.PartStatement) -> None:
    """Declare a named part of the boundary."""
    lowering = Lowering(scope, CONDITION)
    selection = select_pieces(scope, statement.selector, lowering.evaluate)
    where = None if statement.where is None else lowering.condition(statement.where)
    if selection is None or (where is None) != (statement.where is None):
        break_name(scope, statement.name)
        return
    part = PartName(statement.name.text, statement.name.span, selection.pieces, narrow(selection.where, where))
    names.declare(scope, statement.name, part)
