"""Shapes from expressions, boundary pieces, and points on them."""

from __future__ import annotations

import math

import pytest

from pdel.diagnostics.model import Result, error
from pdel.expression import Constant, Number
from pdel.geometry import Ball, Box, Difference, Intersection, Piece, Scalar, Shape, Union
from pdel.geometry_points import (
    bounds,
    dimension,
    inside,
    is_empty,
    level,
    on_boundary,
    outward_normal,
    sample_piece,
    sample_region,
    surface_measure,
)
from pdel.semantics.geometry import build_shape, check_region
from pdel.semantics.pieces import boundary_pieces
from pdel.semantics.selectors import Boundary, select
from pdel.source import Source, Span
from pdel.syntax import ast
from pdel.syntax.parse import parse

CONSTANTS = {"H": 0.41, "r": 0.05}


def evaluate(expression: ast.Expression) -> Result[Scalar]:
    match expression:
        case ast.Number(text=text):
            return Result(Scalar(Number(text), float(text)))
        case ast.Name(text=text) if text in CONSTANTS:
            return Result(Scalar(Constant(text), CONSTANTS[text]))
        case ast.Negate(operand=ast.Number(text=text)):
            return Result(Scalar(Number(text), -float(text)))
        case _:
            return Result(None, (error("E999", "no number", expression.span),))


def expression_of(text: str) -> ast.Expression:
    parsed = parse(Source("t.pde", f"problem t\nshape s = {text}\n")).value
    assert parsed is not None
    statement = parsed.statements[-1]
    assert isinstance(statement, ast.ShapeStatement)
    return statement.value


def shape_of(text: str, **shapes: Shape) -> Shape:
    result = build_shape(expression_of(text), shapes, evaluate)
    assert not result.diagnostics
    assert result.value is not None
    return result.value


def codes(text: str, **shapes: Shape | None) -> list[str]:
    return [item.code for item in build_shape(expression_of(text), shapes, evaluate).diagnostics]


def selector_of(text: str) -> ast.Selector:
    parsed = parse(Source("t.pde", f"problem t\nboundary b: u = 0 on {text}\n")).value
    assert parsed is not None
    statement = parsed.statements[-1]
    assert isinstance(statement, ast.BoundaryStatement)
    return statement.selector


CHANNEL = shape_of("rectangle((0, 0), (2.2, H))")
PILLAR = shape_of("disk((0.2, 0.2), r)")


def test_elementary_shapes() -> None:
    assert isinstance(CHANNEL, Box)
    assert [high.value for high in CHANNEL.highs] == [2.2, 0.41]
    assert CHANNEL.highs[1].expression == Constant("H")
    assert isinstance(PILLAR, Ball)
    assert PILLAR.radius == Scalar(Constant("r"), 0.05)
    assert dimension(shape_of("interval(-1, 1)")) == 1
    assert dimension(shape_of("box((0, 0, 0), (1, 1, 1))")) == 3
    assert dimension(shape_of("ball((0, 0, 0), 1)")) == 3


def test_combinations() -> None:
    assert isinstance(shape_of("a + b", a=CHANNEL, b=PILLAR), Union)
    assert isinstance(shape_of("a & b", a=CHANNEL, b=PILLAR), Intersection)
    difference = shape_of("a - b - b", a=CHANNEL, b=PILLAR)
    assert isinstance(difference, Difference)
    assert difference.removed == (PILLAR, PILLAR)
    assert isinstance(shape_of("(a + b) - b", a=CHANNEL, b=PILLAR), Difference)
    assert isinstance(shape_of("a + (b & a)", a=CHANNEL, b=PILLAR), Union)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("pillra", "E411"),
        ("circle((0, 0), 1)", "E411"),
        ("disk", "E414"),
        ("2*3", "E412"),
        ("-a", "E412"),
        ("a + b - b", "E413"),
        ("disk((0, 0, 0), 1)", "E414"),
        ("disk(0, 0, 1)", "E414"),
        ("disk((0, 0), radius = 1)", "E414"),
        ("rectangle((0, 0), 1)", "E414"),
        ("interval((0, 1), 2)", "E414"),
        ("a + interval(0, 1)", "E415"),
        ("disk((0, 0), 0)", "E416"),
        ("disk((0, 0), -1)", "E416"),
        ("rectangle((0, 1), (1, 0))", "E416"),
        ("interval(1, 1)", "E416"),
        ("disk((0, 0), R)", "E999"),
    ],
)
def test_mistakes(text: str, code: str) -> None:
    assert codes(text, a=CHANNEL, b=PILLAR) == [code]


def test_a_refused_shape_is_not_reported_again() -> None:
    assert codes("a - broken", a=CHANNEL, broken=None) == []


def test_both_operands_are_checked() -> None:
    assert codes("disk((0, 0), 0) + wrong") == ["E416", "E411"]


def test_region_checks() -> None:
    span = Span(0, 1)
    far = shape_of("a & disk((9, 9), 1)", a=CHANNEL)
    assert is_empty(far)
    assert not is_empty(shape_of("a & b", a=CHANNEL, b=PILLAR))
    assert [item.code for item in check_region(far, ("x", "y"), span)] == ["E420"]
    assert [item.code for item in check_region(CHANNEL, ("x",), span)] == ["E415"]
    assert check_region(CHANNEL, ("x", "y"), span) == ()


def labels(pieces: tuple[Piece, ...]) -> list[str]:
    return [piece.label for piece in pieces]


def test_pieces_of_a_box() -> None:
    pieces = boundary_pieces(CHANNEL, ("x", "y"))
    assert labels(pieces) == ["x = 0", "x = 2.2", "y = 0", "y = H"]
    assert not any(piece.clipped or piece.inward for piece in pieces)
    assert labels(boundary_pieces(CHANNEL, ("x", "y"), ("x",))) == ["y = 0", "y = H"]


def test_a_hole_is_inward_and_nothing_is_clipped() -> None:
    region = shape_of("channel - pillar", channel=CHANNEL, pillar=shape_of("disk((0.2, 0.2), r)"))
    pieces = boundary_pieces(region, ("x", "y"))
    assert labels(pieces) == ["x = 0", "x = 2.2", "y = 0", "y = H", "disk"]
    assert [piece.inward for piece in pieces] == [False] * 4 + [True]
    assert not any(piece.clipped for piece in pieces)


def test_a_hole_across_the_edge_clips() -> None:
    region = shape_of("rectangle((0, 0), (1, 1)) - disk((1, 0.5), 0.25)")
    pieces = {piece.label: piece for piece in boundary_pieces(region, ("x", "y"))}
    assert list(pieces) == ["x = 0", "x = 1", "y = 0", "y = 1", "disk"]
    assert [name for name, piece in pieces.items() if piece.clipped] == ["x = 1", "disk"]
    for point in sample_piece(region, pieces["disk"], 100):
        assert point[0] < 1
        assert outward_normal(pieces["disk"], point)[0] > 0
    for point in sample_piece(region, pieces["x = 1"], 100):
        assert abs(point[1] - 0.5) > 0.25


def test_the_seam_of_an_l_shape_is_no_boundary() -> None:
    region = shape_of("rectangle((0, 0), (1, 2)) + rectangle((1, 0), (2, 1))")
    pieces = boundary_pieces(region, ("x", "y"))
    assert labels(pieces) == [
        "x = 0",
        "x = 1",
        "y = 0 of rectangle (1)",
        "y = 2",
        "x = 2",
        "y = 0 of rectangle (2)",
        "y = 1",
    ]
    seam = pieces[1]
    assert seam.clipped
    assert all(point[1] > 1 for point in sample_piece(region, seam, 50))
    assert on_boundary(region, (1.0, 1.5))
    assert not on_boundary(region, (1.0, 0.5))
    assert inside(region, (1.0, 0.5))


def test_a_notch_leaves_the_corner_open() -> None:
    region = shape_of("rectangle((0, 0), (1, 1)) - rectangle((0.5, 0.5), (1, 1))")
    pieces = boundary_pieces(region, ("x", "y"))
    assert len(pieces) == 6
    assert not inside(region, (0.75, 0.75))
    assert inside(region, (0.5, 0.75))
    notch = [piece for piece in pieces if piece.inward]
    assert len(notch) == 2
    assert outward_normal(notch[0], (0.5, 0.75)) == (1.0, 0.0)


def test_hidden_shapes_have_no_pieces() -> None:
    region = shape_of("disk((0, 0), 1) + disk((0, 0), 0.5)")
    assert len(boundary_pieces(region, ("x", "y"))) == 1
    assert boundary_pieces(shape_of("disk((0, 0), 1) & disk((5, 0), 1)"), ("x", "y")) == ()


def test_a_shape_used_twice_may_bound_from_both_sides() -> None:
    region = shape_of("(left - pin) + (right & pin)", left=shape_of("rectangle((0, 0), (1, 2))"),
                      right=shape_of("rectangle((1, 0), (2, 2))"), pin=shape_of("disk((1, 1), 0.5)"))  # fmt: skip
    sides = [piece.inward for piece in boundary_pieces(region, ("x", "y")) if piece.label.startswith("disk")]
    assert sides == [False, True]


def test_intervals_joined_and_cut() -> None:
    region = shape_of("interval(0, 1) + interval(0.5, 2)")
    pieces = boundary_pieces(region, ("x",))
    assert labels(pieces) == ["x = 0", "x = 2"]
    assert [sample_piece(region, piece, 5) for piece in pieces] == [((0.0,),), ((2.0,),)]


def test_normals_are_outward_in_space() -> None:
    region = shape_of("box((0, 0, 0), (1, 1, 1)) - ball((0.5, 0.5, 0.5), 0.3)")
    for piece in boundary_pieces(region, ("x", "y", "z")):
        points = sample_piece(region, piece, 20)
        assert len(points) == 20
        for point in points:
            normal = outward_normal(piece, point)
            assert math.isclose(math.hypot(*normal), 1)
            assert on_boundary(region, point)
            out = tuple(x + 1e-3 * n for x, n in zip(point, normal, strict=True))
            into = tuple(x - 1e-3 * n for x, n in zip(point, normal, strict=True))
            assert level(region, out) > 0 > level(region, into)


def test_samples_are_uniform() -> None:
    region = shape_of("disk((0, 0), 1)")
    points = sample_region(region, 1000)
    assert len(points) == 1000
    assert abs(sum(math.hypot(*point) < math.sqrt(0.5) for point in points) - 500) < 20
    assert bounds(region) == ((-1.0, -1.0), (1.0, 1.0))
    (rim,) = boundary_pieces(region, ("x", "y"))
    assert math.isclose(surface_measure(rim.surface), 2 * math.pi)
    ball = shape_of("ball((0, 0, 0), 1)")
    (sphere,) = boundary_pieces(ball, ("x", "y", "z"))
    heights = [point[2] for point in sample_piece(ball, sphere, 1000)]
    assert abs(sum(height > 0.5 for height in heights) - 250) < 15


def boundary_of(region: Shape, **shapes: Shape | None) -> Boundary:
    pieces = boundary_pieces(region, ("x", "y"))
    return Boundary(pieces, ("x", "y"), shapes, {"base": (2,), "lost": None}, time="t")


REGION = Difference("", CHANNEL, (PILLAR,))
NAMED = {"channel": CHANNEL, "pillar": PILLAR, "far": shape_of("disk((5, 5), 1)"), "broken": None}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x = 0", (0,)),
        ("y = 0, y = H, pillar", (2, 3, 4)),
        ("channel", (0, 1, 2, 3)),
        ("boundary", (0, 1, 2, 3, 4)),
        ("boundary except x = 0, pillar", (1, 2, 3)),
        ("base", (2,)),
        ("pillar, x = 0, pillar", (0, 4)),
    ],
)
def test_selectors(text: str, expected: tuple[int, ...]) -> None:
    assert select(selector_of(text), boundary_of(REGION, **NAMED), evaluate) == Result(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x = 1", ["E410"]),
        ("t = 0", ["E410"]),
        ("q = 0", ["E417"]),
        ("pilar", ["E417"]),
        ("far", ["E418"]),
        ("x = 0 except boundary", ["E419"]),
        ("x = 1, pilar", ["E410", "E417"]),
        ("broken", []),
        ("lost", []),
        ("x = R", ["E999"]),
    ],
)
def test_wrong_selectors(text: str, expected: list[str]) -> None:
    result = select(selector_of(text), boundary_of(REGION, **NAMED), evaluate)
    assert result.value is None
    assert [item.code for item in result.diagnostics] == expected


def test_the_faces_that_exist_are_listed() -> None:
    result = select(selector_of("x = 1"), boundary_of(CHANNEL), evaluate)
    assert result.diagnostics[0].help == "The boundary consists of `x = 0`, `x = 2.2`, `y = 0` and `y = H`."


@pytest.mark.parametrize(
    ("point", "left"),
    [((0.5, 1), False), ((1, 0.5), False), ((1, 1), False), ((0, 0), True), ((0, 0.5), True), ((0, 1), True),
     ((1, 0), True), ((-1, 1), True)],
)  # fmt: skip
def test_nothing_is_left_on_a_side_that_a_removed_box_shares(point: tuple[float, float], left: bool) -> None:
    region = shape_of("rectangle((-1, -1), (1, 1)) - rectangle((0, 0), (1, 1))")
    assert inside(region, point) is left
    assert on_boundary(region, point) is left
