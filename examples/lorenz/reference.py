"""Reference values for `lorenz.pde`: Taylor series of order 30.

x' = sigma (y - x), y' = x (rho - z) - y, z' = x y - beta z. With x(t + h) = sum x_k h^k the equations give
the coefficients one after the other: (k + 1) x_{k+1} = sigma (y_k - x_k) and so on, the products being
Cauchy products.

    python reference.py         writes lorenz_reference.csv, prints the difference against half the step and DOP853
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from scipy.integrate import solve_ivp

SIGMA, RHO, BETA = 10.0, 28.0, 8.0 / 3.0
START = np.array([1.0, 1.0, 1.0])
T = np.linspace(0.0, 2.0, 2001)


def taylor_coefficients(state: np.ndarray, order: int) -> np.ndarray:
    """The Taylor coefficients of the solution through `state`, shape (order + 1, 3)."""
    x, y, z = series = np.zeros((3, order + 1))
    series[:, 0] = state
    for k in range(order):
        product_xz = x[: k + 1] @ z[k::-1]
        product_xy = x[: k + 1] @ y[k::-1]
        x[k + 1] = SIGMA * (y[k] - x[k]) / (k + 1)
        y[k + 1] = (RHO * x[k] - product_xz - y[k]) / (k + 1)
        z[k + 1] = (product_xy - BETA * z[k]) / (k + 1)
    return series.T


def solve(order: int, substeps: int, t: np.ndarray = T) -> np.ndarray:
    """The states at the times t (t[0] = 0), shape (len(t), 3), with `substeps` equal steps between two times."""
    states = np.empty((len(t), 3))
    states[0] = state = START
    powers = np.arange(order + 1)
    for row, interval in enumerate(np.diff(t), start=1):
        for _ in range(substeps):
            state = (interval / substeps) ** powers @ taylor_coefficients(state, order)
        states[row] = state
    return states


def write_csv(path: Path, states: np.ndarray) -> None:
    """Columns t, x, y, z."""
    with path.open("w", encoding="ascii", newline="\n") as file:
        file.write("t,x,y,z\n")
        for time, (x, y, z) in zip(T, states, strict=True):
            file.write(f"{time:.12g},{x:.12g},{y:.12g},{z:.12g}\n")


def main() -> None:
    """Write the table and print how far other steps and another method are from it."""
    states = solve(30, 1)
    print(f"against half the step: {np.abs(states - solve(30, 2)).max():.1e}")

    def right_side(_: float, state: np.ndarray) -> list[float]:
        x, y, z = state
        return [SIGMA * (y - x), x * (RHO - z) - y, x * y - BETA * z]

    other = solve_ivp(
        right_side,
        (0.0, T[-1]),
        START,
        method="DOP853",
        t_eval=T,
        rtol=1e-13,
        atol=1e-13,
        max_step=2.5e-4,
    )
    print(f"against DOP853 with step 0.00025: {np.abs(states - other.y.T).max():.1e}")
    write_csv(Path(__file__).with_name("lorenz_reference.csv"), states)


if __name__ == "__main__":
    main()
