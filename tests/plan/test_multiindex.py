"""Multi-indices against brute force and sympy."""

from __future__ import annotations

import itertools

import pytest
import sympy

from pdel.plan.multiindex import binomial, partitions, proper_parts, remainder, total_order


def test_proper_parts_of_a_mixed_index() -> None:
    assert proper_parts((("x", 2), ("y", 1))) == (
        (("y", 1),),
        (("x", 1),),
        (("x", 1), ("y", 1)),
        (("x", 2),),
    )


def test_remainder_and_binomial() -> None:
    orders = (("x", 3), ("y", 2))
    part = (("x", 1), ("y", 2))
    assert remainder(orders, part) == (("x", 2),)
    assert binomial(orders, part) == 3
    assert total_order(orders) == 5


@pytest.mark.parametrize("orders", [(("x", 1),), (("x", 4),), (("x", 2), ("y", 2)), (("x", 1), ("y", 1), ("t", 2))])
def test_partitions_count_the_bell_number(orders: tuple[tuple[str, int], ...]) -> None:
    assert sum(partition.count for partition in partitions(orders)) == int(sympy.bell(total_order(orders)))


@pytest.mark.parametrize("orders", [(("x", 3),), (("x", 2), ("y", 1)), (("x", 2), ("y", 2)), (("x", 5),)])
def test_faa_di_bruno_against_sympy(orders: tuple[tuple[str, int], ...]) -> None:
    x, y = sympy.symbols("x y")
    symbols = {"x": x, "y": y}
    z = sympy.sin(x * y) + x**2
    w = sympy.Symbol("w")
    f = sympy.exp(2 * w) * w
    total = sympy.Integer(0)
    for partition in partitions(orders):
        term = f.diff(w, len(partition.blocks)).subs(w, z) * partition.count
        for block in partition.blocks:
            factor = z
            for name, order in block:
                factor = factor.diff(symbols[name], order)
            term *= factor
        total += term
    expected = f.subs(w, z)
    for name, order in orders:
        expected = expected.diff(symbols[name], order)
    for a, b in itertools.product((0.3, -0.7), (0.2, 0.9)):
        difference = (total - expected).subs({x: a, y: b})
        assert abs(float(difference)) < 1e-9
