"""What a plan says of networks: their inputs and outputs, and the jets of derivatives that they carry."""

from __future__ import annotations

from dataclasses import dataclass, field

from pdel.expression import Expr, Orders
from pdel.maths.model import Vertex
from pdel.plan.identity import OPTIONAL
from pdel.semantics.problem import MethodCall


@dataclass(frozen=True, slots=True)
class Feature:
    """One input of the network: a closed form in a coordinate (`x` scaled, `sin(pi*x)`), or in two: `axis` is empty."""

    axis: str
    expression: Expr


@dataclass(frozen=True, slots=True)
class NetworkPlan:
    """The network: its architecture (a method of the family `network`), inputs and outputs.

    Output j belongs to `outputs[j]`. `mask` is for every hidden layer; None without a mask and statistics of features.
    """

    method: MethodCall
    features: tuple[Feature, ...]
    outputs: tuple[str, ...]
    activation: str
    parameters: int
    mask: MethodCall | None = field(default=None, metadata=OPTIONAL)
    vertices: tuple[Vertex, ...] = field(default=(), metadata=OPTIONAL)
    """The corners beside which the solution is not smooth: two further inputs for each."""

    @property
    def inputs(self) -> int:
        """How many numbers the first layer is given."""
        return len(self.features) + 2 * len(self.vertices)


@dataclass(frozen=True, slots=True)
class OperatorTerm:
    """coefficient * partial derivative, one term of a collapsed channel. The coefficient is a number or constants."""

    coefficient: Expr
    orders: Orders


@dataclass(frozen=True, slots=True)
class Channel:
    """One channel of a jet: a single partial derivative (one term with coefficient 1), or a collapsed operator.

    `name` is the attribute in the module (`x`, `xx`, `op`); `text` says what it is: `d/dt - nu*d2/dx2`.
    """

    name: str
    terms: tuple[OperatorTerm, ...]
    text: str

    @property
    def orders(self) -> Orders:
        """The multi-index of a channel that is a single derivative."""
        return self.terms[0].orders

    @property
    def collapsed(self) -> bool:
        """Whether the channel is a whole operator."""
        return len(self.terms) > 1


@dataclass(frozen=True, slots=True)
class JetPlan:
    """The channels that a group of point sets needs, beside the value, in order of computation.

    `name` is the class in the module (`InteriorJet`, `BoundaryJet`), `prefix` begins its functions' names.
    """

    name: str
    prefix: str
    channels: tuple[Channel, ...]
    point_sets: tuple[str, ...]
