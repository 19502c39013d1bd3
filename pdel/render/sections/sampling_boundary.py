"""Points of boundary pieces: drawn on whole surfaces, and tried where pieces are cut or conditions narrowed.

In: a point set of the kind `boundary`. Out: the lines of its function in the section "Sampling".
"""

from __future__ import annotations

from pdel.expression import Expr, Logical, coordinates
from pdel.geometry import Face, Piece, Sphere
from pdel.geometry_points import surface_measure
from pdel.plan.plan import Plan, PointSet
from pdel.render.layout import call
from pdel.render.nested import Group, called, listed, written
from pdel.render.printer import Precedence, code, code_within
from pdel.render.py import Py, py_float
from pdel.render.region import bound_code, broken, point_code
from pdel.render.sections.coordinates import coordinate_names

MOST_LABELS = 6
"""How many pieces of the boundary a docstring names."""


def unit_points(points: PointSet, count: str, dimensions: int) -> Group:
    """A call of a point set's sampler."""
    generator = () if points.sampler.name == "grid" else ("generator",)
    return called(f"{points.sampler.name}_points", [count, str(dimensions), *generator])


def unpacked(names: list[str], points: str, indent: int = 4) -> Py:
    """The columns of points as variables of shape (points,)."""
    target = f"({names[0]},)" if len(names) == 1 else ", ".join(names)
    return Py(f"{' ' * indent}{target} = {points}.unbind(dim=1)")


def towards(plan: Plan) -> str:
    """The function that moves points towards corners beside which the solution is not smooth; empty without them."""
    if plan.network.vertices:
        return "towards_vertices"
    return "towards_jumps" if plan.jumps else ""


def untried(plan: Plan, points: PointSet) -> list[Py]:
    """The body of a function whose surfaces belong to the boundary as a whole."""
    mover = "" if plan.jumps and points.normals else towards(plan)
    if len(points.pieces) == 1 and not points.normals:
        even = _piece_points(plan, points, plan.pieces[points.pieces[0]], "count")
        return [written(called(mover, [even, "generator", "edges=True"]) if mover else even, 4, "return ")]
    lines, pieces, normals = _surfaces(plan, points, "count", normals=points.normals, indent=4)
    if mover and not points.normals:
        return [*lines, call(f"return {mover}", [pieces, "generator", "edges=True"])]
    if mover:
        lines.append(call(f"moved = {mover}", [pieces, "generator", "edges=True"]))
        pieces = "moved"
    return [*lines, Py(f"    return {pieces}, {normals}" if points.normals else f"    return {pieces}")]


def tried(plan: Plan, points: PointSet, clipped: bool) -> list[Py]:
    """The body of a function that draws on whole surfaces and keeps what lies in the right place."""
    dimensions = len(plan.axes)
    wide = clipped or points.normals
    lines, pieces, normals = _surfaces(plan, points, "number", normals=wide, indent=8)
    if plan.network.vertices:
        lines.append(call(f"moved = {towards(plan)}", [pieces, "generator", "edges=True"], 8))
        pieces = "moved"
    content = "Points and outward normals, side by side" if wide else "Points"
    rows = f"torch.cat([{pieces}, {normals}], dim=1)" if wide else pieces
    drawn = call("return accepted", ["draw", "accept", "count", "generator"])
    if points.normals:
        ending = [
            Py("    rows = accepted(draw, accept, count, generator)"),
            Py(f"    return rows[:, :{dimensions}], rows[:, {dimensions}:]"),
        ]
    else:
        ending = [Py(f"{drawn}[:, :{dimensions}]") if wide else drawn]
    return [
        Py("    def draw(number: int) -> Tensor:"),
        Py(f'        """{content}, of the whole surfaces."""'),
        *lines,
        Py(f"        return {rows}"),
        Py(""),
        *_accept(plan, points, clipped=clipped, wide=wide),
        Py(""),
        *ending,
    ]


def _accept(plan: Plan, points: PointSet, *, clipped: bool, wide: bool) -> list[Py]:
    """The function `accept` of a set whose points are tried."""
    dimensions = len(plan.axes)
    reasons = [*(["bound the region"] if clipped else []), *(["lie where the condition holds"] if points.where else [])]
    lines = [
        Py(f"    def accept({'rows' if wide else 'points'}: Tensor) -> Tensor:"),
        Py(f'        """Which points {" and ".join(reasons)}."""'),
    ]
    if clipped and points.where is None:
        return [*lines, Py(f"        return on_edge(rows[:, :{dimensions}], rows[:, {dimensions}:])")]
    assert points.where is not None
    if wide:
        lines.append(Py(f"        points = rows[:, :{dimensions}]"))
    lines += where_columns(plan, points, "points", 8)
    operands = where_operands(points.where, within=clipped)
    if clipped:
        operands = [f"on_edge(points, rows[:, {dimensions}:])", f"& {operands[0]}", *operands[1:]]
    return [*lines, broken("return ", operands, indent=8)]


def where_columns(plan: Plan, points: PointSet, name: str, indent: int) -> list[Py]:
    """The coordinates that a set's condition names, as variables."""
    assert points.where is not None
    used = coordinates(points.where)
    return [unpacked(coordinate_names(plan, used), name, indent)] if used else []


def where_operands(where: Expr, *, within: bool = False) -> list[str]:
    """A condition as operands that begin with their operators."""
    if not coordinates(where):
        return [f"torch.full((len(points),), {code(where)})"]
    if not isinstance(where, Logical) or (within and where.operator == "or"):
        return [code_within(where, Precedence.ATOM) if within else code(where)]
    sign = "&" if where.operator == "and" else "|"
    operands = [code_within(operand, Precedence.ATOM) for operand in where.operands]
    return [operands[0], *(f"{sign} {operand}" for operand in operands[1:])]


def _surfaces(plan: Plan, points: PointSet, number: str, *, normals: bool, indent: int) -> tuple[list[Py], str, str]:
    """Lines that draw the points of all pieces, and the names of the points and normals in them."""
    pieces = [plan.pieces[index] for index in points.pieces]
    pad = " " * indent
    if len(pieces) == 1:
        lines = [written(_piece_points(plan, points, pieces[0], number), indent, "points = ")]
        if normals:
            lines.append(written(_piece_normals(pieces[0], number, "points"), indent, "normals = "))
        return lines, "points", "normals"
    sizes = [py_float(float(f"{surface_measure(piece.surface):.6g}")) for piece in pieces]
    lines = [written(called("shares", [number, listed(sizes)]), indent, "counts = "), Py(f"{pad}points = [")]
    for index, piece in enumerate(pieces):
        lines.append(written(_piece_points(plan, points, piece, f"counts[{index}]"), indent + 4, "", ","))
    lines.append(Py(f"{pad}]"))
    if normals:
        lines.append(Py(f"{pad}normals = ["))
        for index, piece in enumerate(pieces):
            normal = _piece_normals(piece, f"counts[{index}]", f"points[{index}]")
            lines.append(written(normal, indent + 4, "", ","))
        lines.append(Py(f"{pad}]"))
    return lines, "torch.cat(points)", "torch.cat(normals)"


def _piece_points(plan: Plan, points: PointSet, piece: Piece, count: str) -> Group:
    """The call that draws the points of a whole surface."""
    unit = unit_points(points, count, len(plan.axes) - 1)
    if isinstance(piece.surface, Sphere):
        ball = piece.surface.ball
        function = "circle" if len(ball.centre) == 2 else "sphere"
        return called(function, [unit, point_code(ball.centre), bound_code(ball.radius)])
    return called("in_box", [unit, *_face_corners(plan, piece.surface)])


def _face_corners(plan: Plan, face: Face) -> tuple[Group, Group]:
    """The corners of a face, and the ends of time."""
    fixed = (face.box.highs if face.upper else face.box.lows)[face.axis]
    times = [axis for axis in plan.axes if axis.is_time]
    lows = [fixed if axis == face.axis else low for axis, low in enumerate(face.box.lows)]
    highs = [fixed if axis == face.axis else high for axis, high in enumerate(face.box.highs)]
    return point_code([*lows, *(axis.low for axis in times)]), point_code([*highs, *(axis.high for axis in times)])


def _piece_normals(piece: Piece, count: str, name: str) -> Group:
    """The call that gives the outward normals at the points of a surface."""
    if isinstance(piece.surface, Sphere):
        return called(f"{'-' if piece.inward else ''}away", [name, point_code(piece.surface.ball.centre)])
    axes = range(len(piece.surface.box.lows))
    components = [face_sign(piece) if axis == piece.surface.axis else py_float(0.0) for axis in axes]
    return called(f"torch.tensor([{', '.join(components)}], dtype=DTYPE).expand", [count, "-1"])


def face_sign(piece: Piece) -> Py:
    """The outward direction along the axis of a face: 1 or -1."""
    assert isinstance(piece.surface, Face)
    return py_float(1.0 if piece.surface.upper != piece.inward else -1.0)


def face_value(piece: Piece) -> Py:
    """The value of the coordinate that is constant on a face."""
    assert isinstance(piece.surface, Face)
    box = piece.surface.box
    return bound_code((box.highs if piece.surface.upper else box.lows)[piece.surface.axis])


def places(plan: Plan, points: PointSet) -> str:
    """Where a condition holds, in words."""
    labels = [plan.pieces[index].label for index in points.pieces]
    return f"on {', '.join(labels)}" if len(labels) <= MOST_LABELS else f"on {len(labels)} pieces of the boundary"
