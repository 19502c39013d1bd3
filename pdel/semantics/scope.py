"""The names that a specification declares, what each of them is, and the diagnostics found on the way.

A `Scope` grows while the statements are resolved in their written order: a name is declared before use.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from pdel.diagnostics.model import Diagnostic
from pdel.expression import Expr, TermValue
from pdel.geometry import Piece, Shape
from pdel.semantics.problem import Axis
from pdel.semantics.values import Value
from pdel.source import Sources, Span
from pdel.syntax import ast


@dataclass(frozen=True, slots=True)
class CoordinateName:
    """A coordinate of space or time."""

    name: str
    span: Span
    is_time: bool


@dataclass(frozen=True, slots=True)
class PositionName:
    """The bare name of an indexed space `x[1..n]`: the position vector."""

    name: str
    span: Span
    coordinates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FieldName:
    """A scalar field; a complex one stands for two real fields `NAME_re` and `NAME_im`.

    `arguments` are the coordinates in the order in which the declaration lists them.
    """

    name: str
    span: Span
    arguments: tuple[str, ...]
    complex: bool
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class VectorName:
    """A named vector of scalar fields."""

    name: str
    span: Span
    arguments: tuple[str, ...]
    components: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ConstantName:
    """A declared constant and its number."""

    name: str
    span: Span
    value: float


@dataclass(frozen=True, slots=True)
class UnknownName:
    """A number that is inferred."""

    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class TermName:
    """A function of fields and derivatives that is inferred, and its value at the arguments that it declares."""

    name: str
    span: Span
    value: TermValue


@dataclass(frozen=True, slots=True)
class LetName:
    """A name for an expression, which is put in its place wherever the name stands."""

    name: str
    span: Span
    value: Value


@dataclass(frozen=True, slots=True)
class TableName:
    """A coefficient that is given by a table, with its value."""

    name: str
    span: Span
    value: Value


@dataclass(frozen=True, slots=True)
class FunctionName:
    """A user's function: its body is put in the place of every call."""

    name: str
    span: Span
    parameters: tuple[str, ...]
    body: ast.Expression


@dataclass(frozen=True, slots=True)
class ShapeName:
    """A named shape."""

    name: str
    span: Span
    shape: Shape


@dataclass(frozen=True, slots=True)
class PartName:
    """A named part of the boundary: pieces by index, narrowed by a condition where one was given."""

    name: str
    span: Span
    pieces: tuple[int, ...]
    where: Expr | None


@dataclass(frozen=True, slots=True)
class QuantityName:
    """A quantity that is reported for every run."""

    name: str
    span: Span
    value: Value


@dataclass(frozen=True, slots=True)
class BrokenName:
    """A name whose declaration was refused: what depends on it is not reported again."""

    name: str
    span: Span


Entity: TypeAlias = (
    CoordinateName
    | PositionName
    | FieldName
    | VectorName
    | ConstantName
    | UnknownName
    | TermName
    | LetName
    | TableName
    | FunctionName
    | ShapeName
    | PartName
    | QuantityName
    | BrokenName
)


def kind_of(entity: Entity) -> str:
    """What an entity is, in words with an article: `a field`."""
    match entity:
        case CoordinateName():
            return "a coordinate"
        case PositionName():
            return "the position vector"
        case FieldName(inferred=True):
            return "an unknown field"
        case FieldName(complex=True):
            return "a complex field"
        case FieldName():
            return "a field"
        case VectorName():
            return "a vector field"
        case ConstantName():
            return "a constant"
        case UnknownName():
            return "an unknown number"
        case TermName():
            return "an unknown term"
        case LetName():
            return "a name for an expression"
        case TableName():
            return "a table"
        case FunctionName():
            return "a function"
        case ShapeName():
            return "a shape"
        case PartName():
            return "a part of the boundary"
        case QuantityName():
            return "a quantity"
        case BrokenName():
            return "a name"


@dataclass(frozen=True, slots=True)
class Absorption:
    """Names about which nothing is reported, because the statement that declares them is itself at fault.

    `everything` is set where it cannot be told which names a faulty statement declares.
    """

    names: frozenset[str] = frozenset()
    everything: bool = False

    def covers(self, name: str) -> bool:
        """Whether a name, or the base of a derivative's name, may belong to a faulty statement."""
        return self.everything or name in self.names or name.rpartition("_")[0] in self.names


@dataclass(slots=True)
class Scope:
    """The declared names so far, the axes and the region, and every diagnostic found so far."""

    sources: Sources
    absorption: Absorption = field(default_factory=Absorption)
    complex_allowed: bool = False
    names: dict[str, Entity] = field(default_factory=dict)
    later: dict[str, Span] = field(default_factory=dict)
    """Every name that the specification declares anywhere, with its place."""
    axes: list[Axis] = field(default_factory=list)
    constants: dict[str, float] = field(default_factory=dict)
    """The numbers of the declared constants."""
    shapes: dict[str, Shape] = field(default_factory=dict)
    """The declared shapes by name."""
    region: Shape | None = None
    faulty: set[str] = field(default_factory=set)
    """The words of statements that were refused or did not parse: what lacks them is not reported."""
    pieces: tuple[Piece, ...] = ()
    leibniz: bool = False
    """Whether a derivative in the notation `du/dt` has been reported."""
    diagnostics: list[Diagnostic] = field(default_factory=list)
    reported: set[tuple[str, Span]] = field(default_factory=set)

    def report(self, *found: Diagnostic) -> None:
        """Keep diagnostics; the same code at the same place is kept once."""
        for diagnostic in found:
            key = (diagnostic.code, diagnostic.primary.span)
            if key not in self.reported:
                self.reported.add(key)
                self.diagnostics.append(diagnostic)

    def aside(self) -> Scope:
        """The same scope with a list of diagnostics of its own."""
        return replace(self, diagnostics=[], reported=set())

    @property
    def space(self) -> tuple[str, ...]:
        """The names of the spatial coordinates in order."""
        return tuple(axis.name for axis in self.axes if not axis.is_time)

    @property
    def time(self) -> str | None:
        """The name of the time coordinate, if any."""
        return next((axis.name for axis in self.axes if axis.is_time), None)

    @property
    def coordinates(self) -> tuple[str, ...]:
        """The names of all coordinates in the order of the axes."""
        return tuple(axis.name for axis in self.axes)

    def find(self, name: str) -> Entity | None:
        """What a name stands for, if it is declared."""
        return self.names.get(name)

    def known(self, *kinds: type) -> Sequence[str]:
        """The declared names of the given kinds (of all kinds where none is given), in order."""
        return [name for name, entity in self.names.items() if not kinds or isinstance(entity, kinds)]

    def absorbs_unknown(self, name: str) -> bool:
        """Whether a name is not declared, and passed over in silence."""
        return name not in self.names and self.absorbs(name)

    def absorbs(self, name: str) -> bool:
        """Whether an unknown name is passed over in silence, because its declaration is at fault."""
        return self.absorption.covers(name)
