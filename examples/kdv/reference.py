"""Reference values for `kdv.pde`: Fourier collocation in space, exponential Runge-Kutta in time.

u_t + u u_x + delta^2 u_xxx = 0 with period 2. The dispersion is a diagonal, purely oscillating matrix in
Fourier space and is integrated exactly by the fourth-order scheme ETDRK4 (Cox and Matthews 2002), its phi
functions by contour means (Kassam and Trefethen 2005). The product u u_x = (u^2)_x/2 is dealiased by the
two-thirds rule.

    python reference.py         writes kdv_reference.csv, prints the difference against a finer resolution
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

DELTA = 0.022
X = np.linspace(-1.0, 1.0, 257)
T = np.linspace(0.0, 1.0, 41)


def contour_mean_weights(
    z: np.ndarray,
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """The four weights of ETDRK4 for complex z, as means over a unit circle around each z."""
    r = z[:, None] + np.exp(2j * np.pi * (np.arange(64) + 0.5) / 64)
    half = ((np.exp(r / 2) - 1) / r).mean(axis=1)
    first = ((-4 - r + np.exp(r) * (4 - 3 * r + r**2)) / r**3).mean(axis=1)
    middle = ((2 + r + np.exp(r) * (r - 2)) / r**3).mean(axis=1)
    last = ((-4 - 3 * r - r**2 + np.exp(r) * (4 - r)) / r**3).mean(axis=1)
    return half, first, middle, last


def solve(modes: int, steps: int, x: np.ndarray = X, t: np.ndarray = T) -> np.ndarray:
    """u on the grid, shape (len(t), len(x)), with `modes` collocation points and `steps` time steps from 0 to 1.

    The times t must be multiples of 1/steps.
    """
    wave_number = np.pi * np.arange(modes // 2 + 1)
    kept = np.arange(modes // 2 + 1) < modes / 3
    step = 1.0 / steps
    z = 1j * DELTA**2 * wave_number**3 * step
    whole, half = np.exp(z), np.exp(z / 2)
    half_weight, first, middle, last = (
        step * weights for weights in contour_mean_weights(z)
    )
    derivative = np.where(kept, -0.5j * wave_number, 0.0)

    def steepening(v: np.ndarray) -> np.ndarray:
        return derivative * np.fft.rfft(np.fft.irfft(v, modes) ** 2)

    points = -1.0 + 2.0 * np.arange(modes) / modes
    v = np.fft.rfft(np.cos(np.pi * points))
    waves = (
        np.exp(1j * np.outer(x + 1.0, wave_number))
        * np.where(wave_number == 0, 1.0, 2.0)
        / modes
    )
    wanted = np.rint(t * steps).astype(int)
    u = np.empty((len(t), len(x)))
    for count in range(steps + 1):
        for row in np.flatnonzero(wanted == count):
            u[row] = (waves @ np.where(kept, v, 0.0)).real
        n = steepening(v)
        advanced = half * v
        a = advanced + half_weight * n
        n_a = steepening(a)
        n_b = steepening(advanced + half_weight * n_a)
        c = half * a + half_weight * (2 * n_b - n)
        v = whole * v + first * n + 2 * middle * (n_a + n_b) + last * steepening(c)
    return u


def write_csv(path: Path, u: np.ndarray) -> None:
    """Columns x, t, u; x runs fastest."""
    with path.open("w", encoding="ascii", newline="\n") as file:
        file.write("x,t,u\n")
        for time, values in zip(T, u, strict=True):
            for place, value in zip(X, values, strict=True):
                file.write(f"{place:.12g},{time:.12g},{value + 0.0:.12g}\n")


def main() -> None:
    """Write the table and print how far it is from twice the modes with half the time step."""
    u = solve(512, 10_000)
    print(
        f"512 modes, 10000 steps against 1024 modes, 20000 steps: {np.abs(u - solve(1024, 20_000)).max():.1e}"
    )
    write_csv(Path(__file__).with_name("kdv_reference.csv"), u)


if __name__ == "__main__":
    main()
