"""Collocation points of generated modules: where they lie, how many, how evenly, and the normals beside them."""

from __future__ import annotations

import subprocess
import sys
from types import ModuleType

import pytest
import torch

from pdel.maths.lower import lower
from pdel.plan.build import build_plan
from pdel.plan.plan import Plan
from pdel.render.environment import render
from pdel.render.imports import import_lines
from pdel.render.py import Py
from pdel.render.sections import header, sampling
from pdel.semantics.resolve import resolve
from pdel.source import Source
from pdel.syntax.parse import parse

BOX = """\
problem box
space x in [-1, 1], y in [0, 3]
time t in [1, 2]
field u(x, y, t)
equation heat: u_t = laplacian(u)
boundary left: u = 1  on x = -1
boundary sides: dn(u) = 0  on y = 0, y = 3, x = 1
initial start: u = 0
constraint fixed: u = 2  at (0, 0.5)
enforce softly
"""
HOLE = """\
problem hole
constant r = 0.25
shape plate = rectangle((0, 0), (1, 1))
shape bite = disk((1, 0.5), r)
shape pin = disk((0.3, 0.3), 0.1)
space (x, y) in plate - bite - pin
field u(x, y)
equation heat: laplacian(u) = 1
boundary rim: dn(u) = 1  on bite, pin
boundary right: dn(u) = 2  on x = 1
boundary upper: u = 3  on plate, bite where y > 0.6 and x < 0.9
enforce softly
"""
BALL = """\
problem ball
space (x, y, z) in box((0, 0, 0), (1, 1, 1)) - ball((0.5, 0.5, 0.5), 0.3)
time t in [0, 1]
field u(x, y, z, t)
equation heat: u_t = laplacian(u)
boundary rim: dn(u) = 1  on boundary
initial start: u = 0
enforce softly
"""
ELBOW = """\
problem elbow
shape upright = rectangle((0, 0), (1, 2))
shape foot = rectangle((1, 0), (2, 1))
space (x, y) in upright + foot
time t in [0, 1]
field u(x, y, t)
equation heat: u_t = laplacian(u)
boundary wall: dn(u) = 0  on boundary
initial start: u = 0
enforce softly
"""
NOTCH = """\
problem notch
space (x, y) in rectangle((0, 0), (2, 2)) - rectangle((1, 1), (2, 2))
field u(x, y)
equation heat: 2*u_xx + u_yy = 1
boundary wall: dn(u) = 0  on boundary
"""
"""No Laplacian: beside the corner that points inwards nothing is done, and points are spread evenly."""
LINE = """\
problem line
space x in [0, 2]
field u(x)
equation heat: u_xx = 1
boundary ends: u_x = normal[x]  on x = 0, x = 2
"""
ODE = """\
problem decay
time t in [0, 2]
field y(t)
equation decay: y_t = -y
initial start: y = 1
enforce softly
"""
LONG = """\
problem long
constant a_constant_with_a_long_name = 0.123456789
constant another_constant_with_a_long_name = 2.123456789
shape a_rather_long_name_of_a_shape = box((0, 0, 0), (1, another_constant_with_a_long_name, 1))
shape an_even_longer_name_of_a_shape = ball((0.5, 0.5, 0.5), a_constant_with_a_long_name)
space (x, y, z) in a_rather_long_name_of_a_shape - an_even_longer_name_of_a_shape
time t in [0, another_constant_with_a_long_name]
field u(x, y, z, t)
equation heat: u_t = laplacian(u)
boundary a_condition_with_a_very_long_name: dn(u) = 0  on boundary where x > 0.123 and y < 0.123456 and z > 0.123456
boundary two: u = 0  on an_even_longer_name_of_a_shape
initial start: u = 0
enforce softly
"""
WIDE = """\
problem wide
constant a_constant_with_a_quite_long_name_to_say = 0.1
constant another_constant_with_a_quite_long_name = 2.1
shape a_line_with_a_name_that_is_long = interval(0, another_constant_with_a_quite_long_name)
shape more = interval(a_constant_with_a_quite_long_name_to_say, 3)
space (x) in a_line_with_a_name_that_is_long + more
time t in [0, another_constant_with_a_quite_long_name]
field u(x, t)
equation heat: u_t = u_xx
boundary ends: dn(u) = 0  on boundary
    where a_constant_with_a_quite_long_name_to_say < t < another_constant_with_a_quite_long_name
initial a_start_with_a_very_long_name_as_well: u = 0
enforce softly
"""
SPECIFICATIONS = {
    "box": BOX, "hole": HOLE, "ball": BALL, "elbow": ELBOW, "notch": NOTCH, "line": LINE, "ode": ODE, "long": LONG,
    "wide": WIDE,
}  # fmt: skip
SAMPLERS = ("hammersley", "halton", "sobol", "latin", "random", "grid")


def plan_of(text: str) -> Plan:
    specification = parse(Source("t.pde", text)).value
    assert specification is not None
    problem = resolve(specification)
    assert problem.value is not None, problem.diagnostics
    model = lower(problem.value).value
    assert model is not None
    plan = build_plan(model).value
    assert plan is not None
    return plan


def text_of(plan: Plan) -> str:
    """A module of constants and sampling alone."""
    import ast

    constants = render("sections/constants.py.j2", header.constants_context(plan))
    body = Py(f"{constants}\n\n{render('sections/sampling.py.j2', sampling.context(plan))}")
    imports = import_lines(frozenset(node.id for node in ast.walk(ast.parse(body)) if isinstance(node, ast.Name)))
    return f'"""A test."""\n\nfrom __future__ import annotations\n\n{imports}\n\n{body}'


def module_of(text: str) -> ModuleType:
    module = ModuleType("generated")
    exec(compile(text_of(plan_of(text)), "generated", "exec"), module.__dict__)
    return module


def at(*point: float) -> torch.Tensor:
    return torch.tensor(point, dtype=torch.float64)


def seeded(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


@pytest.fixture(scope="module")
def box() -> ModuleType:
    return module_of(BOX)


@pytest.fixture(scope="module")
def hole() -> ModuleType:
    return module_of(HOLE)


@pytest.mark.parametrize("name", SPECIFICATIONS)
@pytest.mark.parametrize("precision", ["float32", "float64"])
def test_shapes_and_counts(name: str, precision: str) -> None:
    text = SPECIFICATIONS[name] + f"precision {precision}\n"
    plan, module = plan_of(text), module_of(text)
    points = module.draw_points(seeded())
    for planned in plan.point_sets:
        drawn = getattr(points, planned.name)
        assert drawn.shape == (planned.count, len(plan.axes))
        assert drawn.dtype == getattr(torch, precision)
        assert bool(torch.isfinite(drawn).all())
        if planned.normals:
            normals = getattr(points, f"{planned.name}_normals")
            assert normals.shape == (planned.count, len([axis for axis in plan.axes if not axis.is_time]))
            assert torch.allclose(normals.norm(dim=1), torch.ones_like(normals[:, 0]))


def test_points_repeat_with_the_seed_and_change_without() -> None:
    for text in SPECIFICATIONS.values():
        module = module_of(text)
        first, again, other = (module.draw_points(seeded(seed)) for seed in (3, 3, 4))
        assert all(torch.equal(one, two) for one, two in zip(first, again, strict=True))
        assert not torch.equal(first.interior, other.interior)


def test_the_interior_of_a_box_is_filled_evenly(box: ModuleType) -> None:
    points = box.sample_interior(4000, seeded())
    low, high = torch.tensor(box.LOW), torch.tensor(box.HIGH)
    assert bool(((points >= low) & (points <= high)).all())
    unit = (points - low) / (high - low)
    cells = (unit * 4).long().clamp(max=3) @ torch.tensor([16, 4, 1])
    counts = torch.bincount(cells, minlength=64)
    assert int(counts.min()) > 50
    assert int(counts.max()) < 75


def test_sides_of_a_box(box: ModuleType) -> None:
    points, normals = box.sample_sides(700, seeded())
    faces = {(0.0, -1.0): (1, 0.0), (0.0, 1.0): (1, 3.0), (1.0, 0.0): (0, 1.0)}
    for normal, (axis, value) in faces.items():
        on = (normals == torch.tensor(normal)).all(dim=1)
        assert bool((points[on][:, axis] == value).all())
        assert int(on.sum()) == {0: 300, 1: 200}[axis]
    assert bool(((points[:, 2] > 1) & (points[:, 2] < 2)).all())
    assert abs(float(points[:, 2].mean()) - 1.5) < 0.02
    left = box.sample_left(50, seeded())
    assert bool((left[:, 0] == -1).all())


def test_start_and_point(box: ModuleType) -> None:
    start = box.sample_start(100, seeded())
    assert bool((start[:, 2] == 1).all())
    assert float(start[:, 1].max()) > 2.8
    fixed = box.sample_fixed(100, seeded())
    assert bool((fixed[:, :2] == torch.tensor([0.0, 0.5])).all())
    assert bool(((fixed[:, 2] > 1) & (fixed[:, 2] < 2)).all())


def test_shapes_are_removed(hole: ModuleType) -> None:
    for points in (hole.sample_interior(3000, seeded()), hole.sample_pool(3000, seeded())):
        assert len(points) == 3000
        assert bool(((points - at(1.0, 0.5)).norm(dim=1) >= 0.25).all())
        assert bool(((points - at(0.3, 0.3)).norm(dim=1) >= 0.1).all())
        area = 1 - torch.pi * (0.25**2 / 2 + 0.1**2)
        quarter = ((points < 0.5).all(dim=1)).double().mean()
        assert abs(float(quarter) - (0.25 - torch.pi * 0.1**2) / area) < 0.02


def test_clipped_circles_and_faces(hole: ModuleType) -> None:
    points, normals = hole.sample_rim(1000, seeded())
    to_bite = points - at(1.0, 0.5)
    to_pin = points - at(0.3, 0.3)
    bite = (to_bite.norm(dim=1) - 0.25).abs() < 1e-12
    pin = (to_pin.norm(dim=1) - 0.1).abs() < 1e-12
    assert bool((bite ^ pin).all())
    assert bool((points[:, 0] <= 1).all())
    assert torch.allclose(normals[bite], -to_bite[bite] / 0.25)
    assert torch.allclose(normals[pin], -to_pin[pin] / 0.1)
    share = 0.25 / (0.25 + 2 * 0.1)
    assert abs(float(bite.double().mean()) - share) < 0.03
    right, outward = hole.sample_right(500, seeded())
    assert bool((right[:, 0] == 1).all())
    assert bool(((right[:, 1] - 0.5).abs() >= 0.25).all())
    assert bool((outward == torch.tensor([1.0, 0.0])).all())


def test_where_narrows(hole: ModuleType) -> None:
    points = hole.sample_upper(300, seeded())
    assert points.shape == (300, 2)
    assert bool(((points[:, 1] > 0.6) & (points[:, 0] < 0.9)).all())
    near_bite = (points - at(1.0, 0.5)).norm(dim=1) < 0.2501
    on_side = (points[:, 0] == 0) | (points[:, 1] == 1)
    assert bool((near_bite | on_side).all())
    assert bool(near_bite.any())


def test_normals_leave_the_region() -> None:
    for text in (HOLE, BALL, ELBOW, NOTCH):
        module = module_of(text)
        points = module.draw_points(seeded())
        for name in points._fields:
            if not name.endswith("_normals"):
                continue
            at, out = getattr(points, name.removesuffix("_normals")), getattr(points, name)
            step = torch.zeros_like(at)
            step[:, : out.shape[1]] = 1e-4 * out
            assert not bool(module.inside(at + step).any())
            assert bool(module.inside(at - step).all())


def test_the_seam_of_an_elbow_has_no_points() -> None:
    module = module_of(ELBOW)
    points, _ = module.sample_wall(2000, seeded())
    assert not bool(((points[:, 0] == 1) & (points[:, 1] < 1)).any())
    short = (points[:, 0] == 1).double().mean()
    assert abs(float(short) - 1 / 8) < 0.02


def test_the_faces_of_a_notch_have_their_share() -> None:
    points, normals = module_of(NOTCH).sample_wall(2000, seeded())
    for axis in range(2):
        on = (points[:, axis] == 1) & (points[:, 1 - axis] > 1)
        assert abs(float(on.double().mean()) - 1 / 8) < 0.02
        assert bool((normals[on][:, axis] == 1).all())


def test_nothing_lies_on_a_side_that_a_removed_box_shares() -> None:
    points = torch.tensor([[1.5, 2], [2, 1.5], [2, 2], [1, 1.5], [1, 2], [2, 1], [1, 1]], dtype=torch.float64)
    assert module_of(NOTCH).inside(points).tolist() == [False, False, False, True, True, True, True]


def test_spheres_are_sampled_by_area() -> None:
    module = module_of(BALL)
    points, _ = module.sample_rim(4000, seeded())
    offset = points[:, :3] - 0.5
    sphere = (offset.norm(dim=1) - 0.3).abs() < 1e-12
    area = 4 * torch.pi * 0.3**2
    assert abs(float(sphere.double().mean()) - area / (area + 6)) < 0.01
    assert abs(float((offset[sphere][:, 2] > 0.15).double().mean()) - 0.25) < 0.04


def test_fixed_points() -> None:
    ends, normals = module_of(LINE).sample_ends()
    assert ends.tolist() == [[0.0], [2.0]]
    assert normals.tolist() == [[-1.0], [1.0]]
    assert module_of(ODE).sample_start().tolist() == [[0.0]]


@pytest.mark.parametrize("sampler", SAMPLERS)
def test_samplers(sampler: str) -> None:
    text = BOX + f"sample {sampler}(points = 2000)\nsample sides: {sampler}(points = 301)\n"
    plan, module = plan_of(text), module_of(text)
    assert [planned.sampler.name for planned in plan.point_sets] == [sampler] * 5
    interior = module.sample_interior(2000, seeded())
    low, high = torch.tensor(module.LOW), torch.tensor(module.HIGH)
    unit = (interior - low) / (high - low)
    assert unit.shape == (2000, 3)
    assert float(unit.min()) >= 0
    assert float(unit.max()) <= 1
    tolerance = 0.03 if sampler == "random" else 0.02
    assert float((unit.mean(dim=0) - 0.5).abs().max()) < tolerance
    assert float(((unit**2).mean(dim=0) - 1 / 3).abs().max()) < tolerance
    product = (unit[:, 0] * unit[:, 1] * unit[:, 2]).mean()
    assert abs(float(product) - 1 / 8) < tolerance
    assert len(module.sample_sides(301, seeded())[0]) == 301
    assert len(module.sample_sides(3, seeded())[0]) == 3
    assert len(module.sample_sides(1, seeded())[0]) == 1
    assert len(torch.unique(interior, dim=0)) == 2000


def test_even_samplers_are_more_even_than_random() -> None:
    def discrepancy(sampler: str) -> float:
        module = module_of(BOX.replace("time t in [1, 2]\n", "").replace(", t)", ")").replace("u_t", "0")
                           .replace("initial start: u = 0\n", "") + f"sample {sampler}\n")  # fmt: skip
        unit = (module.sample_interior(1024, seeded()) - torch.tensor(module.LOW)) / torch.tensor([2.0, 3.0])
        corners = torch.rand(500, 2, generator=seeded(1), dtype=unit.dtype)
        inside = (unit[None] < corners[:, None]).all(dim=2).double().mean(dim=1)
        return float((inside - corners.prod(dim=1)).abs().max())

    for sampler in ("hammersley", "halton", "sobol"):
        assert discrepancy(sampler) < discrepancy("random") / 2


def test_what_a_specification_says_about_points() -> None:
    plan = plan_of(BOX + "sample interior: sobol(points = 99, fresh = 5)\nsample left: grid(points = 7)\n")
    interior, left, sides = plan.point_sets[:3]
    assert (interior.sampler.name, interior.count, interior.fresh, interior.reason) == ("sobol", 99, 5, "")
    assert (left.name, left.sampler.name, left.count) == ("left", "grid", 7)
    assert (sides.sampler.name, sides.reason) == (
        "hammersley",
        "400 points on 3 pieces of the boundary, shared in proportion to their size",
    )
    assert sides.normals


def test_nothing_superfluous_is_written() -> None:
    exact = text_of(plan_of(ODE.replace("enforce softly\n", "")))
    for name in ("accepted", "shares", "circle", "inside", "on_edge", "away", "fixed"):
        assert name not in exact
    for text in SPECIFICATIONS.values():
        import ast

        module = text_of(plan_of(text))
        defined = [node.name for node in ast.parse(module).body if isinstance(node, ast.FunctionDef)]
        for name in defined:
            if name not in ("draw_points", "sample_pool", "inside"):
                assert module.count(f"{name}(") + module.count(f" {name},") > 1, name


@pytest.mark.slow
def test_the_text_is_formatted_and_typed(tmp_path) -> None:
    files = []
    cases = [*SPECIFICATIONS.items(), *((f"box_{name}", BOX + f"sample {name}\n") for name in SAMPLERS)]
    for name, text in cases:
        path = tmp_path / f"{name}.py"
        path.write_text(text_of(plan_of(text)), encoding="utf-8")
        files.append(str(path))
        assert [line for line in path.read_text(encoding="utf-8").splitlines() if len(line) > 88] == []
    tools = (
        ("ruff", "format", "--isolated", "--diff"),
        ("ruff", "check", "--isolated"),
        ("mypy", "--strict", "--config-file="),
    )
    for tool in tools:
        done = subprocess.run([sys.executable, "-m", *tool, *files], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
