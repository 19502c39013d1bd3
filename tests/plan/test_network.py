"""Numbers of trainable parameters, of the networks that the mask was published with among them; inputs."""

from __future__ import annotations

from pathlib import Path

import pytest

from pdel.notation import notation
from pdel.plan.defaults import default_call
from pdel.plan.network import count_parameters, hidden_layers
from pdel.semantics.problem import MethodCall
from pdel.source import Span
from tests.modules import compile_text

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


@pytest.mark.parametrize(
    ("reach", "inputs"),
    [("", ["2*x/3 - 1", "2*t/5 - 1", "y/2", "cos(pi*z)", "sin(pi*z)"]),
     ("range = 2.5", ["2.5*(2*x/3 - 1)", "2.5*(2*t/5 - 1)", "2.5*(y/2)", "cos(pi*z)", "sin(pi*z)"])],
)  # fmt: skip
def test_coordinates_are_scaled_to_the_range(reach: str, inputs: list[str], tmp_path: Path) -> None:
    """Those that are not periodic: of the others only sine and cosine enter."""
    text = (
        "problem p\nspace x in [0, 3], y in [-2, 2], z in [0, 2] periodic\ntime t in [0, 5]\nfield u(x, y, z, t)\n"
        "equation e: u_t = laplacian(u)\nboundary b: u = 0 on boundary\ninitial i: u = 0\n"
        f"network mlp({reach})\n"
    )
    plan = compile_text(text, tmp_path).plan
    assert plan is not None
    found = {notation(feature.expression) for feature in plan.network.features}
    assert found == set(inputs)
