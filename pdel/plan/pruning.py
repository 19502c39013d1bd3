"""Pruning after training: where it stands among the phases, which layers it may prune, what fine-tunes."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Sequence

from pdel.diagnostics.model import Diagnostic, Label, Result, error
from pdel.plan.budget import DATA_FIRST
from pdel.plan.network import is_factorised
from pdel.plan.plan import PruningPlan
from pdel.semantics.problem import MethodCall, MethodChoice, Problem

PRUNE = "prune"
"""The call within `train` that says when to prune."""

SHARE = 4
"""Fine-tuning takes one step of so many of the phases before where the specification leaves it open."""


def split_phases(phases: Sequence[MethodCall]) -> tuple[tuple[MethodCall, ...], tuple[MethodCall, ...]]:
    """The phases before and behind the first `prune`; without one, none behind."""
    names = [phase.name for phase in phases]
    cut = names.index(PRUNE) if PRUNE in names else len(names)
    return tuple(phases[:cut]), tuple(phases[cut + 1 :])


def plan_pruning(
    problem: Problem, network: MethodCall, phases: Sequence[MethodCall]
) -> Result[tuple[PruningPlan | None, str]]:
    """What is pruned and how training goes on, None where nothing is, and the reason of what was left open.

    Errors: E513 `prune` in `train` alone, E514 misplaced in `train`, E515 a threshold missing or not wanted, E516 a
    network that cannot be pruned, E517 several data.
    """
    stated = [method for method in problem.methods if method.family == PRUNE]
    marks = [phase for phase in phases if phase.name == PRUNE]
    if not stated:
        problems = [_without_statement(mark) for mark in marks[:1]]
        return Result(None if problems else (None, ""), tuple(problems))
    choice, call = stated[0], stated[0].calls[0]
    problems = [*_misplaced(phases, marks), *_threshold(call), *_network(network, call), *_several(stated)]
    if problems:
        return Result(None, tuple(problems))
    before, behind = split_phases(phases)
    fine_tuning = behind or tuple(_shortened(phase) for phase in _following(before))
    reason = "" if marks else f"at the end of training, then 1/{SHARE} of its steps on the retained observations"
    limit = int(call.option("layers"))
    layers = prunable_layers(network)
    data = choice.targets[0]
    settled = _settled(problem, call, data)
    return Result((PruningPlan(data, settled, layers[: limit or len(layers)], fine_tuning), reason))


def _settled(problem: Problem, call: MethodCall, data: str) -> MethodCall:
    """The call with the weight of the equations in fine-tuning in place of 0.

    In units of the noise a misfit counts so much that the equations are not weakened further.
    """
    observed = [item for item in problem.observations if item.address.split(".")[1] == data]
    weight = 1.0 if all(item.sigma is not None for item in observed) else 0.1
    options = tuple((name, value or weight) if name == "reduce" else (name, value) for name, value in call.options)
    return dataclasses.replace(call, options=options)


def prunable_layers(network: MethodCall) -> tuple[tuple[str, str], ...]:
    """Pairs of a hidden layer whose neurons can be removed and the only layer that reads them.

    In a residual network these are the inner layers of the blocks: the others share their neurons with the sum that
    runs through the network. In a network with gates all layers do.
    """
    depth = int(network.option("depth"))
    match network.name:
        case "residual":
            return tuple((f"block_{number}_a", f"block_{number}_b") for number in range(1, depth + 1))
        case "modified":
            return ()
        case _:
            names = [*(f"layer_{number}" for number in range(1, depth + 1)), "output"]
            return tuple(itertools.pairwise(names))


def _following(phases: Sequence[MethodCall]) -> Sequence[MethodCall]:
    """The phases without a first one that brings unknowns to the data: fine-tuning begins there."""
    return [phase for phase in phases if phase.name != DATA_FIRST] or phases


def _shortened(phase: MethodCall) -> MethodCall:
    options = tuple((name, max(1, int(value) // SHARE) if name == "steps" else value) for name, value in phase.options)
    return dataclasses.replace(phase, options=options)


def _without_statement(mark: MethodCall) -> Diagnostic:
    return error(
        "E513",
        "`train` prunes, and no `prune` statement says what",
        mark.span,
        "which observations?",
        help="Add `prune NAME: bias` with the name of the data.",
    )


def _misplaced(phases: Sequence[MethodCall], marks: Sequence[MethodCall]) -> list[Diagnostic]:
    if not marks:
        return []
    if len(marks) > 1:
        problem = error(
            "E514",
            "`prune` stands twice in `train`",
            marks[1].span,
            "the second time",
            secondary=(Label(marks[0].span, "the first time"),),
            help="Keep one: all rounds of pruning take place there.",
        )
        return [problem]
    if marks[0] is phases[0] or marks[0] is phases[-1]:
        first = marks[0] is phases[0]
        problem = error(
            "E514",
            f"`prune` {'begins' if first else 'ends'} `train`",
            marks[0].span,
            f"no phase {'before' if first else 'behind'} it",
            help="Write a phase that trains on all data before `prune` and one that fine-tunes behind it:"
            " `train adam then prune then adam(steps = 5000)`.",
        )
        return [problem]
    return []


def _threshold(call: MethodCall) -> list[Diagnostic]:
    """E515: `threshold` belongs to the indicator, and the indicator needs it."""
    indicator, threshold = call.option("partition") == "indicator", float(call.option("threshold"))
    if indicator == (threshold > 0):
        return []
    message = "the indicator needs its `threshold`" if indicator else "`threshold` belongs to the indicator"
    remedy = (
        "Give the value from which an observation is flagged, as `threshold = 0.05`; `partition = mixture` needs none."
        if indicator
        else "Remove `threshold`, or write `partition = indicator`."
    )
    label = "no `threshold` here" if indicator else "`partition` is `mixture` here"
    return [error("E515", message, call.span, label, help=remedy)]


def _network(network: MethodCall, call: MethodCall) -> list[Diagnostic]:
    if not prunable_layers(network):
        return [
            error(
                "E516",
                f"a network `{network.name}` cannot be pruned",
                call.span,
                "pruning is asked for here",
                help="Every layer is multiplied by the same gates, so that no neuron can be removed from one layer"
                " alone: choose `mlp`, `siren`, `fourier` or `residual`.",
            )
        ]
    if is_factorised(network):
        return [
            error(
                "E516",
                "a network of factorised weights cannot be pruned",
                call.span,
                "pruning is asked for here",
                help="Remove `factorised = true`: pruning removes rows and columns of the weights themselves.",
            )
        ]
    return []


def _several(stated: Sequence[MethodChoice]) -> list[Diagnostic]:
    if len(stated) == 1 and len(stated[0].targets) == 1:
        return []
    return [
        error(
            "E517",
            "several data are pruned",
            stated[-1].span,
            "one set of observations can be told apart",
            help="Name one: the other data stay whole in every stage.",
        )
    ]
