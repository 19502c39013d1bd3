"""Drawings of domains: outlines to scale, conditions where they hold, labels outside the region."""

from __future__ import annotations

import math
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from pdel.geometry_points import smallest_size
from pdel.publish.document import tikz
from pdel.publish.drawing import Area, Caption, Dot, Drawing, Stroke
from pdel.publish.outline import loops, trace
from pdel.publish.svg import plain, svg
from tests.publish.pages import EXAMPLES, compiled, page_of_text

PLATE = """problem a
{shapes}
space (x, y) in {region}
field u(x, y)
equation balance: laplacian(u) = 1
{conditions}
"""


def draw(text: str, folder: Path) -> Drawing:
    drawing = page_of_text(text, folder).drawing
    assert drawing is not None
    ET.fromstring(str(svg(drawing)))
    assert tikz(drawing).count("\\draw") >= 1
    for item in drawing.items:
        if isinstance(item, Caption):
            assert 0 <= item.place[0] <= drawing.width
            assert 0 <= item.place[1] <= drawing.height
    return drawing


def captions(drawing: Drawing) -> list[str]:
    return [plain(item.text) for item in drawing.items if isinstance(item, Caption)]


def area(curve: tuple[tuple[float, ...], ...]) -> float:
    following = (*curve[1:], curve[0])
    return abs(sum(x * v - u * y for (x, y), (u, v) in zip(curve, following, strict=True))) / 2


REGIONS = [
    ("rectangle((0, 0), (1, 1)) - disk((0.5, 0.5), 0.2)", 1 - math.pi * 0.04, 2),
    ("rectangle((0, 0), (2, 1)) + rectangle((0, 0), (1, 2))", 3, 1),
    ("rectangle((0, 0), (2, 2)) - disk((0, 0), 1)", 4 - math.pi / 4, 1),
    ("disk((0, 0), 1) & rectangle((0, -1), (1, 1))", math.pi / 2, 1),
    ("disk((0, 0), 1) + disk((1, 0), 1)", 4 * math.pi / 3 + math.sqrt(3) / 2, 1),
]


@pytest.mark.parametrize(("shape", "size", "curves"), REGIONS)
def test_outlines_are_closed_and_enclose_the_region(shape: str, size: float, curves: int, tmp_path: Path) -> None:
    (tmp_path / "a.pde").write_text(
        PLATE.format(shapes="", region=shape, conditions="boundary rim: u = 0 on boundary"), encoding="utf-8"
    )
    region = compiled(tmp_path / "a.pde").problem.region
    runs = trace(region, lambda *_: None)
    found = loops(runs, 1e-4 * smallest_size(region))
    assert len(found) == curves
    assert all(math.dist(curve[0], curve[-1]) < 1e-4 for curve in found)
    areas = sorted(map(area, found), reverse=True)
    assert areas[0] - sum(areas[1:]) == pytest.approx(size, rel=2e-3)


def test_conditions_are_drawn_where_they_hold(tmp_path: Path) -> None:
    text = PLATE.format(
        shapes="shape plate = rectangle((0, 0), (2, 1))",
        region="plate",
        conditions="boundary low: u = 0 on x = 0 where y < 0.25\nboundary high: dn(u) = 1 on x = 0 where y > 0.25\n"
        "boundary rest: u = 0 on y = 0, y = 1, x = 2",
    )
    drawing = draw(text, tmp_path)
    lengths = {
        item.mark: abs(item.places[0][1] - item.places[-1][1])
        for item in drawing.items
        if isinstance(item, Stroke) and item.mark in (0, 1)
    }
    assert lengths[1] / lengths[0] == pytest.approx(3, rel=1e-3)
    found = captions(drawing)
    assert found.count("rest") == 3
    assert {"low", "high"} <= set(found)


def test_the_label_of_a_hole_stands_within_it(tmp_path: Path) -> None:
    drawing = draw((EXAMPLES / "poisson_hole" / "poisson_hole.pde").read_text(encoding="utf-8"), tmp_path)
    (rim,) = [item for item in drawing.items if isinstance(item, Caption) and plain(item.text) == "rim"]
    region = next(item for item in drawing.items if isinstance(item, Area))
    hole = min(region.curves, key=area)
    left, right = min(x for x, _ in hole), max(x for x, _ in hole)
    assert left < rim.place[0] < right


def test_strips_lines_and_solids(tmp_path: Path) -> None:
    heat = draw((EXAMPLES / "heat" / "heat.pde").read_text(encoding="utf-8"), tmp_path)
    assert captions(heat).count("ends") == 2
    assert "x = 1" in captions(heat)
    lorenz = draw("problem a\ntime t in [0, 2]\nfield u(t)\nequation decay: u_t = -u\ninitial start: u = 1\n", tmp_path)
    assert [item.mark for item in lorenz.items if isinstance(item, Dot)] == [0]
    cube = draw((EXAMPLES / "poisson_3d" / "poisson_3d.pde").read_text(encoding="utf-8"), tmp_path)
    assert "walls" in captions(cube)
    ball = draw(
        "problem a\nshape room = box((0, 0, 0), (2, 1, 1))\nshape ball1 = ball((1, 0.5, 0.5), 0.2)\n"
        "space (x, y, z) in room - ball1\nfield u(x, y, z)\nequation balance: laplacian(u) = 0\n"
        "boundary inner: u = 1 on ball1\nboundary outer: u = 0 on room\n",
        tmp_path,
    )
    assert {"inner", "outer"} <= set(captions(ball))


def test_time_stands_below_a_plane_region(tmp_path: Path) -> None:
    drawing = draw(
        "problem a\nspace x in [0, 1] periodic, y in [0, 1] periodic\ntime t in [0, 3]\nfield u(x, y, t)\n"
        "equation spread: u_t = laplacian(u)\ninitial start: u = sin(2*pi*x)\n",
        tmp_path,
    )
    assert {"start", "t = 0", "t = 3"} <= set(captions(drawing))
    assert any(isinstance(item, Stroke) and item.kind == "dashed" for item in drawing.items)


def test_more_coordinates_have_no_drawing(tmp_path: Path) -> None:
    made = page_of_text(
        "problem a\nspace x[1..5] in [0, 1]\nfield u(x)\nequation balance: laplacian(u) = 0\n"
        "boundary walls: u = x1 on boundary\n",
        tmp_path,
    )
    assert made.drawing is None
