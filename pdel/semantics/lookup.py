"""What a name in an expression stands for: a value, or a derivative cut at its last underscore."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pdel import expression as ex
from pdel.diagnostics.model import Label, error
from pdel.diagnostics.suggest import enumerate_words
from pdel.semantics import names, operators, values
from pdel.semantics.derivatives import ORDER_LIMIT, has_normal
from pdel.semantics.operators import Refusal
from pdel.semantics.scope import (
    BrokenName,
    ConstantName,
    CoordinateName,
    Entity,
    FieldName,
    FunctionName,
    LetName,
    PartName,
    PositionName,
    QuantityName,
    Scope,
    ShapeName,
    TableName,
    TermName,
    UnknownName,
    VectorName,
    kind_of,
)
from pdel.semantics.translation import Translation
from pdel.semantics.values import Complex, Entry, Value, scalar, vector
from pdel.syntax import ast


def lower_name(lowering: Translation, name: ast.Name) -> Value | None:
    """The value of a name: a parameter, a value of the language, a declared name, or a derivative."""
    bound = lowering.bindings.get(name.text)
    if bound is not None:
        return bound
    entity = lowering.scope.find(name.text)
    if entity is not None:
        return value_of(lowering, name, entity)
    if name.text == "pi":
        return scalar(ex.Pi())
    if name.text == "i" and lowering.scope.complex_allowed:
        return scalar(Complex(ex.ZERO, ex.ONE))
    if name.text in names.VALUES:
        return _geometric(lowering, name)
    return _derivative(lowering, name)


def value_of(lowering: Translation, name: ast.Name, entity: Entity) -> Value | None:
    """The value of a declared name, if its kind has one and may stand at this place."""
    place = lowering.place
    match entity:
        case ConstantName():
            return scalar(ex.Constant(entity.name))
        case UnknownName():
            return scalar(ex.Unknown(entity.name)) if _unknowns_allowed(lowering, name) else None
        case TermName(value=value):
            return scalar(value) if term_allowed(lowering, name) else None
        case CoordinateName():
            return _coordinates(lowering, name, scalar(ex.Coordinate(entity.name)))
        case PositionName(coordinates=coordinates):
            return _coordinates(lowering, name, vector([ex.Coordinate(one) for one in coordinates]))
        case FieldName():
            return scalar(field_entry(entity)) if _fields_allowed(lowering, name) else None
        case VectorName():
            if not _fields_allowed(lowering, name):
                return None
            return vector([ex.Partial(component) for component in entity.components])
        case LetName() | TableName():
            return entity.value if _let_allowed(lowering, name, entity) else None
        case QuantityName():
            if place.outcome:
                return entity.value
            names.wrong_kind(lowering.scope, name, entity, "a value", "Quantities are reported, never solved for.")
        case FunctionName():
            names.wrong_kind(lowering.scope, name, entity, "a value", f"Call it: `{name.text}(…)`.")
        case ShapeName() | PartName():
            names.wrong_kind(lowering.scope, name, entity, "a value")
        case BrokenName():
            pass
    return None


def field_entry(field: FieldName) -> Entry:
    """The value of a scalar field; a complex one is a pair of real fields."""
    if field.complex:
        return Complex(ex.Partial(f"{field.name}_re"), ex.Partial(f"{field.name}_im"))
    return ex.Partial(field.name)


def _fields_allowed(lowering: Translation, name: ast.Name) -> bool:
    if lowering.place.fields:
        return True
    lowering.refuse(
        "E311",
        f"the field `{name.text}` stands in {lowering.place.name}, which must be known beforehand",
        name.span,
        "a field",
        "A field is what the equations determine; use `let` to name an expression with fields.",
    )
    return False


def _unknowns_allowed(lowering: Translation, name: ast.Name) -> bool:
    if lowering.place.unknowns:
        return True
    lowering.refuse(
        "E324",
        f"the unknown `{name.text}` stands in {lowering.place.name}, which must be known beforehand",
        name.span,
        "inferred during training",
        "Unknowns may stand in equations, conditions, data and closed forms.",
    )
    return False


def term_allowed(lowering: Translation, name: ast.Name) -> bool:
    """Whether an unknown term may stand here: where unknowns and fields may, and not in what is reported."""
    if not _unknowns_allowed(lowering, name):
        return False
    if not lowering.place.fields:
        return _fields_allowed(lowering, name)
    return _no_term_in_quantity(lowering, name) if lowering.place.outcome else True


def _no_term_in_quantity(lowering: Translation, name: ast.Name) -> bool:
    lowering.refuse(
        "E318",
        "an unknown term in a quantity is not built yet",
        name.span,
        "an unknown term",
        "A run writes the values of the term, and a formula for it.",
    )
    return False


def _coordinates(lowering: Translation, name: ast.Name, value: Value) -> Value | None:
    if lowering.place.coordinates:
        return value
    lowering.refuse(
        "E311",
        f"the coordinate `{name.text}` stands in {lowering.place.name}, which must be a number",
        name.span,
        "a coordinate",
        "Use `let` to name an expression that varies over the region.",
    )
    return None


def _let_allowed(lowering: Translation, name: ast.Name, let: LetName | TableName) -> bool:
    place = lowering.place
    expressions = let.value.expressions()
    nodes = [node for expression in expressions for node in ex.walk(expression)]
    if not place.fields and any(isinstance(node, ex.Partial) for node in nodes):
        reason = "holds a field"
    elif not place.unknowns and any(isinstance(node, ex.Unknown) for node in nodes):
        reason = "holds an unknown"
    elif not place.tables and any(isinstance(node, ex.Tabulated) for node in nodes):
        reason = "holds values of a table"
    elif not place.coordinates and any(isinstance(node, ex.Coordinate) for node in nodes):
        reason = "depends on a coordinate"
    elif not place.normal and any(map(has_normal, expressions)):
        return _normal_refused(lowering, name)
    elif place.outcome and any(isinstance(node, ex.TermValue) for node in nodes):
        return _no_term_in_quantity(lowering, name)
    else:
        return True
    lowering.scope.report(
        error(
            "E311",
            f"`{name.text}` {reason}, and {place.name} must be known beforehand",
            name.span,
            reason,
            secondary=(Label(let.span, "declared here"),),
        )
    )
    return False


def _normal_refused(lowering: Translation, name: ast.Name) -> bool:
    lowering.refuse(
        "E317",
        f"`{name.text}` needs the normal of the boundary, and {lowering.place.name} is not on the boundary",
        name.span,
        "no normal here",
        "Use it in `boundary` statements and in integrals over the boundary.",
    )
    return False


def _geometric(lowering: Translation, name: ast.Name) -> Value | None:
    """`identity`, `normal` and `tangent`."""
    frame = lowering.frame
    if frame.dimension == 0 and "space" in lowering.scope.faulty:
        return None
    if frame.dimension == 0:
        lowering.refuse("E317", f"`{name.text}` needs a space, and the problem has none", name.span)
        return None
    if name.text == "identity":
        return operators.identity(frame)
    if not lowering.place.normal:
        _normal_refused(lowering, name)
        return None
    found = operators.normal(frame) if name.text == "normal" else operators.tangent(frame)
    if isinstance(found, Refusal):
        lowering.refuse("E317", found.message, name.span)
        return None
    return found


# ---------------------------------------------------------------------------------------------------
# Derivatives by suffix
# ---------------------------------------------------------------------------------------------------


def split_derivative(lowering: Translation, name: ast.Name) -> tuple[Value, str, str] | None:
    """The value of the base, its name and the suffix of `u_xx`, or None where there is no such base (reported)."""
    base, _, suffix = name.text.rpartition("_")
    scope = lowering.scope
    bound = lowering.bindings.get(base) if base else None
    entity = scope.find(base) if base and bound is None else None
    if bound is None and entity is None:
        names.report_unknown(scope, name, candidates(scope, lowering.bindings))
        return None
    if entity is not None and not isinstance(entity, FieldName | VectorName | LetName | TableName | TermName):
        _refuse_base(lowering, name, base, suffix, entity)
        return None
    value = bound if entity is None else value_of(lowering, ast.Name(base, name.span), entity)
    return None if value is None else (value, base, suffix)


def _refuse_base(lowering: Translation, name: ast.Name, base: str, suffix: str, entity: Entity) -> None:
    if isinstance(entity, BrokenName):
        return
    if names.cut_suffix(suffix, lowering.scope.coordinates) is None:
        names.report_unknown(lowering.scope, name, candidates(lowering.scope, lowering.bindings))
        return
    lowering.scope.report(
        error(
            "E301",
            f"`{name.text}` reads as a derivative of `{base}`, which is {kind_of(entity)}",
            name.span,
            "not the derivative of a field",
            secondary=(Label(entity.span, "declared here"),),
            help="Fields, tables and names for expressions have derivatives by suffix.",
        )
    )


def _derivative(lowering: Translation, name: ast.Name) -> Value | None:
    """The derivative that a name such as `u_xx` stands for."""
    found = split_derivative(lowering, name)
    if found is None:
        return None
    value, base, suffix = found
    scope = lowering.scope
    run = names.cut_suffix(suffix, scope.coordinates)
    if run is None:
        if suffix in scope.later and suffix not in scope.names:
            names.report_unknown(scope, ast.Name(suffix, name.span), scope.coordinates)
        elif not scope.absorption.everything and not scope.faulty & {"space", "time"}:
            lowering.refuse(
                "E207",
                f"`{name.text}` is no derivative: `{suffix}` is not made of coordinates",
                name.span,
                f"`{suffix}` is no coordinate",
                _suffix_remedy(base, suffix, scope),
            )
        return None
    if len(value.shape) > 0 and not (lowering.frame.dimension == 1 and value.shape == (1,)):
        lowering.refuse(
            "E305",
            f"`{base}` is a vector, and a suffix gives the derivative of a scalar",
            name.span,
            "a derivative of a vector",
            f"Write a component, `{base}[{(scope.space or ('x',))[0]}]`, or `d({base}, {run[0]})` for all of them.",
        )
        return None
    if len(run) > ORDER_LIMIT:
        lowering.order_allowed(scalar(ex.Partial(base, ((run[0], len(run)),))), name.span)
        return None
    return differentiate_along(lowering, value, run, name)


def _suffix_remedy(base: str, suffix: str, scope: Scope) -> str:
    if suffix == "n":
        return f"The derivative along the normal is written `dn({base})`."
    known = enumerate_words(scope.coordinates)
    return f"The coordinates are {known}." if known else ""


def differentiate_along(lowering: Translation, value: Value, run: Sequence[str], node: ast.Expression) -> Value | None:
    """The derivative of every entry along coordinates, one after the other."""
    for coordinate in run:
        if not lowering.may_differentiate(value, coordinate, node.span):
            return None
        value = values.map_entries(
            value,
            lambda entry, along=coordinate: lowering.frame.derivative(entry, along),  # type: ignore[misc]
        )
    return value if lowering.order_allowed(value, node.span) else None


def candidates(scope: Scope, parameters: Iterable[str] = ()) -> list[str]:
    """The names that an unknown one may have meant, those of a function's parameters first."""
    return [*parameters, *scope.known(), *names.VALUES]
