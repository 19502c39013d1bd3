"""Reference values for `motz.pde`: the series of functions that solve the equation and both conditions on y = 0.

u is the sum of c_k*r^(k + 1/2)*cos((k + 1/2)*theta), in polar coordinates around (0, 0). The coefficients are those
with which the conditions on the three other sides hold best in the sense of least squares, at points that lie
denser towards the ends of the sides. The largest violation of a condition bounds the error: the sum solves the
equation. c_0 = 401.1624537452 agrees with Z.-C. Li, R. Mathon, P. Sermer, SIAM J. Numer. Anal. 24 (1987) 487-498.

    python reference.py         writes motz_reference.csv, prints the first coefficients, the largest violation and
                                the difference against a longer sum
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

X = np.linspace(-1.0, 1.0, 65)
Y = np.linspace(0.0, 1.0, 33)
HOT = 500.0


def conditions(terms: int, points: int) -> tuple[np.ndarray, np.ndarray]:
    """The matrix and the right side of the conditions on x = 1, y = 1 and x = -1, a row a point."""
    s = (1 - np.cos(np.pi * (np.arange(points) + 0.5) / points)) / 2
    k = np.arange(terms) + 0.5
    hot, top, left = 1 + 1j * s, 2 * s - 1 + 1j, -1 + 1j * s
    rows = [
        (hot[:, None] ** k).real,
        (1j * k * top[:, None] ** (k - 1)).real,
        (k * left[:, None] ** (k - 1)).real,
    ]
    return np.concatenate(rows), np.repeat([HOT, 0.0, 0.0], points)


def solve(terms: int, points: int = 200) -> tuple[np.ndarray, float]:
    """The coefficients, and the largest violation of a condition at these points."""
    matrix, right = conditions(terms, points)
    sizes = np.linalg.norm(matrix, axis=0)
    found = np.linalg.lstsq(matrix / sizes, right, rcond=1e-16)[0] / sizes
    return found, float(np.abs(matrix @ found - right).max())


def field(coefficients: np.ndarray) -> np.ndarray:
    """u on the grid, shape (len(X), len(Y)); zero on the part of y = 0 that is held."""
    z = X[:, None] + 1j * Y
    k = np.arange(len(coefficients)) + 0.5
    u = (z[..., None] ** k @ coefficients).real
    u[X <= 0, 0] = 0.0
    return u


def main() -> None:
    """Write the table and say how well it is converged."""
    coefficients, violation = solve(50)
    u = field(coefficients)
    print("first coefficients   ", *(f"{value:.10f}" for value in coefficients[:5]))
    print(f"largest violation     {violation:.1e}")
    print(f"against 60 terms      {np.abs(u - field(solve(60)[0])).max():.1e}")
    rows = [
        f"{x:.12g},{y:.12g},{value:.12g}"
        for y, line in zip(Y, u.T, strict=True)
        for x, value in zip(X, line, strict=True)
    ]
    path = Path(__file__).with_name("motz_reference.csv")
    path.write_text("\n".join(["x,y,u", *rows]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
