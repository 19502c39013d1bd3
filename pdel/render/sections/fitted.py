"""What fits unknown numbers to the equations while the fields are held: the numbers, the test functions."""

from __future__ import annotations

import itertools
import math
from typing import Any

from pdel.plan.plan import Plan
from pdel.render.layout import call
from pdel.render.py import Py, py_int, py_join, py_name, py_string, py_text, py_tuple
from pdel.render.sections.losses import network_fields
from pdel.render.sections.unknowns import numbers_argument, residual_unknowns

FEWEST_FUNCTIONS = 6
"""Test functions that there are at least, and at least twice as many as numbers."""


def fitted_numbers(plan: Plan) -> tuple[str, ...]:
    """The unknown numbers that equations have, in the order of their declaration."""
    told = {name for residual in residual_unknowns(plan, "interior") for name in residual.unknowns}
    return tuple(unknown.name for unknown in plan.unknowns if unknown.name in told)


def holes(plan: Plan) -> dict[str, Any]:
    """The holes of `methods/train/equation_fit.py.j2`; `fitted` is empty where equations have no unknown numbers."""
    names = fitted_numbers(plan)
    if not names:
        return {"fitted": ()}
    arguments = ["points", "fields", *numbers_argument(plan, "interior")]
    return {
        "fitted": tuple(py_string(f"network.unknowns.{py_name(f'raw_{name}')}") for name in names),
        "axes": py_text(", ".join(axis.name for axis in plan.axes)),
        "half_waves": tuple(map(_tuple, half_waves(len(plan.axes), len(names)))),
        "fields": Py(network_fields(plan, "interior", "points")),
        "found": call("found = interior_residuals", arguments, 8),
    }


def half_waves(dimensions: int, numbers: int) -> list[tuple[int, ...]]:
    """Half waves of the test functions along each coordinate: all up to the least sum that gives functions enough."""
    enough = max(FEWEST_FUNCTIONS, 2 * numbers)
    most = next(sum_ for sum_ in itertools.count() if math.comb(sum_ + dimensions, dimensions) >= enough)
    return [each for each in itertools.product(range(most + 1), repeat=dimensions) if sum(each) <= most]


def _tuple(numbers: tuple[int, ...]) -> Py:
    return py_tuple(py_join([py_int(number)]) for number in numbers)
