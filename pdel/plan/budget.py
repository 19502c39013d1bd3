"""What the budget decides: how long training goes on, how large the network is, how many points it is given."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Sequence
from typing import NamedTuple

from pdel.maths.model import Facts
from pdel.plan.defaults import default_call
from pdel.semantics.problem import MethodCall, Problem

DEFAULT_SECONDS = 60.0
"""The budget of a specification that says nothing about training."""


class Size(NamedTuple):
    """The network for budgets up to so many seconds, and why."""

    seconds: float
    width: int
    depth: int
    reason: str


SIZES = (
    Size(30.0, 20, 2, "smooth solutions gain more from many cheap steps than from a third layer"),
    Size(100.0, 20, 3, "more weights make each step dearer, and pay off after about 100 s only"),
    Size(math.inf, 30, 3, "after about 100 s more weights make up for dearer steps"),
)
"""Measured on one core, `broyden` in float64."""

RESIDUALS_OF_LINEAR, RESIDUALS_OF_NONLINEAR = 1.6, 2.5
"""Residuals, an equation at a point each, for every weight. Measured after 1500 to 1900 steps: a Poisson equation is
level with 1.6 and with 2.6; Burgers' equation has 1.9e-3 with 1.5, 3.6e-4 with 2.6 and, at half as much again for each
step, 1.1e-4 with 4.3, for few points at its front are overfitted."""

STEPS_A_SECOND = 1000
"""More steps than any machine makes: what a phase that the clock ends has at most, for every second of the budget."""

SHARE_OF_FIRST = 0.8
"""Of the budget, where a first-order phase stands before a quasi-Newton phase."""

OSCILLATING = (
    "sin, because solutions of linear equations without diffusion in time oscillate, and it learns them sooner"
)
"""Measured after 1200 to 1900 steps, sin against tanh: a Helmholtz equation 3.9e-5, 2.4e-4; a wave 5.2e-4, 1.8e-3 and,
another seed, 2.7e-3, 2.3e-3, with losses 11 and 3 times lower; a Poisson equation is level. Else tanh is better: a heat
equation 2.3e-8 against 1.5e-7, Burgers' equation 3.6e-4 against 4.3e-2, Kovasznay's flow three times."""

DATA_FIRST = "data_first"
"""The phase that brings the unknowns of an inverse problem to where the data want them."""

SHARE_OF_DATA = 0.5
"""Of the budget, where its steps would take longer."""

CLOCK = "a run that the clock ends cannot be repeated to the last bit, one with `--steps` can"


def plan_budget(problem: Problem) -> tuple[float | None, str]:
    """The seconds of training, None where only steps end it, and the reason of a default."""
    stated = {method.family: method.calls[0] for method in problem.methods if not method.targets}
    if "budget" in stated:
        return float(stated["budget"].option("value")), CLOCK
    if "train" in stated:
        return None, ""
    return DEFAULT_SECONDS, f"about a minute where nothing is said; `budget 300` plans for five; {CLOCK}"


def oscillating(facts: Sequence[Facts]) -> bool:
    """Whether every equation is linear and none parabolic: waves, vibrations, potentials."""
    return all(each.linear and each.kind != "parabolic" for each in facts)


def network_call(budget: float | None, waves: bool) -> tuple[MethodCall, str]:
    """The network for a budget, for equations that are `oscillating` or not, and why it is this one."""
    seconds = DEFAULT_SECONDS if budget is None else budget
    size = next(size for size in SIZES if seconds <= size.seconds)
    call = default_call("network", "mlp")
    options = dict(call.options) | {"width": size.width, "depth": size.depth}
    reason = f"of this size for {seconds:g} s of training: {size.reason}"
    if waves:
        options["activation"] = "sin"
        reason += f"; {OSCILLATING}"
    return dataclasses.replace(call, options=tuple(options.items())), reason


def interior_count(weights: int, equations: int, linear: bool) -> tuple[int, str]:
    """How many collocation points a network of so many weights is given, and why."""
    share = RESIDUALS_OF_LINEAR if linear else RESIDUALS_OF_NONLINEAR
    count = math.ceil(share * weights / (100 * max(equations, 1))) * 100
    many = "one equation" if equations <= 1 else f"{equations} equations"
    enough = "enough for linear ones" if linear else "for at fronts fewer are overfitted"
    return count, f"with {many} at each about {share:g} residuals for every weight of the network, {enough}"


def timed(calls: Sequence[MethodCall], budget: float) -> tuple[MethodCall, ...]:
    """Phases that the clock ends: their steps are more than the budget holds."""
    steps = math.ceil(STEPS_A_SECOND * budget)
    return tuple(
        call
        if call.name == DATA_FIRST
        else dataclasses.replace(call, options=tuple((dict(call.options) | {"steps": steps}).items()))
        for call in calls
    )


SHARE_BEFORE_PRUNING, SHARE_WITH_PRUNING = 0.5, 0.98
"""Of the budget, until observations are told apart, and until the network is chosen that is kept."""


def shares_with_pruning(phases: Sequence[MethodCall], fine_tuning: Sequence[MethodCall], stages: int) -> list[float]:
    """The share of the budget at which each phase ends: those before pruning, then those of every later stage."""
    later = len(fine_tuning) * stages
    step = (SHARE_WITH_PRUNING - SHARE_BEFORE_PRUNING) / later
    return [
        *(SHARE_BEFORE_PRUNING * share for share in shares(phases)),
        SHARE_BEFORE_PRUNING,
        *(round(SHARE_BEFORE_PRUNING + step * number, 3) for number in range(1, later + 1)),
    ]


def shares(phases: Sequence[MethodCall]) -> tuple[float, ...]:
    """The share of the budget at which each phase but the last ends."""
    return tuple(SHARE_OF_DATA if phase.name == DATA_FIRST else SHARE_OF_FIRST for phase in phases[:-1])
