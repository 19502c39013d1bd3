"""What the checks look at: the problem, its residuals, its facts and the points of its region."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pdel.maths.model import Facts, Residual
from pdel.maths.points import Sampler
from pdel.semantics.problem import Problem


@dataclass(frozen=True, slots=True)
class Setting:
    """One problem under examination."""

    problem: Problem
    equations: tuple[Residual, ...]
    conditions: tuple[Residual, ...]
    facts: tuple[Facts, ...]
    sampler: Sampler

    @property
    def constants(self) -> Mapping[str, float]:
        """The numbers of the constants."""
        return {constant.name: constant.value for constant in self.problem.constants}

    @property
    def labels(self) -> Mapping[str, str]:
        """How the user writes each field."""
        return {item.name: item.label for item in self.problem.fields}
