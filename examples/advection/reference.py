"""Observations and reference values for `advection.pde` by the Cole-Hopf transformation.

With u = -2 nu (log phi)_x the equation u_t + u u_x = nu u_xx becomes the heat equation for phi, and u(x, 0)
= -sin(pi x) gives phi(x, 0) proportional to f(x) = exp(-cos(pi x)/(2 pi nu)). With y = x - 2 sqrt(nu t) s
the two integrals of the solution have the form that Gauss-Hermite quadrature integrates.

    python reference.py     writes sensors.csv and advection_reference.csv, prints how far 300 nodes differ
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

NU = 0.05
SIGMA = 0.01
SENSORS = 1000
X = np.linspace(-1.0, 1.0, 81)
T = np.linspace(0.0, 1.0, 21)


def solve(x: np.ndarray, t: np.ndarray, nodes: int = 200) -> np.ndarray:
    """u at points of shape (points,), with `nodes` Gauss-Hermite nodes."""
    s, weight = np.polynomial.hermite.hermgauss(nodes)
    y = x[:, None] - 2.0 * np.sqrt(NU * t)[:, None] * s
    exponent = -np.cos(np.pi * y) / (2.0 * np.pi * NU)
    kernel = weight * np.exp(exponent - exponent.max(axis=1, keepdims=True))
    return -(np.sin(np.pi * y) * kernel).sum(axis=1) / kernel.sum(axis=1)


def write_csv(path: Path, x: np.ndarray, t: np.ndarray, u: np.ndarray) -> None:
    """Columns x, t, u."""
    with path.open("w", encoding="ascii", newline="\n") as file:
        file.write("x,t,u\n")
        for row in zip(x, t, u, strict=True):
            file.write(",".join(f"{value + 0.0:.6g}" for value in row) + "\n")


def main() -> None:
    """Write both tables."""
    folder = Path(__file__).parent
    t, x = (axis.ravel() for axis in np.meshgrid(T, X, indexing="ij"))
    u = solve(x, t)
    print(
        f"200 against 300 Gauss-Hermite nodes: {np.abs(u - solve(x, t, 300)).max():.1e}"
    )
    write_csv(folder / "advection_reference.csv", x, t, u)
    random = np.random.default_rng(0)
    x, t = random.uniform(-1, 1, SENSORS), random.uniform(0, 1, SENSORS)
    write_csv(
        folder / "sensors.csv",
        x,
        t,
        solve(x, t) + SIGMA * random.standard_normal(SENSORS),
    )


if __name__ == "__main__":
    main()
