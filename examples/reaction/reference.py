"""Observations and reference values for `reaction.pde`: u_t = D*u_xx + u - u^3 by cosine series in x.

With u_x = 0 at both ends u is a sum of cos(k pi x), exact up to rounding where there are enough of them: u_xx is a
matrix that acts on values at the midpoints of equal cells. Time steps are those of Runge and Kutta's fourth order.

    python reference.py     writes sensors.csv and reaction_reference.csv, prints how far a finer solution differs
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

D = 0.02
SIGMA = 0.01
SENSORS = 400
END = 2.0
X = np.linspace(0.0, 1.0, 51)
TIMES = 101


def solve(modes: int, steps: int) -> np.ndarray:
    """The coefficients of cos(k pi x), shape (TIMES, modes); `steps` between two times."""
    k = np.arange(modes)
    basis = np.cos(np.pi * np.outer((k + 0.5) / modes, k))
    inverse = np.linalg.inv(basis)
    diffusion = basis @ np.diag(-D * (np.pi * k) ** 2) @ inverse

    def rate(u: np.ndarray) -> np.ndarray:
        return diffusion @ u + u - u**3

    u = 1.2 * basis[:, 1]
    step = END / (TIMES - 1) / steps
    found = [inverse @ u]
    for _ in range(TIMES - 1):
        for _ in range(steps):
            first = rate(u)
            second = rate(u + step / 2 * first)
            third = rate(u + step / 2 * second)
            fourth = rate(u + step * third)
            u = u + step / 6 * (first + 2 * second + 2 * third + fourth)
        found.append(inverse @ u)
    return np.array(found)


def values(coefficients: np.ndarray, x: np.ndarray, time: np.ndarray) -> np.ndarray:
    """u at points x and times by number, each of shape (points,)."""
    k = np.arange(coefficients.shape[1])
    return (coefficients[time] * np.cos(np.pi * np.outer(x, k))).sum(axis=1)


def write_csv(path: Path, x: np.ndarray, time: np.ndarray, u: np.ndarray) -> None:
    """Columns x, t, u."""
    t = END * time / (TIMES - 1)
    with path.open("w", encoding="ascii", newline="\n") as file:
        file.write("x,t,u\n")
        for row in zip(x, t, u, strict=True):
            file.write(",".join(f"{value + 0.0:.6g}" for value in row) + "\n")


def main() -> None:
    """Write both tables."""
    folder = Path(__file__).parent
    coefficients, finer = solve(32, 20), solve(48, 40)
    time, x = (
        axis.ravel() for axis in np.meshgrid(np.arange(0, TIMES, 5), X, indexing="ij")
    )
    u = values(coefficients, x, time)
    print(
        f"32 against 48 cosines, half the time step: {np.abs(u - values(finer, x, time)).max():.1e}"
    )
    write_csv(folder / "reaction_reference.csv", x, time, u)
    random = np.random.default_rng(0)
    x, time = random.uniform(0, 1, SENSORS), random.integers(0, TIMES, SENSORS)
    noise = SIGMA * random.standard_normal(SENSORS)
    write_csv(folder / "sensors.csv", x, time, values(coefficients, x, time) + noise)


if __name__ == "__main__":
    main()
