"""The problem: what a specification says once every name is bound, every vector expanded, every complex value split.

Out of `resolve`, into `maths.lower`. Frozen data, no sympy.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pdel.expression import Expr
from pdel.geometry import Piece, Scalar, Shape
from pdel.source import Sources, Span
from pdel.tabulated import Table


@dataclass(frozen=True, slots=True)
class Axis:
    """A coordinate: an input of the network. Spatial axes come first, time last."""

    name: str
    low: Scalar
    high: Scalar
    is_time: bool
    periodic: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Bounds:
    """The open interval in which an unknown lies; None where a side is unbounded."""

    low: Scalar | None
    high: Scalar | None


@dataclass(frozen=True, slots=True)
class Inferred:
    """What makes a field an unknown one: where it starts and its bounds."""

    start: Scalar
    bounds: Bounds


@dataclass(frozen=True, slots=True)
class Field:
    """A real scalar function of all coordinates in `arguments`, which equations determine or data (`inferred`).

    `label` is how the user writes it (`vel[x]` or `u`; `re(psi)`); `name` is its identifier, also in the
    module (`u`, `psi_re`, `psi_im`).
    """

    name: str
    label: str
    arguments: tuple[str, ...]
    span: Span
    inferred: Inferred | None = None


@dataclass(frozen=True, slots=True)
class ConstantValue:
    """A declared constant: its expression (in earlier constants) and its number."""

    name: str
    expression: Expr
    value: float
    span: Span
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class UnknownNumber:
    """A number that is inferred from data: where it starts and its bounds."""

    name: str
    start: Scalar
    bounds: Bounds
    span: Span
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class TermArgument:
    """An argument of an unknown term: what stands for it where the term is written without arguments.

    `low` and `high` enclose most of its values as far as the observations tell.
    """

    name: str
    expression: Expr
    low: float = -1.0
    high: float = 1.0


@dataclass(frozen=True, slots=True)
class UnknownTerm:
    """A function of fields and their derivatives that is inferred from data: where it starts and its bounds."""

    name: str
    arguments: tuple[TermArgument, ...]
    start: Scalar
    bounds: Bounds
    span: Span


@dataclass(frozen=True, slots=True)
class Term:
    """One additive term of a residual, with the place in the text that it comes from."""

    expression: Expr
    span: Span


@dataclass(frozen=True, slots=True)
class Statement:
    """One scalar relation left = right: the terms of left - right, in the written order.

    `address` is `equation.momentum` or, for one component of a vector or complex relation,
    `equation.momentum.x`, `equation.schroedinger.re`; of several relations under one label, `initial.start.u_t`
    (the left side's name) or a number from 1. `label` is the address without its first part, with `_` for `.`: a
    Python name.
    `text` is the relation as written (one line), the whole vector relation for a component.
    """

    address: str
    label: str
    left: Expr
    right: Expr
    terms: tuple[Term, ...]
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Equation(Statement):
    """Holds in the interior, where `where` is true."""

    where: Expr | None = None


@dataclass(frozen=True, slots=True)
class BoundaryCondition(Statement):
    """Holds on pieces of the boundary (indices into `Problem.pieces`), where `where` is true."""

    pieces: tuple[int, ...] = ()
    where: Expr | None = None
    where_text: str = ""
    selector_text: str = ""


@dataclass(frozen=True, slots=True)
class InitialCondition(Statement):
    """Holds at the start of time."""


@dataclass(frozen=True, slots=True)
class PointConstraint(Statement):
    """Holds at one point of space (at all times), or of space-time where all coordinates are given."""

    point: tuple[Scalar, ...] = ()


@dataclass(frozen=True, slots=True)
class ReferenceTable:
    """Reference values of fields in a CSV file beside the specification: columns by coordinate and field names.

    `path` is as written (relative), `resolved` the file on disk, `sha256` its content's.
    """

    fields: tuple[str, ...]
    path: str
    resolved: Path
    sha256: str
    rows: int
    span: Span

    @property
    def folder(self) -> Path:
        """The folder from which `path` counts."""
        return self.resolved.parents[self.path.count("/")]


@dataclass(frozen=True, slots=True)
class Observation(Statement):
    """Observed values of an expression (`left`) at the points of a table: its column, and the size of the noise."""

    table: ReferenceTable
    column: str
    sigma: Scalar | None = None
    """The standard deviation of the noise, where it is stated."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number reported for every run: never trained on."""

    name: str
    expression: Expr
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class ClosedForm:
    """`exact` or `manufacture` for one field: a closed form in coordinates and constants."""

    field: str
    expression: Expr
    span: Span


@dataclass(frozen=True, slots=True)
class ReferenceNumber:
    """A known value of a quantity or of an unknown number."""

    quantity: str
    value: float
    span: Span


@dataclass(frozen=True, slots=True)
class MethodCall:
    """One call of a method statement after checking against its descriptor: every option has a value."""

    name: str
    options: tuple[tuple[str, int | float | bool | str], ...]
    span: Span
    given: tuple[str, ...] = ()

    def option(self, name: str) -> int | float | bool | str:
        """The value of an option."""
        return dict(self.options)[name]


@dataclass(frozen=True, slots=True)
class MethodChoice:
    """One method statement: `sample walls: grid(points = 100)`; `text` as written."""

    family: str
    targets: tuple[str, ...]
    calls: tuple[MethodCall, ...]
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Problem:
    """Everything a specification says, bound and checked."""

    name: str
    title: str
    sources: Sources
    overrides: tuple[str, ...]
    axes: tuple[Axis, ...]
    region: Shape | None
    pieces: tuple[Piece, ...]
    fields: tuple[Field, ...]
    constants: tuple[ConstantValue, ...]
    equations: tuple[Equation, ...]
    boundary: tuple[BoundaryCondition, ...]
    initial: tuple[InitialCondition, ...]
    constraints: tuple[PointConstraint, ...]
    unknowns: tuple[UnknownNumber, ...]
    observations: tuple[Observation, ...]
    quantities: tuple[Quantity, ...]
    exact: tuple[ClosedForm, ...]
    manufactured: tuple[ClosedForm, ...]
    reference_tables: tuple[ReferenceTable, ...]
    reference_numbers: tuple[ReferenceNumber, ...]
    methods: tuple[MethodChoice, ...]
    canonical: tuple[str, ...]
    """The statements in canonical spelling, sorted by address: the specification's identity is their SHA-256."""
    tables: tuple[Table, ...] = ()
    """The tables that are coefficients."""
    terms: tuple[UnknownTerm, ...] = ()
    """The unknown terms."""

    @property
    def solved(self) -> tuple[Field, ...]:
        """The fields that equations determine: all but the unknown ones, which stand last."""
        return tuple(field for field in self.fields if field.inferred is None)

    @property
    def numbers(self) -> dict[str, float]:
        """The numbers of the constants, and of the unknowns their known value or else where they start."""
        known = {reference.quantity: reference.value for reference in self.reference_numbers}
        started = {unknown.name: known.get(unknown.name, unknown.start.value) for unknown in self.unknowns}
        return {constant.name: constant.value for constant in self.constants} | started

    @property
    def space(self) -> tuple[Axis, ...]:
        """The spatial axes."""
        return tuple(axis for axis in self.axes if not axis.is_time)

    @property
    def time(self) -> Axis | None:
        """The time axis, if any."""
        return next((axis for axis in self.axes if axis.is_time), None)
