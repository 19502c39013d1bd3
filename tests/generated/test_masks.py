"""Masked networks: their parameters, the plain network as a limit, training, and statistics of their features."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.generated.test_jets import DERIVATIVES, NETWORKS, specification
from tests.modules import compile_text, import_text, one_thread

ARCHITECTURES = {name: text.format("gelu") for name, text in NETWORKS.items()}
ARCHITECTURES["siren"] = "siren(width = 7, depth = 2, frequency = 3.0)"
every_network = pytest.mark.parametrize("network", ARCHITECTURES)


def masked(network: str, options: str = "", more: str = "") -> str:
    return specification(f"{ARCHITECTURES[network]}\nmask exponential{options}{more}", DERIVATIVES["burgers"])


STATISTICS = {network: masked(network, "(statistics = true)") for network in ARCHITECTURES}


@every_network
def test_parameters_are_as_many_as_planned_and_none_is_zero(network: str, tmp_path: Path) -> None:
    text = masked(network, "(scale = 2.5)")
    plan = compile_text(text, tmp_path).plan
    assert plan is not None
    trained = {
        name: value for name, value in import_text(text, tmp_path).Network().named_parameters() if value.requires_grad
    }
    assert sum(value.numel() for value in trained.values()) == plan.network.parameters
    scales = [value for name, value in trained.items() if name.startswith("mask_")]
    assert [tuple(value.shape) for value in scales] == [(7, 1)] * len(scales)
    assert all((value == 2.5).all() for value in scales)
    assert all((value != 0).all() for value in trained.values())


@every_network
def test_every_parameter_has_a_slope_at_the_origin(network: str, tmp_path: Path) -> None:
    """Where all inputs are zero a masked network with zero biases could not be trained."""
    import torch

    module = import_text(masked(network), tmp_path)
    torch.manual_seed(1)
    made = module.Network()
    middle = (torch.tensor(module.LOW) + torch.tensor(module.HIGH)).to(module.DTYPE)[None] / 2
    assert (module.inputs(middle) == 0).all()
    made(middle).sum().backward()
    silent = {name for name, value in made.named_parameters() if value.requires_grad and not value.grad.any()}
    # weights that multiply the inputs, zero here, are the only ones without a slope
    assert silent <= {"layer_1.weight", "gate_u.weight", "gate_v.weight"}


def with_own_scales(module: ModuleType) -> Callable[[], Any]:
    """A maker of networks whose scales are all different: none can be taken for another."""
    import torch

    plain = module.Network

    def make() -> Any:
        network = plain()
        with torch.no_grad():
            for name, value in network.named_parameters():
                if name.startswith("mask_"):
                    value.copy_(torch.rand_like(value) + 0.5)
        return network

    return make


@every_network
def test_every_layer_has_its_own_scales(network: str, tmp_path: Path) -> None:
    with one_thread():
        module = import_text(masked(network), tmp_path)
        module.Network = with_own_scales(module)
        checks = list(module.selftest_checks())
    assert any(check.name.startswith("jet ") for check in checks)
    assert all(check.error <= check.tolerance for check in checks)


@every_network
def test_a_large_scale_is_the_plain_network(network: str, tmp_path: Path) -> None:
    import torch

    plain = import_text(specification(ARCHITECTURES[network], DERIVATIVES["burgers"]), tmp_path, "plain")
    other = import_text(masked(network, "(scale = 1e9)"), tmp_path, "masked")
    torch.manual_seed(2)
    first, second = plain.Network(), other.Network()
    missing, unexpected = second.load_state_dict(first.state_dict(), strict=False)
    assert not unexpected
    assert all(name.startswith("mask_") for name in missing)
    points = plain.draw_points(torch.Generator().manual_seed(3)).interior[:50]
    assert torch.equal(first(points), second(points)) or torch.allclose(first(points), second(points), rtol=1e-14)
    for left, right in zip(first.interior_jet(points), second.interior_jet(points), strict=True):
        assert torch.allclose(left, right, rtol=1e-12, atol=1e-12)


def test_the_mask_keeps_the_digits_of_small_values(tmp_path: Path) -> None:
    import torch

    module = import_text(masked("mlp"), tmp_path)
    z = torch.tensor([1e-12, -1e-9], dtype=torch.float64)
    expected = 0.25 * z**2 * torch.nn.functional.gelu(z)
    assert torch.allclose(module.masked_gelu(z, torch.tensor(0.5, dtype=torch.float64)), expected, rtol=1e-12, atol=0)


@every_network
def test_scales_are_trained_and_statistics_logged(network: str, tmp_path: Path) -> None:
    text = f"{STATISTICS[network]}sample interior: random(points = 60)\ntrain adam(steps = 3)\n"
    with one_thread():
        module = import_text(text, tmp_path)
        module.train(tmp_path / "run", quiet=True)
        made = module.load_network(tmp_path / "run", "cpu")
    scales = {name: value for name, value in made.named_parameters() if name.startswith("mask_")}
    assert scales
    assert all((value != 1).any() for value in scales.values())
    with (tmp_path / "run" / "metrics.csv").open() as file:
        rows = list(csv.DictReader(file))
    names = [layer for layer, _, _ in made.sums(module.draw_points(module.torch.Generator()).interior)]
    assert names == [name.replace("mask_", "layer_") if name[5:].isdigit() else name[5:] for name in scales]
    for row in rows:
        for layer in names:
            assert float(row[f"spread.{layer}"]) > 0
            assert 0 <= float(row[f"saturation.{layer}"]) <= 1


@every_network
def test_traced_sums_are_those_of_the_network(network: str, tmp_path: Path) -> None:
    """What `sums` gives for a layer is what that layer gives on the way to the output."""
    import torch

    module = import_text(STATISTICS[network], tmp_path)
    made = with_own_scales(module)()
    points = module.draw_points(torch.Generator().manual_seed(0)).interior[:20]
    sums = {layer: z for layer, z, _ in made.sums(points)}
    seen = {}
    affine = module.affine
    layers = {id(getattr(made, name)): name for name in sums}

    def noting(layer: torch.nn.Linear, h: torch.Tensor) -> torch.Tensor:
        value = affine(layer, h)
        if id(layer) in layers:
            seen[layers[id(layer)]] = value
        return value

    module.affine = noting
    made(points)
    assert set(seen) == set(sums)
    assert all(torch.equal(seen[name], sums[name]) for name in sums)


@pytest.mark.parametrize("mask", ["exponential", "none"])
def test_saturation_and_spread_of_known_features(mask: str, tmp_path: Path) -> None:
    import torch

    text = masked("mlp", "(statistics = true)").replace("gelu", "tanh").replace("mask exponential", f"mask {mask}")
    module = import_text(text, tmp_path)
    made = module.Network()
    with torch.no_grad():
        made.layer_1.weight.zero_()
        made.layer_1.bias.copy_(torch.tensor([5.0, 5.0, 0.0, 0.0, 0.0, 0.0, 0.0]))
    points = module.draw_points(torch.Generator().manual_seed(0))
    found = module.feature_statistics(made, points)
    assert found["spread.layer_1"] == 0
    assert found["saturation.layer_1"] == pytest.approx(2 / 7)
    assert found["spread.layer_2"] == pytest.approx(0, abs=1e-15)
    with torch.no_grad():
        made.layer_1.weight.normal_(std=0.1)
    assert module.feature_statistics(made, points)["spread.layer_2"] > 0


@every_network
def test_statistics_of_a_plain_network_change_nothing_else(network: str, tmp_path: Path) -> None:
    import torch

    text = specification(ARCHITECTURES[network], DERIVATIVES["burgers"])
    plain = import_text(text, tmp_path, "plain")
    traced = import_text(f"{text}mask none(statistics = true)\n", tmp_path, "traced")
    torch.manual_seed(1)
    first = plain.Network()
    torch.manual_seed(1)
    second = traced.Network()
    points = plain.draw_points(torch.Generator().manual_seed(2))
    assert torch.equal(first(points.interior), second(points.interior))
    found = traced.feature_statistics(second, points)
    layers = [layer for layer, _ in second.sums(points.interior)]
    assert list(found) == [f"{kind}.{layer}" for layer in layers for kind in ("spread", "saturation")]
    assert all(found[f"spread.{layer}"] > 0 for layer in layers)


def test_a_mask_of_none_is_no_mask(tmp_path: Path) -> None:
    text = specification(ARCHITECTURES["mlp"], DERIVATIVES["burgers"])
    plain, same = (compile_text(each, tmp_path).plan for each in (text, f"{text}mask none\n"))
    assert plain is not None
    assert same is not None
    assert same.network == plain.network
    assert "mask" not in dict(same.reasons)


def test_no_code_without_statistics_and_none_without_a_mask(tmp_path: Path) -> None:
    for text, wanted in ((masked("mlp"), True), (specification(ARCHITECTURES["mlp"], DERIVATIVES["burgers"]), False)):
        written = compile_text(text, tmp_path).text
        assert written is not None
        assert ("masked_gelu" in written) is wanted
        assert "feature_statistics" not in written
        assert "def sums" not in written
        assert "spread." not in written


def test_names_of_constants_do_not_meet_those_of_the_mask(tmp_path: Path) -> None:
    names = ("scale", "rate", "decay", "mask", "exponent", "square", "mask_1", "gelu_2", "masked_1", "masked_gelu")
    constants = "".join(f"constant {name} = 1.{number}\n" for number, name in enumerate(names))
    equation = f"equation e: u_t = {'*'.join(names)}*u_xx\nboundary sides: u = 0 on boundary\n"
    text = (
        f"problem names\n{constants}space x in [0, 1]\ntime t in [0, 1]\nfield u(x, t)\n{equation}"
        "initial start: u = sin(pi*x)\nnetwork mlp(activation = gelu)\nmask exponential\n"
    )
    module = import_text(text, tmp_path)
    assert all(check.error <= check.tolerance for check in module.selftest_checks())


def test_the_plan_and_the_header_name_the_mask(tmp_path: Path) -> None:
    from pdel.plan.describe import describe

    made = compile_text(masked("mlp", "(scale = 2)"), tmp_path)
    assert made.plan is not None
    assert "mask       exponential(scale = 2, statistics = false)" in describe(made.plan)
    assert made.text is not None
    head = made.text.split('"""')[1]
    assert "exponential(scale = 2, statistics = false) on every hidden neuron" in head
    assert "compare the error with that of a run without the mask" in " ".join(head.split())


def test_a_plan_without_a_mask_keeps_its_identity(tmp_path: Path) -> None:
    from pdel.plan.identity import canonical_json

    plain = compile_text(specification(ARCHITECTURES["mlp"], DERIVATIVES["burgers"]), tmp_path).plan
    other = compile_text(masked("mlp"), tmp_path).plan
    assert plain is not None
    assert other is not None
    assert '"mask"' not in canonical_json(plain)
    assert '"mask"' in canonical_json(other)
    assert plain.identity != other.identity
