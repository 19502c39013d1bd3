"""Numbers of trainable parameters, of the networks that the mask was published with among them."""

from __future__ import annotations

import pytest

from pdel.plan.defaults import default_call
from pdel.plan.network import count_parameters, hidden_layers
from pdel.semantics.problem import MethodCall
from pdel.source import Span

MASK = default_call("mask", "exponential")


def residual(width: int, blocks: int) -> MethodCall:
    return MethodCall("residual", (("width", width), ("depth", blocks), ("activation", "gelu")), Span(0, 0))


@pytest.mark.parametrize(
    ("width", "blocks", "count"),
    [(256, 6, 793_857), (64, 3, 25_665), (128, 5, 167_041)],
    ids=["convection", "wave", "helmholtz"],
)
def test_the_published_masked_networks(width: int, blocks: int, count: int) -> None:
    """Two inputs, one output, a first layer, blocks of two layers, a scale for every hidden neuron."""
    call = residual(width, blocks)
    assert count_parameters(call, 2, 1, MASK) == count
    assert count_parameters(call, 2, 1) == count - width * (2 * blocks + 1)


@pytest.mark.parametrize(
    ("name", "layers"),
    [
        ("mlp", ["layer_1", "layer_2", "layer_3"]),
        ("siren", ["layer_1", "layer_2", "layer_3"]),
        ("fourier", ["layer_1", "layer_2"]),
        ("residual", ["layer_1", "block_1_a", "block_1_b", "block_2_a", "block_2_b"]),
        ("modified", ["gate_u", "gate_v", "layer_1", "layer_2", "layer_3"]),
    ],
)
def test_every_layer_with_an_activation_is_hidden(name: str, layers: list[str]) -> None:
    assert list(hidden_layers(default_call("network", name))) == layers
