"""Tables as coefficients: splines against scipy's and automatic differentiation, and problems solved with them."""

from __future__ import annotations

import itertools
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
import scipy.interpolate
import scipy.sparse.linalg
import torch

from tests.modules import import_text

AXES = {
    "x": np.array([0.0, 0.1, 0.25, 0.3, 0.55, 0.7, 0.9, 1.0]),
    "y": np.linspace(-1, 2, 6),
    "t": np.array([0.0, 0.2, 0.5, 0.6, 1.0]),
}
TEXT = """\
problem tabulated
space x in [0, 1], y in [-1, 2]
time t in [0, 1]
field u(x, y, t)
table k({names}) from "{file}" (interpolate = {interpolate})
equation balance: u_t = {equation}
boundary walls: u = 0 on boundary
initial start: u = k
"""


def values_of(names: str) -> np.ndarray:
    mesh = np.meshgrid(*(AXES[name] for name in names), indexing="ij")
    return np.sin(sum((2 + i) * part for i, part in enumerate(mesh))) + mesh[0] ** 2


def write_rows(path: Path, names: str) -> None:
    """The table with its rows in disorder."""
    rows = [(*point, value) for point, value in zip(itertools.product(*(AXES[n] for n in names)),
                                                    values_of(names).ravel(), strict=True)]  # fmt: skip
    np.random.default_rng(0).shuffle(rows)
    lines = [",".join((*names, "k")), *(",".join(map(repr, map(float, row))) for row in rows)]
    path.write_text("\n".join(lines) + "\n")


def module_with(folder: Path, names: str, interpolate: str, equation: str) -> ModuleType:
    write_rows(folder / "k.csv", names)
    text = TEXT.format(names=", ".join(names), file="k.csv", interpolate=interpolate, equation=equation)
    return import_text(text, folder)


def points_in(names: str, count: int = 200) -> list[np.ndarray]:
    random = np.random.default_rng(1)
    return [random.uniform(AXES[name][0], AXES[name][-1], count) for name in names]


def columns(points: list[np.ndarray]) -> list[torch.Tensor]:
    return [torch.tensor(column)[:, None] for column in points]


@pytest.mark.parametrize("names", ["x", "yx", "xyt"])
def test_linear_interpolation_is_that_of_scipy(names: str, tmp_path: Path) -> None:
    module = module_with(tmp_path, names, "linear", "k*laplacian(u)")
    points = points_in(names)
    known = scipy.interpolate.RegularGridInterpolator([AXES[n] for n in names], values_of(names))
    assert module.k(*columns(points))[:, 0].numpy() == pytest.approx(known(np.stack(points, axis=1)), abs=1e-13)


def test_cubic_splines_of_one_coordinate_are_those_of_scipy(tmp_path: Path) -> None:
    module = module_with(tmp_path, "x", "cubic", "d(k*u_x, x) + k_xx*u")
    (x,) = points_in("x")
    known = scipy.interpolate.CubicSpline(AXES["x"], values_of("x"), bc_type="not-a-knot")
    for function, order in ((module.k, 0), (module.k_x, 1), (module.k_xx, 2)):
        assert function(torch.tensor(x)[:, None])[:, 0].numpy() == pytest.approx(known(x, order), abs=1e-10)


def test_cubic_splines_of_two_coordinates_are_those_of_scipy(tmp_path: Path) -> None:
    module = module_with(tmp_path, "xy", "cubic", "div(k*grad(u)) + k_xy*u + k_yy*u")
    x, y = points_in("xy")
    known = scipy.interpolate.RectBivariateSpline(AXES["x"], AXES["y"], values_of("xy"), s=0)
    for name, orders in {"k": (0, 0), "k_x": (1, 0), "k_y": (0, 1), "k_xy": (1, 1), "k_yy": (0, 2)}.items():
        found = getattr(module, name)(*columns([x, y]))[:, 0].numpy()
        assert found == pytest.approx(known(x, y, *orders, grid=False), abs=1e-9), name


def test_cubic_splines_of_three_coordinates_are_those_of_scipy(tmp_path: Path) -> None:
    module = module_with(tmp_path, "xyt", "cubic", "div(k*grad(u))")
    points = points_in("xyt")
    grid = [AXES[name] for name in "xyt"]
    known = scipy.interpolate.RegularGridInterpolator(
        grid, values_of("xyt"), "cubic", solver=scipy.sparse.linalg.spsolve
    )
    assert module.k(*columns(points))[:, 0].numpy() == pytest.approx(known(np.stack(points, axis=1)), abs=1e-9)


def test_derivatives_are_those_of_automatic_differentiation(tmp_path: Path) -> None:
    module = module_with(tmp_path, "xy", "cubic", "div(k*grad(u)) + k_xx*u + k_xy*u")
    x, y = (column.requires_grad_() for column in columns(points_in("xy")))
    value = module.k(x, y)
    slopes = torch.autograd.grad(value.sum(), (x, y), create_graph=True)
    second = torch.autograd.grad(slopes[0].sum(), (x, y))
    for found, known in zip(
        (module.k_x, module.k_y, module.k_xx, module.k_xy), (*slopes, *second), strict=True
    ):  # fmt: skip
        assert torch.allclose(found(x, y), known, atol=1e-10)


def test_values_at_the_points_of_the_grid_and_at_the_ends(tmp_path: Path) -> None:
    module = module_with(tmp_path, "xy", "cubic", "div(k*grad(u))")
    mesh = [part.ravel() for part in np.meshgrid(AXES["x"], AXES["y"], indexing="ij")]
    assert module.k(*columns(mesh))[:, 0].numpy() == pytest.approx(values_of("xy").ravel(), abs=1e-12)


def test_a_module_without_tables_has_nothing_of_them(tmp_path: Path) -> None:
    module = import_text("problem p\nspace x in [0, 1]\nfield u(x)\nequation e: u_xx = 1\n"
                         "boundary b: u = 0 on x = 0, x = 1\n", tmp_path)  # fmt: skip
    assert not any(name.lower().startswith(("spline", "read_spline")) for name in dir(module))


def test_files_that_are_missing_or_have_changed_are_named(tmp_path: Path) -> None:
    module = module_with(tmp_path, "x", "cubic", "k*laplacian(u)")
    (tmp_path / "k.csv").write_text("x,k\n0,1\n")
    with pytest.raises(module.RunError, match=r"k\.csv has changed: compile problem\.pde again"):
        module.k(torch.zeros(1, 1, dtype=torch.float64))
    (tmp_path / "k.csv").unlink()
    with pytest.raises(module.RunError, match=r"k\.csv is missing: problem\.pde needs it"):
        module.k(torch.zeros(1, 1, dtype=torch.float64))


def test_a_table_from_arrays_on_a_grid(tmp_path: Path) -> None:
    np.savez(tmp_path / "k.npz", x=AXES["x"], y=AXES["y"], k=values_of("xy"))
    text = TEXT.format(names="x, y", file="k.npz", interpolate="cubic", equation="k*laplacian(u)")
    module = import_text(text, tmp_path)
    mesh = [part.ravel() for part in np.meshgrid(AXES["x"], AXES["y"], indexing="ij")]
    assert module.k(*columns(mesh))[:, 0].numpy() == pytest.approx(values_of("xy").ravel(), abs=1e-12)


MANUFACTURED = """\
problem darcy
space x in [0, 1], y in [0, 1]
field p(x, y)
table k(x, y) from "k.csv"
equation balance: -div(k*grad(p)) = 0
boundary walls: p = 0 on boundary
manufacture p = sin(pi*x)*sin(pi*y)
network mlp(width = 12, depth = 2)
sample interior: hammersley(points = 300)
train broyden(steps = 150)
"""


def write_permeability(folder: Path) -> None:
    axis = np.linspace(0, 1, 21)
    lines = [
        f"{x!r},{y!r},{float(1 + 0.5 * np.sin(3 * x) * np.cos(2 * y))!r}" for x in axis.tolist() for y in axis.tolist()
    ]
    (folder / "k.csv").write_text("x,y,k\n" + "\n".join(lines) + "\n")


def test_the_residual_is_that_of_the_function_behind_the_table(tmp_path: Path) -> None:
    write_permeability(tmp_path)
    module = import_text(MANUFACTURED.replace("manufacture", "exact").replace("= 0\nbound", "= 1\nbound"), tmp_path)
    x, y = (column.requires_grad_() for column in columns(points_in("xx")))
    p = torch.sin(np.pi * x) * torch.sin(np.pi * y)
    first = torch.autograd.grad(p.sum(), (x, y), create_graph=True)
    known = {"value": p, "x": first[0], "y": first[1]}
    known |= {2 * n: torch.autograd.grad(known[n].sum(), v, create_graph=True)[0] for n, v in (("x", x), ("y", y))}
    found = module.balance(torch.cat([x, y], dim=1), module.InteriorJet(**known))
    k = 1 + 0.5 * torch.sin(3 * x) * torch.cos(2 * y)
    flux = [k * slope for slope in first]
    expected = -1 - sum(
        torch.autograd.grad(f.sum(), v, create_graph=True)[0] for f, v in zip(flux, (x, y), strict=True)
    )
    assert torch.allclose(found, expected, atol=2e-3)
    assert found.abs().max() > 5


def test_the_self_test_passes(tmp_path: Path) -> None:
    write_permeability(tmp_path)
    assert import_text(MANUFACTURED, tmp_path).selftest()


@pytest.mark.parametrize("method", ["influence(every = 5)", "residual(every = 5)"])
def test_resampling_moves_points_by_residuals_with_tables(method: str, tmp_path: Path) -> None:
    write_permeability(tmp_path)
    text = MANUFACTURED.replace("broyden(steps = 150)", "adam(steps = 12)") + f"resample {method}\n"
    assert import_text(text, tmp_path).train(tmp_path / "run", quiet=True)["finished"]


@pytest.mark.slow
def test_darcy_flow_is_solved(tmp_path: Path) -> None:
    write_permeability(tmp_path)
    module = import_text(MANUFACTURED, tmp_path)
    summary = module.train(tmp_path / "run", quiet=True)
    assert summary["fields"]["p"]["l2_relative"] < 2e-3
