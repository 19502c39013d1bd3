"""The section "Training": the loss as a function of all parameters, the optimisers in use, the loop, checkpoints."""

from __future__ import annotations

import math
from typing import Any

from pdel.methods.registry import find
from pdel.plan.budget import DATA_FIRST
from pdel.plan.compilation import blocks, compiles
from pdel.plan.memory import LEAST_SQUARES
from pdel.plan.plan import Plan, PointSet
from pdel.python_names import normals_field, point_field
from pdel.render.environment import render
from pdel.render.networks import network_view
from pdel.render.py import Py, py_float, py_int, py_join, py_name, py_string, py_value
from pdel.render.sections import fitted, least_squares, march
from pdel.render.sections.jacobian import shared_templates
from pdel.render.sections.pruning import stages
from pdel.semantics.problem import MethodCall

SHARED = "methods/train/"
"""Where the templates lie that optimisers share with one another."""

COMPILATION, COMPILATION_OF_FIELD = 10.0, 2.0
"""Seconds of compiling a loss and its gradient by torch with an empty cache, and those for each field, on one core."""

RECORDED, TRACED = "sections/training/graph/recorded.py.j2", "sections/training/graph/traced.py.j2"
"""The templates of what is compiled: recorded once for all calls, or looked at by torch at every call."""

CHECK_EVERY = 100
"""Steps between looks at the held-out loss; a step of least squares is worth one by itself."""

PHASE_OPTIONS = ("steps",)
"""Options that the loop obeys; the others belong to the optimiser."""


def context(plan: Plan) -> dict[str, Any]:
    """The holes of `sections/training.py.j2`."""
    return {
        "methods": tuple(Py(render(template, _method_holes(plan)).rstrip("\n")) for template in _templates(plan)),
        "phases": _phases(plan),
        **march.holes(plan),
        **stages(plan),
        "staged": (Py("stages"),) if plan.pruning else (),
        "solves": any(phase.name == LEAST_SQUARES for phase in plan.all_phases),
        "resampling": plan.resample is not None,
        "solved": march.solved(plan),
        "check_every": py_int(1 if all(phase.name == LEAST_SQUARES for phase in plan.all_phases) else CHECK_EVERY),
        **_compiling(plan),
        "descends": any(phase.name != LEAST_SQUARES for phase in plan.all_phases),
        "counters": _counters(plan),
        "budget": Py("math.inf") if plan.budget is None else py_float(plan.budget),
        "shares": bool(plan.shares),
        "factors": _has_factors(plan),
        "held": (Py("self.held"),) if _has_factors(plan) and fitted.fitted_numbers(plan) else (),
        "fresh": _fresh(plan),
        "logged": _logged(plan),
        "data": bool(plan.data),
        "attention": (Py("self.objective.points"),) if plan.attention is not None else (),
        "ramped": (Py("self.network.ramps"),) if plan.ramps else (),
    }


def _compiling(plan: Plan) -> dict[str, Any]:
    """The holes of what is compiled, where there is anything."""
    limit = ": its steps end it" if plan.budget is None else ", compiling included" if compiles(plan) else ""
    if not compiles(plan):
        nothing = dict.fromkeys(("graph", "compiled", "options"), ())
        return {"gradients": False, "limit": Py(limit), **nothing}
    recorded = not (plan.march or _reads_more(plan) or _has_factors(plan) or _points_are_added(plan))
    number = blocks(plan)
    return {
        "gradients": True,
        "limit": Py(limit),
        "graph": (RECORDED if recorded else TRACED,),
        "blocks": py_int(number) if number > 1 else Py(""),
        "dynamic": Py(str(_points_are_added(plan))),
        "compile": py_string(plan.compile),
        "compilation": py_float(_compilation(plan)),
        "compiled": (Py("False"),),
        "options": (Py("compiling"),),
    }


def _counters(plan: Plan) -> Py:
    """What a checkpoint holds of the loop by name; subclasses of `Training` have more."""
    names = [*("step", "phase", "phase_step", "seconds", "ended", "best"), *(["compiled"] if compiles(plan) else [])]
    listed = f"({py_join([py_string(name) for name in names], ', ')})"
    if plan.pruning is None and plan.march is None:
        return Py(f"    counters = {listed}")
    return Py(f"    counters: tuple[str, ...] = (\n        *{listed},\n    )")


def _compilation(plan: Plan) -> float:
    """Seconds of compiling; with pruning every stage has a graph of its own."""
    graphs = 1 + len(plan.pruning.later_stages) if plan.pruning is not None else 1
    return graphs * (COMPILATION + COMPILATION_OF_FIELD * len(plan.fields))


def _method_holes(plan: Plan) -> dict[str, Any]:
    """What optimisers have to know of the plan; the first phase doubts observations where some are corrupted and the
    noise of the others is stated."""
    pruned = stages(plan)
    return {
        "robust": bool(pruned["robust"] and pruned["stated"]),
        **fitted.holes(plan),
        **least_squares.holes(plan),
    }


def _logged(plan: Plan) -> tuple[Py, ...]:
    """What goes into metrics.csv beside the loss and the errors."""
    statistics = "feature_statistics(training.network, training.objective.points)"
    numbers = "unknown_numbers(training.network)"
    return (
        *([Py(statistics)] if network_view(plan).statistics else []),
        *([Py(numbers)] if plan.unknowns else []),
        *([Py("training.network.ramps.values()")] if plan.ramps else []),
    )


def _reads_more(plan: Plan) -> bool:
    """Whether the loss reads tensors beside trained parameters and points: what is recorded once cannot have any."""
    fixed = any(network.method.name == "fourier" for network in plan.networks)
    return fixed or bool(plan.ramps or plan.tables)


def _has_factors(plan: Plan) -> bool:
    """Whether terms of the loss count differently in different phases."""
    return any(phase.name == DATA_FIRST for phase in plan.all_phases)


def _points_are_added(plan: Plan) -> bool:
    """Whether the number of points grows: a graph for one number of them would be compiled anew in every round."""
    return plan.resample is not None and dict(plan.resample.options).get("mode") == "add"


def _templates(plan: Plan) -> list[str]:
    """The templates of the optimisers in use, in order of their first phase, behind what they call."""
    methods = [find("train", name) for name in dict.fromkeys(phase.name for phase in plan.all_phases)]
    own = (method.template for method in methods if method is not None)
    return list(dict.fromkeys((*shared_templates(plan, SHARED), *own, *least_squares.templates(plan))))


def _phases(plan: Plan) -> tuple[tuple[Py, ...], ...]:
    """The arguments of every `Phase`; with pruning, the phases of all stages one after the other."""
    phases = [(phase, "") for phase in plan.phases]
    if plan.pruning is not None:
        phases = [(phase, "baseline") for phase in plan.phases]
        phases += [(phase, stage) for stage in plan.pruning.later_stages for phase in plan.pruning.fine_tuning]
    ends = (*plan.shares, math.inf) if plan.shares else (None,) * len(phases)
    return tuple(_phase(plan, phase, stage, end) for (phase, stage), end in zip(phases, ends, strict=False))


def _phase(plan: Plan, phase: MethodCall, stage: str = "", until: float | None = None) -> tuple[Py, ...]:
    """The arguments of a `Phase`: name, stage of pruning if any, steps, share of the budget if any, optimiser."""
    options = dict(phase.options)
    own = [Py(f"{py_name(name)}={py_value(value)}") for name, value in phase.options if name not in PHASE_OPTIONS]
    start = Py(f"lambda x: {least_squares.optimiser(plan, phase.name)}({py_join([Py('x'), *own], ', ')})")
    return (
        Py(f"name={py_string(f'{phase.name} ({stage})' if stage else phase.name)}"),
        *((Py(f"stage={py_string(stage)}"),) if stage else ()),
        Py(f"steps={py_int(int(options['steps']))}"),
        *(() if until is None else (Py(f"until={_share(until)}"),)),
        Py(f"start={start}"),
    )


def _share(until: float) -> Py:
    return py_float(until) if math.isfinite(until) else Py("math.inf")


def _fresh(plan: Plan) -> tuple[tuple[Py, tuple[Py, ...]], ...]:
    """Pairs (every so many steps, the parts of `Points` that are then drawn anew)."""
    periods = sorted({points.fresh for points in plan.point_sets if points.fresh})
    return tuple(
        (py_int(every), tuple(part for points in plan.point_sets if points.fresh == every for part in _parts(points)))
        for every in periods
    )


def _parts(points: PointSet) -> list[Py]:
    """The attributes of `Points` that a point set fills."""
    return [point_field(points.name), *([normals_field(points.name)] if points.normals else [])]
