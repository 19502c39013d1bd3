"""The options that the resamplers share."""

from __future__ import annotations

from pdel.methods.base import Option

MOST_CANDIDATES = 10_000_000
"""Drawing without replacement is possible for 2^24 candidates at most."""


def every(steps: int = 500) -> Option:
    """The option `every`."""
    return Option("every", steps, "steps between two rounds", at_least=1, at_most=1_000_000_000, unit="steps")


def drawing(mode: str = "replace", power: float = 1.0, uniform: float = 1.0, top: bool = False) -> tuple[Option, ...]:
    """The options of every resampler that scores candidates: how scores become points."""
    return (
        every(),
        Option(
            "pool",
            0,
            "number of candidates in a round; 0 for five times the points",
            at_least=0,
            at_most=MOST_CANDIDATES,
        ),
        Option("mode", mode, "whether a round replaces all points or adds some", choices=("replace", "add")),
        Option(
            "count", 10, "number of points that a round adds where `mode = add`", at_least=1, at_most=MOST_CANDIDATES
        ),
        Option("power", power, "exponent of the scores in the chances of candidates", at_least=0, at_most=100),
        Option("uniform", uniform, "what is added to the chances, whose mean is 1", at_least=0, at_most=1e6),
        Option("top", top, "take the candidates of highest score in place of drawing"),
    )
