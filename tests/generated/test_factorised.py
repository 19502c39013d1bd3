"""Factorised weights: jets, what is trained, optimisers that need the Jacobian, windows, going on."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from pdel.compiler import compile_specification
from pdel.diagnostics.codes.e5_methods import READINGS, SENSORS
from pdel.diagnostics.codes.e5_methods import ROD as SENSED
from tests.generated.runs import StopAfter, make
from tests.generated.test_jets import DERIVATIVES, NETWORKS
from tests.generated.test_march import selftest
from tests.generated.test_runtime_training import checkpoint, same
from tests.modules import import_text, one_thread

ROD = """\
problem rod "Heat"
space      x in [0, 1]
time       t in [0, 1]
field      u(x, t)
equation   heat:   u_t = u_xx
boundary   ends:   u = 0  on x = 0, x = 1
initial    start:  u = sin(pi*x)
network    {network}
sample     interior: hammersley(points = 40)
precision  float64
"""
FACTORISED = "mlp(width = 6, depth = 2, factorised = true)"
REGISTERED = [*NETWORKS, "siren"]


def called(network: str, activation: str = "tanh") -> str:
    call = NETWORKS.get(network, "siren(width = 7, depth = 2)").format(activation)
    return f"{call.removesuffix(')')}, factorised = true)"


@pytest.mark.parametrize("network", REGISTERED)
def test_jets_and_the_number_of_parameters(tmp_path: Path, network: str) -> None:
    text = f"problem jets\n{DERIVATIVES['burgers']}\nnetwork {called(network)}\n"
    module = import_text(text, tmp_path)
    selftest(module)
    trained = [parameter for parameter in module.Network().parameters() if parameter.requires_grad]
    assert f"{sum(map(torch.numel, trained))} parameters" in " ".join(str(module.__doc__).split())


def test_weights_begin_as_they_were_drawn_and_follow_from_scales_and_directions(tmp_path: Path) -> None:
    plain = import_text(ROD.format(network="mlp(width = 6, depth = 2)"), tmp_path, "plain")
    module = import_text(ROD.format(network=FACTORISED), tmp_path)
    torch.manual_seed(3)
    first = plain.Network().layer_1.weight
    torch.manual_seed(3)
    layer = module.Network().layer_1
    assert torch.allclose(layer.weight, first)
    s, v = layer.parametrizations.weight.original0, layer.parametrizations.weight.original1
    assert (s - 1).abs().max() < 0.5
    assert s.std() > 0.02
    with torch.no_grad():
        s += 1
    assert torch.allclose(layer.weight, torch.e * first)
    assert {id(s), id(v)} <= {id(parameter) for parameter in layer.parameters()}


def test_the_jacobian_knows_scales_and_directions(tmp_path: Path) -> None:
    module = import_text(ROD.format(network=FACTORISED) + "train gauss_newton(steps = 5)\n", tmp_path)
    torch.manual_seed(0)
    network, points = module.Network(), module.draw_points(torch.Generator().manual_seed(0))
    (values, rows), *_ = module.linearise(network, points)
    loss = module.total_loss(module.loss_terms(network, points))
    expected = torch.cat([g.flatten() for g in torch.autograd.grad(loss, list(network.parameters()))])
    assert torch.allclose(2 * rows.T @ values, expected)


@pytest.mark.parametrize("train", ["adam(steps = 60, rate = 0.01)", "broyden(steps = 60)", "gauss_newton(steps = 8)"])
def test_training_lowers_the_loss_and_resumes_bit_for_bit(tmp_path: Path, train: str) -> None:
    module = make(tmp_path, ROD.format(network=FACTORISED) + f"train {train}\ncompile never\n")
    with one_thread():
        module.train(tmp_path / "whole", quiet=True)
        module.train(tmp_path / "parts", quiet=True, interrupted=StopAfter(4))
        module.train(tmp_path / "parts", quiet=True, resume=True)
    whole, parts = checkpoint(tmp_path / "whole"), checkpoint(tmp_path / "parts")
    assert same(whole, parts)
    begun = module.Training(0, "cpu")
    trained = module.load_network(tmp_path / "whole", "cpu")
    first, last = (module.total_loss(module.loss_terms(n, begun.held_out)) for n in (begun.network, trained))
    assert last < 0.5 * first


@pytest.mark.parametrize("network", REGISTERED)
def test_a_window_begins_as_the_mirror_image_of_the_one_before(tmp_path: Path, network: str) -> None:
    text = ROD.format(network=called(network)) + "march windows(count = 2)\ntrain adam(steps = 3)\n"
    module = import_text(text, tmp_path)
    marching = module.Network()
    first = module.in_window(module.draw_points(torch.Generator().manual_seed(1)).interior, marching.elapsed)
    before = marching.window(first)
    marching.advance()
    mirrored = first.clone()
    mirrored[:, -1] = 2 * module.LOW[-1] + module.WINDOW - first[:, -1]
    assert torch.allclose(marching.window(mirrored), before)


def test_pruning_is_refused(tmp_path: Path) -> None:
    for name, content in READINGS:
        (tmp_path / name).write_text(content, encoding="utf-8")
    path = tmp_path / "rod.pde"
    path.write_text(SENSED + SENSORS + f"network {FACTORISED}\nprune sensors: bias\n", encoding="utf-8")
    errors = [item for item in compile_specification(path).diagnostics if item.code == "E516"]
    assert [item.message for item in errors] == ["a network of factorised weights cannot be pruned"]
