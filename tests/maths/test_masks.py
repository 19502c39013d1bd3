"""Masked activations: derivatives to the highest order, digits near zero, the plain activation for a large scale."""

from __future__ import annotations

import math

import mpmath
import pytest

from pdel.evaluate import evaluate
from pdel.expression import Call, Constant, Coordinate, Expr, transform
from pdel.maths.activations import (
    ACTIVATIONS,
    HIGHEST_ORDER,
    MASKS,
    SCALE,
    activation_derivatives,
    masked_derivatives,
)
from pdel.notation import notation
from tests.maths.test_activations import REFERENCE

SUBSTITUTES = {
    Call("softplus", (Coordinate("z"),)): Constant("softplus_of_z"),
    Call("expm1", (Constant("exponent"),)): Constant("expm1_of_exponent"),
}


def mask(z: mpmath.mpf, scale: float) -> mpmath.mpf:
    return 1 - mpmath.exp(-((scale * z) ** 2))


def number(expression: Expr, z: float, known: dict[str, float]) -> float:
    others = {
        "softplus_of_z": math.log1p(math.exp(z)),
        "expm1_of_exponent": math.expm1(known.get("exponent", 0.0)),
    }
    return evaluate(transform(expression, SUBSTITUTES.get), {"z": z}, known | others)


def values(name: str, z: float, scale: float, order: int) -> dict[str, float]:
    """Every named formula's value, and that of the masked activation as `masked`."""
    formulas = masked_derivatives(name, "exponential", order)
    known = {SCALE: scale}
    for label, expression in (*formulas.base, ("masked", formulas.value), *formulas.derivatives):
        known[label] = number(expression, z, known)
    return known


@pytest.mark.parametrize("name", ACTIVATIONS)
@pytest.mark.parametrize("z", [-2.3, -0.4, 0.0, 0.7, 3.1])
@pytest.mark.parametrize("scale", [0.3, 1.0, 2.5])
def test_derivatives_against_many_digits(name: str, z: float, scale: float) -> None:
    known = values(name, z, scale, HIGHEST_ORDER)
    orders = range(1, HIGHEST_ORDER + 1)
    with mpmath.workdps(60):
        point = mpmath.mpf(z)
        masks = [float(mpmath.diff(lambda s: mask(s, scale), point, order)) for order in orders]
        products = [float(mpmath.diff(lambda s: REFERENCE[name](s) * mask(s, scale), point, order)) for order in orders]
    rounding = 1e-13 * max(1.0, scale) ** HIGHEST_ORDER
    assert [known[f"mask_{order}"] for order in orders] == pytest.approx(masks, rel=1e-11, abs=rounding)
    assert [known[f"masked_{order}"] for order in orders] == pytest.approx(products, rel=1e-11, abs=rounding)


@pytest.mark.parametrize("z", [1e-12, -1e-9, 1e-5])
def test_digits_near_zero(z: float) -> None:
    """Near zero tanh(z)*m(z) is a^2 z^3: 1 - exp would leave none of its digits."""
    known = values("tanh", z, 0.5, 2)
    assert known["masked"] == pytest.approx(0.25 * z**3, rel=1e-9)
    assert known["masked_1"] == pytest.approx(0.75 * z**2, rel=1e-9)


@pytest.mark.parametrize("name", ACTIVATIONS)
@pytest.mark.parametrize("z", [-1.2, 0.3, 2.0])
def test_a_large_scale_leaves_the_activation(name: str, z: float) -> None:
    known = values(name, z, 1e4, HIGHEST_ORDER)
    assert known["masked"] == known[name]
    for order in range(1, HIGHEST_ORDER + 1):
        assert known[f"masked_{order}"] == known[f"{name}_{order}"]


@pytest.mark.parametrize("name", ACTIVATIONS)
@pytest.mark.parametrize("mask_name", MASKS)
@pytest.mark.parametrize("order", range(HIGHEST_ORDER + 1))
def test_every_order_names_what_it_uses(name: str, mask_name: str, order: int) -> None:
    formulas = masked_derivatives(name, mask_name, order)
    assert [label for label, _ in formulas.derivatives] == [f"masked_{number}" for number in range(1, order + 1)]
    plain = {label for label, _ in activation_derivatives(name, order).base}
    assert plain <= {label for label, _ in formulas.base}
    known = {SCALE}
    for label, expression in (*formulas.base, ("", formulas.value), *formulas.derivatives):
        used: set[str] = set()
        transform(expression, lambda node, used=used: used.add(node.name) if isinstance(node, Constant) else None)
        assert used <= known
        assert label not in known, "a name is used twice"
        known.add(label)


def test_masks_read_as_by_hand() -> None:
    formulas = masked_derivatives("tanh", "exponential", 3)
    texts = {label: notation(item) for label, item in (*formulas.base, *formulas.derivatives)}
    assert {label: texts[label] for label in texts if "mask" in label} == {
        "mask": "-expm1(exponent)",
        "mask_1": "z*decay*rate",
        "mask_2": "rate*(decay - z*mask_1)",
        "mask_3": "-rate*(2*mask_1 + z*mask_2)",
        "masked_1": "tanh_1*mask + tanh*mask_1",
        "masked_2": "tanh_2*mask + 2*tanh_1*mask_1 + tanh*mask_2",
        "masked_3": "tanh_3*mask + 3*tanh_2*mask_1 + 3*tanh_1*mask_2 + tanh*mask_3",
    }
