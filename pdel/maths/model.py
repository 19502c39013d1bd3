"""The model: the mathematics of a problem, ready to be planned.

Out of `maths.lower`, into `plan.build`. Every `Differentiate` is gone: terms hold `Partial`s of fields
and closed forms only.
"""

from __future__ import annotations

from dataclasses import dataclass

from pdel.expression import Expr, Number, Orders, multiply
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
class Start:
    """An initial condition that the joint of the first window holds: what a field is, or its rate, at the start."""

    residual: Residual
    field: str
    order: int
    value: Expr


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

    `rates` has the size of what multiplies a derivative of a field in time alone: (field, order, size).
    """

    address: str
    orders: Orders
    order: int
    linear: bool
    kind: str
    rates: tuple[tuple[str, int, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Path:
    """A characteristic x' = c(x, t) of a linear equation: the speed c, and the rate c_t + c*c_x at which it changes."""

    speed: Expr
    bend: Expr


@dataclass(frozen=True, slots=True)
class Carried:
    """What linear equations carry along paths: the least width of it, the way that it goes, the windows for that."""

    paths: tuple[Path, ...]
    width: float
    way: float
    windows: int


@dataclass(frozen=True, slots=True)
class Windows:
    """Into how many windows time is cut, and why where nobody asked for it.

    `joined` says that least squares solve for every window, so that a term of the loss joins it to what is before.
    Along `paths` neurons go there.
    """

    count: int
    reason: str = ""
    joined: bool = False
    paths: tuple[Path, ...] = ()


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
class Vertex:
    """A corner of a region in the plane, or a place on its boundary, beside which a solution is not smooth.

    It has the real and imaginary part of q^exponent, of q^exponent*log(q) where `logarithm`, for
    q = p*(1 + bend)/(1 + bend*p), p = (z - z0)/reach turned so that it is positive along `inward`, the direction half
    way between the two sides; q = p where `bend` is 0. z = x + i*y, and z0 is the place. `size` is the length of the
    shorter side, `reach` the distance of the farthest corner. `bend` is not 0 where the region goes on behind the
    place: these functions are singular again at p = -1/bend, which is no part of the region, and smooth beyond.
    `quarters` of a full turn lie between the sides: three at a corner that points inwards, two on a straight side or
    a circle, where conditions change.
    """

    place: tuple[Scalar, Scalar]
    quarters: int
    inward: tuple[float, float]
    exponent: Scalar
    logarithm: bool
    size: float
    reach: float
    bend: float


@dataclass(frozen=True, slots=True)
class Layer:
    """A piece of the boundary, by its number, within `width` of which a solution may change much.

    `reach` is how far the region extends from there; from a ball of radius R a distance is |r^2 - R^2|/(2*R).
    """

    piece: int
    width: float
    reach: float


@dataclass(frozen=True, slots=True)
class Concentration:
    """A corner of a region in the plane at which highest derivatives are infinite; `size` as of Vertex."""

    place: tuple[Scalar, Scalar]
    size: float


@dataclass(frozen=True, slots=True)
class Incompatible:
    """An end (or the seam) of a coordinate at which the data of the start do not fit those of the boundary.

    Values differ for `order` 0, slopes for 1, rates for 2, of the whole solution or of what sudden changes leave of it.
    `diffusivity` is D in u_t = D*u_xx + … there, constants by name; `upper` tells the upper end from the lower one,
    None stands for the seam of a periodic coordinate.
    """

    coordinate: str
    bound: Scalar
    upper: bool | None
    order: int
    diffusivity: Expr

    @property
    def spread(self) -> Expr:
        """4*D: diffusion has come as far as sqrt(4*D*t) in a time t."""
        return multiply(Number("4"), self.diffusivity)


@dataclass(frozen=True, slots=True)
class SuddenChange:
    """An end of a coordinate at which a field has another value than the start gives it there.

    `form` is what that difference alone makes of the field where u_t = D*u_xx: at the start zero everywhere else.
    """

    field: str
    coordinate: str
    bound: Scalar
    upper: bool
    difference: Expr
    form: Expr


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
    starts: tuple[Start, ...] = ()
    incompatible: tuple[Incompatible, ...] = ()
    vertices: tuple[Vertex, ...] = ()
    layers: tuple[Layer, ...] = ()
    rough: str = ""
    """Why nothing is done about corners that point inwards or changes of conditions; empty where there are none, or
    there is."""
    concentrations: tuple[Concentration, ...] = ()

    @property
    def linear(self) -> bool:
        """Whether every equation is."""
        return all(facts.linear for facts in self.facts)


def soft_starts(soft: tuple[Soft, ...]) -> tuple[InitialCondition, ...]:
    """The initial conditions in the loss: windows of time cannot carry these on."""
    sources = (condition.residual.source for condition in soft)
    return tuple(source for source in sources if isinstance(source, InitialCondition))
