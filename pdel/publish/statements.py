"""The statements of a specification as lines of a page: a label, a relation aligned at its sign, where it holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pdel.publish.bound import bound
from pdel.publish.layout import (
    MEDIUM,
    QUAD,
    Fenced,
    Layout,
    Operator,
    Style,
    Symbol,
    Words,
    broken,
    listed,
    row,
)
from pdel.publish.names import measured, symbol
from pdel.publish.vocabulary import Vocabulary
from pdel.publish.written import REGION, name_layout, relation, selector, shape, where, written
from pdel.semantics.problem import Problem
from pdel.source import Sources
from pdel.syntax import ast


@dataclass(frozen=True, slots=True)
class Line:
    """A relation: `left`, then the sign with the right side, then where it holds.

    `mark` is the number of the colour that it has in the drawing, `note` how it is enforced or its type, `more`
    the lines on which a long right side goes on.
    """

    label: str
    left: Layout
    right: Layout
    condition: Layout | None = None
    mark: int | None = None
    note: str = ""
    more: tuple[Layout, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Lines of one kind under their title."""

    title: str
    lines: tuple[Line, ...]


LONGEST_LINE = 52
"""How many signs, about, a line of a formula has before it is broken."""

Condition = ast.BoundaryStatement | ast.InitialStatement | ast.ConstraintStatement


def marks(statements: Iterable[ast.Statement]) -> dict[str, int]:
    """The number of the colour of every condition that the drawing shows, by its label."""
    labels = dict.fromkeys(one.name.text for one in statements if isinstance(one, Condition))
    return {label: index for index, label in enumerate(labels)}


def groups(
    statements: Sequence[ast.Statement], known: Vocabulary, notes: Mapping[str, str], start: Layout | None
) -> tuple[Group, ...]:
    """Equations, boundary, initial and point conditions; `notes` by `equation.LABEL`, `start` says when time begins."""
    colours = marks(statements)
    found: dict[str, list[Line]] = {}
    for statement in statements:
        match statement:
            case ast.EquationStatement(name=name):
                title, relations = "Equations", (statement.relation,)
                region = None if statement.region is None else row(QUAD, Words(f"in {statement.region.text}"))
                place = row(region, where(statement.where, known))
                note = notes.get(f"equation.{name.text}", "")
            case ast.BoundaryStatement(name=name, relations=relations):
                title, note = "Boundary conditions", notes.get(f"boundary.{name.text}", "")
                place = row(
                    QUAD, Words("on"), MEDIUM, selector(statement.selector, known), where(statement.where, known)
                )
            case ast.InitialStatement(name=name, relations=relations):
                title, note = "Initial conditions", notes.get(f"initial.{name.text}", "")
                place = row() if start is None else row(QUAD, Words("at"), MEDIUM, start)
            case ast.DataStatement():
                found.setdefault("Data", []).append(_observation(statement, known))
                continue
            case ast.ConstraintStatement(name=name):
                title, relations = "Constraints", (statement.relation,)
                note = notes.get(f"constraint.{name.text}", "")
                place = row() if statement.at is None else _at(statement.at, known)
            case _:
                continue
        lines = found.setdefault(title, [])
        for number, one in enumerate(relations):
            left, right = relation(one, known)
            last = number == len(relations) - 1
            lines.append(
                Line(
                    name.text if number == 0 else "",
                    left,
                    row(right, Operator(",")) if not last else right,
                    place if last and place != row() else None,
                    colours.get(name.text),
                    note if number == 0 else "",
                )
            )
    return tuple(Group(title, tuple(found[title])) for title in _TITLES if title in found)


_TITLES = ("Equations", "Boundary conditions", "Initial conditions", "Constraints", "Data")


def _observation(statement: ast.DataStatement, known: Vocabulary) -> Line:
    """u ≈ the values of a file, with what the file's options say."""
    if statement.relation is None:
        left = listed([name_layout(name.text, known) for name in statement.observed])
        right: Layout = Words("observed values")
    else:
        left = written(statement.relation.left, known).layout
        right = row(Words("observed"), MEDIUM, written(statement.relation.right, known).layout)
    options = [
        row(symbol(one.name.text), Operator("="), written(one.value, known).layout)
        for one in statement.options
        if one.name is not None
    ]
    place = row(QUAD, Words("with"), MEDIUM, listed(options)) if options else None
    return Line(statement.name.text, left, row(Operator("≈"), right), place, None, statement.file.text)


def _at(point: Sequence[ast.Expression], known: Vocabulary) -> Layout:
    return row(QUAD, Words("at"), MEDIUM, Fenced(listed([written(one, known).layout for one in point])))


def unknown_functions(statements: Iterable[ast.Statement], known: Vocabulary) -> tuple[Layout, ...]:
    """The fields with their arguments and the unknowns: u(x, t), 𝐯𝐞𝐥(x, y) = (u, v), ψ(x, t) ∈ ℂ, α."""
    found: list[Layout] = []
    for statement in statements:
        if isinstance(statement, ast.UnknownStatement):
            inputs = (
                Fenced(listed([symbol(name.text) for name in statement.arguments])) if statement.arguments else None
            )
            found.append(row(symbol(statement.name.text), inputs))
        if not isinstance(statement, ast.FieldStatement):
            continue
        for one in statement.declarations:
            arguments = Fenced(listed([name_layout(name.text, known) for name in one.arguments]))
            components = [symbol(name.text) for name in one.components]
            if one.vector is not None:
                values = row(Operator("="), Fenced(listed(components)))
                found.append(row(name_layout(one.vector.text, known), arguments, values))
                continue
            kind = row(Operator("∈"), Symbol("C", Style.BOLD)) if one.complex else None
            head = components[0] if len(components) == 1 else Fenced(listed(components))
            found.append(row(head, arguments, kind))
    return tuple(found)


def setting(statements: Iterable[ast.Statement], known: Vocabulary) -> tuple[Layout, ...]:
    """Where the fields live: x ∈ [0, 1], t ∈ [0, 1], (x, y) ∈ Ω = plate ∖ hole."""
    found: list[Layout] = []
    for statement in statements:
        match statement:
            case ast.SpaceStatement(names=names, shape=region) if region is not None:
                point = [symbol(name.text) for name in names]
                inside = row(REGION, Operator("="), shape(region, known).layout)
                head = Fenced(listed(point)) if len(point) > 1 else point[0]
                found.append(row(head, Operator("∈"), inside))
            case ast.SpaceStatement(ranges=ranges):
                found += [_range(one, known) for one in ranges]
            case ast.TimeStatement(range=one):
                found.append(_range(one, known))
            case _:
                pass
    return tuple(found)


def _range(one: ast.Range, known: Vocabulary) -> Layout:
    name: Layout = symbol(one.name.text)
    if one.first is not None and one.last is not None:
        first, last = f"{one.name.text}{one.first.text}", f"{one.name.text}{one.last.text}"
        name = listed([symbol(first), Words("…"), symbol(last)])
    bounds = listed([written(one.low, known).layout, written(one.high, known).layout])
    periodic = row(MEDIUM, Words("periodic")) if one.periodic else None
    return row(name, Operator("∈"), Fenced(bounds, "[", "]"), periodic)


def definitions(statements: Iterable[ast.Statement], known: Vocabulary) -> tuple[Line, ...]:
    """Names for shapes, parts, expressions and functions."""
    found: list[Line] = []
    for statement in statements:
        match statement:
            case ast.ShapeStatement(name=name, value=value):
                found.append(definition("shape", Words(name.text), shape(value, known).layout))
            case ast.PartStatement(name=name):
                chosen = row(selector(statement.selector, known), where(statement.where, known))
                found.append(definition("part", Words(name.text), chosen))
            case ast.LetStatement(name=name, value=value):
                found.append(definition("let", name_layout(name.text, known), written(value, known).layout))
            case ast.FunctionStatement(name=name, parameters=parameters, value=value):
                head = row(symbol(name.text), Fenced(listed([symbol(one.text) for one in parameters])))
                found.append(definition("function", head, written(value, known).layout))
            case _:
                pass
    return tuple(found)


def definition(word: str, left: Layout, right: Layout) -> Line:
    """left = right, a long sum on several lines."""
    first, *more = broken(right, LONGEST_LINE)
    return Line(word, left, row(Operator("="), first), more=tuple(more))


def outcomes(statements: Iterable[ast.Statement], known: Vocabulary) -> tuple[Line, ...]:
    """Known solutions, manufactured ones, quantities and references."""
    found: list[Line] = []
    for statement in statements:
        match statement:
            case ast.ExactStatement(relations=relations):
                found += [Line("exact", *relation(one, known)) for one in relations]
            case ast.ManufactureStatement(relations=relations):
                found += [Line("manufactured", *relation(one, known)) for one in relations]
            case ast.QuantityStatement(name=name, value=value):
                found.append(definition("quantity", symbol(name.text), written(value, known).layout))
            case ast.ReferenceStatement(names=names, value=value) if value is not None:
                left = listed([symbol(name.text) for name in names])
                found.append(definition("known value", left, written(value, known).layout))
            case _:
                pass
    return tuple(found)


@dataclass(frozen=True, slots=True)
class ConstantRow:
    """A constant: its symbol, its value as written, its number where that says more, its unit."""

    name: Layout
    value: Layout
    number: Layout | None
    unit: Layout | None

    @property
    def number_or_nothing(self) -> Layout:
        """For tables that have the column always."""
        return row() if self.number is None else self.number

    @property
    def unit_or_nothing(self) -> Layout:
        """For tables that have the column always."""
        return row() if self.unit is None else self.unit


@dataclass(frozen=True, slots=True)
class UnknownRow:
    """A number that is inferred: its symbol, its range, its first guess and its known value."""

    name: Layout
    range: Layout
    start: Layout
    known: Layout


def unknown_numbers(statements: Iterable[ast.Statement], problem: Problem, known: Vocabulary) -> tuple[UnknownRow, ...]:
    """The numbers that are inferred, as they were declared."""
    started = {one.name: one.start for one in problem.unknowns}
    references = {one.quantity: one.value for one in problem.reference_numbers}
    found = []
    for statement in statements:
        if not isinstance(statement, ast.UnknownStatement) or statement.name.text not in started:
            continue
        name = statement.name.text
        ends = [] if statement.interval is None else [written(end, known).layout for end in statement.interval]
        found.append(
            UnknownRow(
                symbol(name),
                Fenced(listed(ends), "[", "]") if ends else Words("any"),
                bound(started[name].expression).layout,
                measured(references[name]) if name in references else Words("–"),
            )
        )
    return tuple(found)


def other_statements(statements: Iterable[ast.Statement], sources: Sources) -> tuple[str, ...]:
    """The text of statements that no other part of a page shows."""
    shown = (
        ast.ProblemStatement | ast.SpaceStatement | ast.TimeStatement | ast.FieldStatement | ast.ShapeStatement
        | ast.PartStatement | ast.ConstantStatement | ast.LetStatement | ast.FunctionStatement
        | ast.EquationStatement | ast.BoundaryStatement | ast.InitialStatement | ast.ConstraintStatement
        | ast.QuantityStatement | ast.ExactStatement | ast.ManufactureStatement | ast.ReferenceStatement
        | ast.MethodStatement
        | ast.UnknownStatement | ast.DataStatement
    )  # fmt: skip
    return tuple(
        " ".join(sources.text(statement.span).split()) for statement in statements if not isinstance(statement, shown)
    )


def spaced(items: Sequence[Layout]) -> Layout:
    """Formulas in a line, with commas and wide spaces."""
    parts: list[Layout] = []
    for item in items:
        parts += [Operator(","), MEDIUM, item] if parts else [item]
    return row(*parts)
