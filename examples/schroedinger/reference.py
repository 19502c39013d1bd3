"""Reference values for `schroedinger.pde`: Fourier collocation in space, Runge-Kutta with integrating factor in time.

psi_t = (i/2) psi_xx + i |psi|^2 psi with period 10, psi(x, 0) = 2/cosh(x). Continued periodically, the
initial value has a corner at the seam: its slope jumps by 4 sinh(5)/cosh(5)^2 = 0.054. The equation
disperses that corner and never smooths it, so that the Fourier coefficients fall like n^-2 at all times and
a plain spectral method gains only one digit for ten times the modes. A wave of a high wave number k,
however, only meets the mean of the potential (it crosses the period in the time 10/k):

    c_k(t) = c_k(0) exp(-i k^2 t/2 + 2 i M t) (1 + O(1/k)),    M = the mean of |psi|^2, which is conserved.

The waves that the collocation keeps are computed in full, by the classical fourth-order Runge-Kutta scheme
for exp(i k^2 t/2) c_k(t) (in which the potential acts slowly on every wave, however fast it turns), the
ones above by this formula, up to n = 2^19.

    python reference.py         writes schroedinger_reference.csv, prints the difference against another resolution
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

PERIOD = 10.0
END = np.pi / 2
X = np.linspace(-5.0, 5.0, 201)
T = np.linspace(0.0, 1.0, 41) * END
ALL_MODES = 2**20


def initial_coefficients() -> np.ndarray:
    """The Fourier coefficients of 2/cosh(x) with period 10, in the order of `fftfreq`."""
    points = PERIOD * np.fft.fftfreq(ALL_MODES)
    return np.fft.fft(2.0 / np.cosh(points)) / ALL_MODES


def folded_values(
    coefficients: np.ndarray, orders: np.ndarray, x: np.ndarray
) -> np.ndarray:
    """The sum of c_n exp(2 pi i n x/10) at equispaced points from -5 to 5; waves equal there are added first."""
    intervals = len(x) - 1
    sign = np.where(orders % 2, -1.0, 1.0)  # x = -5 is half a period from 0
    alias = orders % intervals
    folded = np.bincount(
        alias, (sign * coefficients).real, intervals
    ) + 1j * np.bincount(alias, (sign * coefficients).imag, intervals)
    values = intervals * np.fft.ifft(folded)
    return np.append(values, values[0])


def solve(modes: int, steps: int, x: np.ndarray = X, t: np.ndarray = T) -> np.ndarray:
    """psi on the grid, shape (len(t), len(x)), with `modes` collocation points and `steps` steps from 0 to pi/2.

    x must be equispaced from -5 to 5, the times t multiples of the step.
    """
    everything = initial_coefficients()
    all_orders = np.rint(np.fft.fftfreq(ALL_MODES, 1 / ALL_MODES)).astype(int)
    orders = np.rint(np.fft.fftfreq(modes, 1 / modes)).astype(int)
    kept = np.abs(orders) < modes / 4  # products of three: no aliasing
    high = np.abs(all_orders) >= modes / 4
    high_orders, high_start = all_orders[high], everything[high]
    high_wave_number = 2 * np.pi / PERIOD * high_orders
    mean_density = (np.abs(everything) ** 2).sum()

    step = END / steps
    half = np.exp(-0.25j * (2 * np.pi / PERIOD * orders) ** 2 * step)
    whole = half**2

    def focusing(v: np.ndarray) -> np.ndarray:
        psi = np.fft.ifft(v)
        return np.where(kept, 1j * np.fft.fft((psi.real**2 + psi.imag**2) * psi), 0.0)

    v = np.where(kept, everything[orders], 0.0) * modes
    wanted = np.rint(t / step).astype(int)
    psi = np.empty((len(t), len(x)), dtype=complex)
    for count in range(steps + 1):
        for row in np.flatnonzero(wanted == count):
            turned = high_start * np.exp(
                -0.5j * high_wave_number**2 * t[row] + 2j * mean_density * t[row]
            )
            psi[row] = folded_values(v / modes, orders, x) + folded_values(
                turned, high_orders, x
            )
        k_1 = focusing(v)
        k_2 = focusing(half * (v + step / 2 * k_1))
        k_3 = focusing(half * v + step / 2 * k_2)
        k_4 = focusing(whole * v + step * half * k_3)
        v = whole * v + step / 6 * (whole * k_1 + 2 * half * (k_2 + k_3) + k_4)
    return psi


def write_csv(path: Path, psi: np.ndarray) -> None:
    """Columns x, t, psi_re, psi_im; x runs fastest."""
    with path.open("w", encoding="ascii", newline="\n") as file:
        file.write("x,t,psi_re,psi_im\n")
        for time, values in zip(T, psi, strict=True):
            for place, value in zip(X, values, strict=True):
                file.write(
                    f"{place:.12g},{float(time)!r},{value.real + 0.0:.11g},{value.imag + 0.0:.11g}\n"
                )


def main() -> None:
    """Write the table and print how far it is from twice the modes with two thirds of the step."""
    psi = solve(8192, 16_000)
    fine = solve(16_384, 24_000)
    print(
        f"8192 modes, 16000 steps against 16384 modes, 24000 steps: {np.abs(psi - fine).max():.1e} at most, ",
        end="",
    )
    print(
        f"{np.linalg.norm(psi - fine) / np.linalg.norm(fine):.1e} in the relative L2 norm"
    )
    write_csv(Path(__file__).with_name("schroedinger_reference.csv"), psi)


if __name__ == "__main__":
    main()
