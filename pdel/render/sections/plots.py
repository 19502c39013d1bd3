"""The section "Plots": the solution on a grid as arrays and as a picture, the loss over the steps."""

from __future__ import annotations

from collections.abc import Iterable
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
        "rows": _rows(plan),
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
    own = _over_own(plan)
    maps = [numbers for numbers in own.values() if len(numbers) == 2]
    holes = {
        "curves": _listed((name, py_int(numbers[0])) for name, numbers in own.items() if len(numbers) == 1),
        "maps": _listed((name, py_tuple(map(py_int, numbers))) for name, numbers in own.items() if len(numbers) == 2),
        "time": next((py_string(plan.axes[last].name) for _, last in maps if plan.axes[last].is_time), None),
    }
    rows = _rows(plan) if own else Py("len(FIELDS) * len(SLICES)")
    parts = [
        _part("plane" if len(plan.axes) == 2 else "slices", rows=rows, **holes),
        *([_part("own", **holes)] if own else []),
        _part("paint", equal=not plan.axes[1].is_time),
    ]
    return py_join(parts, "\n\n\n")


def _rows(plan: Plan) -> Py:
    """The rows of panels of the picture of the solution: for each field one, or one for each slice."""
    own = len(_over_own(plan))
    slices = len(_slices(plan)) if len(plan.axes) > 2 else 1
    return py_int(own + (len(plan.fields) - own) * slices)


def _listed(entries: Iterable[tuple[str, Py]]) -> Py | None:
    """A dictionary by the names of fields; None without entries."""
    listed = [Py(f"{py_string(name)}: {value}") for name, value in entries]
    return Py(f"{{{py_join(listed, ', ')}}}") if listed else None


def _over_own(plan: Plan) -> dict[str, tuple[int, ...]]:
    """The numbers of the coordinates of unknown fields that have one or two, and fewer than there are."""
    names = [axis.name for axis in plan.axes]
    found = {field.name: tuple(sorted(map(names.index, field.arguments))) for field in plan.unknown_fields}
    most = min(2, len(names) - 1)
    return {name: numbers for name, numbers in found.items() if len(numbers) <= most}


def _part(name: str, **holes: object) -> Py:
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
