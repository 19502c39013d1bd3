"""What every framework gives back: the loss at given weights, and a way to take steps."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy
from cases import Case, Condition


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a step works on: points by name and the weights and biases of the layers, as float64 arrays of numpy.

    `module` is the file that pdel generated.
    """

    case: Case
    precision: str
    points: dict[str, Any]
    layers: list[tuple[Any, Any]]
    module: Path

    def conditions(self) -> list[tuple[Condition, Any, Any]]:
        """Every condition with its points, of shape (points, coordinates), and values, of shape (points, 1)."""
        found = []
        for condition in self.case.conditions:
            points = self.points[condition.points]
            found.append((condition, points, condition.value(points, numpy)))
        return found


@dataclass(frozen=True, slots=True)
class Prepared:
    """A framework ready to train: its loss at the given weights, and how long so many steps take."""

    loss: float
    seconds_of: Callable[[int], float]


def stepping(step: Callable[[], object]) -> Callable[[int], float]:
    """How long so many calls of `step` take."""

    def seconds_of(steps: int) -> float:
        began = time.perf_counter()
        for _ in range(steps):
            step()
        return time.perf_counter() - began

    return seconds_of
