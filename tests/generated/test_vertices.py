"""Corners that point inwards, and changes of conditions: inputs, weights and points of modules, what is learned."""

from __future__ import annotations

import json
import math
from pathlib import Path
from types import ModuleType

import pytest
import torch

from tests.generated.runs import make
from tests.maths.test_vertices import DISC, L_SHAPE, MOTZ
from tests.modules import one_thread

QUICK = """\
network    mlp(width = 400, depth = 1, activation = sin)
sample     interior: hammersley(points = 1300)
sample     sides: hammersley(points = 1200)
train      least_squares(steps = 1)
"""

ANGLE = "let        theta = atan2(x + y, y - x) + 3*pi/4\n"
SINGULAR = "(x^2 + y^2)^(1/3)*sin(2/3*(3*pi/2 - theta))"


@pytest.fixture(scope="module")
def ell(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    return make(tmp_path_factory.mktemp("ell"), L_SHAPE + QUICK)


def in_the_l(count: int) -> torch.Tensor:
    """Points of the L."""
    points = 2 * torch.rand(count, 2, generator=torch.Generator().manual_seed(0), dtype=torch.float64) - 1
    return points[(points[:, 0] < 0) | (points[:, 1] > 0)]


def corner(module: ModuleType, x: float, y: float) -> int:
    """The number of a corner in the module."""
    return [(vertex.x, vertex.y) for vertex in module.VERTICES].index((x, y))


def test_the_network_is_given_the_power_of_the_angle(ell: ModuleType) -> None:
    """In polar coordinates around the middle between the sides, and divided by the distance of the farthest corner."""
    points = in_the_l(200)
    radius, angle = points.norm(dim=1), torch.atan2(points[:, 0] + points[:, 1], points[:, 1] - points[:, 0])
    columns = 2 + 2 * corner(ell, 0, 0)
    real, imaginary = ell.inputs(points)[:, columns : columns + 2].unbind(dim=1)
    scaled = (radius / math.sqrt(2)) ** (2 / 3)
    assert torch.allclose(real, scaled * torch.cos(2 / 3 * angle), atol=1e-12)
    assert torch.allclose(imaginary, scaled * torch.sin(-2 / 3 * angle), atol=1e-12)


def test_the_inputs_are_finite_at_the_corners(ell: ModuleType) -> None:
    places = torch.tensor([[vertex.x, vertex.y] for vertex in ell.VERTICES], dtype=torch.float64)
    assert all(w.isfinite().all() for w in ell.vertex_functions(places, 2))
    assert ell.inputs(places).isfinite().all()


@pytest.mark.parametrize("left", ["u_x*u_y - laplacian(u)", "-(1 + u^2)*laplacian(u)", "3*u_y - u_x - 2*laplacian(u)"])
def test_jets_have_all_derivatives(left: str, tmp_path: Path) -> None:
    module = make(tmp_path, L_SHAPE.replace("-laplacian(u)", left) + QUICK)
    checks = [check for check in module.selftest_checks() if check.name.startswith("jet")]
    assert len(checks) >= 4
    assert all(check.error <= check.tolerance for check in checks), checks


def test_jets_of_scaled_coordinates(tmp_path: Path) -> None:
    module = make(tmp_path, L_SHAPE.replace("(-1, -1), (1, 1)", "(-1, -1), (3, 1)") + QUICK)
    points = module.sample_interior(10, torch.Generator().manual_seed(0))
    assert torch.equal(module.interior_input(points).value, module.inputs(points).T)
    checks = [check for check in module.selftest_checks() if check.name.startswith("jet")]
    assert all(check.error <= check.tolerance for check in checks), checks


def test_powers_alone_need_no_logarithm_and_no_second_derivative(
    ell: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = make(tmp_path, L_SHAPE.replace("= 1", "= 0") + QUICK)
    assert "logarithm" in ell.Vertex._fields
    assert "logarithm" not in module.Vertex._fields
    orders = []
    functions = module.vertex_functions

    def noted(points: torch.Tensor, order: int) -> list[torch.Tensor]:
        orders.append(order)
        found: list[torch.Tensor] = functions(points, order)
        return found

    monkeypatch.setattr(module, "vertex_functions", noted)
    module.interior_input(in_the_l(10))
    assert orders == [1]


def test_residuals_vanish_like_the_square_of_the_distance(ell: ModuleType) -> None:
    near = torch.tensor([[-1e-3, 0.0], [-1e-4, 0.0], [-0.5, 0.5]], dtype=torch.float64)
    one, tenth, far = ell.from_vertices(near).flatten().tolist()
    assert one == pytest.approx(10 * tenth, rel=1e-3)
    assert far > 0.7
    (jet,) = ell.interior_fields(ell.Network(), near)
    assert torch.allclose(ell.poisson(near, jet), ell.from_vertices(near) ** 2 * (-jet.laplacian - 1))


def test_points_are_moved_towards_every_corner_and_stay_in_the_region(ell: ModuleType) -> None:
    generator = torch.Generator().manual_seed(0)
    interior, sides = ell.sample_interior(2000, generator), ell.sample_sides(2000, generator)
    assert ell.inside(interior).all()
    x, y = sides.unbind(dim=1)
    outer = (x.abs() == 1) | (y.abs() == 1)
    assert (ell.inside(sides) & (outer | (x == 0) | (y == 0))).all()
    for vertex in ell.VERTICES:
        for points in (interior, sides):
            distances = (points - torch.tensor([vertex.x, vertex.y], dtype=torch.float64)).norm(dim=1)
            assert (distances < 0.03 * vertex.size).sum() > 20
            assert distances.min() > 1e-4


def test_a_neuron_varies_with_one_corner_at_most(ell: ModuleType) -> None:
    objective = ell.Objective(ell.Network(), ell.draw_points(torch.Generator().manual_seed(0)))
    solver = ell.LeastSquares(torch.nn.utils.parameters_to_vector(objective.parameters).detach(), 2.0, 0.0)
    solver.draw_neurons(objective)
    varies = (solver.slopes[:, 2:].reshape(-1, len(ell.VERTICES), 2) != 0).any(dim=2)
    assert varies.sum(dim=1).max() == 1
    assert varies.sum(dim=0).tolist() == [29, 29, 29, 29, 28, 28, 28]
    assert (solver.slopes[:, :2] != 0).all()


POISSON = {
    (-0.5, 0.5): 0.131052962,
    (-0.1, 0.1): 0.098066470,
    (-0.01, 0.01): 0.023345964,
    (0.5, 0.5): 0.102362158,
    (-0.5, -0.5): 0.102362158,
}
"""-laplacian(u) = 1 in the L, u = 0 around it: the real parts of powers of z at the inner corner and of z^p*log(z),
p = 2, 6 and 10, at the others, fitted to u on the boundary. They are harmonic, and miss it by 3e-9 at most."""


def test_poisson_in_an_l(ell: ModuleType, tmp_path: Path) -> None:
    with one_thread():
        ell.train(tmp_path / "run", quiet=True)
    network = ell.load_network(tmp_path / "run", "cpu")
    found = ell.solution(network, torch.tensor(list(POISSON), dtype=torch.float64))
    assert found.flatten().tolist() == pytest.approx(list(POISSON.values()), abs=1e-5)


def test_the_singular_solution_of_an_l(tmp_path: Path) -> None:
    text = L_SHAPE.replace("equation", f"{ANGLE}equation").replace("laplacian(u) = 1", "laplacian(u) = 0")
    text = text.replace("u = 0", f"u = {SINGULAR}") + f"exact      u = {SINGULAR}\n"
    module = make(tmp_path, text + QUICK)
    with one_thread():
        module.train(tmp_path / "run", quiet=True)
    summary = json.loads((tmp_path / "run" / "summary.json").read_text(encoding="utf-8"))
    assert summary["fields"]["u"]["l2_relative"] < 1e-8


AROUND = """\
problem around
shape      whole = rectangle((-1, -1), (1, 1))
shape      hole = rectangle((-0.4, -0.3), (0.3, 0.4))
space      (x, y) in whole - hole
field      u(x, y)
equation   poisson:  -laplacian(u) = 1
boundary   sides:    u = 0  on whole, hole
network    mlp(width = 8, depth = 2, activation = tanh)
train      adam(steps = 2)
compile    never
"""


def test_functions_are_smooth_behind_a_removed_square(tmp_path: Path) -> None:
    """From one corner straight across the square to the other side, and all around it."""
    module = make(tmp_path, AROUND)
    turn = torch.linspace(0, 2 * math.pi, 4001, dtype=torch.float64)
    ring = 0.8 * torch.stack([torch.cos(turn), torch.sin(turn)], dim=1)
    inputs = module.inputs(ring)
    assert (inputs[1:] - inputs[:-1]).abs().max() < 0.01
    checks = [check for check in module.selftest_checks() if check.name.startswith("jet")]
    assert all(check.error <= check.tolerance for check in checks), checks


def test_other_methods_train_with_these_inputs(tmp_path: Path) -> None:
    module = make(tmp_path, AROUND)
    module.train(tmp_path / "run", quiet=True)
    summary = json.loads((tmp_path / "run" / "summary.json").read_text(encoding="utf-8"))
    assert math.isfinite(summary["held_out_loss"])


MIXED = """\
problem mixed
shape      whole = rectangle((-1, -1), (1, 1))
shape      notch = rectangle((0, -1), (1, 0))
space      (x, y) in whole - notch
field      u(x, y)
let        s = (x^2 + y^2)^(1/6)*cos(pi/4 - atan2(x + y, y - x)/3)
equation   laplace:  laplacian(u) = 0
boundary   outer:    u = s  on whole
boundary   upper:    dn(u) = 0  on notch where y >= 0
boundary   left:     u = 0  on notch where y < 0
exact      u = s
network    mlp(width = 300, depth = 1, activation = sin)
sample     interior: hammersley(points = 900)
train      least_squares(steps = 1)
"""


def test_a_derivative_along_one_side(tmp_path: Path) -> None:
    """Its residual is multiplied by r: it grows like r^(-2/3)."""
    module = make(tmp_path, MIXED)
    with one_thread():
        module.train(tmp_path / "run", quiet=True)
    summary = json.loads((tmp_path / "run" / "summary.json").read_text(encoding="utf-8"))
    assert summary["fields"]["u"]["l2_relative"] < 1e-5
    points = torch.tensor([[1e-3, 0.0], [1e-4, 0.0]], dtype=torch.float64)
    normals = torch.tensor([[0.0, -1.0]], dtype=torch.float64).expand(2, -1)
    (jet,) = module.upper_fields(module.Network(), points)
    assert torch.allclose(module.upper(points, normals, jet), -module.from_vertices(points) * jet.y)


SMALL = """\
network    mlp(width = 300, depth = 1, activation = sin)
sample     interior: hammersley(points = 900)
train      least_squares(steps = 1)
"""

COEFFICIENTS = (
    *(401.1624537452, 87.6559201951, 17.2379150794, -8.0712152597, 1.4402727170, 0.3310548859, 0.2754373445),
    *(-0.0869329945, 0.0336048784, 0.0153843745, 0.0073023017, -0.0031841139, 0.0012206461, 0.0005309655),
)
"""Of r^(k + 1/2)*cos((k + 1/2)*theta) in Motz's problem, fitted to the conditions on the other sides."""


def test_the_problem_of_motz(tmp_path: Path) -> None:
    module = make(tmp_path, MOTZ + SMALL)
    with one_thread():
        module.train(tmp_path / "run", quiet=True)
    network = module.load_network(tmp_path / "run", "cpu")
    points = torch.tensor([[0.01, 0.0], [-0.001, 0.001], [0.4, 0.3], [-0.5, 0.5], [-0.2, 0.0]], dtype=torch.float64)
    z = torch.complex(points[:, 0], points[:, 1])
    known = sum(c * torch.polar(z.abs() ** (k + 0.5), (k + 0.5) * z.angle()).real for k, c in enumerate(COEFFICIENTS))
    assert torch.allclose(module.solution(network, points)[:, 0], known, atol=1e-4, rtol=0)


def test_a_disc_that_is_held_on_one_half(tmp_path: Path) -> None:
    """In w = exp(i*pi/4)*((1 + z)/(1 - z))^(1/2) and s = (w - 1)/(w + 1) the solution is a series of Im(s^k)."""
    text = DISC.replace("(1, 0), 2", "(0, 0), 1").replace("y < 1", "y < 0").replace("y > 1", "y > 0")
    module = make(tmp_path, text + SMALL)
    with one_thread():
        module.train(tmp_path / "run", quiet=True)
    network = module.load_network(tmp_path / "run", "cpu")
    points = torch.tensor([[0.0, 0.0], [0.3, 0.8], [-0.5, 0.2], [0.0, 0.9]], dtype=torch.float64)
    known = torch.tensor([0.59657359, 0.85186583, 0.6117305, 0.87815343], dtype=torch.float64)
    assert torch.allclose(module.solution(network, points)[:, 0], known, atol=2e-8, rtol=0)


def test_points_on_edges_move_along_the_sides_of_a_place_alone(tmp_path: Path) -> None:
    """Straight on from it, opposite and on a circle they stay where they are."""
    module = make(tmp_path, MOTZ + SMALL)
    points = torch.tensor([[0.0, 1.0], [-1.0, 0.5], [-0.7, 0.0], [0.9, 0.0]], dtype=torch.float64).repeat(100, 1)
    moved = module.towards_vertices(points, torch.Generator().manual_seed(0), edges=True)
    stays = points[:, 1] != 0
    assert torch.equal(moved[stays], points[stays])
    assert (moved[~stays] != points[~stays]).any()
    assert (moved[~stays, 0].sign() == points[~stays, 0].sign()).all()
    assert (moved[:, 1] == points[:, 1]).all()
    disc = make(tmp_path, DISC.replace("y < 1", "y < 0").replace("y > 1", "y > 0") + SMALL)
    around = torch.tensor([[-1.0, 0.0], [3.0, 0.0], [1.0, 2.0]], dtype=torch.float64).repeat(100, 1)
    assert torch.equal(disc.towards_vertices(around, torch.Generator().manual_seed(0), edges=True), around)


def test_a_flux_that_jumps(tmp_path: Path) -> None:
    """The real part of z*log(z)."""
    text = MOTZ.replace("field      u(x, y)", "field      u(x, y)\nlet        v = x*log(x^2 + y^2)/2 - y*atan2(y, x)")
    text = text.replace("u = 0  on y = 0", "dn(u) = pi  on y = 0").replace("u = 500  on x = 1", "u = v  on x = 1")
    text = text.replace("dn(u) = 0  on x = -1", "u = v  on x = -1")
    module = make(tmp_path, text + SMALL)
    with one_thread():
        module.train(tmp_path / "run", quiet=True)
    network = module.load_network(tmp_path / "run", "cpu")
    x, y = (points := module.sample_pool(50, torch.Generator().manual_seed(1))).unbind(dim=1)
    known = x * torch.hypot(x, y).log() - y * torch.atan2(y, x)
    assert torch.allclose(module.solution(network, points)[:, 0], known, atol=1e-5, rtol=0)


def test_regions_without_such_corners_have_nothing_of_it(tmp_path: Path) -> None:
    text = L_SHAPE.replace("shape      notch = rectangle((0, -1), (1, 0))\n", "")
    module = make(tmp_path, text.replace(" - notch", "").replace(", notch", ""))
    assert not hasattr(module, "vertex_functions")
    assert not hasattr(module, "towards_vertices")
