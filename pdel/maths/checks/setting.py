"""What the checks look at: the problem, its residuals, its facts and the points of its region."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pdel.expression import partials
from pdel.maths.model import Facts, Residual
from pdel.maths.points import Sampler
from pdel.semantics.problem import Problem


@dataclass(frozen=True, slots=True)
class Setting:
    """One problem under examination."""

    problem: Problem
    equations: tuple[Residual, ...]
    conditions: tuple[Residual, ...]
    observations: tuple[Residual, ...]
    facts: tuple[Facts, ...]
    sampler: Sampler

    @property
    def constants(self) -> Mapping[str, float]:
        """The numbers of the constants and of the unknowns."""
        return self.problem.numbers

    @property
    def informed(self) -> frozenset[str]:
        """The fields that data observe, and those that statements tie to them: they may lack conditions."""
        return self.tied(frozenset().union(*map(_fields, self.observations)))

    def tied(self, fields: frozenset[str]) -> frozenset[str]:
        """The fields that equations and conditions tie to the given ones, directly or by way of others."""
        groups = [_fields(residual) for residual in (*self.equations, *self.conditions)]
        while (joined := fields.union(*(group for group in groups if group & fields))) != fields:
            fields = joined
        return fields

    @property
    def labels(self) -> Mapping[str, str]:
        """How the user writes each field."""
        return {item.name: item.label for item in self.problem.fields}


def _fields(residual: Residual) -> frozenset[str]:
    return frozenset(partial.field for term in residual.terms for partial in partials(term.expression))
