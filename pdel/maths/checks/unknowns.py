"""Unknowns against data: whether anything that was observed can tell what an unknown is."""

from __future__ import annotations

from pdel.diagnostics.model import Diagnostic, error, warning
from pdel.expression import Partial, term_values, unknowns
from pdel.maths.checks.fields import fields_of
from pdel.maths.checks.setting import Setting
from pdel.maths.model import Residual
from pdel.semantics.problem import Field, UnknownNumber, UnknownTerm


def check_unknowns(setting: Setting) -> list[Diagnostic]:
    """What nothing can determine, or not well.

    E421: in no statement; E422: a range of inputs; E423: a term without data; W716: no data; W717: data that say
    nothing about an unknown; W718: an argument of a term whose scale is not known.
    """
    found: list[Diagnostic] = [*_ranges(setting), *_scales(setting)]
    residuals = (*setting.equations, *setting.conditions, *setting.observations)
    inferred: list[UnknownNumber | Field | UnknownTerm] = [*setting.problem.unknowns, *setting.problem.terms]
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
        elif not setting.observations and isinstance(unknown, UnknownTerm):
            found.append(
                error(
                    "E423",
                    f"there are no data from which the term `{unknown.name}` could be inferred",
                    unknown.span,
                    "to be inferred",
                    help='State what was observed: `data sensors: u from "sensors.csv"`.',
                    notes=("Every smooth function of its arguments solves the problem with some fields.",),
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
    """The names of the unknown numbers and terms in a residual, and of its fields."""
    numbers = frozenset(name for term in residual.terms for name in unknowns(term.expression))
    terms = frozenset(value.term for term in residual.terms for value in term_values(term.expression))
    return numbers.union(terms, fields_of(residual))


def _tied(setting: Setting, containing: list[Residual]) -> frozenset[str]:
    return setting.tied(frozenset(name for residual in containing for name in fields_of(residual)))


def _scales(setting: Setting) -> list[Diagnostic]:
    """W718: an argument of a term belongs to a field that is not observed by itself, so that its scale is guessed."""
    observed = {one.source.left for one in setting.observations}
    return [
        warning(
            "W718",
            f"nothing tells how large the argument `{argument.name}` of `{term.name}` becomes",
            term.span,
            "taken to be of size 1",
            help=f"Write the problem in units in which `{argument.name}` is of size 1, or observe the field itself.",
        )
        for term in setting.problem.terms
        for argument in term.arguments
        if setting.observations
        and isinstance(argument.expression, Partial)
        and Partial(argument.expression.field) not in observed
    ]


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
