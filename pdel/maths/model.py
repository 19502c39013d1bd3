"""The model: the mathematics of a problem, ready to be planned.

Out of `maths.lower`, into `plan.build`. Every `Differentiate` is gone: terms hold `Partial`s of fields
and closed forms only.
"""

from __future__ import annotations

from dataclasses import dataclass

from pdel.expression import Expr, Orders
from pdel.geometry import Scalar
from pdel.semantics.problem import (
    BoundaryCondition,
    Equation,
    InitialCondition,
    Observation,
    PointConstraint,
    Problem,
)
from pdel.source import Span


@dataclass(frozen=True, slots=True)
class ModelTerm:
    """One term of a residual after differentiation. Terms that differentiation split share their span."""

    expression: Expr
    span: Span


@dataclass(frozen=True, slots=True)
class Residual:
    """A scalar residual: the sum of `terms` vanishes. `source` is the statement it comes from."""

    source: Equation | BoundaryCondition | InitialCondition | PointConstraint | Observation
    terms: tuple[ModelTerm, ...]


@dataclass(frozen=True, slots=True)
class Soft:
    """A condition that enters the loss, and why it is not built into the ansatz."""

    residual: Residual
    reason: str


@dataclass(frozen=True, slots=True)
class Exact:
    """A condition that the ansatz satisfies for every network; `field` is the field it fixes."""

    residual: Residual
    field: str


@dataclass(frozen=True, slots=True)
class Ansatz:
    """u = offset + factor * N for one field, in closed form; `notes` say how and why, a line each.

    `factor` is 1 and `offset` 0 where nothing is enforced exactly.
    """

    field: str
    offset: Expr
    factor: Expr
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """What analysis found for one equation: highest orders by coordinate, linearity, and its type in words
    (`parabolic`, `elliptic`, `hyperbolic`, `dispersive`, `ordinary`, `first order`, or `` where unknown).

    `rates` has the size of what multiplies the first derivative in time of a field, by field.
    """

    address: str
    orders: Orders
    order: int
    linear: bool
    kind: str
    rates: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Windows:
    """Into how many windows time is cut, and why where nobody asked for it.

    `solved` says that nothing is stated about training, and that least squares are to solve for every window.
    """

    count: int
    reason: str = ""
    solved: bool = False


@dataclass(frozen=True, slots=True)
class Jump:
    """A corner where two faces of a box meet on which a field has different values: the ends of two coordinates.

    In three dimensions it is an edge. `size` is the shorter of the two sides of the box.
    """

    field: str
    ends: tuple[tuple[str, Scalar, bool], ...]
    """(coordinate, its bound, whether that is the upper one) pairs."""
    size: float


@dataclass(frozen=True, slots=True)
class Model:
    """Residuals, conditions with their enforcement, data, ansatz, verified closed forms and facts."""

    problem: Problem
    equations: tuple[Residual, ...]
    observations: tuple[Residual, ...]
    soft: tuple[Soft, ...]
    exact_conditions: tuple[Exact, ...]
    ansatz: tuple[Ansatz, ...]
    exact: tuple[tuple[str, Expr], ...]
    """Exact (or manufactured) solution by field name; empty where none is stated."""
    quantities: tuple[tuple[str, Expr], ...]
    facts: tuple[Facts, ...]
    windows: Windows
    jumps: tuple[Jump, ...] = ()


def soft_starts(soft: tuple[Soft, ...]) -> tuple[InitialCondition, ...]:
    """The initial conditions in the loss: windows of time cannot carry these on."""
    sources = (condition.residual.source for condition in soft)
    return tuple(source for source in sources if isinstance(source, InitialCondition))
