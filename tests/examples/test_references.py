"""The committed reference tables: regular grids in the domain, true to the conditions, and what the solvers give."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"
COLUMNS = {
    "allen_cahn": (("x", "t"), ("u",)),
    "burgers": (("x", "t"), ("u",)),
    "cavity": (("x", "y"), ("u", "v")),
    "kdv": (("x", "t"), ("u",)),
    "lorenz": (("t",), ("x", "y", "z")),
    "motz": (("x", "y"), ("u",)),
    "schroedinger": (("x", "t"), ("psi_re", "psi_im")),
}
DOMAINS = {
    "allen_cahn": ((-1.0, 1.0), (0.0, 1.0)),
    "burgers": ((-1.0, 1.0), (0.0, 1.0)),
    "cavity": ((0.0, 1.0), (0.0, 1.0)),
    "kdv": ((-1.0, 1.0), (0.0, 1.0)),
    "lorenz": ((0.0, 2.0),),
    "motz": ((-1.0, 1.0), (0.0, 1.0)),
    "schroedinger": ((-5.0, 5.0), (0.0, np.pi / 2)),
}


def solver(name: str) -> ModuleType:
    """The example's `reference.py` as a module."""
    specification = importlib.util.spec_from_file_location(f"{name}_reference", EXAMPLES / name / "reference.py")
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    sys.modules[specification.name] = module
    specification.loader.exec_module(module)
    return module


def table(name: str) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """The axes of the table's grid, and each field on it (the last axis first, so that the first runs fastest)."""
    path = EXAMPLES / name / f"{name}_reference.csv"
    rows = np.loadtxt(path, delimiter=",", skiprows=1)
    coordinates, fields = COLUMNS[name]
    axes = [np.unique(rows[:, i]) for i in range(len(coordinates))]
    shape = tuple(len(axis) for axis in reversed(axes))
    grid = np.meshgrid(*reversed(axes), indexing="ij")
    for i, coordinate in enumerate(reversed(grid)):
        assert np.array_equal(rows[:, i], coordinate.ravel()), "the rows are no regular grid, first coordinate fastest"
    return axes, [rows[:, len(coordinates) + i].reshape(shape) for i in range(len(fields))]


@pytest.mark.parametrize("name", COLUMNS)
def test_the_header_names_the_coordinates_and_then_the_fields(name: str) -> None:
    coordinates, fields = COLUMNS[name]
    with (EXAMPLES / name / f"{name}_reference.csv").open(encoding="ascii", newline="") as file:
        assert file.readline() == ",".join(coordinates + fields) + "\n"


@pytest.mark.parametrize("name", COLUMNS)
def test_the_rows_are_an_equispaced_grid_in_the_domain(name: str) -> None:
    axes, fields = table(name)
    for axis, (low, high) in zip(axes, DOMAINS[name], strict=True):
        assert low <= axis[0] < axis[-1] <= high
        assert np.ptp(np.diff(axis)) < 1e-12
    assert all(np.isfinite(field).all() for field in fields)


@pytest.mark.parametrize("name", COLUMNS)
def test_the_tables_have_a_reasonable_size(name: str) -> None:
    path = EXAMPLES / name / f"{name}_reference.csv"
    assert path.stat().st_size < 600_000
    assert 2000 <= path.read_bytes().count(b"\n") - 1 <= 11_000


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("allen_cahn", lambda x: x**2 * np.cos(np.pi * x)),
        ("burgers", lambda x: -np.sin(np.pi * x)),
        ("kdv", lambda x: np.cos(np.pi * x)),
        ("schroedinger", lambda x: 2 / np.cosh(x)),
    ],
)
def test_the_first_row_is_the_initial_value(name: str, start: object) -> None:
    (x, _), fields = table(name)
    assert callable(start)
    np.testing.assert_allclose(fields[0][0], start(x), rtol=0, atol=6e-11)
    for imaginary in fields[1:]:
        np.testing.assert_allclose(imaginary[0], 0.0, atol=1e-12)


def test_lorenz_starts_where_the_specification_says() -> None:
    _, fields = table("lorenz")
    assert [field[0] for field in fields] == [1.0, 1.0, 1.0]


@pytest.mark.parametrize(("name", "value"), [("burgers", 0.0), ("allen_cahn", -1.0)])
def test_the_ends_have_the_stated_value(name: str, value: float) -> None:
    _, (u,) = table(name)
    assert np.all(u[:, [0, -1]] == value)


@pytest.mark.parametrize("name", ["kdv", "schroedinger"])
def test_periodic_tables_close(name: str) -> None:
    _, fields = table(name)
    for field in fields:
        np.testing.assert_allclose(field[:, 0], field[:, -1], rtol=0, atol=1e-10)


def test_kdv_conserves_mass_and_energy() -> None:
    _, (u,) = table("kdv")
    for power, value in ((1, 0.0), (2, 0.5)):
        np.testing.assert_allclose((u[:, :-1] ** power).mean(axis=1), value, atol=1e-9)


def test_schroedinger_conserves_mass() -> None:
    # the squares of the seam's corner alias on 200 points: not to all digits
    _, (real, imaginary) = table("schroedinger")
    mass = (real**2 + imaginary**2)[:, :-1].mean(axis=1)
    np.testing.assert_allclose(mass, mass[0], rtol=1e-4)


def test_the_cavity_flow_conserves_mass() -> None:
    """The flux through every horizontal and vertical line vanishes (midpoint rule)."""
    _, (u, v) = table("cavity")
    assert np.abs(v.mean(axis=1)).max() < 2e-4
    assert np.abs(u.mean(axis=0)).max() < 2e-3


def test_the_table_of_motz_is_a_series_that_meets_its_conditions() -> None:
    module = solver("motz")
    _, (u,) = table("motz")
    coefficients, violation = module.solve(55, points=150)
    assert violation < 1e-9
    np.testing.assert_allclose(coefficients[:3], [401.1624537452, 87.6559201951, 17.2379150794], rtol=0, atol=2e-10)
    np.testing.assert_allclose(module.field(coefficients).T, u, rtol=0, atol=1e-9)


def test_the_burgers_table_is_what_two_quadratures_give() -> None:
    module = solver("burgers")
    _, (u,) = table("burgers")
    np.testing.assert_allclose(module.solve(120), u, atol=1e-11)
    np.testing.assert_allclose(module.solve_trapezoidal(4001), u, atol=1e-11)


def test_a_coarse_allen_cahn_solution_agrees_with_the_table() -> None:
    _, (u,) = table("allen_cahn")
    np.testing.assert_allclose(solver("allen_cahn").solve(240, 250), u, atol=1e-6)


def test_a_coarse_kdv_solution_agrees_with_the_table() -> None:
    _, (u,) = table("kdv")
    np.testing.assert_allclose(solver("kdv").solve(384, 2000), u, atol=1e-5)


def test_lorenz_at_half_the_order_agrees_with_the_table() -> None:
    module = solver("lorenz")
    _, fields = table("lorenz")
    few = module.T[::20]
    np.testing.assert_allclose(module.solve(15, 4, few), np.stack(fields, axis=1)[::20], atol=1e-9)


def test_a_coarse_schroedinger_solution_agrees_with_the_table() -> None:
    module = solver("schroedinger")
    module.ALL_MODES = 2**15
    _, (real, imaginary) = table("schroedinger")
    np.testing.assert_allclose(module.solve(1024, 2000), real + 1j * imaginary, atol=5e-6)


def test_a_coarse_cavity_solution_agrees_with_the_table_and_with_published_extrema() -> None:
    module = solver("cavity")
    _, (u, v) = table("cavity")
    c = module.solve(32)
    coarse_u, coarse_v = module.velocity(c, module.X, module.Y)
    np.testing.assert_allclose(coarse_u.T, u, atol=1e-4)
    np.testing.assert_allclose(coarse_v.T, v, atol=1e-4)
    # Botella and Peyret 1998, Re = 100
    line, middle = np.linspace(0.01, 0.99, 981), np.array([0.5])
    assert module.velocity(c, middle, line)[0].min() == pytest.approx(-0.2140424, abs=2e-6)
    assert module.velocity(c, line, middle)[1].max() == pytest.approx(0.1795728, abs=2e-6)
    assert module.velocity(c, line, middle)[1].min() == pytest.approx(-0.2538030, abs=2e-6)
