from __future__ import annotations

import math

import mpmath
import pytest

from pdel.evaluate import evaluate
from pdel.expression import Call, Constant, Coordinate, Expr, transform
from pdel.maths.activations import ACTIVATIONS, HIGHEST_ORDER, activation_derivatives
from pdel.notation import notation

REFERENCE = {
    "tanh": mpmath.tanh,
    "sin": mpmath.sin,
    "gelu": lambda z: z * (1 + mpmath.erf(z / mpmath.sqrt(2))) / 2,
    "silu": lambda z: z / (1 + mpmath.exp(-z)),
    "softplus": lambda z: mpmath.log(1 + mpmath.exp(z)),
}


def number(expression: Expr, z: float, known: dict[str, float]) -> float:
    softplus = Call("softplus", (Coordinate("z"),))
    known = known | {"softplus_of_z": math.log1p(math.exp(z))}
    plain = transform(expression, lambda node: Constant("softplus_of_z") if node == softplus else None)
    return evaluate(plain, {"z": z}, known)


@pytest.mark.parametrize("name", ACTIVATIONS)
@pytest.mark.parametrize("z", [-2.3, -0.4, 0.0, 0.7, 3.1])
def test_derivatives_against_many_digits(name: str, z: float) -> None:
    formulas = activation_derivatives(name, HIGHEST_ORDER)
    known: dict[str, float] = {}
    for label, expression in formulas.base:
        known[label] = number(expression, z, known)
    found = [number(formulas.value, z, known)]
    for label, expression in formulas.derivatives:
        known[label] = number(expression, z, known)
        found.append(known[label])
    with mpmath.workdps(60):
        expected = [float(mpmath.diff(REFERENCE[name], mpmath.mpf(z), order)) for order in range(HIGHEST_ORDER + 1)]
    assert found == pytest.approx(expected, rel=1e-12, abs=1e-13)


@pytest.mark.parametrize("name", ACTIVATIONS)
@pytest.mark.parametrize("order", range(HIGHEST_ORDER + 1))
def test_every_order_names_what_it_uses(name: str, order: int) -> None:
    formulas = activation_derivatives(name, order)
    assert [label for label, _ in formulas.derivatives] == [f"{name}_{number}" for number in range(1, order + 1)]
    known: set[str] = set()
    for label, expression in (*formulas.base, ("", formulas.value), *formulas.derivatives):
        used: set[str] = set()
        transform(expression, lambda node, used=used: used.add(node.name) if isinstance(node, Constant) else None)
        assert used <= known
        known.add(label)


def test_tanh_reads_as_by_hand() -> None:
    texts = {label: notation(item) for label, item in activation_derivatives("tanh", 4).derivatives}
    assert texts == {
        "tanh_1": "1 - tanh*tanh",
        "tanh_2": "-2*tanh*tanh_1",
        "tanh_3": "-2*(tanh_1*tanh_1 + tanh*tanh_2)",
        "tanh_4": "-2*(3*tanh_1*tanh_2 + tanh*tanh_3)",
    }
