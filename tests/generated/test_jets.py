"""Every network, activation and set of derivatives: jets against nested autograd, by the module's own self-test."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.modules import import_text, one_thread

NETWORKS = {
    "mlp": "mlp(width = 7, depth = 2, activation = {0})",
    "residual": "residual(width = 7, depth = 2, activation = {0})",
    "fourier": "fourier(width = 7, depth = 2, activation = {0}, features = 5)",
    "modified": "modified(width = 7, depth = 2, activation = {0})",
}
ACTIVATIONS = ("tanh", "sin", "gelu", "silu", "softplus")
SPACE_TIME = "space x in [0, 2]\ntime t in [0, 3]\nfield u(x, t)\ninitial start: u = sin(pi*x)\n"
PLANE = "space x in [-1, 1], y in [0, 2]\nfield u(x, y)\n"
SIDES = "\nboundary sides: u = 0 on boundary"
DERIVATIVES = {
    "first": SPACE_TIME + "equation e: u_t + u*u_x = 0\nboundary inlet: u = 0 on x = 0\nenforce softly",
    "burgers": SPACE_TIME + "constant nu = 0.1\nequation e: u_t + u*u_x = nu*u_xx" + SIDES,
    "laplacian": PLANE + "equation e: laplacian(u) + u^3 = 0" + SIDES,
    "mixed": PLANE + "equation e: u_xxyy + u_xy*u_x + u_yyy = 0" + SIDES + "\nboundary slope: u_y = 0 on y = 0",
    "biharmonic": PLANE
    + "equation e: laplacian(laplacian(u)) = u\nboundary sides: u = 0, laplacian(u) = 0 on boundary\nenforce softly",
    "sixth": SPACE_TIME.replace("sin(pi*x)", "sin(pi*x), u_t = 0")
    + "equation e: u_t + u*u_xxxxxx = u_tt\nboundary sides: u = 0, u_xx = 0, u_xxxx = 0 on boundary",
}


def specification(network: str, derivatives: str) -> str:
    return f"problem jets\n{derivatives}\nnetwork {network}\n"


CASES = [
    (f"{network}-{activation}-{name}", specification(text.format(activation), derivatives))
    for (network, text), activation, (name, derivatives) in itertools.product(
        NETWORKS.items(), ACTIVATIONS, DERIVATIVES.items()
    )
] + [
    (f"siren-{name}", specification("siren(width = 7, depth = 2, frequency = 3.0)", derivatives))
    for name, derivatives in DERIVATIVES.items()
]


def masked_cases() -> Iterator[tuple[str, str]]:
    """Every network and activation under a mask with two sets of derivatives in turn, every fourth with the sixth."""
    networks = [
        (f"{network}-{activation}", text.format(activation))
        for network, text in NETWORKS.items()
        for activation in ACTIVATIONS
    ]
    names = list(DERIVATIVES)
    for number, (network, text) in enumerate([*networks, ("siren", "siren(width = 7, depth = 2, frequency = 3.0)")]):
        chosen = [names[number % 6], names[(number + 3) % 6]]
        chosen += ["sixth"] if number % 4 == 0 and "sixth" not in chosen else []
        for name in chosen:
            masked = f"{text}\nmask exponential(scale = 1.5)"
            yield f"masked-{network}-{name}", specification(masked, DERIVATIVES[name])


MASKED_CASES = list(masked_cases())


@pytest.mark.parametrize(("name", "text"), CASES + MASKED_CASES, ids=[name for name, _ in CASES + MASKED_CASES])
def test_jets_agree_with_autograd(name: str, text: str, tmp_path: Path) -> None:
    with one_thread():
        module = import_text(text, tmp_path)
        checks = [check for check in module.selftest_checks() if check.name.startswith("jet ")]
        assert checks
        for check in checks:
            assert check.error <= check.tolerance, check


RANGES = ("in [0.1, 10]", "in [1, 2]", "= 3 in [1, inf]", "= -3 in [-inf, 1]", "= 2", "")
UNKNOWN_FIELDS = [
    (network, coordinates, bounds)
    for number, bounds in enumerate(RANGES)
    for network, coordinates in (
        (list(NETWORKS.values())[number % 4].format(ACTIVATIONS[number % 5]), ("x", "x, t", "t")[number % 3]),
        ("siren(width = 5, depth = 2)", ("t", "x", "x, t")[number % 3]),
    )
]


@pytest.mark.parametrize(("network", "coordinates", "bounds"), UNKNOWN_FIELDS)
def test_jets_of_unknown_fields_agree_with_autograd(
    network: str, coordinates: str, bounds: str, tmp_path: Path
) -> None:
    (tmp_path / "sensors.csv").write_text("x,t,u,slope\n0.5,0.5,1,2\n", encoding="utf-8")
    text = (
        f"problem unknown_field\n{SPACE_TIME}unknown k({coordinates}) {bounds}\nunknown q = 1 in [0, 2]\n"
        f"equation e: u_t = d(k*u_x, x) + q*k*u_xxx{SIDES}\nboundary slope: u_x = 0 on x = 0\n"
        'data sensors: k*u_x = slope from "sensors.csv"\ndata others: u from "sensors.csv"\n'
        f"network k: {network}\n"
    )
    with one_thread():
        module = import_text(text, tmp_path)
        checks = [check for check in module.selftest_checks() if check.name.startswith("jet k")]
        assert len(checks) > 4
        for check in checks:
            assert check.error <= check.tolerance, check


@pytest.mark.parametrize("other", ["", "mask exponential(scale = 2)\n", "network mlp(activation = sin)\n"])
@pytest.mark.parametrize("network", [text.format("tanh") for text in NETWORKS.values()])
def test_jets_of_masked_unknown_fields_agree_with_autograd(network: str, other: str, tmp_path: Path) -> None:
    (tmp_path / "sensors.csv").write_text("x,t,u\n0.5,0.5,1\n", encoding="utf-8")
    text = (
        f"problem masked_field\n{SPACE_TIME}unknown k(x) in [0.1, 10]\nequation e: u_t = d(k*u_x, x){SIDES}\n"
        f'data sensors: u from "sensors.csv"\nnetwork k: {network}\nmask k: exponential(scale = 1.5)\n{other}'
    )
    with one_thread():
        module = import_text(text, tmp_path)
        made = module.Network()
        masks = [name for name, _ in made.unknowns.named_parameters() if ".mask_" in name]
        layers = [name for name, _ in made.unknowns.named_parameters() if name.endswith("weight")]
        assert len(masks) == len([name for name in layers if name not in ("k.features.weight", "k.output.weight")])
        assert any(name.startswith("mask_") for name, _ in made.named_parameters()) == ("mask" in other)
        checks = [check for check in module.selftest_checks() if check.name.startswith("jet")]
        assert any(check.name.startswith("jet k") for check in checks)
        for check in checks:
            assert check.error <= check.tolerance, check


def test_a_wrong_jet_is_found(tmp_path: Path) -> None:
    """The self-test is not blind: a channel off by one part in a thousand fails."""
    module = import_text(specification("mlp(width = 7, depth = 2)", DERIVATIVES["burgers"]), tmp_path)
    right = module.interior_tanh
    module.interior_tanh = lambda z: right(z)._replace(op=right(z).op * 1.001)
    assert any(check.error > check.tolerance for check in module.selftest_checks())


def test_a_periodic_coordinate_and_a_scaled_one(tmp_path: Path) -> None:
    text = (
        "problem wrapped\nspace x in [0, 2*pi] periodic\ntime t in [1, 5]\nfield u(x, t)\n"
        "equation e: u_t + u*u_x + u_xxx = 0\ninitial start: u = cos(x)\n"
    )
    module = import_text(text, tmp_path)
    assert all(check.error <= check.tolerance for check in module.selftest_checks())
    import torch

    network = module.Network()
    left = torch.tensor([[0.0, 2.0]], dtype=torch.float64)
    right = torch.tensor([[2 * torch.pi, 2.0]], dtype=torch.float64)
    assert torch.allclose(module.solution(network, left), module.solution(network, right), atol=1e-13)
