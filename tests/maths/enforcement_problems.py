"""Hand-made problems for the tests of exact enforcement, written in Python's notation: `u_t - nu*u_xx`."""

from __future__ import annotations

import ast
import random
from collections import Counter
from collections.abc import Callable

from pdel.evaluate import evaluate_points
from pdel.expression import (
    Call,
    Comparison,
    Conditional,
    Constant,
    Coordinate,
    Expr,
    Negative,
    Normal,
    Number,
    Partial,
    Pi,
    Power,
    Product,
    Quotient,
    Sum,
    add,
    multiply,
    negate,
    subtract,
)
from pdel.geometry import Ball, Box, Face, Scalar, Shape
from pdel.geometry_points import sample_piece, sample_region
from pdel.maths.enforcement.build import Enforcement, enforce
from pdel.maths.enforcement.region import borders, face_corners
from pdel.maths.model import ModelTerm, Residual
from pdel.maths.symbolic import derivative
from pdel.semantics.pieces import boundary_pieces
from pdel.semantics.problem import (
    Axis,
    BoundaryCondition,
    ClosedForm,
    ConstantValue,
    Equation,
    Field,
    InitialCondition,
    MethodCall,
    MethodChoice,
    PointConstraint,
    Problem,
)
from pdel.source import Source, Sources, Span

SPAN = Span(0, 0)


class Reader:
    """Reads expressions over given coordinates, fields and constants."""

    def __init__(self, axes: list[str], fields: list[str]) -> None:
        self.axes, self.fields = axes, fields

    def __call__(self, text: str) -> Expr:
        return self.node(ast.parse(text, mode="eval").body)

    def node(self, node: ast.AST) -> Expr:
        match node:
            case ast.Constant(value=value):
                return Number(str(value))
            case ast.Name(id=name):
                return self.name(name)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return negate(self.node(operand))
            case ast.BinOp(left=left, op=operator, right=right):
                one, two = self.node(left), self.node(right)
                match operator:
                    case ast.Add():
                        return add(one, two)
                    case ast.Sub():
                        return subtract(one, two)
                    case ast.Mult():
                        return multiply(one, two)
                    case ast.Div():
                        return Quotient(one, two)
                return Power(one, two)
            case ast.Compare(left=left, comparators=[right]):
                return Comparison("<", self.node(left), self.node(right))
            case ast.IfExp(test=condition, body=then, orelse=other):
                return Conditional(self.node(condition), self.node(then), self.node(other))
            case ast.Call(func=ast.Name(id=name), args=arguments):
                return Call(name, tuple(self.node(argument) for argument in arguments))
        raise TypeError(ast.dump(node))

    def name(self, name: str) -> Expr:
        base, _, suffix = name.partition("_")
        if base in self.fields:
            counts = Counter(suffix)
            return Partial(base, tuple((axis, counts[axis]) for axis in self.axes if counts[axis]))
        if name.startswith("n_"):
            return Normal(suffix)
        if name in self.axes:
            return Coordinate(name)
        return Pi() if name == "pi" else Constant(name)


def scalar(value: float | str, constants: dict[str, float]) -> Scalar:
    if isinstance(value, str):
        return Scalar(Constant(value), constants[value])
    number = Number(repr(abs(value)))
    return Scalar(Negative(number) if value < 0 else number, float(value))


class Case:
    """A problem under construction; conditions are `("walls", "u - 1", "x = 0", …)`."""

    def __init__(
        self,
        fields: str = "u",
        *,
        space: dict[str, tuple[float | str, float | str]] | None = None,
        time: tuple[float, float] | None = None,
        shape: Shape | None = None,
        periodic: str = "",
        constants: dict[str, float] | None = None,
    ) -> None:
        self.constants = constants or {}
        space = space or {}
        axes = [
            Axis(name, scalar(low, self.constants), scalar(high, self.constants), False, name in periodic, SPAN)
            for name, (low, high) in space.items()
        ]
        self.region: Shape | None = shape
        if axes and shape is None:
            self.region = Box("space", tuple(axis.low for axis in axes), tuple(axis.high for axis in axes))
        names = tuple(axis.name for axis in axes)
        self.pieces = () if self.region is None else boundary_pieces(self.region, names, tuple(periodic))
        if time is not None:
            axes.append(Axis("t", scalar(time[0], {}), scalar(time[1], {}), True, False, SPAN))
        self.axes = tuple(axes)
        every = tuple(axis.name for axis in axes)
        self.fields = tuple(Field(name, name, every, SPAN) for name in fields.split())
        self.read = Reader(list(every), fields.split())
        self.equations: list[Residual] = []
        self.conditions: list[Residual] = []
        self.methods: list[MethodChoice] = []
        self.exact: list[ClosedForm] = []

    def equation(self, text: str) -> Case:
        self.equations.append(self._residual(Equation, f"equation.e{len(self.equations)}", text))
        return self

    def boundary(self, name: str, text: str, *labels: str, where: str | None = None) -> Case:
        found = [piece.label for piece in self.pieces]
        indices = tuple(range(len(found))) if not labels else tuple(found.index(label) for label in labels)
        condition = None if where is None else self.read(where)
        self.conditions.append(
            self._residual(BoundaryCondition, f"boundary.{name}", text, pieces=indices, where=condition)
        )
        return self

    def initial(self, name: str, text: str) -> Case:
        self.conditions.append(self._residual(InitialCondition, f"initial.{name}", text))
        return self

    def constraint(self, name: str, text: str, *point: float) -> Case:
        place = tuple(scalar(value, {}) for value in point)
        self.conditions.append(self._residual(PointConstraint, f"constraint.{name}", text, point=place))
        return self

    def method(self, name: str, *targets: str) -> Case:
        text = f"enforce {', '.join(targets)}: {name}" if targets else f"enforce {name}"
        self.methods.append(MethodChoice("enforce", targets, (MethodCall(name, (), SPAN),), text, SPAN))
        return self

    def solution(self, field: str, text: str) -> Case:
        self.exact.append(ClosedForm(field, self.read(text), SPAN))
        return self

    def _residual(self, kind: Callable[..., object], address: str, text: str, **more: object) -> Residual:
        expression = self.read(text)
        terms = expression.terms if isinstance(expression, Sum) else (expression,)
        label = address.partition(".")[2].replace(".", "_")
        source = kind(address, label, expression, Number("0"), (), text, SPAN, **more)
        return Residual(source, tuple(ModelTerm(term, SPAN) for term in terms))  # type: ignore[arg-type]

    @property
    def problem(self) -> Problem:
        return Problem(
            name="case",
            title="",
            sources=Sources((Source("case.pde", ""),)),
            overrides=(),
            axes=self.axes,
            region=self.region,
            pieces=self.pieces,
            fields=self.fields,
            unknowns=(),
            observations=(),
            constants=tuple(ConstantValue(k, Number(repr(v)), v, SPAN) for k, v in self.constants.items()),
            equations=(),
            boundary=(),
            initial=(),
            constraints=(),
            quantities=(),
            exact=tuple(self.exact),
            manufactured=(),
            reference_tables=(),
            reference_numbers=(),
            methods=tuple(self.methods),
            canonical=(),
        )

    def enforce(self) -> Enforcement:
        result = enforce(self.problem, tuple(self.equations), tuple(self.conditions))
        assert not result.has_errors, result.diagnostics
        assert result.value is not None
        return result.value

    def codes(self) -> list[str]:
        result = enforce(self.problem, tuple(self.equations), tuple(self.conditions))
        return [item.code for item in result.diagnostics]


def names(items: object) -> list[str]:
    """The names of the conditions among exact or soft ones."""
    return [item.residual.source.address.split(".", 1)[1] for item in items]  # type: ignore[attr-defined]


def check(case: Case, *, positive: bool = True) -> Enforcement:
    """Enforce, and check every exact condition for all smooth networks at random points, and the factor inside.

    The k-th time derivative of g + d*N is that of g for every N where d and its first k derivatives vanish.
    """
    enforcement = case.enforce()
    numbers = random.Random(4)
    ansatz = {item.field: item for item in enforcement.ansatz}
    assert list(ansatz) == [field.name for field in case.fields]
    for exact in enforcement.exact:
        item = ansatz[exact.field]
        partial, wanted = _first_kind(exact.residual)
        points = _points(case, exact.residual, numbers)
        order = dict(partial.orders).get("t", 0)
        for lower in range(order + 1):
            factor = derivative(item.factor, (("t", lower),)) if lower else item.factor
            assert max(map(abs, _values(case, factor, points))) <= 1e-12, (exact.residual.source.text, lower)
        offset = derivative(item.offset, (("t", order),)) if order else item.offset
        for got, expected in zip(_values(case, offset, points), _values(case, wanted, points), strict=True):
            assert abs(got - expected) <= 1e-12 * max(1, abs(expected)), exact.residual.source.text
    if positive:
        for item in enforcement.ansatz:
            assert min(_values(case, item.factor, _inside(case, numbers))) > 0, item.field
    assert case.enforce() == enforcement
    return enforcement


def _first_kind(residual: Residual) -> tuple[Partial, Expr]:
    """The partial u and the value g of terms u - g."""
    first, *rest = (term.expression for term in residual.terms)
    if isinstance(first, Product):
        assert first.factors[0] == Number("2")
        assert isinstance(first.factors[1], Partial)
        return first.factors[1], Quotient(negate(add(*rest)), Number("2"))
    assert isinstance(first, Partial)
    return first, negate(add(*rest))


def _values(case: Case, expression: Expr, points: list[tuple[float, ...]]) -> list[float]:
    """The values of a closed form at points."""
    columns = {axis.name: [point[index] for point in points] for index, axis in enumerate(case.axes)}
    return evaluate_points((expression,), columns, case.constants, count=len(points))[0]


def _points(case: Case, residual: Residual, numbers: random.Random) -> list[tuple[float, ...]]:
    """Random points at which a condition holds, corners of faces included."""

    source = residual.source
    if isinstance(source, InitialCondition):
        start = case.axes[-1].low.value
        return [(*point[:-1], start) for point in _inside(case, numbers)]
    if isinstance(source, PointConstraint):
        return [tuple(value.value for value in source.point)]
    assert isinstance(source, BoundaryCondition)
    assert case.region is not None
    found: list[tuple[float, ...]] = []
    for index in source.pieces:
        piece = case.pieces[index]
        spatial = list(sample_piece(case.region, piece, 25))
        if isinstance(piece.surface, Face):
            spatial += [corner for corner in face_corners(piece.surface) if borders(case.region, corner)]
        assert spatial
        for point in spatial:
            found.append(_timed(case, point, numbers))
    return found


def _inside(case: Case, numbers: random.Random) -> list[tuple[float, ...]]:
    """Random points inside the region."""
    spatial = [()] * 20 if case.region is None else sample_region(case.region, 60)
    return [_timed(case, point, numbers) for point in spatial]


def _timed(case: Case, point: tuple[float, ...], numbers: random.Random) -> tuple[float, ...]:
    time = case.axes[-1]
    if not time.is_time:
        return point
    return (*point, numbers.uniform(time.low.value + 1e-3, time.high.value))


def rectangle(low: tuple[float, ...], high: tuple[float, ...], name: str = "box") -> Box:
    return Box(name, tuple(scalar(v, {}) for v in low), tuple(scalar(v, {}) for v in high))


def disk(centre: tuple[float, ...], radius: float, name: str = "disk") -> Ball:
    return Ball(name, tuple(scalar(v, {}) for v in centre), scalar(radius, {}))
