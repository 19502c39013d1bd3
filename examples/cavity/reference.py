"""Reference values for `cavity.pde`: Legendre-Galerkin for the stream function, the corners' singular parts subtracted.

With u = psi_y, v = -psi_x the steady flow satisfies, for every phi with phi = phi_n = 0 on the walls,

    ∫ lap(psi) (psi_y phi_x - psi_x phi_y) + (1/Re) ∫ lap(psi) lap(phi) = 0.

The lid's velocity jumps at the upper corners, where vorticity grows like 1/r and polynomials converge
slowly. There, in polar coordinates around the corner (theta = 0 along the lid), the flow is known (Gupta,
Manohar and Noble 1981; Botella and Peyret 1998):

    psi ~ r g_1(theta) + Re r^2 g_2(theta) + Re^2 r^3 g_3(theta) + …,

g_1 the Stokes flow of a scraped corner, the others its corrections by inertia; they depend on the corner
alone. So

    psi = S + B + polynomial in Shen's clamped functions,

S these three terms at both corners, B a Hermite-Coons interpolant that restores the conditions which S
breaks on the walls: smooth ones, for S is exact on the walls that meet at its corner. Newton's method, each
step by GMRES, preconditioned with the Stokes operator.

    python reference.py         writes cavity_reference.csv, compares more functions and published values

The table's points are the centres of 80 x 80 cells: at the upper corners themselves the velocity has no
value.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.polynomial import Chebyshev, legendre
from scipy.linalg import cho_factor, cho_solve
from scipy.sparse.linalg import LinearOperator, gmres

REYNOLDS = 100.0
X = Y = (2 * np.arange(80) + 1) / 160

# g_1 = B sin + C theta cos + D theta sin with g_1 = 0, g_1' = -1 on the lid and g_1 = g_1' = 0 on the wall
C = 1 / (np.pi**2 / 4 - 1)
D = C * np.pi / 2
B = -C * np.pi**2 / 4


@dataclass(frozen=True)
class Samples:
    """A function's derivatives on a tensor grid (first index x): x, y and the Laplacian."""

    x: np.ndarray
    y: np.ndarray
    laplacian: np.ndarray

    def __add__(self, other: Samples) -> Samples:
        return Samples(
            self.x + other.x, self.y + other.y, self.laplacian + other.laplacian
        )


@dataclass(frozen=True)
class Angular:
    """g_m and g_m' of a corner term r^m g_m(theta), and q_m = g_m'' + m^2 g_m, so that its Laplacian is r^(m-2) q_m."""

    value: Chebyshev
    slope: Chebyshev
    laplacian: Chebyshev


def on_angles(function: Callable[[np.ndarray], np.ndarray]) -> Chebyshev:
    """The polynomial that interpolates a smooth function of the angle."""
    return Chebyshev.interpolate(function, 40, (0.0, np.pi / 2))


def oscillator(k: int, forcing: Chebyshev) -> tuple[Chebyshev, Chebyshev]:
    """y and y' of y'' + k^2 y = forcing, y = y' = 0 at angle 0."""
    if k == 0:
        slope = forcing.integ(lbnd=0.0)
        return slope.integ(lbnd=0.0), slope
    with_sine = on_angles(lambda a: forcing(a) * np.sin(k * a)).integ(lbnd=0.0)
    with_cosine = on_angles(lambda a: forcing(a) * np.cos(k * a)).integ(lbnd=0.0)
    value = on_angles(
        lambda a: (np.sin(k * a) * with_cosine(a) - np.cos(k * a) * with_sine(a)) / k
    )
    return value, on_angles(
        lambda a: np.cos(k * a) * with_cosine(a) + np.sin(k * a) * with_sine(a)
    )


def corner_series(terms: int) -> list[Angular]:
    """g_1, g_2, …: g_1 the Stokes flow, the others from the vorticity equation for Re = 1, order by order in r.

    (d^2 + (m - 2)^2) q_m = sum over a + b = m of a g_a q_b' - (b - 2) g_a' q_b, and g_m = g_m' = 0 at both ends.
    """
    stokes = Angular(
        on_angles(lambda a: B * np.sin(a) + C * a * np.cos(a) + D * a * np.sin(a)),
        on_angles(lambda a: (B + C + D * a) * np.cos(a) + (D - C * a) * np.sin(a)),
        on_angles(lambda a: 2 * D * np.cos(a) - 2 * C * np.sin(a)),
    )
    series = [stokes]
    for m in range(2, terms + 1):
        forcing = on_angles(np.zeros_like)
        for a in range(1, m):
            first, second, b = series[a - 1], series[m - a - 1], m - a
            forcing += on_angles(
                lambda s, a=a, b=b, first=first, second=second: (
                    a * first.value(s) * second.laplacian.deriv()(s)
                    - (b - 2) * first.slope(s) * second.laplacian(s)
                )
            )
        k = m - 2
        free = [
            on_angles(lambda s, k=k: np.cos(k * s)),
            on_angles(lambda s, k=k: np.sin(k * s) if k else s),
        ]
        particular = oscillator(k, forcing)[0]
        end = np.pi / 2
        ends = np.array(
            [[part(end) for part in oscillator(m, q)] for q in (particular, *free)]
        )
        weights = np.linalg.solve(ends[1:].T, -ends[0])
        q = particular + weights[0] * free[0] + weights[1] * free[1]
        series.append(Angular(*oscillator(m, q), q))
    return series


SERIES = corner_series(3)


def corner_term(
    x: np.ndarray, y: np.ndarray, right: bool
) -> tuple[np.ndarray, Samples, np.ndarray]:
    """S of one upper corner: value, derivatives, and the Laplacian of all but its first term (which is biharmonic)."""
    across = 1 - x if right else x
    depth = 1 - y
    r = np.hypot(across, depth)
    angle = np.arctan2(depth, across)
    value, by_r, by_angle, laplacian, forced = (np.zeros_like(r) for _ in range(5))
    for m, angular in enumerate(SERIES, start=1):
        scale = (-REYNOLDS if right else REYNOLDS) ** (
            m - 1
        )  # the mirrored flow runs backwards
        g, slope, q = (
            angular.value(angle),
            angular.slope(angle),
            angular.laplacian(angle),
        )
        value += scale * r**m * g
        by_r += scale * m * r ** (m - 1) * g
        by_angle += scale * r ** (m - 1) * slope
        laplacian += scale * r ** (m - 2.0) * q
        if m > 1:
            forced += scale * r ** (m - 2.0) * q
    cosine, sine = np.cos(angle), np.sin(angle)
    d_across = cosine * by_r - sine * by_angle
    d_depth = sine * by_r + cosine * by_angle
    return value, Samples(-d_across if right else d_across, -d_depth, laplacian), forced


def corner_terms(x: np.ndarray, y: np.ndarray) -> tuple[Samples, np.ndarray]:
    """S of both corners on the tensor grid, and the Laplacian of all but the first terms."""
    grid_x, grid_y = np.meshgrid(x, y, indexing="ij")
    _, left, left_forced = corner_term(grid_x, grid_y, right=False)
    _, right, right_forced = corner_term(grid_x, grid_y, right=True)
    return left + right, left_forced + right_forced


# The cubic Hermite functions on [0, 1]: value and slope at 0, value and slope at 1.
HERMITE = [
    np.polynomial.Polynomial(c)
    for c in ([1, 0, -3, 2], [0, 1, -2, 1], [0, 0, 3, -2], [0, 0, -1, 1])
]


def wall_interpolant(x: np.ndarray, y: np.ndarray) -> Samples:
    """B on the tensor grid: the Hermite-Coons interpolant of what S leaves of the conditions on the four walls."""

    def trace(function: Callable[[np.ndarray], np.ndarray]) -> Chebyshev:
        return Chebyshev.interpolate(function, 48, (0.0, 1.0))

    zero = trace(np.zeros_like)

    def left_wall(s: np.ndarray) -> tuple[np.ndarray, Samples, np.ndarray]:
        return corner_term(np.zeros_like(s), s, right=True)

    def right_wall(s: np.ndarray) -> tuple[np.ndarray, Samples, np.ndarray]:
        return corner_term(np.ones_like(s), s, right=False)

    def bottom(s: np.ndarray, right: bool) -> tuple[np.ndarray, Samples, np.ndarray]:
        return corner_term(s, np.zeros_like(s), right)

    along_y = [  # value and x-derivative at x = 0, then at x = 1, as functions of y
        trace(lambda s: -left_wall(s)[0]),
        trace(lambda s: -left_wall(s)[1].x),
        trace(lambda s: -right_wall(s)[0]),
        trace(lambda s: -right_wall(s)[1].x),
    ]
    along_x = [  # value and y-derivative at y = 0, then at y = 1, as functions of x
        trace(lambda s: -bottom(s, False)[0] - bottom(s, True)[0]),
        trace(lambda s: -bottom(s, False)[1].y - bottom(s, True)[1].y),
        zero,
        zero - 1.0,  # the lid moves with 1, and S moves it with 2
    ]
    corners = np.array(
        [
            [
                a.deriv(j % 2)(float(j // 2)) if j % 2 else a(float(j // 2))
                for j in range(4)
            ]
            for a in along_y
        ]
    )

    def values(functions: list, s: np.ndarray, order: int) -> np.ndarray:
        return np.stack([(f.deriv(order) if order else f)(s) for f in functions])

    def derivative(i: int, j: int) -> np.ndarray:
        h_x, h_y = values(HERMITE, x, i), values(HERMITE, y, j)
        return (
            h_x.T @ values(along_y, y, j)
            + values(along_x, x, i).T @ h_y
            - h_x.T @ corners @ h_y
        )

    return Samples(
        derivative(1, 0), derivative(0, 1), derivative(2, 0) + derivative(0, 2)
    )


def clamped_functions(n: int, x: np.ndarray) -> list[np.ndarray]:
    """Shen's functions on [0, 1] with double zeros at the ends, and two derivatives: arrays of shape (len(x), n)."""
    k = np.arange(n)
    coefficients = np.zeros((n + 4, n))
    scale = 1 / np.sqrt(2 * (2 * k + 3) ** 2 * (2 * k + 5))
    coefficients[k, k] = scale
    coefficients[k + 2, k] = -scale * 2 * (2 * k + 5) / (2 * k + 7)
    coefficients[k + 4, k] = scale * (2 * k + 3) / (2 * k + 7)
    return [
        2.0**order * legendre.legval(2 * x - 1, legendre.legder(coefficients, order)).T
        for order in range(3)
    ]


def solve(n: int, start: np.ndarray | None = None) -> np.ndarray:
    """The coefficients of n x n clamped functions in psi - S - B.

    Newton's method begins with `start`, with zeros where there is none.
    """
    nodes, weight = legendre.leggauss(
        n + 160
    )  # the known part is not smooth: more nodes than n alone would need
    nodes, weight = (nodes + 1) / 2, weight / 2
    p_0, p_1, p_2 = clamped_functions(n, nodes)
    w_0, w_1, w_2 = (p * weight[:, None] for p in (p_0, p_1, p_2))
    singular, forced = corner_terms(nodes, nodes)
    walls = wall_interpolant(nodes, nodes)
    known = singular + walls
    known_viscous = walls.laplacian + forced

    def polynomial(c: np.ndarray) -> Samples:
        return Samples(
            p_1 @ c @ p_0.T, p_0 @ c @ p_1.T, p_2 @ c @ p_0.T + p_0 @ c @ p_2.T
        )

    def weak(flux_x: np.ndarray, flux_y: np.ndarray, viscous: np.ndarray) -> np.ndarray:
        viscous = viscous / REYNOLDS
        return (
            w_1.T @ flux_x @ w_0
            + w_0.T @ flux_y @ w_1
            + w_2.T @ viscous @ w_0
            + w_0.T @ viscous @ w_2
        )

    mass, stiffness, bending = w_0.T @ p_0, w_1.T @ p_1, w_2.T @ p_2
    # the Stokes operator keeps the parity in each direction: four blocks
    blocks = [(slice(i, None, 2), slice(j, None, 2)) for i in (0, 1) for j in (0, 1)]

    def stokes_block(i: slice, j: slice) -> np.ndarray:
        bend = np.kron(bending[i, i], mass[j, j]) + np.kron(mass[i, i], bending[j, j])
        return (bend + 2 * np.kron(stiffness[i, i], stiffness[j, j])) / REYNOLDS

    factors = [cho_factor(stokes_block(*block), overwrite_a=True) for block in blocks]

    def solve_stokes(right_side: np.ndarray) -> np.ndarray:
        result = np.empty((n, n))
        for block, factor in zip(blocks, factors, strict=True):
            part = right_side.reshape(n, n)[block]
            result[block] = cho_solve(factor, part.ravel()).reshape(part.shape)
        return result.ravel()

    stokes_inverse = LinearOperator((n * n, n * n), matvec=solve_stokes)

    c = np.zeros((n, n)) if start is None else start.copy()
    for _ in range(12):
        own = polynomial(c)
        psi = known + own
        residual = weak(
            psi.laplacian * psi.y, -psi.laplacian * psi.x, known_viscous + own.laplacian
        )

        def linearised(direction: np.ndarray, psi: Samples = psi) -> np.ndarray:
            d = polynomial(direction.reshape(n, n))
            return weak(
                d.laplacian * psi.y + psi.laplacian * d.y,
                -d.laplacian * psi.x - psi.laplacian * d.x,
                d.laplacian,
            ).ravel()

        operator = LinearOperator((n * n, n * n), matvec=linearised)
        change, _ = gmres(  # whether it was close enough, Newton's method tells
            operator,
            -residual.ravel(),
            M=stokes_inverse,
            rtol=1e-6,
            atol=1e-15,
            restart=500,
            maxiter=2,
        )
        c += change.reshape(n, n)
        if np.abs(change).max() < 1e-10:
            return c
    raise ArithmeticError("Newton's method did not converge")


def velocity(
    c: np.ndarray, x: np.ndarray, y: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """u and v on the tensor grid (first index x)."""
    n = len(c)
    q_0, q_1, _ = clamped_functions(n, x)
    s_0, s_1, _ = clamped_functions(n, y)
    outside = corner_terms(x, y)[0] + wall_interpolant(x, y)
    return outside.y + q_0 @ c @ s_1.T, -(outside.x + q_1 @ c @ s_0.T)


def write_csv(path: Path, u: np.ndarray, v: np.ndarray) -> None:
    """Columns x, y, u, v; x runs fastest."""
    with path.open("w", encoding="ascii", newline="\n") as file:
        file.write("x,y,u,v\n")
        for j, high in enumerate(Y):
            for i, place in enumerate(X):
                file.write(f"{place:.12g},{high:.12g},{u[i, j]:.11g},{v[i, j]:.11g}\n")


def main() -> None:
    """Write the table; print how far other resolutions are from it, and the extrema on the centre lines."""
    c = solve(96)
    u, v = velocity(c, X, Y)
    other_u, other_v = velocity(solve(112), X, Y)
    difference = np.hypot(u - other_u, v - other_v)
    relative = np.linalg.norm(difference) / np.linalg.norm(np.hypot(u, v))
    print(
        f"96 x 96 functions against 112 x 112: {difference.max():.1e} at most (in a corner cell), ",
        end="",
    )
    print(f"{relative:.1e} in the relative L2 norm")
    line, middle = np.linspace(0.001, 0.999, 9981), np.array([0.5])
    centre_u = velocity(c, middle, line)[0][0]
    centre_v = velocity(c, line, middle)[1][:, 0]
    print(
        f"least u on x = 1/2: {centre_u.min():.7f} at y = {line[centre_u.argmin()]:.4f}",
        end="",
    )
    print("  (Botella and Peyret 1998: -0.2140424 at 0.4581)")
    print(
        f"greatest v on y = 1/2: {centre_v.max():.7f} at x = {line[centre_v.argmax()]:.4f}",
        end="",
    )
    print("  (0.1795728 at 0.2370)")
    print(
        f"least v on y = 1/2: {centre_v.min():.7f} at x = {line[centre_v.argmin()]:.4f}",
        end="",
    )
    print("  (-0.2538030 at 0.8104)")
    write_csv(Path(__file__).with_name("cavity_reference.csv"), u, v)


if __name__ == "__main__":
    main()
