"""What `train least_squares` has to know of a plan: which layers it solves for, and how windows of time join."""

from __future__ import annotations

from typing import Any

from pdel.expression import Expr
from pdel.maths.model import Incompatible
from pdel.plan.march import JOINT
from pdel.plan.memory import LEAST_SQUARES
from pdel.plan.plan import Plan
from pdel.render.environment import render
from pdel.render.layout import call
from pdel.render.networks import network_view
from pdel.render.printer import code
from pdel.render.py import Py, py_float, py_int, py_join, py_name, py_tuple
from pdel.render.sections.ansatz import fields_in_a_row, in_a_row
from pdel.render.sections.losses import network_fields, set_parts
from pdel.render.sections.unknowns import numbers_argument
from pdel.semantics.problem import Axis

FOLDER = "methods/train/"

IN_WINDOWS = "LeastSquaresInWindows"
"""The optimiser whose neurons gather where the solution is steep."""

IN_PARTS = "LeastSquaresInParts"
"""The optimiser that solves for a part of the nonlinear terms first, where it has to."""


BESIDE, MOST_BESIDE = 0.25, 0.5
"""Share of the neurons that vary with the functions of one corner, and of all. With u^3 and one corner (800 neurons)
0.25 left an error of 1.6e-7, 0.125 one of 2.6e-7; with 0.5, and twice the points there, it was 2.2e-6."""

VARYING = "\n\n        Of functions of vertices, a neuron varies with those of one at most.\n        "
"""What is said of neurons that are drawn beside corners."""


def gathers(plan: Plan) -> bool:
    """Whether neurons gather where the solution is steep: in windows, along one coordinate of space."""
    return plan.march is not None and bool(plan.march.joints) and len(plan.axes) == 2


def optimiser(plan: Plan, name: str) -> Py:
    """The class of an optimiser by the name of its method."""
    if name == LEAST_SQUARES and gathers(plan):
        return py_name(IN_WINDOWS)
    if name == LEAST_SQUARES and plan.by_parts:
        return py_name(IN_PARTS)
    return py_name("".join(word.capitalize() for word in name.split("_")))


def templates(plan: Plan) -> tuple[str, ...]:
    """What follows the template of the method."""
    if plan.by_parts:
        return (f"{FOLDER}least_squares_in_parts.py.j2",)
    if not gathers(plan):
        return ()
    return (f"{FOLDER}least_squares_{'along_paths' if _speeds(plan) else 'in_windows'}.py.j2",)


def _speeds(plan: Plan) -> tuple[Expr, ...]:
    """Those of the paths along which neurons go."""
    return () if plan.march is None else plan.march.speeds


def holes(plan: Plan) -> dict[str, Any]:
    """The holes of the templates of least squares."""
    march = plan.march is not None
    joined = _joined(plan)
    return (
        _holes_of_gathering(plan)
        | _holes_of_parts(plan)
        | {
            "continued": plan.by_parts,
            "march": march,
            "own": Py("network.window" if march else "network"),
            "layers": Py("WindowNetwork" if march else "Network"),
            "equations": Py("JoinedEquations" if march else "Equations"),
            "joined": joined,
            "negligible": Py("1e-15" if march else "1e-24"),
            "enough": Py("will do for a window" if march else "is rounding"),
            "region": Py("window" if march else "region"),
            "gathers": gathers(plan),
            "vertices": bool(plan.network.vertices),
            "beside": py_float(round(min(MOST_BESIDE, BESIDE * len(plan.network.vertices)), 3)),
            "besides": Py(VARYING if plan.network.vertices else ""),
        }
    )


def _joined(plan: Plan) -> Py:
    """The equations with those of the joint to what is before the window; nothing where no such joint is."""
    if plan.march is None or not plan.march.joints:
        return Py("")
    joints = py_tuple([py_float(weight) for weight in plan.march.joints])
    fields, rates = len(plan.fields), len(plan.march.starts) > len(plan.fields)
    starts = dict(zip(plan.fields, plan.march.starts[:fields], strict=True))
    holes = {
        "joints": joints,
        "pace": Py(f"{JOINT:g}"),
        "starts": fields_in_a_row(plan, starts, "start"),
        "rates": rates,
        "state": Py("state_of" if rates else "solution"),
        "state_by_output": Py("with_rates" if rates else "by_output"),
    }
    if rates:
        first_rates = dict(zip(plan.fields, plan.march.starts[fields:], strict=True))
        holes["first_rates"] = fields_in_a_row(plan, first_rates, "rate")
    return Py(render(f"{FOLDER}joined_equations.py.j2", holes).strip("\n") + "\n\n\n")


def _holes_of_gathering(plan: Plan) -> dict[str, Any]:
    """The holes of neurons that gather along a coordinate of space."""
    if not gathers(plan):
        return {}
    names = [axis.name for axis in plan.axes]
    assert plan.march is not None
    places, axis = plan.march.incompatible, plan.axes[0]
    own = [names.index(feature.axis) for feature in plan.network.features if feature.axis]
    speeds = _speeds(plan)
    beside = [len(names) + number for number in range(len(places)) for _ in range(2)]
    beside += [len(names) + number for number in range(len(speeds)) for _ in range(2 if axis.periodic else 1)]
    what = " or corner" if places else " or path" if speeds else ""
    corners = [_corner(place, axis, len(own) + 2 * number) for number, place in enumerate(places)]
    return {
        "x": py_name(names[0]),
        "inputs": network_view(plan).inputs,
        "coordinates": Py(f"[{py_join([py_int(number) for number in (*own, *beside)], ', ')}]"),
        "meaning": Py(f"the number of the coordinate{what} behind every input"),
        "paths": py_int(len(speeds)),
        "speeds": in_a_row(plan, {str(number): speed for number, speed in enumerate(speeds, 1)}, "speed"),
        "others": Py("time and distance" if places else "time"),
        "overlapping": Py("shape[0] / (math.pi * OVERLAP)" if axis.periodic else "shape[0] / OVERLAP"),
        "seam": axis.periodic,
        "kept_inside": Py(" % (FINE_PLACES - 1)" if axis.periodic else ".clamp(0, FINE_PLACES - 1)"),
        "corners": _tuple(corners) if corners else Py(""),
    }


def _corner(place: Incompatible, axis: Axis, column: int) -> Py:
    """One place where the start does not fit the boundary; the distance from it is the input of that number."""
    side = "" if axis.periodic else f" side={-1 if place.upper else 1},"
    return Py(
        f"Corner(place={py_float(place.bound.value)},{side} spread={code(place.spread)}, distance={py_int(column)})"
    )


def _tuple(items: list[Py]) -> Py:
    """Items on lines of their own; a single one on the line."""
    if len(items) == 1:
        return Py(f"({items[0]},)")
    return Py("(\n" + "".join(f"    {item},\n" for item in items) + ")")


def _holes_of_parts(plan: Plan) -> dict[str, Any]:
    """The holes of equations whose nonlinear terms count a part."""
    if not plan.by_parts:
        return {}
    arguments = [argument for argument, _ in set_parts(plan, "interior")]
    arguments += ["given", *numbers_argument(plan, "interior")]
    return {
        "inputs": network_view(plan).inputs,
        "fields": Py(network_fields(plan, "interior", "points")),
        "residuals": call("return interior_residuals", arguments, indent=8),
    }
