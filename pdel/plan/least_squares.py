"""Where the output layer alone is solved for: linear equations by one linear problem, steady ones by a few."""

from __future__ import annotations

import dataclasses
import enum
import math
from collections.abc import Sequence

from pdel.diagnostics.model import Diagnostic, error
from pdel.maths.model import Model
from pdel.maths.windows import is_inverse, leaves_training_open
from pdel.plan.budget import DEFAULT_SECONDS
from pdel.plan.defaults import default_call
from pdel.plan.memory import LEAST_SQUARES, output_weights
from pdel.plan.network import is_factorised
from pdel.plan.network_plan import JetPlan, NetworkPlan
from pdel.plan.plan import AttentionPlan, MarchPlan
from pdel.semantics.problem import MethodCall, Problem

WEIGHTS = ((30.0, 400), (100.0, 800), (math.inf, 1600))
"""Weights of the output layer for budgets up to so many seconds: neurons times fields."""

IN_WINDOWS = 600
"""Such weights of one window in a minute. A trial takes the cube of them, and there are about two trials a window."""

AT_CORNERS = 2450
"""Such weights in two minutes for nonlinear equations whose solution jumps at corners: seven corrections take a minute
of a core, and a budget twice as long has 2^(1/3) times as many weights. Below 2000 of them the flow of a driven cavity
with Re = 1000 was lost (errors of 9e-2, with 2400 1.5e-2)."""

IN_TIME_ALONE = 40
"""Neurons of a window for every field of ordinary equations: what changes about once within a window takes no more. In
100 windows they had Van der Pol's oscillator with mu = 5 to 8e-11, in 20 the Lorenz system to 1e-12."""

RESIDUALS = 5.0
"""Residuals, an equation at a point each, for every weight that is solved for. With 2.5 a plate with a hole had 3 to
12 times the error (three seeds, 10 trials), and Kovasznay's flow 1.7 to 4 times the error; heat, Helmholtz'
equation and Poisson's in three dimensions had as much. The processor's seconds were 1.0 to 1.4 times as many."""

FEWEST_RESIDUALS = 2.5
"""The same where points are stated, and there are only so many neurons as they determine. Not in windows, whose neurons
are drawn for a front: they are narrow, and must not fit the points beside it alone. Nor beside corners with jumps."""

ON_PIECES = 0.5
"""Points for every neuron on a piece of the boundary of such a problem: 800 neurons let a fluid through the walls
between 100 points, and with 500 the error was half as large."""

FEWEST_NEURONS = 10
"""Neurons even where hardly any points are stated."""

AT_ONCE = (
    "the equations are linear, and so is the network in the weights of its output layer: the best ones solve one "
    "linear problem; only how fast the neurons vary is searched for"
)

BY_WINDOWS = (
    "in every window Gauss-Newton steps find the output layer of a wide network, each from one linear problem, and "
    "nothing has to be compiled: on Burgers' and Allen-Cahn equations a minute left a smaller error than broyden's"
)

BY_WINDOWS_LINEAR = (
    "the equations are linear, and so is the network in the weights of its output layer: the best ones solve one "
    "linear problem for every window, and nothing has to be compiled"
)

BY_CORRECTIONS = (
    "a steady problem: Gauss-Newton steps find the output layer of a wide network, each from one linear problem; of "
    "the other weights only how fast the neurons vary is searched for"
)

SHOCKS = (
    "; where the first ones end far from a solution, nonlinear terms count in part at first, and neurons gather where "
    "the solution is steep"
)
"""Added to that where a part of the nonlinear terms may be solved for first."""


class Task(enum.Enum):
    """What least squares have to do for a problem: neurons, points and reasons go by it."""

    LINEAR = "one linear problem for the whole region"
    NONLINEAR = "a few corrections of the whole solution"
    CORNERS = "the same, for a solution that jumps at corners"
    VERTICES = "the same, for a solution that is not smooth beside corners or where conditions change"
    WINDOWS = "one window of time after the other"


def task_of(model: Model) -> Task:
    """What least squares would have to do for a model."""
    if model.windows.count > 1:
        return Task.WINDOWS
    if model.linear:
        return Task.LINEAR
    if model.vertices:
        return Task.VERTICES
    return Task.CORNERS if model.jumps else Task.NONLINEAR


def solves(model: Model) -> bool:
    """Whether the plan solves for the output layer by itself: linear or steady equations, nothing stands against it."""
    suited = model.linear or model.problem.time is None
    whole = suited and bool(model.facts) and model.windows.count == 1
    return (whole or model.windows.joined) and leaves_training_open(model.problem)


def suits_parts(model: Model, jets: Sequence[JetPlan], attention: AttentionPlan | None) -> bool:
    """Whether least squares may solve for a part of the nonlinear terms before they solve for all of them.

    Not where values jump at a corner, one points inwards or conditions change on a side: there a solution is steep
    without end, and the loss remains large. Nor with weights at points, which belong to the whole residuals.
    """
    nonlinear = not model.linear and any("interior" in jet.point_sets for jet in jets)
    return nonlinear and model.windows.count == 1 and attention is None and not (model.jumps or model.vertices)


def solving_reason(task: Task, *, linear: bool, by_parts: bool) -> str:
    """Why least squares solve for the output layer."""
    match task:
        case Task.WINDOWS:
            return BY_WINDOWS_LINEAR if linear else BY_WINDOWS
        case Task.LINEAR:
            return AT_ONCE
        case Task.NONLINEAR | Task.CORNERS | Task.VERTICES:
            return BY_CORRECTIONS + (SHOCKS if by_parts else "")


def wide_network(problem: Problem, budget: float | None, task: Task) -> tuple[MethodCall, str]:
    """One hidden layer for a budget, of `sin` or of `tanh`, narrower where few points are stated, and why."""
    seconds = DEFAULT_SECONDS if budget is None else budget
    weights = next(weights for most, weights in WEIGHTS if seconds <= most)
    if task is Task.WINDOWS:
        weights = max(1, round(IN_WINDOWS * (seconds / 60) ** (1 / 3) / 50)) * 50
    elif task is Task.CORNERS:
        weights = round(AT_CORNERS * (seconds / 120) ** (1 / 3))
    width = weights // len(problem.fields)
    reason = f"one layer of as many neurons as {seconds:g} s allow, whose output layer is solved for"
    if task is Task.WINDOWS and not problem.space and width > IN_TIME_ALONE:
        width = IN_TIME_ALONE
        reason = (
            "one layer of neurons enough for what changes about once within a window; its output layer is solved for"
        )
    points = _stated_points(problem)
    determined = int(points * len(problem.equations) / (_fewest_residuals(task) * len(problem.fields))) - 1
    if points and determined < width:
        width = max(determined, FEWEST_NEURONS)
        reason = f"one layer of as many neurons as {points} points determine, whose output layer is solved for"
    call = default_call("network", "mlp")
    # A front is one neuron of tanh; waves of sin would cover the whole region.
    activation = "sin" if task in (Task.LINEAR, Task.CORNERS, Task.VERTICES) else "tanh"
    options = dict(call.options) | {"width": width, "depth": 1, "activation": activation}
    return dataclasses.replace(call, options=tuple(options.items())), reason


def _stated_points(problem: Problem) -> int:
    """The number of interior points that a `sample` statement names; 0 where there is none."""
    samples = [method for method in problem.methods if method.family == "sample"]
    own = [method for method in samples if "interior" in method.targets] or [m for m in samples if not m.targets]
    return int(own[0].calls[0].option("points")) if own else 0


def _fewest_residuals(task: Task) -> float:
    """How many residuals each weight is given at least, where points are stated."""
    return RESIDUALS if task in (Task.WINDOWS, Task.CORNERS) else FEWEST_RESIDUALS


def points_on_pieces(network: NetworkPlan, task: Task) -> int:
    """How many points every piece of the boundary has at least."""
    cornered = task is Task.CORNERS or bool(network.vertices)
    return math.ceil(ON_PIECES * int(network.method.option("width")) / 100) * 100 if cornered else 0


def determining_count(network: NetworkPlan, equations: int) -> tuple[int, str]:
    """How many collocation points determine the output layer of a network, and why."""
    weights = output_weights(network)
    count = math.ceil(RESIDUALS * weights / (100 * max(equations, 1))) * 100
    return count, f"about {RESIDUALS:g} residuals for each of the {weights} weights that are solved for"


def check_least_squares(
    problem: Problem, phases: Sequence[MethodCall], network: MethodCall, march: MarchPlan | None
) -> tuple[Diagnostic, ...]:
    """E532 where something beside the output layer would have to be trained, or carried on through windows."""
    pruned = any(method.family == "prune" for method in problem.methods)
    obstacle = next(
        (
            text
            for found, text in (
                (is_inverse(problem), "the unknowns would not be trained"),
                (pruned, "stages of `prune` need all layers trained"),
                (march is not None and not march.joints, "windows that other methods train begin in another way"),
                (is_factorised(network), "in a factorised output layer the network is not linear"),
            )
            if found
        ),
        None,
    )
    if obstacle is None:
        return ()
    return tuple(
        error(
            "E532",
            "`least_squares` solves for the output layer of one network and for nothing else",
            phase.span,
            obstacle,
            help="Take `broyden`, or `gauss_newton` for short runs.",
        )
        for phase in phases
        if phase.name == LEAST_SQUARES
    )
