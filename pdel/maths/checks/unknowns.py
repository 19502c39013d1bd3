"""Unknowns against data: whether anything that was observed can tell what an unknown is."""

from __future__ import annotations

from pdel.diagnostics.model import Diagnostic, error, warning
from pdel.expression import unknowns
from pdel.maths.checks.fields import fields_of
from pdel.maths.checks.setting import Setting
from pdel.maths.model import Residual


def check_unknowns(setting: Setting) -> list[Diagnostic]:
    """E421: an unknown in no statement; W716: no data at all; W717: data that say nothing about an unknown."""
    found: list[Diagnostic] = []
    residuals = (*setting.equations, *setting.conditions, *setting.observations)
    for unknown in setting.problem.unknowns:
        containing = [residual for residual in residuals if unknown.name in unknowns_of(residual)]
        if not containing:
            found.append(
                error(
                    "E421",
                    f"nothing contains the unknown `{unknown.name}`",
                    unknown.span,
                    "declared here",
                    help=f"Use `{unknown.name}` in an equation, a condition or data, or remove it.",
                )
            )
        elif not setting.observations:
            found.append(
                warning(
                    "W716",
                    f"there are no data from which `{unknown.name}` could be inferred",
                    unknown.span,
                    "to be inferred",
                    help='State what was observed: `data sensors: u from "sensors.csv"`.',
                    notes=("Only a surplus of conditions could determine it.",),
                )
            )
        elif not _tied(setting, containing) & setting.informed:
            found.append(
                warning(
                    "W717",
                    f"no data say anything about `{unknown.name}`",
                    unknown.span,
                    "to be inferred",
                    help="Observe a field that the equations tie to it.",
                )
            )
    return found


def unknowns_of(residual: Residual) -> frozenset[str]:
    """The names of the unknown numbers in a residual."""
    return frozenset(name for term in residual.terms for name in unknowns(term.expression))


def _tied(setting: Setting, containing: list[Residual]) -> frozenset[str]:
    return setting.tied(frozenset(name for residual in containing for name in fields_of(residual)))
