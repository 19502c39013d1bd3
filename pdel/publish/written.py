"""Expressions as they were written, in the notation of mathematics: from the syntax tree to a layout."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pdel.publish import algebra
from pdel.publish.algebra import Binding, Formula
from pdel.publish.layout import (
    MEDIUM,
    QUAD,
    THIN,
    Cases,
    Fenced,
    Large,
    Layout,
    Numeral,
    Operator,
    Script,
    Style,
    Symbol,
    Words,
    joined,
    listed,
    row,
)
from pdel.publish.names import number, symbol
from pdel.publish.vocabulary import Vocabulary
from pdel.syntax import ast

NABLA = Operator("∇", prefix=True)
REGION = Symbol("Omega", Style.UPRIGHT)
POSITION = Symbol("x", Style.BOLD)
NORMAL = Symbol("n", Style.BOLD)
SHAPES = frozenset({"interval", "rectangle", "disk", "box", "ball", "polygon", "ellipse", "annulus"})


def written(expression: ast.Expression, known: Vocabulary) -> Formula:
    """The formula of an expression, its terms and factors in the written order."""
    match expression:
        case ast.Number(text=text, unit=unit):
            binding = Binding.ATOM if unit is None and "e" not in text.lower() else Binding.DOT
            return Formula(number(text, unit), binding)
        case ast.Name():
            return _name(expression.text, known)
        case ast.Text(text=text):
            return Formula(Words(f"“{text}”"))
        case ast.Negate(operand=operand):
            return algebra.negative(written(operand, known))
        case ast.Sum(terms=terms):
            return algebra.total([(term.negative, written(term.expression, known)) for term in terms])
        case ast.Product(factors=factors):
            return algebra.product([(factor.divides, written(factor.expression, known)) for factor in factors])
        case ast.Power():
            return _power(expression, known)
        case ast.Conjunct(operands=operands):
            parts = [written(operand, known).within(Binding.PRODUCT) for operand in operands]
            return Formula(joined(parts, Operator("∩")), Binding.PRODUCT)
        case ast.Call():
            return _call(expression, known)
        case ast.Component(base=base, indices=indices):
            below = [written(index, known).layout for index in indices]
            return Formula(Script(written(base, known).within(Binding.ATOM), listed(below)))
        case ast.Vector(items=items):
            return algebra.vector([written(item, known) for item in items])
        case ast.Comparison(operands=operands, operators=operators):
            signs: list[Layout] = [Operator(algebra.RELATIONS[one]) for one in operators]
            return algebra.chain([written(operand, known) for operand in operands], signs)
        case ast.Logical(operator=operator, operands=operands):
            word = row(MEDIUM, Words(operator), MEDIUM)
            return algebra.connected([written(operand, known) for operand in operands], word)
        case ast.Not(operand=operand):
            return Formula(row(Words("not"), MEDIUM, written(operand, known).within(Binding.SUM)), Binding.CONDITION)


def relation(one: ast.Relation, known: Vocabulary) -> tuple[Layout, Layout]:
    """The left side, and the sign with the right side."""
    sign = Operator(algebra.RELATIONS[one.operator])
    return written(one.left, known).layout, row(sign, written(one.right, known).layout)


def name_layout(name: str, known: Vocabulary) -> Layout:
    """A declared name: bold where it is a vector or a matrix."""
    return symbol(name, Style.BOLD if known.ranks.get(name, 0) else None)


def selector(item: ast.Selector, known: Vocabulary) -> Layout:
    """The pieces of the boundary after `on`."""
    chosen = listed([_selected(one, known) for one in item.included])
    if not item.excluded:
        return chosen
    return row(chosen, MEDIUM, Words("except"), MEDIUM, listed([_selected(one, known) for one in item.excluded]))


def _selected(item: ast.Side | ast.Name, known: Vocabulary) -> Layout:
    if isinstance(item, ast.Name):
        if item.text != "boundary":
            return Words(item.text)
        return row(Operator("∂", prefix=True), REGION) if known.region else Words("the whole boundary")
    left = Formula(name_layout(item.coordinate.text, known))
    return algebra.relation("=", left, written(item.value, known)).layout


def shape(expression: ast.Expression, known: Vocabulary) -> Formula:
    """An expression over shapes: names upright, differences as `∖`, unions as `∪`."""
    match expression:
        case ast.Name(text=text):
            return Formula(Words(text))
        case ast.Sum(terms=terms):
            parts: list[Layout] = []
            for term in terms:
                if parts:
                    parts.append(Operator("∖" if term.negative else "∪"))
                parts.append(shape(term.expression, known).within(Binding.PRODUCT))
            return Formula(row(*parts), Binding.SUM)
        case ast.Conjunct(operands=operands):
            inner = [shape(operand, known).within(Binding.PRODUCT) for operand in operands]
            return Formula(joined(inner, Operator("∩")), Binding.PRODUCT)
        case ast.Call(function=function, arguments=arguments):
            return algebra.call(Words(function.text), [written(argument.value, known) for argument in arguments])
        case _:
            return written(expression, known)


def _name(text: str, known: Vocabulary) -> Formula:
    match text:
        case "pi":
            return Formula(Symbol("pi"))
        case "normal":
            return Formula(NORMAL)
        case "tangent":
            return Formula(Symbol("t", Style.BOLD))
        case "identity":
            return Formula(Symbol("I", Style.BOLD))
        case "i" if known.complex:
            return Formula(Symbol("i", Style.UPRIGHT))
    found = known.derivative(text)
    return Formula(name_layout(text, known)) if found is None else _derivative(*found, known)


def _derivative(base: str, run: Sequence[str], known: Vocabulary) -> Formula:
    """u_xx as a fraction, or as written."""
    stem = name_layout(base, known)
    ordinary = len(known.coordinates) == 1
    if known.subscripts and not isinstance(stem, Script):
        return algebra.suffixed(stem, [symbol(name) for name in run])
    return algebra.derivative(stem, _orders(run), ordinary=ordinary)


def _orders(run: Sequence[str]) -> list[tuple[Layout, int]]:
    counted: list[tuple[str, int]] = []
    for name in run:
        if counted and counted[-1][0] == name:
            counted[-1] = (name, counted[-1][1] + 1)
        else:
            counted.append((name, 1))
    return [(symbol(name), order) for name, order in counted]


def _power(node: ast.Power, known: Vocabulary) -> Formula:
    exponent = written(node.exponent, known)
    match node.base, node.exponent:
        case ast.Call(function=ast.Name(text=name), arguments=arguments), ast.Number(unit=None) if name in (
            "sin", "cos", "tan", "sinh", "cosh", "tanh",
        ):  # fmt: skip
            return algebra.raised(name, exponent, [written(argument.value, known) for argument in arguments])
    return algebra.power(written(node.base, known), exponent)


def _call(node: ast.Call, known: Vocabulary) -> Formula:
    name = node.function.text
    if name in ("integral", "sum"):
        return _large(node, known)
    if name in SHAPES:
        return shape(node, known)
    given = [written(argument.value, known) for argument in node.arguments]
    values = [argument.value for argument in node.arguments]
    one, two = _ONE.get(name), _TWO.get(name)
    if one is not None and len(given) == 1:
        return one(given[0])
    if two is not None and len(given) == 2:
        return two(given[0], given[1])
    match name, given:
        case "d", [operand, _, *_]:
            return _general_derivative(values, operand, known)
        case "dot", [left, right]:
            if max(known.rank(values[0]), known.rank(values[1])) > 1:
                return algebra.product([(False, left), (False, right)])
            return algebra.between(left, "·", right)
        case "dn", [operand]:
            return _normal_derivative(values[0], operand)
        case "if", [condition, then, otherwise]:
            return _cases(condition, values[2], then, otherwise, known)
        case _ if name in known.ranks:
            return algebra.call(name_layout(name, known), given)
        case _ if name in _ELEMENTARY:
            return algebra.elementary(name, given)
        case _:
            return algebra.call(symbol(name), given)


_ELEMENTARY = frozenset({
    "sin", "cos", "tan", "asin", "acos", "atan", "atan2", "sinh", "cosh", "tanh", "exp", "log", "sqrt", "abs", "sign",
    "min", "max", "erf",
})  # fmt: skip

_ONE: dict[str, Callable[[Formula], Formula]] = {
    "grad": lambda a: algebra.prefixed(NABLA, operand=a),
    "div": lambda a: algebra.prefixed(NABLA, Operator("·"), operand=a),
    "curl": lambda a: algebra.prefixed(NABLA, Operator("×"), operand=a),
    "laplacian": lambda a: algebra.prefixed(Script(NABLA, sup=Numeral("2")), operand=a),
    "trace": lambda a: algebra.prefixed(Symbol("tr", Style.UPRIGHT), THIN, operand=a),
    "sym": lambda a: algebra.prefixed(Symbol("sym", Style.UPRIGHT), THIN, operand=a),
    "transpose": lambda a: Formula(Script(a.within(Binding.ATOM), sup=Symbol("T", Style.UPRIGHT)), Binding.POWER),
    "re": lambda a: algebra.prefixed(Symbol("Re", Style.UPRIGHT), THIN, operand=a),
    "im": lambda a: algebra.prefixed(Symbol("Im", Style.UPRIGHT), THIN, operand=a),
    "conj": lambda a: Formula(Script(a.within(Binding.ATOM), sup=Operator("∗")), Binding.POWER),
    "jump": lambda a: Formula(Fenced(a.layout, "⟦", "⟧")),
}
"""Operators of one argument."""

_TWO: dict[str, Callable[[Formula, Formula], Formula]] = {
    "advect": lambda w, a: algebra.prefixed(
        Fenced(row(w.within(Binding.POWER), Operator("·"), NABLA)), THIN, operand=a
    ),
    "cross": lambda a, b: algebra.between(a, "×", b),
    "inner": lambda a, b: algebra.between(a, ":", b),
    "outer": lambda a, b: algebra.between(a, "⊗", b),
}
"""Operators of two arguments."""


def _general_derivative(values: Sequence[ast.Expression], operand: Formula, known: Vocabulary) -> Formula:
    """d(expr, x, 2)."""
    order = int(values[2].text) if len(values) > 2 and isinstance(values[2], ast.Number) else 1
    orders = [(written(values[1], known).layout, order)]
    ordinary = len(known.coordinates) == 1
    if isinstance(operand.layout, Symbol | Script) and operand.binding is Binding.ATOM:
        return algebra.derivative(operand.layout, orders, ordinary=ordinary)
    return algebra.derivative_of(operand, orders, ordinary=ordinary)


def _normal_derivative(value: ast.Expression, operand: Formula) -> Formula:
    """∂u/∂n for a name, n·∇(…) else."""
    if isinstance(value, ast.Name) and isinstance(operand.layout, Symbol | Script):
        return algebra.derivative(operand.layout, [(NORMAL, 1)], ordinary=False)
    inner = algebra.prefixed(NABLA, operand=operand)
    return Formula(row(NORMAL, Operator("·"), inner.layout), Binding.OPERATOR)


def _cases(condition: Formula, rest: ast.Expression, then: Formula, otherwise: Formula, known: Vocabulary) -> Formula:
    """A value for each condition; an `if` in the last place goes on with its cases."""
    rows = [(then.layout, row(Words("if"), MEDIUM, condition.layout))]
    if isinstance(rest, ast.Call) and rest.function.text == "if" and isinstance(otherwise.layout, Cases):
        rows += otherwise.layout.rows
    else:
        rows.append((written(rest, known).layout, Words("otherwise")))
    return Formula(Cases(tuple(rows)))


def _large(node: ast.Call, known: Vocabulary) -> Formula:
    """Integrals over space, over pieces of the boundary and over an interval; sums over indices."""
    body = written(node.arguments[0].value, known).within(Binding.PRODUCT)
    match node.binder:
        case ast.InInterval(name=name, low=low, high=high) if node.function.text == "sum":
            below = algebra.relation("=", Formula(symbol(name.text)), written(low, known)).layout
            return Formula(row(Large("∑", below, written(high, known).layout), body), Binding.OPERATOR)
        case ast.InInterval(name=name, low=low, high=high):
            sign = Large("∫", written(low, known).layout, written(high, known).layout)
            end: Layout = symbol(name.text)
        case ast.OnRegion(selector=chosen):
            sign, end = Large("∫", selector(chosen, known)), Symbol("s")
        case None:
            sign = Large("∫", REGION if known.region else None)
            end = symbol(known.space[0]) if len(known.space) == 1 else POSITION
    return Formula(row(sign, body, THIN, Symbol("d", Style.UPRIGHT), end), Binding.OPERATOR)


def where(condition: ast.Expression | None, known: Vocabulary) -> Layout | None:
    """` where CONDITION`, if there is one."""
    return None if condition is None else row(QUAD, Words("where"), MEDIUM, written(condition, known).layout)
