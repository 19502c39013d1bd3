"""The options that the samplers share."""

from __future__ import annotations

from pdel.methods.base import Option

POINTS = Option(
    "points",
    0,
    "number of collocation points; 0 leaves it to the plan, which goes by the number of weights",
    at_least=0,
    at_most=100_000_000,
)

FRESH = Option("fresh", 0, "steps after which all points are drawn anew; 0 keeps them", at_least=0, unit="steps")

OPTIONS = (POINTS, FRESH)
