"""Observations for the benchmark of pruning: where, and how they are corrupted, as in Chen et al., arXiv:2602.19967.

Every observation gets normal noise of deviation 0.01; a random share of them, exact in number, noise of a larger
deviation instead: the column `corrupted` says which. The truth is the closed form of the specification.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

Array = np.ndarray
NOISE = 0.01


@dataclass(frozen=True, slots=True)
class Case:
    """Where a problem is observed and what there is: the true columns by name as functions of the coordinates.

    `count` are the observations of the reduced and of the full setting where places are random.
    """

    coordinates: tuple[str, ...]
    places: Callable[[np.random.Generator, bool], Array]
    truth: dict[str, Callable[..., Array]]
    share: float
    deviation: float


def grid(*axes: Array) -> Array:
    """All points of a grid, shape (points, axes)."""
    return np.stack([axis.ravel() for axis in np.meshgrid(*axes, indexing="ij")], axis=1)


def in_disk(points: Array) -> Array:
    """The points in the disk of radius 0.25 in the middle of the unit square."""
    return points[np.hypot(points[:, 0] - 0.5, points[:, 1] - 0.5) <= 0.25]


def uniform(low: Sequence[float], high: Sequence[float], reduced: int, full: int) -> Callable[..., Array]:
    """Random places in a box."""
    return lambda generator, whole: generator.uniform(low, high, (full if whole else reduced, len(low)))


def wave_places(_: np.random.Generator, whole: bool) -> Array:
    """Places near both ends at equal times."""
    columns, times = (10, 67) if whole else (5, 34)
    ends = np.concatenate([np.linspace(0, 0.2, columns), np.linspace(0.8, 1, columns)])
    return grid(ends, np.linspace(0, 1, times))


def vortices(phase: Array, y: Array, t: Array, along: bool) -> Array:
    """The velocity of the decaying vortices, along the stream or across."""
    decay = np.exp(-2 * 0.01 * t)
    return 1 - np.cos(phase) * np.sin(y) * decay if along else np.sin(phase) * np.cos(y) * decay


CASES = {
    "poisson": Case(
        ("x", "y"),
        lambda *_: grid(*[np.linspace(0.125, 0.875, 15)] * 2),
        {"u": lambda x, y: 30 * x * (1 - x) * y * (1 - y)},
        0.2,
        0.5,
    ),
    "heat": Case(
        ("x", "t"),
        lambda *_: grid(np.linspace(0.2, 0.8, 20), np.linspace(0, 0.02, 20)),
        {"u": lambda x, t: np.exp(-4 * math.pi**2 * t**2) * np.sin(2 * math.pi * x)},
        0.4,
        0.5,
    ),
    "wave": Case(
        ("x", "t"), wave_places, {"u": lambda x, t: np.sin(2 * math.pi * t) * np.sin(2 * math.pi * x)}, 0.2, 1.0
    ),
    "stokes": Case(
        ("x", "y"),
        lambda *_: in_disk(grid(*[np.linspace(0, 1, 40)] * 2)),
        {"u": lambda x, y: 4 * x * y**3, "v": lambda x, y: x**4 - y**4},
        0.2,
        0.5,
    ),
    "pinv": Case(
        ("x", "y"),
        lambda _, whole: grid(*[np.linspace(0, 1, 50 if whole else 25)] * 2),
        {"u": lambda x, y: np.sin(math.pi * x) * np.sin(math.pi * y)},
        0.6,
        1.0,
    ),
    "hinv": Case(
        ("x", "y", "t"),
        uniform((-1, -1, 0), (1, 1, 1), 1000, 2500),
        {"u": lambda x, y, t: np.exp(-t) * np.sin(math.pi * x) * np.sin(math.pi * y)},
        0.6,
        1.0,
    ),
    "winv": Case(
        ("x", "t"),
        uniform((0, 0), (1, 1), 1000, 10_000),
        {
            "u": lambda x, t: (
                np.sin(math.pi * x) * np.cos(2 * math.pi * t) + 0.5 * np.sin(4 * math.pi * x) * np.cos(8 * math.pi * t)
            )
        },
        0.6,
        1.0,
    ),
    "ebinv": Case(
        ("x", "t"),
        uniform((0, 0), (1, 1), 1000, 5000),
        {"u": lambda x, t: np.sin(math.pi * x) * np.cos(math.pi**2 * t)},
        0.6,
        0.5,
    ),
    "nsinv": Case(
        ("x", "y", "t"),
        uniform((0, -2, 0), (6, 2, 4), 1000, 10_000),
        {"u": lambda x, y, t: vortices(x - t, y, t, True), "v": lambda x, y, t: vortices(x - t, y, t, False)},
        0.6,
        0.5,
    ),
}


def write_observations(problem: str, path: Path, seed: int, *, full: bool) -> None:
    """The observations of a problem as a CSV file, the same for the same seed."""
    case = CASES[problem]
    generator = np.random.default_rng(seed)
    places = case.places(generator, full)
    count = len(places)
    corrupted = np.zeros(count, dtype=bool)
    corrupted[generator.permutation(count)[: round(case.share * count)]] = True
    deviation = np.where(corrupted, case.deviation, NOISE)
    columns = [true(*places.T) + deviation * generator.standard_normal(count) for true in case.truth.values()]
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([*case.coordinates, *case.truth, "corrupted"])
        for place, values, flag in zip(places.tolist(), np.stack(columns, axis=1).tolist(), corrupted, strict=True):
            writer.writerow([*(f"{value:.10g}" for value in (*place, *values)), int(flag)])
