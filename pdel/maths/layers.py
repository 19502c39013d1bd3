"""Layers: where solutions of linear equations may change within a short distance of the boundary.

Beside a piece of the boundary u = exp(-k*d), d the distance from it, turns an equation into a polynomial in k. With the
outward normal n, a derivative by x^i*y^j becomes n_x^i*n_y^j*k^(i + j). A root with a positive real part is a solution
that decays inwards, within 1/Re(k): of -eps*u_xx + a*u_x + c*u = f within eps/a where the flow goes out, and within
sqrt(eps/c) where nothing flows. Along the piece a flow carries what begins somewhere over its whole length L. There its
term counts as |a|/L beside c, and -eps*u_yy + a*u_x = f has layers of sqrt(eps*L/a).

R. E. O'Malley, Introduction to Singular Perturbations, Academic Press (1974); H.-G. Roos, M. Stynes, L. Tobiska, Robust
Numerical Methods for Singularly Perturbed Differential Equations, Springer (2008).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from pdel.evaluate import evaluate_points, normal_key
from pdel.expression import Partial, partials
from pdel.geometry import Difference, Face, Piece
from pdel.maths.analysis import coefficient_of, total_order
from pdel.maths.checks.fields import partials_of
from pdel.maths.checks.setting import Setting
from pdel.maths.model import Layer, Residual
from pdel.semantics.problem import Problem

THIN = 0.05
"""Of the size of the region: layers that are wider need nothing. One of width 0.05 took 2 trials in place of 4, one of
0.01 took 3 with an error of 9e-15 in place of 6 with 1e-12."""

WIDE = 0.2
"""Of the same: beside a thin layer others count up to this width."""

_ROUNDS = 200


def find_layers(setting: Setting) -> tuple[Layer, ...]:
    """The pieces of the boundary beside which a linear problem may have such a layer, with its width.

    It has two digits: no more of it matters.
    """
    problem = setting.problem
    if not setting.facts or not all(facts.linear for facts in setting.facts):
        return ()
    sizes = [_size(piece) for piece in problem.pieces]
    rates = [max(_decays(setting, number), default=0.0) for number in range(len(sizes))]
    if not any(rate * size * THIN > 1 for rate, size in zip(rates, sizes, strict=True)):
        return ()
    return tuple(
        Layer(number, float(f"{1 / rate:.2g}"), _reach(problem, problem.pieces[number]))
        for number, (rate, size) in enumerate(zip(rates, sizes, strict=True))
        if rate * size * WIDE > 1 and _bounds_all(problem, problem.pieces[number])
    )


def _size(piece: Piece) -> float:
    """What widths are compared with: the side of the box across a face, the radius of a circle or sphere."""
    surface = piece.surface
    if isinstance(surface, Face):
        return surface.box.highs[surface.axis].value - surface.box.lows[surface.axis].value
    return surface.ball.radius.value


def _reach(problem: Problem, piece: Piece) -> float:
    """The largest distance from a piece: beyond a ball of radius R that of the farthest corner of the bounds.

    From a ball it is |r^2 - R^2|/(2*R), as inputs of the network take it: R/2 at the centre.
    """
    surface = piece.surface
    if isinstance(surface, Face):
        return _size(piece)
    radius = surface.ball.radius.value
    if not piece.inward:
        return radius / 2
    sides = zip(problem.space, surface.ball.centre, strict=True)
    far = sum(max(axis.high.value - at.value, at.value - axis.low.value) ** 2 for axis, at in sides)
    return (far - radius**2) / (2 * radius)


def _bounds_all(problem: Problem, piece: Piece) -> bool:
    """Whether the whole region lies on one side of the surface: an outer face, or a ball cut out or around it."""
    surface, region = piece.surface, problem.region
    if isinstance(surface, Face):
        axis = problem.space[surface.axis]
        end = axis.high if surface.upper else axis.low
        return not piece.inward and (surface.box.highs if surface.upper else surface.box.lows)[surface.axis] == end
    return piece.inward or region == surface.ball or (isinstance(region, Difference) and region.base == surface.ball)


def _decays(setting: Setting, piece: int) -> Iterator[float]:
    """The rates k at which fields may decay inwards from points of a piece."""
    points = setting.sampler.on_pieces((piece,))
    space = [axis.name for axis in setting.problem.space]
    normals = [points.columns[normal_key(name)] for name in space]
    for equation in setting.equations:
        for field in {partial.field for partial in partials_of(equation)}:
            rows = _coefficients(setting, equation, field, points.columns, points.count)
            for index in range(points.count if rows else 0):
                normal = {name: column[index] for name, column in zip(space, normals, strict=True)}
                values = {partial: column[index] for partial, column in rows.items()}
                yield from _rates(setting.problem, values, normal)


def _coefficients(
    setting: Setting, equation: Residual, field: str, columns: Mapping[str, Sequence[float]], count: int
) -> dict[Partial, Sequence[float]]:
    """The numbers in front of a field and its derivatives at points; nothing where they are not known there."""
    terms = [term.expression for term in equation.terms]
    own = [partial for partial in partials_of(equation) if partial.field == field]
    forms = [coefficient_of(terms, partial) for partial in own]
    known = [form for form in forms if form is not None and not partials(form)]
    if len(known) < len(own):
        return {}
    values = evaluate_points(known, columns, setting.constants, count=count)
    finite = all(math.isfinite(value) for column in values for value in column)
    return dict(zip(own, values, strict=True)) if finite else {}


def _rates(problem: Problem, values: Mapping[Partial, float], normal: Mapping[str, float]) -> list[float]:
    """The positive real parts of the roots k at one point, with the outward normal there."""
    lengths = {axis.name: axis.high.value - axis.low.value for axis in problem.axes}
    order = max(total_order(partial) for partial in values)
    powers = [0.0] * (order + 1)
    # What a start leaves beside the ends of a line is looked after by windows of time.
    carrying = problem.space if len(problem.space) == 1 else problem.axes
    along = {axis.name: 0.0 for axis in carrying}
    for partial, value in values.items():
        powers[total_order(partial)] += value * math.prod(normal.get(name, 0.0) ** n for name, n in partial.orders)
        if total_order(partial) == 1 and partial.orders[0][0] in along:
            along[partial.orders[0][0]] = value
    if order == 2:
        across = sum(value * normal.get(name, 0.0) for name, value in along.items())
        flow = (abs(value - across * normal.get(name, 0.0)) / lengths[name] for name, value in along.items())
        powers[0] -= math.copysign(sum(flow), powers[2])
    return [root.real for root in polynomial_roots(powers) if root.real > 0]


def polynomial_roots(powers: Sequence[float]) -> list[complex]:
    """The roots of sum powers[m]*k^m other than 0, by the iteration of Durand and Kerner.

    k is measured in the largest of |powers[m]/powers[n]|^(1/(n - m)), n the degree: no root is larger than two of it.
    (mpmath.polyroots refuses roots as far apart as those of thin layers, 1 and 1e4, and threefold ones.)
    """
    used = [index for index, value in enumerate(powers) if value]
    if len(used) < 2:
        return []
    lowest, degree = used[0], used[-1] - used[0]
    scaled = [value / powers[used[-1]] for value in powers[lowest : used[-1]]]
    size = max(abs(value) ** (1 / (degree - index)) for index, value in enumerate(scaled))
    monic = [*(value / size ** (degree - index) for index, value in enumerate(scaled)), 1.0]
    roots = [complex(0.4, 0.9) ** index for index in range(degree)]
    for _ in range(_ROUNDS):
        before = list(roots)
        for index, root in enumerate(roots):
            value = sum(factor * root**power for power, factor in enumerate(monic))
            others = math.prod((root - other for at, other in enumerate(roots) if at != index), start=1 + 0j)
            roots[index] = root - value / others
        if all(abs(new - old) <= 1e-14 for new, old in zip(roots, before, strict=True)):
            break
    return [size * root for root in roots]
