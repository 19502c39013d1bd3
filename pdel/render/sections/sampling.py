"""The section "Sampling": collocation points inside the region, on its boundary, at the start of time, at points."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pdel.geometry import Box
from pdel.geometry_points import smallest_size
from pdel.methods.registry import find
from pdel.plan.plan import DataPlan, Plan, PointSet
from pdel.python_names import constant_name, normals_field, observed_field, point_field, prefix_name, python_name
from pdel.render.layout import WIDTH, signature
from pdel.render.nested import Group, Item, called, listed, written
from pdel.render.py import Py, py_float, py_int, py_join, py_name, py_string, py_text, py_tuple, py_wrap
from pdel.render.region import Membership, bound_code, broken, expression_code, point_code, scalar_text, shape_text
from pdel.render.sections import layers
from pdel.render.sections.sampling_boundary import (
    face_sign,
    face_value,
    places,
    towards,
    tried,
    unit_points,
    unpacked,
    untried,
    where_columns,
    where_operands,
)

TOWARDS, MOST_TOWARDS = 0.2, 0.4
"""Share of the points that are moved towards one corner beside which the solution is not smooth, and to all."""

PRIMES = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29)
"""The bases of radical inverses, one for each coordinate."""

LONGEST_REGION = 120
"""How long the text of a region may be to stand in a docstring."""


@dataclass(frozen=True, slots=True)
class FunctionView:
    """A function of the section: its first line, docstring and body."""

    signature: Py
    summary: Py
    body: Py


def context(plan: Plan) -> dict[str, Any]:
    """The holes of `sections/sampling.py.j2`: what the problem needs and nothing else."""
    interior = _interior_functions(plan)
    functions = (*interior, *(_set_function(plan, points) for points in plan.point_sets if points.kind != "interior"))
    used = "\n".join(function.body for function in functions)
    fixing = any(points.kind != "interior" and not _is_fixed(plan, points) for points in plan.point_sets)
    space = len(_space(plan))
    draws, arguments = _draws(plan)
    return {
        "parts": _parts(plan, used, fixing),
        "bases": py_join([py_int(prime) for prime in PRIMES[: len(plan.axes)]], ", "),
        "inner_bases": py_tuple([py_int(prime) for prime in PRIMES[: len(plan.axes) - 1]]),
        "dimensions": len(plan.axes),
        "space": space,
        "at_all_times": Py(" at all times" if space < len(plan.axes) else ""),
        "time_row": _time_row(plan),
        "single": len(plan.axes) == 1,
        "inside_summary": _inside_summary(plan),
        "inside": _inside(plan),
        "edge_step": _edge_step(plan) if "on_edge(" in used else None,
        "functions": functions,
        "towards": py_float(round(min(MOST_TOWARDS, TOWARDS * len(plan.network.vertices)), 3)),
        "fields": tuple(_fields(plan)),
        "draws": tuple(draws),
        "arguments": tuple(arguments),
        "data": tuple(_data(data) for data in plan.data),
        "pruning": plan.pruning is not None,
        **layers.holes(plan),
    }


CALLED_PARTS = ("towards_jumps", "towards_vertices", "towards_layers", "circle", "sphere", "away", "shares", "accepted")
"""Templates of functions that stand in the section where another function calls them."""


def _parts(plan: Plan, used: str, fixing: bool) -> tuple[str, ...]:
    """The templates of the functions that the point sets call, each behind what it calls itself."""
    radical = "halton_points(" in used or ("hammersley_points(" in used and len(plan.axes) > 1)
    parts = ["methods/sample/radical_inverse.py.j2"] if radical else []
    parts += _samplers(plan, used)
    names = ["in_box_fixing" if fixing else "in_box", *(name for name in CALLED_PARTS if f"{name}(" in used)]
    names += ["inside"] if _shaped(plan) else []
    names += ["on_edge"] if "on_edge(" in used else []
    return (*parts, *(f"sections/sampling/{name}.py.j2" for name in names))


@dataclass(frozen=True, slots=True)
class DataView:
    """A data set: where it was stated, its label, file, checksum and columns."""

    place: Py
    label: Py
    path: Py
    sha256: Py
    columns: Py


def _data(data: DataPlan) -> DataView:
    return DataView(
        place=py_text(data.place),
        label=py_string(data.name),
        path=py_string(data.path),
        sha256=py_string(data.sha256),
        columns=py_tuple([py_string(column) for column in data.columns]),
    )


def _time_row(plan: Plan) -> tuple[Py, ...]:
    """The time of points on a surface, from the last column of the unit cube; nothing in steady problems."""
    space = len(_space(plan))
    if space == len(plan.axes):
        return ()
    return (Py(f"            LOW[{space}] + (HIGH[{space}] - LOW[{space}]) * unit[:, {space - 1}],"),)


def _space(plan: Plan) -> tuple[str, ...]:
    return tuple(axis.name for axis in plan.axes if not axis.is_time)


def _shaped(plan: Plan) -> bool:
    """Whether the region is more than a box, so that points must be tried."""
    return plan.region is not None and not isinstance(plan.region, Box)


# ---------------------------------------------------------------------------------------------------
# Samplers and membership
# ---------------------------------------------------------------------------------------------------


def _samplers(plan: Plan, used: str) -> tuple[str, ...]:
    """The templates of the samplers that the section calls, in the order of the point sets."""
    names = dict.fromkeys((*(points.sampler.name for points in plan.point_sets), "random"))
    methods = [find("sample", name) for name in names if f"{name}_points(" in used]
    return tuple(method.template for method in methods if method is not None)


def _inside(plan: Plan) -> tuple[Py, ...] | None:
    """The body of `inside`, or None for a box, where every point drawn lies inside."""
    if plan.region is None or isinstance(plan.region, Box):
        return None
    space = _space(plan)
    taken = {python_name(axis.name) for axis in plan.axes} | {"points"}
    taken |= {constant_name(constant.name) for constant, _ in plan.constants}
    lines = Membership(space, taken).body(plan.region)
    names = [python_name(name) for name in space]
    points = "points" if len(space) == len(plan.axes) else f"points[:, :{len(space)}]"
    return (unpacked(names, points), *lines)


def _inside_summary(plan: Plan) -> Py:
    """The docstring of `inside`: the region as written, where that is short."""
    text = "" if plan.region is None else shape_text(plan.region)
    region = text if len(text) <= LONGEST_REGION else "the region"
    return _summary(f"Which points lie in {region}, boundary included: shape (points,).")


def _edge_step(plan: Plan) -> Py:
    """A step that is small beside every shape and large beside rounding."""
    assert plan.region is not None
    relative = 1e-3 if plan.precision == "float32" else 1e-6
    return py_float(float(f"{relative * smallest_size(plan.region):.0e}"))


# ---------------------------------------------------------------------------------------------------
# The interior
# ---------------------------------------------------------------------------------------------------


def _interior_functions(plan: Plan) -> tuple[FunctionView, ...]:
    """`sample_interior` and `sample_pool`: the same region, evenly and independently."""
    points = next(item for item in plan.point_sets if item.kind == "interior")
    dimensions = len(plan.axes)
    return (
        _region_function(
            plan,
            "sample_interior",
            f"Collocation points of the equations: shape (count, {dimensions}).",
            lambda count: unit_points(points, count, dimensions),
            movers=_movers(plan),
        ),
        _region_function(
            plan,
            "sample_pool",
            f"Independent candidates for interior points: shape (count, {dimensions}).",
            lambda count: called("random_points", [count, str(dimensions), "generator"]),
        ),
    )


def _region_function(
    plan: Plan, name: str, summary: str, unit: Callable[[str], Item], *, movers: tuple[str, ...] = ()
) -> FunctionView:
    return _function(name, summary, _region_body(plan, unit, "LOW", "HIGH", movers=movers), normals=False)


def _region_body(
    plan: Plan, unit: Callable[[str], Item], low: Item, high: Item, *, movers: tuple[str, ...] = ()
) -> list[Py]:
    """Points of the box that holds the region, tried until enough lie inside where the region is no box.

    Functions of the module, `movers`, move some of them.
    """

    def drawn(count: str) -> Group:
        points = called("in_box", [unit(count), low, high])
        for function in movers:
            points = called(function, [points, "generator"])
        return points

    if not _shaped(plan):
        return [written(drawn("count"), 4, "return ")]
    return [
        Py("    def draw(number: int) -> Tensor:"),
        Py('        """Points of the box around the region."""'),
        written(drawn("number"), 8, "return "),
        Py(""),
        Py("    return accepted(draw, inside, count, generator)"),
    ]


def _movers(plan: Plan) -> tuple[str, ...]:
    """The functions that move some points of the equations: towards thin layers, towards corners."""
    to_corners = towards(plan)
    return (*(("towards_layers",) if plan.layers else ()), *((to_corners,) if to_corners else ()))


def _function(name: str, summary: str, body: list[Py], *, normals: bool) -> FunctionView:
    parameters = ["count: int", "generator: torch.Generator"]
    returns = "tuple[Tensor, Tensor]" if normals else "Tensor"
    spaced = [Py(""), *body] if body[0].lstrip().startswith("def ") else body
    return FunctionView(signature(name, parameters, returns), _summary(summary), py_join(spaced))


def _summary(text: str) -> Py:
    return py_wrap(text, WIDTH - 10, "", "    ")


# ---------------------------------------------------------------------------------------------------
# The sets of conditions
# ---------------------------------------------------------------------------------------------------


def _set_function(plan: Plan, points: PointSet) -> FunctionView:
    """The function that draws the points of one soft condition."""
    match points.kind:
        case "boundary" if _is_fixed(plan, points):
            return _fixed_boundary(plan, points)
        case "boundary":
            return _boundary_function(plan, points)
        case _ if _is_fixed(plan, points):
            return _fixed_point(plan, points)
        case "initial":
            return _initial(plan, points)
        case _:
            return _point_in_time(plan, points)


def _is_fixed(plan: Plan, points: PointSet) -> bool:
    """Whether a set consists of given points, so that nothing is drawn."""
    if points.kind == "point":
        return len(points.point) == len(plan.axes)
    return len(plan.axes) == 1


def _fixed_point(plan: Plan, points: PointSet) -> FunctionView:
    """A point constraint, or the start of time of a problem without space."""
    place = [expression_code(item) for item in points.point] or [bound_code(plan.axes[0].low)]
    body = [Py(f"    return torch.tensor([[{', '.join(place)}]], dtype=DTYPE)")]
    summary = _summary(f"The point of `{points.name}`: shape (1, {len(plan.axes)}).")
    return FunctionView(signature(_name(points), [], "Tensor"), summary, py_join(body))


def _fixed_boundary(plan: Plan, points: PointSet) -> FunctionView:
    """Ends of an interval."""
    faces = [plan.pieces[index] for index in points.pieces]
    values = ", ".join(f"[{face_value(piece)}]" for piece in faces)
    outward = ", ".join(f"[{face_sign(piece)}]" for piece in faces)
    body = [Py(f"    points = torch.tensor([{values}], dtype=DTYPE)")]
    returned = ["points"]
    if points.normals:
        body.append(Py(f"    normals = torch.tensor([{outward}], dtype=DTYPE)"))
        returned.append("normals")
    if points.where is not None:
        body += [*where_columns(plan, points, "points", 4), broken("keep = ", where_operands(points.where))]
        returned = [f"{name}[keep]" for name in returned]
    body.append(Py(f"    return {', '.join(returned)}"))
    summary = _summary(f"The points of `{points.name}`, {places(plan, points)}.")
    returns = "tuple[Tensor, Tensor]" if points.normals else "Tensor"
    return FunctionView(signature(_name(points), [], returns), summary, py_join(body))


def _initial(plan: Plan, points: PointSet) -> FunctionView:
    time = plan.axes[-1]
    axes = plan.axes[:-1]
    low = point_code([*(axis.low for axis in axes), time.low])
    high = point_code([*(axis.high for axis in axes), time.low])
    body = _region_body(plan, lambda count: unit_points(points, count, len(axes)), low, high)
    start = f"{time.name} = {scalar_text(time.low)}"
    return _function(
        _name(points), f"Points of `{points.name}`, at {start}: shape (count, {len(plan.axes)}).", body, normals=False
    )


def _point_in_time(plan: Plan, points: PointSet) -> FunctionView:
    """A point of space at sampled times."""
    time = plan.axes[-1]
    place = [expression_code(item) for item in points.point]
    low, high = listed([*place, bound_code(time.low)]), listed([*place, bound_code(time.high)])
    body = [written(called("in_box", [unit_points(points, "count", 1), low, high]), 4, "return ")]
    summary = f"Times at the point of `{points.name}`: shape (count, {len(plan.axes)})."
    return _function(_name(points), summary, body, normals=False)


def _name(points: PointSet) -> Py:
    return py_name(f"sample_{prefix_name(points.name)}")


def _boundary_function(plan: Plan, points: PointSet) -> FunctionView:
    """Points of several pieces; tried one by one where pieces are cut or the condition is narrowed."""
    clipped = any(plan.pieces[index].clipped for index in points.pieces)
    summary = f"Points of `{points.name}`, {places(plan, points)}: shape (count, {len(plan.axes)})."
    if points.normals:
        summary = f"{summary[:-1]}, and outward normals of shape (count, {len(_space(plan))})."
    narrowed = points.where is not None
    body = tried(plan, points, clipped) if clipped or narrowed else untried(plan, points)
    return _function(_name(points), summary, body, normals=points.normals)


# ---------------------------------------------------------------------------------------------------
# All points together
# ---------------------------------------------------------------------------------------------------


def _fields(plan: Plan) -> list[Py]:
    names: list[Py] = []
    for points in plan.point_sets:
        names.append(point_field(points.name))
        if points.normals:
            names.append(normals_field(points.name))
    for data in plan.data:
        names += [point_field(data.name), observed_field(data.name)]
    return [*names, *([Py("attention")] if plan.attention is not None else [])]


def _drawing(plan: Plan, points: PointSet) -> str:
    fixed = points.kind != "interior" and _is_fixed(plan, points)
    return f"{_name(points)}({'' if fixed else f'{py_int(points.count)}, generator'})"


def _draws(plan: Plan) -> tuple[list[Py], list[Py]]:
    """The lines that draw sets before they are put together, and the arguments of `Points`.

    Sets with normals give two tensors; sets with long names would not fit beside their names.
    """
    lines: list[Py] = []
    arguments: list[Py] = []
    for number, points in enumerate(plan.point_sets):
        names = [point_field(points.name), *([normals_field(points.name)] if points.normals else [])]
        drawing = _drawing(plan, points)
        direct = Py(f"        {names[0]}={drawing},")
        pair = Py(f"    {', '.join(names)} = {drawing}")
        if not points.normals and len(direct) <= WIDTH:
            arguments.append(direct)
        elif points.normals and len(pair) <= WIDTH:
            lines.append(pair)
            arguments += [Py(f"        {name}={name},") for name in names]
        else:
            lines.append(Py(f"    set_{number} = {drawing}"))
            parts = [f"set_{number}[{part}]" for part in range(2)] if points.normals else [f"set_{number}"]
            arguments += [Py(f"        {name}={part},") for name, part in zip(names, parts, strict=True)]
    for data in plan.data:
        names = [point_field(data.name), observed_field(data.name)]
        lines.append(Py(f"    {', '.join(names)} = observations({py_string(data.name)})"))
        arguments += [Py(f"        {name}={name},") for name in names]
    if plan.attention is not None:
        shape = f"{py_int(plan.point_sets[0].count)}, {len(plan.attention.addresses)}"
        arguments.append(Py(f"        attention=torch.ones({shape}, dtype=DTYPE),"))
    return lines, arguments
