"""Noise that is the same on every machine and in every version of Python.

Only `Random.random` is guaranteed to stay as it is, so everything is made of it.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import Any

from pdel.observations.precise import CONTEXT


def stream(purpose: str, seed: int) -> random.Random:
    """A source of random numbers for one purpose: changing what one is used for leaves the others as they are."""
    return random.Random(f"{purpose} {seed}")


def chosen(generator: random.Random, total: int, count: int) -> list[int]:
    """A random choice of `count` of the numbers below `total`, in rising order: those with the smallest keys."""
    keys = [generator.random() for _ in range(total)]
    return sorted(sorted(range(total), key=keys.__getitem__)[:count])


def normals(generator: random.Random) -> Iterator[Any]:
    """Numbers of the standard normal distribution, by Box and Muller: sqrt(-2 log a) cos(2 pi b)."""
    while True:
        radius = CONTEXT.sqrt(-2 * CONTEXT.log(1 - CONTEXT.mpf(generator.random())))
        yield radius * CONTEXT.cos(2 * CONTEXT.pi * CONTEXT.mpf(generator.random()))


def noisy(columns: Sequence[Sequence[Any]], deviations: Sequence[float], generator: random.Random) -> list[list[float]]:
    """The values of every column with Gaussian noise, whose standard deviation is given for each row."""
    draws = normals(generator)
    rows = [
        [float(value + deviation * next(draws)) for value in row]
        for row, deviation in zip(zip(*columns, strict=True), deviations, strict=True)
    ]
    return [list(column) for column in zip(*rows, strict=True)]
