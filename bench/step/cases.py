"""The problems of which one training step is timed, said once for pdel and once for all other frameworks.

A problem is said to pdel as a specification, and to the others as residuals of a function `u` of this kind: `u(i)` is
field i, `u(i, a, b)` its derivative by the coordinates a and b, `u.laplacian(i)` the sum of its second derivatives.
Each framework brings a `u` that calls its own operators, so that every residual stands here once.
Coordinates run from -1 to 1, so that pdel's map of inputs to that range is the identity.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

NU = 0.01 / math.pi
VISCOSITY = 0.01
POINTS = 2540
SPEED = 0.001  # of Adam


class Derivatives(Protocol):
    """The fields and their derivatives at the points where residuals are taken, in the framework's own type."""

    def __call__(self, field: int, *axes: int) -> Any:
        """A field differentiated by the coordinates `axes`."""

    def laplacian(self, field: int) -> Any:
        """The sum of the second derivatives of a field by all coordinates."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A derivative of a field, which is the field itself where `axes` is empty, with a value at a set of points.

    `value` maps points, of shape (points, coordinates), to values of shape (points, 1); its other argument is the
    library whose functions suit them: numpy, torch or jax.numpy.
    """

    points: str
    field: int
    axes: tuple[int, ...] = ()
    value: Callable[[Any, Any], Any] = lambda points, _: 0 * points[:, :1]


@dataclass(frozen=True, slots=True)
class Case:
    """One problem with its network."""

    name: str
    title: str
    kind: str
    aim: float
    width: int
    depth: int
    coordinates: tuple[str, ...]
    fields: tuple[str, ...]
    statements: str
    residuals: Callable[[Derivatives], list[Any]]
    conditions: tuple[Condition, ...]
    sets: dict[str, int] = field(default_factory=dict)

    def specification(self, precision: str, points: int = POINTS) -> str:
        """The problem for pdel, with the network, the numbers of points and Adam."""
        sampled = {"interior": points, **self.sets}
        lines = [f"problem {self.name}", self.statements.strip()]
        lines += [f"enforce {name}: softly\nweigh {name}: 1" for name in self.sets]
        lines += [f"network mlp(width = {self.width}, depth = {self.depth})"]
        lines += [f"sample {name}: random(points = {count})" for name, count in sampled.items()]
        lines += [f"train adam(steps = 1_000_000, rate = {SPEED}, decay = 1)", f"precision {precision}"]
        return "\n".join(lines) + "\n"


BURGERS = """
space x in [-1, 1]
time t in [-1, 1]
field u(x, t)
constant nu = 0.01/pi
equation momentum: u_t + u*u_x = nu*u_xx
boundary walls: u = 0 on boundary
initial start: u = -sin(pi*x)
"""
POISSON = """
space x in [-1, 1], y in [-1, 1]
field u(x, y)
equation balance: laplacian(u) = -1
boundary walls: u = 0 on boundary
"""
FLOW = """
space x in [-1, 1], y in [-1, 1]
field (u, v, p)(x, y)
constant nu = 0.01
equation momentum_x: u*u_x + v*u_y + p_x = nu*laplacian(u)
equation momentum_y: u*v_x + v*v_y + p_y = nu*laplacian(v)
equation continuity: u_x + v_y = 0
boundary walls: u = 1 - y^2, v = 0 on boundary
"""
WAVES = """
space x in [-1, 1]
time t in [-1, 1]
field u(x, t)
equation motion: u_t + u*u_x + u_xx + u_xxxx = 0
boundary walls: u = 0, u_x = 0 on boundary
initial start: u = (1 - x^2)^2
"""


def burgers(u: Derivatives) -> list[Any]:
    """u_t + u*u_x = nu*u_xx."""
    return [u(0, 1) + u(0) * u(0, 0) - NU * u(0, 0, 0)]


def poisson(u: Derivatives) -> list[Any]:
    """laplacian(u) = -1."""
    return [u.laplacian(0) + 1]


def flow(u: Derivatives) -> list[Any]:
    """The steady Navier-Stokes equations in u, v and p."""
    return [
        u(0) * u(0, 0) + u(1) * u(0, 1) + u(2, 0) - VISCOSITY * u.laplacian(0),
        u(0) * u(1, 0) + u(1) * u(1, 1) + u(2, 1) - VISCOSITY * u.laplacian(1),
        u(0, 0) + u(1, 1),
    ]


def waves(u: Derivatives) -> list[Any]:
    """The Kuramoto-Sivashinsky equation u_t + u*u_x + u_xx + u_xxxx = 0."""
    return [u(0, 1) + u(0) * u(0, 0) + u(0, 0, 0) + u(0, 0, 0, 0, 0)]


def sine(points: Any, library: Any) -> Any:
    """-sin(pi*x)."""
    return -library.sin(math.pi * points[:, :1])


def bump(points: Any, _: Any) -> Any:
    """(1 - x^2)^2."""
    return (1 - points[:, :1] ** 2) ** 2


def parabola(points: Any, _: Any) -> Any:
    """1 - y^2."""
    return 1 - points[:, 1:] ** 2


def burgers_case(name: str, width: int, depth: int) -> Case:
    """Burgers' equation with a network of some size."""
    conditions = (Condition("walls", 0), Condition("start", 0, value=sine))
    sets = {"walls": 80, "start": 160}
    title = f"Burgers {depth}x{width}"
    second = "second order, one field"
    return Case(name, title, second, 3, width, depth, ("x", "t"), ("u",), BURGERS, burgers, conditions, sets)


CASES = (
    burgers_case("burgers_small", 20, 3),
    burgers_case("burgers", 64, 4),
    Case(
        "poisson",
        "Poisson 4x64",
        "second order, one field",
        3,
        64,
        4,
        ("x", "y"),
        ("u",),
        POISSON,
        poisson,
        (Condition("walls", 0),),
        {"walls": 240},
    ),
    Case(
        "flow",
        "Navier-Stokes (u, v, p) 4x64",
        "second order, three fields",
        7,
        64,
        4,
        ("x", "y"),
        ("u", "v", "p"),
        FLOW,
        flow,
        (Condition("walls", 0, value=parabola), Condition("walls", 1)),
        {"walls": 240},
    ),
    Case(
        "waves",
        "Kuramoto-Sivashinsky 4x64",
        "fourth order, one field",
        12,
        64,
        4,
        ("x", "t"),
        ("u",),
        WAVES,
        waves,
        (Condition("walls", 0), Condition("walls", 0, (0,)), Condition("start", 0, value=bump)),
        {"walls": 80, "start": 160},
    ),
)


def case(name: str) -> Case:
    """The case of that name."""
    return next(each for each in CASES if each.name == name)
