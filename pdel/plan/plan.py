"""The plan: every choice that a generated module states, explicit and in order.

Out of `build_plan`, into `render_module`. Canonical JSON of a plan gives its identity; nothing in it
depends on the machine, the folder or the time.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from pdel.expression import Expr
from pdel.geometry import Piece, Scalar, Shape
from pdel.maths.model import Concentration, Incompatible, Layer
from pdel.plan.identity import OPTIONAL
from pdel.plan.network_plan import JetPlan, NetworkPlan
from pdel.semantics.problem import Axis, Bounds, ConstantValue, MethodCall, ReferenceNumber
from pdel.tabulated import Table


@dataclass(frozen=True, slots=True)
class AnsatzPlan:
    """u = offset + factor * N for one field; `output` is its column of the network."""

    field: str
    output: int
    offset: Expr
    factor: Expr
    notes: tuple[str, ...]

    @property
    def plain(self) -> bool:
        """Whether the field is the network's output itself."""
        from pdel.expression import ONE, ZERO  # noqa: PLC0415

        return self.offset == ZERO and self.factor == ONE


@dataclass(frozen=True, slots=True)
class Factor:
    """One term of a residual, printed from `expression`; there a collapsed channel is `Partial(…, (("op", 1),))`."""

    expression: Expr
    place: str
    comment: str


@dataclass(frozen=True, slots=True)
class ResidualPlan:
    """A residual function of the module: `function(points, jets…)`, one term a line.

    `kind` is `equation`, `boundary`, `initial` or `constraint`; `jet` is the `JetPlan` it reads (None where
    only values are needed), `fields` those it names, in order; `normals` whether it needs outward normals;
    `mask` is the condition of `where` for equations (False points count zero). `unknowns` are the unknown numbers
    that it reads, `inferred_terms` the unknown terms, `ramped` the constants that change during training. It is
    multiplied by the power `vanishing` of the distance from corners where values of the boundary jump, that point
    inwards or at which highest derivatives are infinite, or from places where the start does not fit the boundary.
    Of kind `data`, it is compared with `column` of its data set, and divided by `sigma`.
    """

    address: str
    function: str
    kind: str
    text: str
    where: Expr | None
    place: str
    terms: tuple[Factor, ...]
    jet: JetPlan | None
    fields: tuple[str, ...]
    normals: bool
    point_set: str
    weight: float
    reason: str
    unknowns: tuple[str, ...] = field(default=(), metadata=OPTIONAL)
    inferred_terms: tuple[str, ...] = field(default=(), metadata=OPTIONAL)
    ramped: tuple[str, ...] = field(default=(), metadata=OPTIONAL)
    column: str | None = field(default=None, metadata=OPTIONAL)
    sigma: Expr | None = field(default=None, metadata=OPTIONAL)
    vanishing: int | None = field(default=None, metadata=OPTIONAL)


@dataclass(frozen=True, slots=True)
class UnknownPlan:
    """A number that is inferred: its bounds, where it starts, and its known value where one is stated.

    `geometric` is set where the map to the bounds is even in the logarithm.
    """

    name: str
    start: Scalar
    bounds: Bounds
    geometric: bool
    reference: float | None
    place: str


@dataclass(frozen=True, slots=True)
class UnknownFieldPlan:
    """A field that is inferred: its coordinates, its own network, its bounds and where it starts."""

    name: str
    arguments: tuple[str, ...]
    network: NetworkPlan
    start: Scalar
    bounds: Bounds
    geometric: bool
    place: str


@dataclass(frozen=True, slots=True)
class TermArgumentPlan:
    """An argument of an unknown term: what it is, and the range in which most of its values lie."""

    name: str
    expression: Expr
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class UnknownTermPlan:
    """A term that is inferred: its arguments, its own network of them, its bounds and where it starts.

    `jet` has its derivatives by its arguments, as far as equations contain them; None where none does. `calls` are
    what it is evaluated at, by point set: of the arguments, where it is written without.
    """

    name: str
    arguments: tuple[TermArgumentPlan, ...]
    network: NetworkPlan
    start: Scalar
    bounds: Bounds
    geometric: bool
    jet: JetPlan | None
    calls: tuple[tuple[str, tuple[Expr, ...]], ...]
    place: str


@dataclass(frozen=True, slots=True)
class DataPlan:
    """A data set: the point set `name`, whose points and observed columns stand in a table."""

    name: str
    path: str
    sha256: str
    rows: int
    columns: tuple[str, ...]
    text: str
    place: str


@dataclass(frozen=True, slots=True)
class PointSet:
    """A set of collocation points: where they lie and how they are drawn.

    `kind` is `interior`, `boundary`, `initial` or `point`; `name` a Python name (`interior`, the condition's
    label). `sampler` is a method of the family `sample` with its options bound. `pieces` are indices into
    `Plan.pieces`; `where` narrows. `fresh` is the number of steps after which points are drawn anew (0: never).
    """

    name: str
    kind: str
    count: int
    sampler: MethodCall
    fresh: int
    pieces: tuple[int, ...] = ()
    where: Expr | None = None
    normals: bool = False
    point: tuple[Expr, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ExactCondition:
    """A condition that the ansatz carries, for the self-test: its misfit, and the pieces or the point it holds on.

    Neither means the start of time; a point is exact where there is one coordinate.
    """

    address: str
    misfit: Expr
    pieces: tuple[int, ...]
    point: tuple[Scalar, ...]
    place: str


@dataclass(frozen=True, slots=True)
class ReferencePlan:
    """A reference table beside the specification."""

    fields: tuple[str, ...]
    path: str
    sha256: str
    rows: int
    place: str


@dataclass(frozen=True, slots=True)
class QuantityPlan:
    """A quantity: its name, expression, text and, where stated, its known value."""

    name: str
    expression: Expr
    text: str
    place: str
    reference: ReferenceNumber | None


@dataclass(frozen=True, slots=True)
class PruningPlan:
    """Pruning after training on data of which some are corrupted.

    `data` is the label of the observations, `method` the criterion with its options. `layers` are pairs of a hidden
    layer that is pruned and the layer that reads it. `fine_tuning` are the phases that follow, on what is retained.
    """

    data: str
    method: MethodCall
    layers: tuple[tuple[str, str], ...]
    fine_tuning: tuple[MethodCall, ...]

    @property
    def robust(self) -> bool:
        """Whether the observations are told apart after training under a robust loss."""
        return self.method.option("partition") == "mixture"

    @property
    def later_stages(self) -> tuple[str, ...]:
        """The stages behind the one that trains on all observations, in order; each has all phases of fine-tuning."""
        return (*(("robust",) if self.robust else ()), "retained", "random", "pruned")


@dataclass(frozen=True, slots=True)
class MarchPlan:
    """Windows of time, each with a network of its own that carries on the one before.

    `first` is the first window as a coordinate, `order` the highest derivative in time, `steady` the jet of the window
    before at its end, None where values do. Where the loss joins, `joints` has weights and `starts` values by field,
    then those of rates where the order is two; `incompatible` are places at which networks are given distance and
    direction, `speeds` those of the paths along which neurons go.
    """

    count: int
    first: Axis
    order: int
    steady: JetPlan | None
    joints: tuple[float, ...]
    starts: tuple[Expr, ...]
    incompatible: tuple[Incompatible, ...]
    speeds: tuple[Expr, ...] = field(default=(), metadata=OPTIONAL)


@dataclass(frozen=True, slots=True)
class AttentionPlan:
    """The equations whose residuals have weights at every point, and the method that changes these."""

    addresses: tuple[str, ...]
    method: MethodCall


@dataclass(frozen=True, slots=True)
class JumpPlan:
    """A corner where values of the boundary jump: two axes by number, their bounds, and the shorter side there."""

    axes: tuple[int, int]
    bounds: tuple[Scalar, Scalar]
    size: float


@dataclass(frozen=True, slots=True)
class RampPlan:
    """A constant that changes during training: its schedule, a method of the family `ramp`."""

    name: str
    method: MethodCall
    place: str


@dataclass(frozen=True, slots=True)
class Condition:
    """A line of the header: a statement, where it holds and how it is enforced."""

    label: str
    text: str
    where: str
    enforcement: str
    place: str


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything the module will say, in order."""

    name: str
    title: str
    specification: str
    specification_identity: str
    identity: str
    overrides: tuple[str, ...]
    axes: tuple[Axis, ...]
    region: Shape | None
    pieces: tuple[Piece, ...]
    fields: tuple[str, ...]
    labels: tuple[str, ...]
    constants: tuple[tuple[ConstantValue, str], ...]
    conditions: tuple[Condition, ...]
    network: NetworkPlan
    jets: tuple[JetPlan, ...]
    ansatz: tuple[AnsatzPlan, ...]
    residuals: tuple[ResidualPlan, ...]
    exact_conditions: tuple[ExactCondition, ...]
    point_sets: tuple[PointSet, ...]
    phases: tuple[MethodCall, ...]
    resample: MethodCall | None
    """How the points of the interior move; None where they stay."""
    exact: tuple[tuple[str, Expr, str], ...]
    references: tuple[ReferencePlan, ...]
    quantities: tuple[QuantityPlan, ...]
    precision: str
    compile: str
    """Whether training is compiled: `auto`, `always` or `never`."""
    seed: int
    facts: tuple[tuple[str, str], ...]
    """(equation, its type, order and linearity in words) pairs."""
    reasons: tuple[tuple[str, str], ...]
    """(subject, sentence) pairs: the choices that the plan made and why, as the header prints them."""
    unknowns: tuple[UnknownPlan, ...] = field(default=(), metadata=OPTIONAL)
    unknown_fields: tuple[UnknownFieldPlan, ...] = field(default=(), metadata=OPTIONAL)
    """Their names stand last in `fields`."""
    unknown_terms: tuple[UnknownTermPlan, ...] = field(default=(), metadata=OPTIONAL)
    data: tuple[DataPlan, ...] = field(default=(), metadata=OPTIONAL)
    tables: tuple[Table, ...] = field(default=(), metadata=OPTIONAL)
    """The tables that are coefficients."""
    pruning: PruningPlan | None = field(default=None, metadata=OPTIONAL)
    """What follows the phases: observations told apart, neurons pruned, fine-tuning; None without `prune`."""
    budget: float | None = field(default=None, metadata=OPTIONAL)
    """The seconds of training; None where only its steps end it."""
    shares: tuple[float, ...] = field(default=(), metadata=OPTIONAL)
    """The share of the budget at which each phase but the last ends at the latest, of every stage with pruning."""
    march: MarchPlan | None = field(default=None, metadata=OPTIONAL)
    """The windows of time; None where one network has all of it."""
    ramps: tuple[RampPlan, ...] = field(default=(), metadata=OPTIONAL)
    """The constants that change during training."""
    attention: AttentionPlan | None = field(default=None, metadata=OPTIONAL)
    """The weights of residuals at points; None where all points count the same."""
    jumps: tuple[JumpPlan, ...] = field(default=(), metadata=OPTIONAL)
    """The corners where values of the boundary jump."""
    concentrations: tuple[Concentration, ...] = field(default=(), metadata=OPTIONAL)
    """The corners at which highest derivatives of the solution are infinite."""
    near: float | None = field(default=None, metadata=OPTIONAL)
    """Within how much of the shorter side equations count less beside corners where values of the boundary jump, that
    point inwards or at which highest derivatives are infinite; None where there are none."""
    by_parts: bool = field(default=False, metadata=OPTIONAL)
    """Whether least squares may solve for a part of the nonlinear terms before they solve for all of them."""
    layers: tuple[Layer, ...] = field(default=(), metadata=OPTIONAL)
    """The pieces of the boundary beside which the solution may change within a short distance."""

    @property
    def all_phases(self) -> tuple[MethodCall, ...]:
        """The phases of training, those of fine-tuning included."""
        return (*self.phases, *(self.pruning.fine_tuning if self.pruning is not None else ()))

    @property
    def carried_jets(self) -> tuple[JetPlan, ...]:
        """The jets that networks carry: those of point sets, and that of the window before."""
        steady = self.march.steady if self.march is not None else None
        return self.jets if steady is None else (*self.jets, steady)

    @property
    def networks(self) -> tuple[NetworkPlan, ...]:
        """All networks: that of the fields, and those of unknown fields and terms."""
        fields, terms = self.unknown_fields, self.unknown_terms
        return (self.network, *(item.network for item in fields), *(item.network for item in terms))

    @property
    def outputs(self) -> tuple[str, ...]:
        """The fields that are outputs of the one network: all but the unknown ones."""
        return self.network.outputs
