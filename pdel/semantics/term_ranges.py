"""The ranges of the arguments of unknown terms, measured on observations: the scales of a term's network.

A field's range is that of its observed values. Its derivatives are those of the polynomial that fits the
observations best (least squares over products of Chebyshev polynomials, of as high a degree as the number of
observations bears): crude, but of the right size, and the same for every way to train.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Sequence
from itertools import product
from pathlib import Path

from pdel.datafiles.read import read_data
from pdel.datafiles.table import Refusal
from pdel.expression import Coordinate, Partial
from pdel.semantics.problem import Axis, Problem, TermArgument, UnknownTerm

MOST_ROWS = 600
MOST_TERMS = 45
ROWS_A_TERM = 6
"""Observations for each coefficient of the polynomial: fewer, and it would follow the noise."""

EDGE = 0.02
"""The share of values on either side that is left out: gross errors do not make a scale."""


def with_ranges(terms: Sequence[UnknownTerm], problem: Problem, folder: Path | None) -> tuple[UnknownTerm, ...]:
    """The terms with the ranges of their arguments, as far as observations tell."""
    measured: dict[str, _Observed | None] = {}

    def ranged(argument: TermArgument) -> TermArgument:
        found = _range(argument, problem, folder, measured)
        return argument if found is None else dataclasses.replace(argument, low=found[0], high=found[1])

    return tuple(dataclasses.replace(term, arguments=tuple(map(ranged, term.arguments))) for term in terms)


def _range(
    argument: TermArgument, problem: Problem, folder: Path | None, measured: dict[str, _Observed | None]
) -> tuple[float, float] | None:
    """The range of an argument, None where it is no field that is observed by itself."""
    match argument.expression:
        case Coordinate(name=name):
            axis = next(axis for axis in problem.axes if axis.name == name)
            return axis.low.value, axis.high.value
        case Partial(field=field, orders=orders):
            if field not in measured:
                measured[field] = _observed(field, problem, folder)
            observed = measured[field]
            if observed is None:
                return None
            counts = tuple(dict(orders).get(axis.name, 0) for axis in problem.axes)
            values = sorted(observed.derivative(counts) if orders else observed.values)
            left_out = int(EDGE * len(values))
            low, high = values[left_out], values[-1 - left_out]
            return _rounded(low, high) if high > low else None
        case _:
            return None


def _rounded(low: float, high: float) -> tuple[float, float]:
    """The range with bounds of two digits, as a person would write them."""
    step = 10.0 ** (math.floor(math.log10(high - low)) - 1)
    return float(f"{math.floor(low / step) * step:.12g}"), float(f"{math.ceil(high / step) * step:.12g}")


def _observed(field: str, problem: Problem, folder: Path | None) -> _Observed | None:
    """The observations of a field by itself, of the statement with most of them."""
    statements = [one for one in problem.observations if one.left == Partial(field)]
    if not statements:
        return None
    largest = max(statements, key=lambda one: one.table.rows)
    names = tuple(axis.name for axis in problem.axes)
    table = read_data(largest.table.path, names, (largest.column,), folder)
    if isinstance(table, Refusal):
        return None
    stride = 1 + table.rows // MOST_ROWS
    points = [tuple(float(table.columns[name][row]) for name in names) for row in range(0, table.rows, stride)]
    values = [float(table.columns[largest.column][row]) for row in range(0, table.rows, stride)]
    return _Observed(problem.axes, points, values)


class _Observed:
    """Observed values of a field and the polynomial through them."""

    def __init__(self, axes: Sequence[Axis], points: list[tuple[float, ...]], values: list[float]) -> None:
        self.values = values
        self._halves = [(axis.high.value - axis.low.value) / 2 for axis in axes]
        self._units = [
            tuple((x - axis.low.value) / half - 1 for x, axis, half in zip(point, axes, self._halves, strict=True))
            for point in points
        ]
        self._degrees = _degrees(len(axes), min(MOST_TERMS, max(1, len(values) // ROWS_A_TERM)))
        rows = self._rows((0,) * len(axes))
        self._coefficients = _least_squares(rows, values)

    def derivative(self, orders: tuple[int, ...]) -> list[float]:
        """The derivatives of the polynomial at the points of the observations."""
        scale = math.prod(half**-order for half, order in zip(self._halves, orders, strict=True))
        return [scale * sum(c * v for c, v in zip(self._coefficients, row, strict=True)) for row in self._rows(orders)]

    def _rows(self, orders: tuple[int, ...]) -> list[list[float]]:
        """The derivatives of all products at all points."""
        highest = max(map(max, self._degrees))
        found = []
        for unit in self._units:
            tables = [_chebyshev(z, highest, order) for z, order in zip(unit, orders, strict=True)]
            found.append(
                [math.prod(table[k] for table, k in zip(tables, degree, strict=True)) for degree in self._degrees]
            )
        return found


def _degrees(dimensions: int, most: int) -> list[tuple[int, ...]]:
    """The multi-indices of the highest total degree of which there are not too many."""
    total = 0
    while math.comb(total + 1 + dimensions, dimensions) <= most:
        total += 1
    return [degree for degree in product(range(total + 1), repeat=dimensions) if sum(degree) <= total]


def _chebyshev(z: float, highest: int, order: int) -> list[float]:
    """The derivatives of one order of T_0, ..., T_highest, by T_k = 2*z*T_(k-1) - T_(k-2) differentiated."""
    tables = [[0.0] * (highest + 1) for _ in range(order + 1)]
    for j, table in enumerate(tables):
        for k in range(highest + 1):
            if k == 0:
                table[k] = float(j == 0)
            elif k == 1:
                table[k] = z if j == 0 else float(j == 1)
            else:
                lower = 2 * j * tables[j - 1][k - 1] if j else 0.0
                table[k] = 2 * z * table[k - 1] + lower - table[k - 2]
    return tables[order]


def _least_squares(rows: list[list[float]], values: list[float]) -> list[float]:
    """The coefficients of least squares by normal equations and Cholesky's factor, slightly damped."""
    size = len(rows[0])
    columns = list(zip(*rows, strict=True))
    matrix = [[math.fsum(a * b for a, b in zip(columns[i], columns[j], strict=True)) for j in range(i + 1)]
              for i in range(size)]  # fmt: skip
    right = [math.fsum(a * v for a, v in zip(column, values, strict=True)) for column in columns]
    damping = 1e-8 * max(matrix[i][i] for i in range(size))
    factor = [[0.0] * size for _ in range(size)]
    for i in range(size):
        for j in range(i + 1):
            left = matrix[i][j] - math.fsum(factor[i][k] * factor[j][k] for k in range(j))
            factor[i][j] = math.sqrt(left + damping) if i == j else left / factor[j][j]
    for i in range(size):
        right[i] = (right[i] - math.fsum(factor[i][k] * right[k] for k in range(i))) / factor[i][i]
    for i in reversed(range(size)):
        right[i] = (right[i] - math.fsum(factor[k][i] * right[k] for k in range(i + 1, size))) / factor[i][i]
    return right
