"""How the points of the equations move during training: as the specification says, or as the phases need it."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from pdel.diagnostics.model import Diagnostic, Result, error
from pdel.methods.registry import find
from pdel.plan.plan import PointSet
from pdel.semantics.problem import MethodCall, Problem
from pdel.source import Span

CANDIDATES = 5
"""Candidates for each point where the specification leaves their number open."""

DEFAULT_CANDIDATES = 8
"""Candidates for each point under the rule that the plan chooses itself."""

FIXED_POINTS = ("adam", "least_squares")
"""Methods of training that fixed points serve well."""

LONG_STEPS, LONG_STEPS_EVERY = ("gauss_newton",), 10
"""Methods whose step does the work of many, and the steps after which they overfit fixed points."""

REASON = "points drawn anew where the residual is large: quasi-Newton methods overfit fixed ones"


def plan_resampling(
    problem: Problem, phases: Sequence[MethodCall], interior: PointSet
) -> Result[tuple[MethodCall | None, str]]:
    """The resampler with its number of candidates settled, None for fixed points, and the reason of a default.

    Errors: E507 where a round needs more points than there are candidates, E512 where `sample` draws the same points.
    """
    chosen = next((method.calls[0] for method in problem.methods if method.family == "resample"), None)
    if chosen is None:
        if interior.fresh or all(phase.name in FIXED_POINTS for phase in phases):
            return Result((None, ""))
        return Result((_default(interior.count, phases), REASON))
    if chosen.name == "none":
        return Result((None, ""))
    call = _settled(chosen, interior.count)
    problems = tuple(_check(call, interior))
    return Result(None if problems else (call, ""), problems)


def _default(points: int, phases: Sequence[MethodCall]) -> MethodCall:
    method = find("resample", "rad")
    assert method is not None
    options = method.defaults() | {"pool": DEFAULT_CANDIDATES * points}
    if any(phase.name in LONG_STEPS for phase in phases):
        options["every"] = LONG_STEPS_EVERY
    return MethodCall(method.name, tuple(options.items()), Span(0, 0))


def _settled(call: MethodCall, points: int) -> MethodCall:
    """The call with a number of candidates in place of 0, for the methods that have candidates."""
    options = tuple(
        (name, value or CANDIDATES * points) if name == "pool" else (name, value) for name, value in call.options
    )
    return dataclasses.replace(call, options=options)


def _check(call: MethodCall, interior: PointSet) -> list[Diagnostic]:
    options = dict(call.options)
    problems = []
    if interior.fresh:
        problems.append(
            error(
                "E512",
                "the points of `interior` are drawn anew and resampled",
                call.span,
                f"`sample` draws them every {interior.fresh} steps",
                help="Keep `fresh` of `sample interior` or `resample`, not both.",
            )
        )
    needed = int(options.get("count", 0)) if options.get("mode") == "add" else interior.count
    if "pool" in options and int(options["pool"]) < needed:
        problems.append(
            error(
                "E507",
                "the value of `pool` is out of range",
                call.span,
                f"{options['pool']} candidates for {needed} points",
                help=f"A round takes {needed} points out of the candidates: give `pool` several times as many.",
            )
        )
    return problems
