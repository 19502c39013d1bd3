"""Unknowns against data: whether anything that was observed can tell what an unknown is."""

from __future__ import annotations

from pdel.diagnostics.model import Diagnostic, error, warning
from pdel.expression import unknowns
from pdel.maths.checks.fields import fields_of
from pdel.maths.checks.setting import Setting
from pdel.maths.model import Residual
from pdel.semantics.problem import Field, UnknownNumber


def check_unknowns(setting: Setting) -> list[Diagnostic]:
    """E421: in no statement; E422: a range of inputs; W716: no data; W717: data that say nothing about an unknown."""
    found: list[Diagnostic] = [*_ranges(setting)]
    residuals = (*setting.equations, *setting.conditions, *setting.observations)
    inferred: list[UnknownNumber | Field] = [*setting.problem.unknowns]
    inferred += [field for field in setting.problem.fields if field.inferred is not None]
    for unknown in inferred:
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
    """The names of the unknown numbers in a residual, and of its fields."""
    numbers = frozenset(name for term in residual.terms for name in unknowns(term.expression))
    return numbers.union(fields_of(residual))


def _tied(setting: Setting, containing: list[Residual]) -> frozenset[str]:
    return setting.tied(frozenset(name for residual in containing for name in fields_of(residual)))


def _ranges(setting: Setting) -> list[Diagnostic]:
    """E422: a range of the inputs of an unknown field's network, which it shares with the other network."""
    return [
        error(
            "E422",
            f"the inputs of `{method.targets[0]}` cannot have a range of their own",
            method.calls[0].span,
            "`range` is given here",
            help="State `range` in `network` without a name: the inputs are the same for all networks.",
        )
        for method in setting.problem.methods
        if method.family == "network" and method.targets and "range" in method.calls[0].given
    ]
