"""The section "Sampling": collocation points inside the region, on its boundary, at the start of time, at points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pdel.expression import Expr, coordinates
from pdel.geometry import Box, Face, Piece, Shape, Sphere
from pdel.geometry_points import smallest_size, surface_measure
from pdel.methods.registry import find
from pdel.plan.plan import Plan, PointSet
from pdel.render.layout import WIDTH, call, signature
from pdel.render.names import constant_name, point_field, python_name
from pdel.render.printer import Precedence, code, code_within
from pdel.render.py import Py, py_float, py_int, py_join, py_name, py_string, py_text, py_tuple
from pdel.render.region import Membership, bound_code, point_code, shape_text
from pdel.render.sections.coordinates import coordinate_names

PRIMES = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29)
"""The bases of radical inverses, one for each coordinate."""

RADICAL = ("hammersley", "halton")
"""The samplers made of radical inverses."""


@dataclass(frozen=True, slots=True)
class FunctionView:
    """A function of the section: its first line, docstring and body."""

    signature: Py
    summary: Py
    body: Py


@dataclass(frozen=True, slots=True)
class Rows:
    """The code that makes the points of some surfaces: a list of pieces, and their outward normals."""

    points: tuple[tuple[str, tuple[str, ...]], ...]
    normals: tuple[str, ...]
    measures: tuple[float, ...]


def context(plan: Plan) -> dict[str, Any]:
    """The holes of `sections/sampling.py.j2`."""
    functions = tuple(_set_function(plan, points) for points in plan.point_sets if points.kind != "interior")
    text = "\n".join([*(function.body for function in functions), *(_inside(plan) or ())])
    interior = _interior_functions(plan)
    used = "\n".join([text, *(function.body for function in interior)])
    space = len(_space(plan))
    return {
        "samplers": _samplers(plan, used),
        "bases": py_join([py_int(prime) for prime in PRIMES[: _most_bases(plan)]], ", "),
        "radical": any(f"{name}_points(" in used for name in RADICAL),
        "dimensions": len(plan.axes),
        "space": space,
        "time": space < len(plan.axes),
        "circle": "circle(" in used,
        "sphere": "sphere(" in used,
        "away": "away(" in used,
        "shares": "shares(" in used,
        "accepted": "accepted(" in used,
        "region": py_text(shape_text(plan.region)) if plan.region is not None else Py(""),
        "inside": _inside(plan),
        "on_edge": _edge_step(plan) if "on_edge(" in used else None,
        "columns": Py(_columns(plan)),
        "interior": interior,
        "functions": functions,
        "fields": tuple(_fields(plan)),
        "draws": tuple(_draws(plan)),
        "arguments": tuple(_arguments(plan)),
        "call": _points_call(plan),
    }
