"""Reference values of the problems here that have no closed form, by the schemes of the examples.

    python bench/accuracy/references.py         writes problems/*_reference.csv, prints how far finer ones are

Allen-Cahn, periodic: the solution is even in x for all time, so u = sum of a_k cos(k pi x). The data x^2 cos(pi x) have
a kink at the seam, and their a_k fall as k^-2 only: 8192 modes leave 1e-6 of it at t = 0, far less soon after.
ETDRK4 in time (Cox and Matthews 2002; Kassam and Trefethen 2005), the cube on a grid twice as fine.

Lorenz, t <= 2: the Taylor series of examples/lorenz/reference.py, order 30.

Driven cavity, Re = 1000: the Legendre-Galerkin method of examples/cavity/reference.py with two terms of the corners'
expansions (further ones grow like Re^2 r^3 far from the corners). Newton's method begins with the flow of a smaller Re.
"""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
from numpy.polynomial.legendre import leggauss
from scipy.fft import dct

HERE = Path(__file__).parent / "problems"
EXAMPLES = Path(__file__).parents[2] / "examples"
DIFFUSION = 0.0001


def example(name: str) -> ModuleType:
    """The reference script of an example, as a module."""
    spec = importlib.util.spec_from_file_location(f"{name}_reference", EXAMPLES / name / "reference.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look for it there
    spec.loader.exec_module(module)
    return module


def allen_cahn_periodic(modes: int, steps: int, x: np.ndarray, t: np.ndarray) -> np.ndarray:
    """u on the grid, shape (len(t), len(x)); the times must be multiples of 1/steps."""
    weights = example("allen_cahn").contour_mean_weights
    size = 2 * modes
    grid = np.arange(size + 1) / size  # the right half of a period
    step = 1 / steps
    wave_number = np.pi * np.arange(modes)
    z = -DIFFUSION * wave_number**2 * step
    whole, half = np.exp(z), np.exp(z / 2)
    half_weight, first, middle, last = (step * part for part in weights(z))

    def coefficients(u: np.ndarray) -> np.ndarray:
        found = dct(u, type=1)[:modes] / size
        found[0] /= 2
        return found

    def reaction(a: np.ndarray) -> np.ndarray:
        padded = np.zeros(size + 1)
        padded[:modes] = a
        padded[0] *= 2
        u = dct(padded, type=1) / 2
        return coefficients(5 * (u - u**3))

    a = coefficients(grid**2 * np.cos(np.pi * grid))
    at_x = np.cos(np.outer(x, wave_number))
    wanted = np.rint(t * steps).astype(int)
    u = np.empty((len(t), len(x)))
    for count in range(steps + 1):
        for row in np.flatnonzero(wanted == count):
            u[row] = at_x @ a
        r = reaction(a)
        advanced = half * a
        b = advanced + half_weight * r
        r_b = reaction(b)
        r_c = reaction(advanced + half_weight * r_b)
        d = half * b + half_weight * (2 * r_c - r)
        a = whole * a + first * r + 2 * middle * (r_b + r_c) + last * reaction(d)
    return u


def write_allen_cahn() -> None:
    """The periodic Allen-Cahn equation: columns x, t, u; x runs fastest."""
    x, t = np.linspace(-1, 1, 201), np.linspace(0, 1, 51)
    u = allen_cahn_periodic(8192, 2000, x, t)
    finer = allen_cahn_periodic(16384, 4000, x, t)
    for row in (0, 1, 10, 50):
        print(f"allen_cahn_periodic, t = {t[row]:.2f}: a finer one differs by {np.abs(u - finer)[row].max():.1e}")
    u[0] = x**2 * np.cos(np.pi * x)
    with (HERE / "allen_cahn_periodic_reference.csv").open("w", encoding="ascii", newline="\n") as file:
        file.write("x,t,u\n")
        for time, values in zip(t, u, strict=True):
            file.writelines(
                f"{place:.12g},{time:.12g},{value + 0.0:.12g}\n" for place, value in zip(x, values, strict=True)
            )


def cavity(functions: int) -> tuple[ModuleType, np.ndarray]:
    """The flow at Re = 1000, from that at 100, 250 and 500: the script of the example, set to it, and coefficients."""
    flow = example("cavity")
    flow.SERIES = flow.corner_series(2)
    nodes, weight = leggauss(functions + 160)
    nodes, weight = (nodes + 1) / 2, weight / 2
    p_0, p_1, _ = flow.clamped_functions(functions, nodes)
    mass, stiffness = (p_0.T * weight) @ p_0, (p_1.T * weight) @ p_1
    coefficients = before = None
    for reynolds in (100.0, 250.0, 500.0, 1000.0):
        flow.REYNOLDS = reynolds
        # Known parts differ with Re: what the former ones had more goes into the functions.
        known = flow.corner_terms(nodes, nodes)[0].x + flow.wall_interpolant(nodes, nodes).x
        if coefficients is not None:
            moments = (p_1.T * weight) @ (before - known) @ (p_0.T * weight).T
            coefficients = coefficients + np.linalg.solve(stiffness, np.linalg.solve(mass, moments.T).T)
        coefficients, before = flow.solve(functions, coefficients), known
    return flow, coefficients


def write_cavity() -> None:
    """The driven cavity at Re = 1000: columns x, y, u, v at the centres of 50 x 50 cells; x runs fastest."""
    middles = (np.arange(50) + 0.5) / 50
    flow, coefficients = cavity(64)
    u, v = flow.velocity(coefficients, middles, middles)
    coarser = cavity(48)
    gap = np.hypot(*(a - b for a, b in zip((u, v), coarser[0].velocity(coarser[1], middles, middles), strict=True)))
    print(f"cavity_1000: 48 x 48 functions in place of 64 x 64 differ by {gap.max():.1e}")
    line, half = np.linspace(0.001, 0.999, 9981), np.array([0.5])
    across, along = flow.velocity(coefficients, half, line)[0], flow.velocity(coefficients, line, half)[1]
    print(
        f"least u on x = 1/2, greatest and least v on y = 1/2: {across.min():.7f}, {along.max():.7f}, {along.min():.7f}"
    )
    print("Botella and Peyret (1998): -0.3885698, 0.3769447, -0.5270771")
    with (HERE / "cavity_1000_reference.csv").open("w", encoding="ascii", newline="\n") as file:
        file.write("x,y,u,v\n")
        for j, high in enumerate(middles):
            file.writelines(
                f"{place:.12g},{high:.12g},{u[i, j]:.8g},{v[i, j]:.8g}\n" for i, place in enumerate(middles)
            )


def write_lorenz() -> None:
    """The Lorenz system: columns t, x, y, z."""
    taylor, t = example("lorenz"), np.linspace(0, 2, 2001)
    states = taylor.solve(30, 2, t)
    print(f"lorenz, t <= 2: half the step differs by {np.abs(states - taylor.solve(30, 4, t)).max():.1e}")
    with (HERE / "lorenz_reference.csv").open("w", encoding="ascii", newline="\n") as file:
        file.write("t,x,y,z\n")
        file.writelines(
            ",".join(f"{value:.12g}" for value in (time, *state)) + "\n" for time, state in zip(t, states, strict=True)
        )


if __name__ == "__main__":
    write_allen_cahn()
    write_lorenz()
    write_cavity()
