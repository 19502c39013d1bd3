"""Codes of the family E4 that concern regions and their boundaries (E410 to E429)."""

from __future__ import annotations

from pdel.diagnostics.codes.base import CodeInfo

PLATE = """\
problem plate

{shape}
space (x, y) in {region}
field u(x, y)
equation heat: laplacian(u) = -1
boundary rim: u = 0  on {side}
"""


def _plate(shape: str, region: str = "plate", side: str = "boundary") -> str:
    """A small problem with one thing put in."""
    return PLATE.format(shape=shape, region=region, side=side)


SQUARE = "shape plate = rectangle((0, 0), (1, 1))"
WITH_HOLE = f"{SQUARE}\nshape hole = disk((0.5, 0.5), 0.2)"

CODES: tuple[CodeInfo, ...] = (
    CodeInfo(
        code="E410",
        title="A condition off the boundary",
        explanation=(
            "The side that stands after `on` is none of the region's: there is no boundary there. A condition holds\n"
            "on the boundary of the space; conditions at the start of time are stated by `initial`, values at single\n"
            "points by `constraint`. Periodic coordinates have no sides."
        ),
        bad=_plate(SQUARE, side="x = 2"),
        good=_plate(SQUARE, side="x = 0, x = 1, y = 0, y = 1"),
    ),
    CodeInfo(
        code="E411",
        title="An unknown shape",
        explanation=(
            "A name in an expression over shapes is neither an elementary shape (`interval`, `rectangle`, `box`,\n"
            "`disk`, `ball`) nor declared by a `shape` statement further up."
        ),
        bad=_plate(SQUARE, region="plate - hole"),
        good=_plate(WITH_HOLE, region="plate - hole"),
    ),
    CodeInfo(
        code="E412",
        title="Not a shape",
        explanation=(
            "Something else stands where a shape is needed. Shapes are `interval(a, b)`, `rectangle((a, b), (c, d))`,\n"
            "`box((a, b, c), (d, e, f))`, `disk((a, b), radius)`, `ball((a, b, c), radius)`, names of `shape`\n"
            "statements, and these joined by `+` (union), `-` (difference) and `&` (intersection)."
        ),
        bad=_plate("shape plate = 2*3"),
        good=_plate(SQUARE),
    ),
    CodeInfo(
        code="E413",
        title="Unions and differences mixed",
        explanation=(
            "`a + b - c` can be read as `(a + b) - c` and as `a + (b - c)`, which are different regions. Shapes\n"
            "joined by both `+` and `-` need parentheses that say what is meant."
        ),
        bad=_plate("shape plate = rectangle((0, 0), (1, 1)) + disk((1, 0.5), 0.2) - disk((0.5, 0.5), 0.2)"),
        good=_plate("shape plate = (rectangle((0, 0), (1, 1)) + disk((1, 0.5), 0.2)) - disk((0.5, 0.5), 0.2)"),
    ),
    CodeInfo(
        code="E414",
        title="Wrong arguments of a shape",
        explanation=(
            "A shape has been given other arguments than it takes: `interval(a, b)`, `rectangle((a, b), (c, d))` by\n"
            "two opposite corners, `box` likewise in space, `disk((a, b), radius)` and `ball((a, b, c), radius)` by\n"
            "centre and radius."
        ),
        bad=_plate("shape plate = disk(0.5, 0.5, 0.2)"),
        good=_plate("shape plate = disk((0.5, 0.5), 0.2)"),
    ),
    CodeInfo(
        code="E415",
        title="Shapes of different dimensions",
        explanation=(
            "Shapes can only be joined with shapes of the same dimension, and the region of `space (x, y) in …` needs\n"
            "one of as many dimensions as there are coordinates."
        ),
        bad=_plate(f"{SQUARE}\nshape hole = ball((0.5, 0.5, 0.5), 0.2)", region="plate - hole"),
        good=_plate(WITH_HOLE, region="plate - hole"),
    ),
    CodeInfo(
        code="E416",
        title="A shape without extent",
        explanation=(
            "A radius must be positive, and the first corner of an interval, a rectangle or a box must lie below the\n"
            "second in every coordinate. Corners the wrong way round are not put right silently."
        ),
        bad=_plate("shape plate = rectangle((0, 1), (1, 0))"),
        good=_plate(SQUARE),
    ),
    CodeInfo(
        code="E417",
        title="No part of the boundary has this name",
        explanation=(
            "After `on` stand sides (`x = 0`), names of shapes, names of parts, or `boundary` for all of it. A side\n"
            "is named by a coordinate of space."
        ),
        bad=_plate(WITH_HOLE, region="plate - hole", side="hloe"),
        good=_plate(WITH_HOLE, region="plate - hole", side="plate, hole"),
    ),
    CodeInfo(
        code="E418",
        title="A shape away from the boundary",
        explanation=(
            "The shape exists, but none of its surface bounds the region: it lies outside the region, is covered by\n"
            "another shape, or is not used in the region at all."
        ),
        bad=_plate(WITH_HOLE, side="hole"),
        good=_plate(WITH_HOLE, region="plate - hole", side="plate, hole"),
    ),
    CodeInfo(
        code="E419",
        title="Nothing of the boundary is left",
        explanation="What stands after `except` takes away everything that was named before it.",
        bad=_plate(WITH_HOLE, region="plate - hole", side="hole except hole"),
        good=_plate(WITH_HOLE, region="plate - hole", side="boundary except hole\nboundary inner: u = 1  on hole"),
    ),
    CodeInfo(
        code="E420",
        title="An empty region",
        explanation=(
            "The space contains no points: its shapes do not meet, or everything has been removed. Compare the\n"
            "corners, centres and radii of the shapes."
        ),
        bad=_plate(f"{SQUARE}\nshape far = disk((5, 5), 1)", region="plate & far"),
        good=_plate(f"{SQUARE}\nshape near = disk((1, 1), 0.5)", region="plate & near"),
    ),
)
