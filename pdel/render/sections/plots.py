"""The section "Plots": the solution on a grid as arrays and as a picture, the loss over the steps."""

from __future__ import annotations

from typing import Any

from pdel.plan.plan import Plan
from pdel.render.environment import render
from pdel.render.networks import network_view
from pdel.render.py import Py, py_float, py_int, py_join, py_string, py_tuple
from pdel.render.sections.evaluation import fills_its_box

TIMES = (0.0, 0.5, 1.0)
"""Where slices are held in time, as shares of its interval."""

DEPTHS = (0.25, 0.5, 0.75)
"""Where slices are held in the last of three coordinates of space."""


def context(plan: Plan) -> dict[str, Any]:
    """The holes of `sections/plots.py.j2`."""
    slices = _slices(plan) if len(plan.axes) > 2 else ()
    return {
        "slices": slices,
        "rows": py_int(len(plan.fields) * max(1, len(slices))),
        "masked": not fills_its_box(plan),
        "solution": _solution(plan),
        "rounds": _part("rounds", single=len(plan.axes) == 1) if plan.resample else None,
        "unknowns": bool(plan.unknowns),
        "flagged": (_part("flagged", single=len(plan.axes) == 1),) if plan.pruning else (),
        "terms": (_part("terms"),) if plan.unknown_terms else (),
        "undrawn": _undrawn(plan),
    }


def _undrawn(plan: Plan) -> tuple[Py, ...]:
    """How columns of metrics.csv begin that are no losses or errors."""
    names = [*(["spread.", "saturation."] if network_view(plan).statistics else [])]
    names += ["unknown."] if plan.unknowns else []
    return (py_tuple([py_string(name) for name in names]),) if names else ()


def _solution(plan: Plan) -> Py:
    """The code that draws the solution: lines, one plane, or slices."""
    if len(plan.axes) == 1:
        return _part("lines")
    kind = "plane" if len(plan.axes) == 2 else "slices"
    equal = not plan.axes[1].is_time
    return py_join([_part(kind), _part("paint", equal=equal)], "\n\n\n")


def _part(name: str, **holes: bool) -> Py:
    return Py(render(f"sections/pictures/{name}.py.j2", holes).rstrip("\n"))


def _slices(plan: Plan) -> tuple[Py, ...]:
    """Values of the coordinates from the third on: three of the last one, the middle of those between."""
    others = list(enumerate(plan.axes))[2:]
    shares = TIMES if others[-1][1].is_time else DEPTHS
    return tuple(
        Py(
            "{"
            + py_join([_held(plan, index, share if index == others[-1][0] else 0.5) for index, _ in others], ", ")
            + "}"
        )
        for share in shares
    )


def _held(plan: Plan, index: int, share: float) -> Py:
    axis = plan.axes[index]
    at = axis.low.value + share * (axis.high.value - axis.low.value)
    return Py(f"{py_int(index)}: {py_float(at)}")
