"""Reference values for `allen_cahn.pde`: Legendre-Galerkin in space, exponential Runge-Kutta in time.

With w = u + 1 the conditions are w = 0 at both ends and w_t = 0.001 w_xx + 5 (u - u^3). The solution is
even in x for all time, so w is expanded in Shen's functions

    phi_k = (L_k - L_{k+2})/sqrt(4k + 6),  k = 0, 2, 4, …,     (phi_j', phi_k') = delta_jk,

for which the stiffness matrix is the identity and the mass matrix tridiagonal. Diagonalising the mass
matrix leaves one scalar stiff equation a mode, and the fourth-order scheme ETDRK4 (Cox and Matthews 2002)
its phi functions by contour means (Kassam and Trefethen 2005). The reaction is projected by Gauss-Legendre
quadrature. All of it is symmetric, which matters: the unstable state u = 0 multiplies rounding errors by
e^5, and collocation loses three digits more.

    python reference.py         writes allen_cahn_reference.csv, prints the difference against other resolutions
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

DIFFUSION = 0.001
X = np.linspace(-1.0, 1.0, 201)
T = np.linspace(0.0, 1.0, 51)


def basis(modes: int, x: np.ndarray) -> np.ndarray:
    """phi_0, phi_2, …, phi_{2 modes - 2} at the points x, shape (len(x), modes)."""
    legendre = np.polynomial.legendre.legvander(x, 2 * modes)
    k = 2 * np.arange(modes)
    return (legendre[:, k] - legendre[:, k + 2]) / np.sqrt(4 * k + 6)


def contour_mean_weights(
    z: np.ndarray,
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """The four weights of ETDRK4 for real z <= 0, as means over a unit circle around each z."""
    circle = np.exp(1j * np.pi * (np.arange(32) + 0.5) / 32)
    r = z[:, None] + circle
    half = ((np.exp(r / 2) - 1) / r).mean(axis=1).real
    first = ((-4 - r + np.exp(r) * (4 - 3 * r + r**2)) / r**3).mean(axis=1).real
    middle = ((2 + r + np.exp(r) * (r - 2)) / r**3).mean(axis=1).real
    last = ((-4 - 3 * r - r**2 + np.exp(r) * (4 - r)) / r**3).mean(axis=1).real
    return half, first, middle, last


def solve(modes: int, steps: int, x: np.ndarray = X, t: np.ndarray = T) -> np.ndarray:
    """u on the grid, shape (len(t), len(x)), with `modes` even functions and `steps` time steps from 0 to 1.

    The times t must be multiples of 1/steps.
    """
    nodes, weight = np.polynomial.legendre.leggauss(4 * modes)
    nodes, weight = (
        nodes[2 * modes :],
        2.0 * weight[2 * modes :],
    )  # even integrands: the right half, twice

    k = 2 * np.arange(modes)
    mass = np.diag((2 / (2 * k + 1) + 2 / (2 * k + 5)) / (4 * k + 6))
    beside = -2 / (2 * k[1:] + 1) / np.sqrt((4 * k[1:] + 6) * (4 * k[:-1] + 6))
    mass += np.diag(beside, 1) + np.diag(beside, -1)
    mu, vectors = np.linalg.eigh(mass)
    values_at_nodes = basis(modes, nodes) @ vectors
    projection = (values_at_nodes * weight[:, None]).T / mu[:, None]

    step = 1.0 / steps
    z = -DIFFUSION * step / mu
    whole, half = np.exp(z), np.exp(z / 2)
    half_weight, first, middle, last = (
        step * weights for weights in contour_mean_weights(z)
    )

    def reaction(b: np.ndarray) -> np.ndarray:
        u = values_at_nodes @ b - 1.0
        return projection @ (5.0 * (u - u**3))

    b = projection @ (nodes**2 * np.cos(np.pi * nodes) + 1.0)
    at_x = basis(modes, x) @ vectors
    wanted = np.rint(t * steps).astype(int)
    u = np.empty((len(t), len(x)))
    for count in range(steps + 1):
        for row in np.flatnonzero(wanted == count):
            u[row] = at_x @ b - 1.0
        r = reaction(b)
        advanced = half * b
        a = advanced + half_weight * r
        r_a = reaction(a)
        r_b = reaction(advanced + half_weight * r_a)
        c = half * a + half_weight * (2 * r_b - r)
        b = whole * b + first * r + 2 * middle * (r_a + r_b) + last * reaction(c)
    return u


def write_csv(path: Path, u: np.ndarray) -> None:
    """Columns x, t, u; x runs fastest."""
    with path.open("w", encoding="ascii", newline="\n") as file:
        file.write("x,t,u\n")
        for time, values in zip(T, u, strict=True):
            for place, value in zip(X, values, strict=True):
                file.write(f"{place:.12g},{time:.12g},{value + 0.0:.12g}\n")


def main() -> None:
    """Write the table and print how far it is from half the time step and from more functions."""
    u = solve(400, 2000)
    print(
        f"400 even functions, 2000 steps against 4000 steps: {np.abs(u - solve(400, 4000)).max():.1e}"
    )
    print(f"against 500 functions: {np.abs(u - solve(500, 2000)).max():.1e}")
    write_csv(Path(__file__).with_name("allen_cahn_reference.csv"), u)


if __name__ == "__main__":
    main()
