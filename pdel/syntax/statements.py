"""Statements of the syntax tree: `keyword` is the span of the first word, `span` the whole statement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from pdel.source import Sources, Span
from pdel.syntax.expressions import Argument, Call, Expression, Name, Number, Selector, Text


@dataclass(frozen=True, slots=True)
class Relation:
    """left = right (or `>=`, `<=` in constraints)."""

    left: Expression
    right: Expression
    span: Span
    operator: str = "="


@dataclass(frozen=True, slots=True)
class Range:
    """NAME in [low, high] [periodic]; `first` and `last` for an indexed space `x[1..10]`."""

    name: Name
    low: Expression
    high: Expression
    periodic: bool
    span: Span
    first: Number | None = None
    last: Number | None = None


@dataclass(frozen=True, slots=True)
class FieldDeclaration:
    """`u(x, t)`, `(u, v)(x, t)`, `vel = (u, v)(x, y)`; `vector` is the name before `=`."""

    components: tuple[Name, ...]
    arguments: tuple[Name, ...]
    span: Span
    vector: Name | None = None
    complex: bool = False
    region: Name | None = None


@dataclass(frozen=True, slots=True)
class ProblemStatement:
    """problem NAME ["title"] [language N]."""

    name: Name
    title: Text | None
    language: Number | None
    keyword: Span
    span: Span


@dataclass(frozen=True, slots=True)
class SpaceStatement:
    """space x in [a, b], y in [c, d] periodic; or space (x, y) in SHAPE (then `shape` is set)."""

    ranges: tuple[Range, ...]
    names: tuple[Name, ...]
    shape: Expression | None
    keyword: Span
    span: Span
    system: Name | None = None  # polar, cylindrical, spherical


@dataclass(frozen=True, slots=True)
class TimeStatement:
    """time t in [a, b]."""

    range: Range
    keyword: Span
    span: Span


@dataclass(frozen=True, slots=True)
class ShapeStatement:
    """shape NAME = EXPRESSION over shapes."""

    name: Name
    value: Expression
    keyword: Span
    span: Span


@dataclass(frozen=True, slots=True)
class PartStatement:
    """part NAME on SELECTOR [where CONDITION]."""

    name: Name
    selector: Selector
    where: Expression | None
    keyword: Span
    span: Span


@dataclass(frozen=True, slots=True)
class FieldStatement:
    """field DECLARATION, …."""

    declarations: tuple[FieldDeclaration, ...]
    keyword: Span
    span: Span


@dataclass(frozen=True, slots=True)
class ConstantStatement:
    """constant NAME ["[unit]"] = EXPRESSION."""

    name: Name
    value: Expression
    keyword: Span
    span: Span
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class LetStatement:
    """let NAME = EXPRESSION."""

    name: Name
    value: Expression
    keyword: Span
    span: Span


@dataclass(frozen=True, slots=True)
class FunctionStatement:
    """function NAME(parameters) = EXPRESSION."""

    name: Name
    parameters: tuple[Name, ...]
    value: Expression
    keyword: Span
    span: Span


@dataclass(frozen=True, slots=True)
class EquationStatement:
    """equation NAME: left = right [in SHAPE] [where CONDITION]."""

    name: Name
    relation: Relation
    region: Name | None
    where: Expression | None
    keyword: Span
    span: Span


@dataclass(frozen=True, slots=True)
class BoundaryStatement:
    """boundary NAME: left = right, … on SELECTOR [where CONDITION]."""

    name: Name
    relations: tuple[Relation, ...]
    selector: Selector
    where: Expression | None
    keyword: Span
    span: Span


@dataclass(frozen=True, slots=True)
class InitialStatement:
    """initial NAME: u = f, u_t = g."""

    name: Name
    relations: tuple[Relation, ...]
    keyword: Span
    span: Span


@dataclass(frozen=True, slots=True)
class ConstraintStatement:
    """constraint NAME: p = 0 [at (0, 0)]; without `at` an integral or an inequality."""

    name: Name
    relation: Relation
    at: tuple[Expression, ...] | None
    keyword: Span
    span: Span


@dataclass(frozen=True, slots=True)
class QuantityStatement:
    """quantity NAME = EXPRESSION."""

    name: Name
    value: Expression
    keyword: Span
    span: Span


@dataclass(frozen=True, slots=True)
class ExactStatement:
    """exact u = EXPRESSION, v = EXPRESSION."""

    relations: tuple[Relation, ...]
    keyword: Span
    span: Span


@dataclass(frozen=True, slots=True)
class ManufactureStatement:
    """manufacture u = EXPRESSION, v = EXPRESSION."""

    relations: tuple[Relation, ...]
    keyword: Span
    span: Span


@dataclass(frozen=True, slots=True)
class ReferenceStatement:
    """reference u, v from "file.csv" (then `file`), or reference drag = 5.58 (then `value`)."""

    names: tuple[Name, ...]
    file: Text | None
    value: Expression | None
    keyword: Span
    span: Span


@dataclass(frozen=True, slots=True)
class UnknownStatement:
    """unknown NAME ["[unit]"] [(arguments)] [= EXPRESSION] [in [low, high]]."""

    name: Name
    arguments: tuple[Name, ...]
    value: Expression | None
    interval: tuple[Expression, Expression] | None
    keyword: Span
    span: Span
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class DataStatement:
    """data NAME: u, v from "file.csv" (options), or data NAME: EXPRESSION = COLUMN from "file.csv" (options).

    `observed` are fields by name, or the left side of `relation`.
    """

    name: Name
    observed: tuple[Name, ...]
    relation: Relation | None
    file: Text
    options: tuple[Argument, ...]
    keyword: Span
    span: Span


@dataclass(frozen=True, slots=True)
class TableStatement:
    """table NAME(arguments) from "file.csv" (options)."""

    name: Name
    arguments: tuple[Name, ...]
    file: Text
    options: tuple[Argument, ...]
    keyword: Span
    span: Span


@dataclass(frozen=True, slots=True)
class UnbuiltStatement:
    """A statement of the language that this version recognises and does not compile yet."""

    word: Name
    keyword: Span
    span: Span


@dataclass(frozen=True, slots=True)
class MethodStatement:
    """FAMILY [TARGETS:] CALL {then CALL}; a call is a Call, a bare Name, or a Number (`seed 7`)."""

    family: Name
    targets: tuple[Name, ...]
    calls: tuple[Call | Name | Number, ...]
    keyword: Span
    span: Span


Statement: TypeAlias = (
    ProblemStatement
    | SpaceStatement
    | TimeStatement
    | ShapeStatement
    | PartStatement
    | FieldStatement
    | ConstantStatement
    | LetStatement
    | FunctionStatement
    | EquationStatement
    | BoundaryStatement
    | InitialStatement
    | ConstraintStatement
    | QuantityStatement
    | ExactStatement
    | ManufactureStatement
    | ReferenceStatement
    | UnknownStatement
    | DataStatement
    | TableStatement
    | UnbuiltStatement
    | MethodStatement
)


@dataclass(frozen=True, slots=True)
class Specification:
    """A parsed specification: the sound statements in their order, with the overrides of `--set` applied.

    `broken` holds the first words of statements that did not parse (their names, where one could be
    read), so that later stages do not report what depends on them. `overrides` are the `--set` texts.
    """

    sources: Sources
    statements: tuple[Statement, ...]
    broken: tuple[tuple[str, str | None], ...] = ()
    overrides: tuple[str, ...] = ()
