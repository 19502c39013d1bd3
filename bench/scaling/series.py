"""The series of problems over which the time of a step is followed: one quantity grows, the rest stays.

They are cases of bench/step, so that both sides are built by its code.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cases import Case, Condition, Derivatives, sine

POINTS = 1000
WIDTH, DEPTH = 64, 4


@dataclass(frozen=True, slots=True)
class Problem:
    """A case with its number of points, at one value of the quantity that grows."""

    value: int
    case: Case
    points: int = POINTS


@dataclass(frozen=True, slots=True)
class Series:
    """What grows, and the problems."""

    name: str
    title: str
    problems: tuple[Problem, ...]


def of_order(order: int, width: int = WIDTH, depth: int = DEPTH) -> Case:
    """u_t = the derivative of u by x of some order, with as many conditions at the ends as that needs."""
    x = "x" * order
    inner = max(1, math.ceil(order / 2))
    ends = ", ".join(["u = 0", *(f"u_{'x' * i} = 0" for i in range(1, inner))])
    statements = f"""
space x in [-1, 1]
time t in [-1, 1]
field u(x, t)
equation motion: u_t = u_{x}
boundary walls: {ends} on boundary
initial start: u = -sin(pi*x)
"""

    def residuals(u: Derivatives) -> list[Any]:
        """u_t minus the derivative."""
        return [u(0, 1) - u(0, *[0] * order)]

    conditions = (*(Condition("walls", 0, (0,) * i) for i in range(inner)), Condition("start", 0, value=sine))
    name, sets = f"order_{order}_{width}_{depth}", {"walls": 20, "start": 20}
    return Case(name, "", "", 0, width, depth, ("x", "t"), ("u",), statements, residuals, conditions, sets)


def of_fields(count: int) -> Case:
    """A ring of heat equations, each fed by the next field."""
    names = tuple(f"u{i}" for i in range(1, count + 1))
    equations = "\n".join(f"equation heat_{i}: u{i}_t = u{i}_xx + u{i % count + 1}" for i in range(1, count + 1))
    zero = ", ".join(f"{name} = 0" for name in names)
    sines = ", ".join(f"{name} = -sin(pi*x)" for name in names)
    statements = f"""
space x in [-1, 1]
time t in [-1, 1]
field ({", ".join(names)})(x, t)
{equations}
boundary walls: {zero} on boundary
initial start: {sines}
"""

    def residuals(u: Derivatives) -> list[Any]:
        """u_t - u_xx minus the next field, for each field."""
        return [u(i, 1) - u(i, 0, 0) - u((i + 1) % count) for i in range(count)]

    conditions = tuple(
        condition for i in range(count) for condition in (Condition("walls", i), Condition("start", i, value=sine))
    )
    sets = {"walls": 20, "start": 20}
    return Case(f"fields_{count}", "", "", 0, WIDTH, DEPTH, ("x", "t"), names, statements, residuals, conditions, sets)


def of_dimensions(count: int) -> Case:
    """Poisson's equation on a cube."""
    names = tuple(f"x{i}" for i in range(1, count + 1))
    statements = f"""
space {", ".join(f"{name} in [-1, 1]" for name in names)}
field u({", ".join(names)})
equation balance: laplacian(u) = -1
boundary walls: u = 0 on boundary
"""

    def residuals(u: Derivatives) -> list[Any]:
        """laplacian(u) + 1."""
        return [u.laplacian(0) + 1]

    conditions = (Condition("walls", 0),)
    sets = {"walls": 40}
    return Case(f"dimensions_{count}", "", "", 0, WIDTH, DEPTH, names, ("u",), statements, residuals, conditions, sets)


def parameters(case: Case) -> int:
    """Weights and biases of a case's network."""
    sizes = [len(case.coordinates), *[case.width] * case.depth, len(case.fields)]
    return sum((before + 1) * behind for before, behind in itertools.pairwise(sizes))


def series(name: str, title: str, values: tuple[int, ...], make: Callable[[int], Problem]) -> Series:
    """A series over some values."""
    return Series(name, title, tuple(make(value) for value in values))


def deep(depth: int) -> Problem:
    """A network with so many hidden layers, at its number of parameters."""
    case = of_order(2, depth=depth)
    return Problem(parameters(case), case)


SERIES = (
    series("points", "points", (250, 1000, 4000, 16000), lambda n: Problem(n, of_order(2), n)),
    series("width", "width of the layers", (16, 32, 64, 128, 256), lambda n: Problem(n, of_order(2, width=n))),
    series("parameters", "parameters (hidden layers 2, 4, 8, 16)", (2, 4, 8, 16), deep),
    series("order", "order of the derivative", (1, 2, 3, 4, 5, 6), lambda n: Problem(n, of_order(n))),
    series("fields", "fields", (1, 2, 4, 8), lambda n: Problem(n, of_fields(n))),
    series("dimensions", "dimensions", (1, 2, 3, 4, 6, 8), lambda n: Problem(n, of_dimensions(n))),
)
