"""Reference values of the problems here that have no closed form, by the schemes of the examples.

    python bench/accuracy/references.py         writes problems/*_reference.csv, prints how far finer ones are

Allen-Cahn, periodic: the solution is even in x for all time, so u = sum of a_k cos(k pi x). The data x^2 cos(pi x) have
a kink at the seam, and their a_k fall as k^-2 only: 8192 modes leave 1e-6 of it at t = 0, far less soon after.
ETDRK4 in time (Cox and Matthews 2002; Kassam and Trefethen 2005), the cube on a grid twice as fine.

Lorenz, t <= 2: the Taylor series of examples/lorenz/reference.py, order 30.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import numpy as np
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
