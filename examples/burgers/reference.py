"""Reference values for `burgers.pde` by the Cole-Hopf transformation.

With u = -2 nu (log phi)_x the equation u_t + u u_x = nu u_xx becomes the heat equation for phi, and u(x, 0)
= -sin(pi x) gives phi(x, 0) proportional to f(x) = exp(-cos(pi x)/(2 pi nu)). With the heat kernel,

    u(x, t) = -∫ sin(pi y) f(y) e^(-(x - y)^2/(4 nu t)) dy / ∫ f(y) e^(-(x - y)^2/(4 nu t)) dy.

y = x - 2 sqrt(nu t) s puts both integrals in the form that Gauss-Hermite quadrature integrates. The
exponents are shifted by their maximum, so that exp(1/(2 pi nu)) = e^50 never overflows; no term of the
denominator is negative, so nothing cancels there.

    python reference.py         writes burgers_reference.csv, prints the difference against other quadratures
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

NU = 0.01 / np.pi
X = np.linspace(-1.0, 1.0, 257)
T = np.linspace(0.0, 1.0, 41)


def solve(nodes: int, x: np.ndarray = X, t: np.ndarray = T) -> np.ndarray:
    """u on the grid, shape (len(t), len(x)), with `nodes` Gauss-Hermite nodes."""
    s, weight = np.polynomial.hermite.hermgauss(nodes)
    y = x[None, :, None] - 2.0 * np.sqrt(NU * t)[:, None, None] * s
    exponent = -np.cos(np.pi * y) / (2.0 * np.pi * NU)
    kernel = weight * np.exp(exponent - exponent.max(axis=-1, keepdims=True))
    u = -(np.sin(np.pi * y) * kernel).sum(axis=-1) / kernel.sum(axis=-1)
    u[:, [0, -1]] = 0.0  # the walls, where sin(pi) = 1e-16 would stand
    return u


def solve_trapezoidal(nodes: int, x: np.ndarray = X, t: np.ndarray = T) -> np.ndarray:
    """The same integrals by the trapezoidal rule over |y| <= 2, an independent check; t = 0 is the initial value."""
    y = np.linspace(-2.0, 2.0, nodes)
    u = np.empty((len(t), len(x)))
    for row, time in enumerate(t):
        if time == 0.0:
            u[row] = -np.sin(np.pi * x)
            continue
        exponent = -np.cos(np.pi * y) / (2.0 * np.pi * NU) - (x[:, None] - y) ** 2 / (
            4.0 * NU * time
        )
        kernel = np.exp(exponent - exponent.max(axis=1, keepdims=True))
        u[row] = -(kernel @ np.sin(np.pi * y)) / kernel.sum(axis=1)
    return u


def write_csv(path: Path, u: np.ndarray) -> None:
    """Columns x, t, u; x runs fastest."""
    with path.open("w", encoding="ascii", newline="\n") as file:
        file.write("x,t,u\n")
        for time, values in zip(T, u, strict=True):
            for place, value in zip(X, values, strict=True):
                file.write(f"{place:.12g},{time:.12g},{value + 0.0:.12g}\n")


def main() -> None:
    """Write the table and print how far other quadratures differ."""
    u = solve(200)
    print(f"200 against 300 Gauss-Hermite nodes: {np.abs(u - solve(300)).max():.1e}")
    print(
        f"against the trapezoidal rule, 8001 nodes: {np.abs(u - solve_trapezoidal(8001)).max():.1e}"
    )
    write_csv(Path(__file__).with_name("burgers_reference.csv"), u)


if __name__ == "__main__":
    main()
