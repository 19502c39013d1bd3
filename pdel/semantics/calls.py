"""Calls in expressions: elementary functions, operators, `if`, `d`, users' functions, point values, integrals."""

from __future__ import annotations

from dataclasses import replace
from functools import reduce

from pdel import expression as ex
from pdel.diagnostics.model import Label
from pdel.diagnostics.suggest import did_you_mean
from pdel.expression import Expr
from pdel.semantics import lookup, names, operators, values
from pdel.semantics.derivatives import ORDER_LIMIT
from pdel.semantics.operators import Refusal
from pdel.semantics.places import BOUNDARY, INITIAL
from pdel.semantics.regions import select_pieces
from pdel.semantics.scope import (
    BrokenName,
    CoordinateName,
    FieldName,
    FunctionName,
    LetName,
    TermName,
    VectorName,
    kind_of,
)
from pdel.semantics.term_calls import lower_term_call
from pdel.semantics.translation import Translation
from pdel.semantics.values import Complex, Entry, Value, scalar
from pdel.syntax import ast

FOLDED = ("min", "max")
"""Functions of two arguments that take more, from the left."""


def lower_call(lowering: Translation, node: ast.Call) -> Value | None:
    """The value of a call of any kind."""
    name = node.function.text
    if not _plain_arguments(lowering, node):
        return None
    if node.binder is not None and name != "integral":
        lowering.refuse("E304", f"`{name}` takes no range or region", node.binder.span, "only integrals take one")
        return None
    entity = lowering.scope.find(name)
    if isinstance(entity, FunctionName):
        return _user_function(lowering, node, entity)
    if isinstance(entity, TermName):
        counted = _count(lowering, node, len(entity.value.arguments))
        return lower_term_call(lowering, node, entity) if counted else None
    if name in names.NOT_BUILT_OPERATORS:
        lowering.refuse("E318", f"`{name}` is known but not built yet", node.span, "not built yet")
        return None
    if name == "if":
        return _conditional(lowering, node)
    if name == "d":
        return _derivative(lowering, node)
    if name == "integral":
        return _integral(lowering, node)
    if name in names.OPERATORS:
        return _operator(lowering, node)
    if name in ex.FUNCTIONS:
        return _elementary(lowering, node)
    return _point_value(lowering, node)


def _plain_arguments(lowering: Translation, node: ast.Call) -> bool:
    for argument in node.arguments:
        if argument.name is not None:
            lowering.refuse(
                "E304",
                f"`{node.function.text}` takes no option `{argument.name.text}`",
                argument.span,
                "an option",
                "Options with `=` belong to methods; compare with `=` in conditions only.",
            )
            return False
    return True


def _count(lowering: Translation, node: ast.Call, least: int, most: int | None = None) -> bool:
    """Report a wrong number of arguments."""
    given = len(node.arguments)
    if least <= given <= (least if most is None else most):
        return True
    wanted = str(least) if most is None else f"{least} to {most}"
    lowering.refuse(
        "E304",
        f"`{node.function.text}` takes {wanted} {'argument' if wanted == '1' else 'arguments'}, "
        f"and {given} {'is' if given == 1 else 'are'} given",
        node.span,
        f"{given} given",
    )
    return False


# ---------------------------------------------------------------------------------------------------
# Elementary functions and operators
# ---------------------------------------------------------------------------------------------------


def _elementary(lowering: Translation, node: ast.Call) -> Value | None:
    name = node.function.text
    count = ex.FUNCTIONS[name]
    if not _count(lowering, node, count, 8 if name in FOLDED else None):
        return None
    entries = [lowering.scalar(argument.value, f"the argument of `{name}`") for argument in node.arguments]
    kept = [entry for entry in entries if entry is not None]
    if len(kept) != len(entries):
        return None
    if any(isinstance(entry, Complex) for entry in kept):
        return _complex_function(lowering, node, kept)
    real = [values.real_part(entry) for entry in kept]
    if name in FOLDED:
        return scalar(reduce(lambda left, right: ex.Call(name, (left, right)), real))
    return scalar(ex.Call(name, tuple(real)))


def _complex_function(lowering: Translation, node: ast.Call, entries: list[Entry]) -> Value | None:
    """Functions of z = a + ib that have a closed form in real functions of a and b."""
    a, b = values.real_part(entries[0]), values.imaginary_part(entries[0])

    def call(function: str, operand: Expr) -> Expr:
        return ex.ONE if function in ("exp", "cos", "cosh") and ex.is_number(operand, 0) else (
            ex.ZERO if function in ("sin", "sinh") and ex.is_number(operand, 0) else ex.Call(function, (operand,))
        )  # fmt: skip

    def times(left: str, first: Expr, right: str, second: Expr) -> Expr:
        return ex.multiply(call(left, first), call(right, second))

    match node.function.text:
        case "abs":
            return scalar(ex.Call("sqrt", (values.squared_modulus(entries[0]),)))
        case "exp":
            return scalar(values.pair(times("exp", a, "cos", b), times("exp", a, "sin", b)))
        case "sin":
            return scalar(values.pair(times("sin", a, "cosh", b), times("cos", a, "sinh", b)))
        case "cos":
            return scalar(values.pair(times("cos", a, "cosh", b), ex.negate(times("sin", a, "sinh", b))))
        case "sinh":
            return scalar(values.pair(times("sinh", a, "cos", b), times("cosh", a, "sin", b)))
        case "cosh":
            return scalar(values.pair(times("cosh", a, "cos", b), times("sinh", a, "sin", b)))
        case name:
            lowering.refuse(
                "E313",
                f"`{name}` of a complex value is not built",
                node.span,
                "a complex value",
                "`exp`, `sin`, `cos`, `sinh`, `cosh`, `abs`, `re`, `im` and `conj` take complex values.",
            )
            return None


def _operator(lowering: Translation, node: ast.Call) -> Value | None:
    name = node.function.text
    if not _count(lowering, node, names.OPERATORS[name]):
        return None
    if name == "dn" and not lowering.place.normal:
        lowering.refuse(
            "E317",
            f"`dn` is the derivative along the normal, and {lowering.place.name} is not on the boundary",
            node.span,
            "no normal here",
            "Use it in `boundary` statements and in integrals over the boundary.",
        )
        return None
    arguments = lowering.all([argument.value for argument in node.arguments])
    if arguments is None:
        return None
    if not lowering.frame.space and "space" in lowering.scope.faulty:
        return None
    if name in operators.DIFFERENTIAL and not lowering.may_differentiate(arguments[-1], None, node.span):
        return None
    found = operators.apply(name, tuple(arguments), lowering.frame)
    if isinstance(found, Refusal):
        lowering.refuse("E303", found.message, node.span, remedy=found.help)
        return None
    return found if lowering.order_allowed(found, node.span) else None


def _conditional(lowering: Translation, node: ast.Call) -> Value | None:
    """if(condition, a, b): a where the condition is true, b elsewhere."""
    if not _count(lowering, node, 3):
        return None
    condition = lowering.condition(node.arguments[0].value)
    branches = [argument.value for argument in node.arguments[1:]]
    found = lowering.all(branches)
    if condition is None or found is None:
        return None
    same = lowering.same_shape(found, [branch.span for branch in branches], "the two values of `if` cannot")
    if same is None:
        return None
    then, otherwise = same

    def choose(first: Entry, second: Entry) -> Entry:
        if isinstance(first, Complex) or isinstance(second, Complex):
            return Complex(
                ex.Conditional(condition, values.real_part(first), values.real_part(second)),
                ex.Conditional(condition, values.imaginary_part(first), values.imaginary_part(second)),
            )
        return ex.Conditional(condition, first, second)

    return Value(then.shape, tuple(map(choose, then.entries, otherwise.entries)))


def _derivative(lowering: Translation, node: ast.Call) -> Value | None:
    """d(expression, coordinate) or d(expression, coordinate, order)."""
    if not _count(lowering, node, 2, 3):
        return None
    scope = lowering.scope
    value = lowering.value(node.arguments[0].value)
    along = node.arguments[1].value
    order = _order(lowering, node.arguments[2].value) if len(node.arguments) == 3 else 1
    if not isinstance(along, ast.Name) or along.text not in scope.coordinates:
        entity = scope.find(along.text) if isinstance(along, ast.Name) else None
        if isinstance(along, ast.Name) and entity is None:
            names.report_unknown(scope, along, scope.coordinates, "a coordinate is wanted here")
        elif isinstance(along, ast.Name) and entity is not None:
            names.wrong_kind(scope, along, entity, "a coordinate", "`d(expr, x)` differentiates in a coordinate.")
        else:
            lowering.refuse("E301", "`d` differentiates in a coordinate", along.span, "not a coordinate")
        return None
    if value is None or order is None:
        return None
    return lookup.differentiate_along(lowering, value, (along.text,) * order, node)


def _order(lowering: Translation, node: ast.Expression) -> int | None:
    if isinstance(node, ast.Number) and node.text.isdigit() and 1 <= int(node.text[:9]) <= ORDER_LIMIT:
        return int(node.text)
    is_coordinate = isinstance(node, ast.Name) and isinstance(lowering.scope.find(node.text), CoordinateName)
    lowering.refuse(
        "E306",
        f"the order of a derivative is a whole number from 1 to {ORDER_LIMIT}",
        node.span,
        "not an order",
        "For a mixed derivative nest two: `d(d(u, x), y)`." if is_coordinate else "",
    )
    return None


# ---------------------------------------------------------------------------------------------------
# Users' functions
# ---------------------------------------------------------------------------------------------------


def _user_function(lowering: Translation, node: ast.Call, function: FunctionName) -> Value | None:
    """The body with the arguments in the place of the parameters."""
    if not _count(lowering, node, len(function.parameters)):
        return None
    arguments = lowering.all([argument.value for argument in node.arguments])
    if arguments is None:
        return None
    scope = lowering.scope
    before = len(scope.diagnostics)
    value = lowering.with_bindings(dict(zip(function.parameters, arguments, strict=True))).value(function.body)
    called = Label(node.span, f"`{function.name}` is called here")
    scope.diagnostics[before:] = [
        found if any(label.text == called.text for label in found.secondary)
        else replace(found, secondary=(*found.secondary, called))
        for found in scope.diagnostics[before:]
    ]  # fmt: skip
    return value


# ---------------------------------------------------------------------------------------------------
# Point values and integrals
# ---------------------------------------------------------------------------------------------------


POINTS = "Point values can be used in `quantity`; `constraint … at (…)` fixes a field at a point."
POINT_REMEDIES = {
    INITIAL.name: "Write `{0}`: an initial condition holds at the start of time.",
    BOUNDARY.name: "Write `{0}`: what stands after `on` says where the condition holds.",
}


def _point_value(lowering: Translation, node: ast.Call) -> Value | None:
    """`u(0.2, 0)`: the value of a field, or of a derivative of it, at a point."""
    scope, name = lowering.scope, node.function
    base = name.text if scope.names.get(name.text) is not None else name.text.rpartition("_")[0]
    owner = scope.names.get(base)
    if isinstance(owner, BrokenName):
        return None
    if not isinstance(owner, FieldName | VectorName):
        _refuse_call(lowering, node)
        return None
    if [argument.value.text for argument in node.arguments if isinstance(argument.value, ast.Name)] == list(
        owner.arguments
    ):
        lowering.refuse(
            "E304",
            f"`{name.text}` is written without its arguments",
            node.span,
            "its own coordinates",
            f"Write `{name.text}`.",
        )
        return None
    if not lowering.place.outcome:
        lowering.refuse(
            "E310",
            f"the value of `{name.text}` at a point is not built yet in {lowering.place.name}",
            node.span,
            "a point value",
            POINT_REMEDIES.get(lowering.place.name, POINTS).format(name.text),
        )
        return None
    value = lowering.value(name)
    if value is None or not _count(lowering, node, len(owner.arguments)):
        return None
    point = _point(lowering, node, owner)
    if point is None:
        return None
    return values.map_entries(value, lambda entry: _entry_at(entry, point))


def _point(lowering: Translation, node: ast.Call, owner: FieldName | VectorName) -> tuple[Expr, ...] | None:
    """The coordinates of a point, in the order of the axes."""
    found: dict[str, Expr] = {}
    for argument, coordinate in zip(node.arguments, owner.arguments, strict=True):
        number = lowering.real(argument.value, "a coordinate of a point")
        if number is None:
            return None
        if any(isinstance(part, ex.Partial | ex.Coordinate | ex.Normal) for part in ex.walk(number)):
            lowering.refuse(
                "E310",
                "a field at a point that moves is not built yet",
                argument.span,
                "not a number",
                "Give numbers or constants.",
            )
            return None
        found[coordinate] = number
    return tuple(found[coordinate] for coordinate in lowering.scope.coordinates if coordinate in found)


def _entry_at(entry: Entry, point: tuple[Expr, ...]) -> Entry:
    def at(expression: Expr) -> Expr:
        return ex.transform(expression, lambda part: ex.FieldAt(part, point) if isinstance(part, ex.Partial) else None)

    return Complex(at(entry.re), at(entry.im)) if isinstance(entry, Complex) else at(entry)


def _refuse_call(lowering: Translation, node: ast.Call) -> None:
    scope, name = lowering.scope, node.function
    entity = scope.find(name.text)
    if entity is None and name.text in lowering.bindings:
        lowering.refuse("E301", f"`{name.text}` is a parameter and cannot be called", name.span, "not a function")
        return
    if entity is None:
        near = did_you_mean(name.text, [*scope.known(FunctionName), *names.CALLABLE])
        remedy = names.FOREIGN.get(name.text) or near or "Declare it above this statement: `function NAME(s) = …`."
        if scope.absorbs(name.text) or name.text in scope.later:
            names.report_unknown(scope, name, [])
            return
        lowering.refuse("E201", f"there is no function `{name.text}`", name.span, "unknown function", remedy)
        return
    what = "its value does not take arguments" if isinstance(entity, LetName) else "only functions are called"
    lowering.refuse(
        "E301",
        f"`{name.text}` is {kind_of(entity)} and cannot be called",
        node.span,
        what,
        f"Write `{name.text}*(…)` to multiply.",
    )


def _integral(lowering: Translation, node: ast.Call) -> Value | None:
    """The integral over the space, or over pieces of the boundary."""
    if not lowering.place.outcome:
        lowering.refuse(
            "E310",
            f"an integral is not built yet in {lowering.place.name}",
            node.span,
            "an integral",
            "Integrals can be used in `quantity`.",
        )
        return None
    if not _count(lowering, node, 1):
        return None
    if isinstance(node.binder, ast.InInterval):
        lowering.refuse("E318", "an integral over an interval is not built yet", node.binder.span, "not built yet")
        return None
    if lowering.scope.time is not None:
        lowering.refuse(
            "E318", "an integral over a space that changes with time is not built yet", node.span, "not built yet"
        )
        return None
    if not lowering.scope.space and "space" not in lowering.scope.faulty:
        lowering.refuse("E303", "`integral` needs a space, and the problem has none", node.span)
        return None
    on_boundary = node.binder is not None
    inside = lowering.within(
        replace(lowering.place, normal=on_boundary, outcome=False, name="an integral over the space")
    )
    value = inside.value(node.arguments[0].value)
    pieces = None if node.binder is None else _pieces(lowering, node.binder)
    if value is None or (on_boundary and pieces is None):
        return None

    def integrate(expression: Expr) -> Expr:
        return ex.ZERO if ex.is_number(expression, 0) else ex.Integral(expression, pieces)

    return values.map_entries(
        value,
        lambda entry: (
            Complex(integrate(entry.re), integrate(entry.im)) if isinstance(entry, Complex) else integrate(entry)
        ),
    )


def _pieces(lowering: Translation, binder: ast.OnRegion) -> tuple[int, ...] | None:
    selection = select_pieces(lowering.scope, binder.selector, lowering.evaluate)
    if selection is not None and selection.where is not None:
        lowering.refuse("E318", "an integral over a part with `where` is not built yet", binder.span, "not built yet")
        return None
    return None if selection is None else selection.pieces
