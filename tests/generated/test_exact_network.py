"""The exact solution where the network goes: every residual and condition vanishes; a wrong one does not.

Random problems by manufactured solutions: equation, region and solution vary together.
"""

from __future__ import annotations

import random
from pathlib import Path
from types import ModuleType

import pytest
import torch

from tests.modules import import_text, one_thread

PARTS = ("sin({a}*x)", "cos({a}*x + {b})", "exp(-{b}*x^2)", "x^2", "tanh({b}*x)", "1/(2 + x)")
SOLUTIONS_1D = ("exp(-{b}*t)*{p}", "{p} + {a}*t^2*{q}", "cos({a}*t)*{p} - {b}*{q}")
EQUATIONS_1D = (
    "u_t = {c}*u_xx",
    "u_t + u*u_x = {c}*u_xx",
    "u_tt = {c}^2*u_xx + u^3",
    "u_t + 6*u*u_x + {c}*u_xxx = 0",
    "u_t = -{c}*u_xxxx - u_xx + exp(-u)",
    "u_t = d((1 + x^2)*u_x, x) + sqrt(1 + u^2)",
    "u_xt + {c}*u = if(x < 0.5, u_x, x*u_x)",
)
CONDITIONS = {
    "u_xt": "boundary ends: u = 0 on x = 0",
    "u_xxxx": "boundary ends: u = 0, u_x = 0 on x = 0, x = 1",
    "u_xxx": "boundary ends: u = 0 on x = 0, x = 1\nboundary slope: dn(u) + 2*u = 0 on x = 1",
}


def one_dimensional(seed: int) -> str:
    """A random equation in x and t with a random manufactured solution."""
    chosen = random.Random(seed)
    numbers = {"a": chosen.choice([1, 2, 3]), "b": chosen.choice([0.5, 1, 1.5]), "c": chosen.choice([0.1, 0.5, 2])}
    first, second = (part.format(**numbers) for part in chosen.sample(PARTS, 2))
    solution = chosen.choice(SOLUTIONS_1D).format(p=first, q=second, **numbers)
    equation = EQUATIONS_1D[seed % len(EQUATIONS_1D)].format(**numbers)
    conditions = next((text for key, text in CONDITIONS.items() if key in equation), "boundary ends: u = 0 on boundary")
    start = "initial start: u = 0, u_t = 0" if "u_tt" in equation else "initial start: u = 0"
    enforce = chosen.choice(["", "\nenforce softly"])
    return (
        "problem random\nspace x in [0, 1]\ntime t in [0, 1]\nfield u(x, t)\n"
        f"equation e: {equation}\n{conditions}\n{start}\nmanufacture u = {solution}{enforce}\n"
    )


REGIONS = (
    "space x in [0, 1], y in [-1, 1]",
    "space (x, y) in rectangle((0, 0), (1, 1)) - disk((0.5, 0.5), 0.2)",
    "space (x, y) in rectangle((0, 0), (1, 2)) + rectangle((0, 0), (2, 1))",
    "space (x, y) in disk((0.3, 0), 1)",
)
SYSTEMS = (
    ("field u(x, y)", "equation e: -laplacian(u) + u*u_x = 0", "u = 0", "u = sin(x)*exp(y/2)"),
    (
        "field vel = (u, v)(x, y), p(x, y)",
        "equation mass: div(vel) = 0\nequation momentum: advect(vel, vel) + grad(p) = 0.1*laplacian(vel)",
        "vel = 0",
        "u = sin(x)*y, v = cos(x + y), p = x*y",
    ),
    (
        "field vel = (u, v)(x, y)",
        "equation momentum: div(2*sym(grad(vel)) + div(vel)*identity) = (v, u)",
        "dot(sym(grad(vel)), normal) + vel = 0",
        "u = x^2*y, v = exp(x)*y",
    ),
    (
        "field complex psi(x, y)",
        "equation h: laplacian(psi) + abs(psi)^2*psi + i*psi_x = 0",
        "psi = 0",
        "psi = exp(i*x)*y",
    ),
)


def two_dimensional(region: str, system: tuple[str, str, str, str]) -> str:
    """A steady problem in a region with a manufactured solution."""
    field, equations, condition, solution = system
    rim = f"boundary rim: {condition} on boundary"
    return f"problem plane\n{region}\n{field}\n{equations}\n{rim}\nmanufacture {solution}\n"


SPECIFICATIONS = [one_dimensional(seed) for seed in range(21)] + [
    two_dimensional(region, system) for region in REGIONS for system in SYSTEMS
]


def exact_checks(module: ModuleType) -> list[tuple[str, float, float]]:
    return [check for check in module.selftest_checks() if check.name.startswith("exact solution")]


@pytest.mark.parametrize("text", SPECIFICATIONS, ids=range(len(SPECIFICATIONS)))
def test_the_exact_solution_satisfies_everything(text: str, tmp_path: Path) -> None:
    with one_thread():
        module = import_text(text, tmp_path)
        for check in module.selftest_checks():
            assert check.error <= check.tolerance, (check, text)
        assert exact_checks(module)
        exact = module.exact_solution
        module.exact_solution = lambda points: exact(points) * 1.01 + 0.01 * points[:, :1] ** 2
        assert max(check.error for check in exact_checks(module)) > 1e-3, "the check is blind"


@pytest.mark.parametrize(
    ("axis", "ends"),
    [("space x in [0, 1]", "boundary left: u = 0 on x = 0"), ("time x in [0, 1]", "constraint right: u = 0 at (1)")],
)
def test_a_point_value_within_one_coordinate_holds_exactly(axis: str, ends: str, tmp_path: Path) -> None:
    text = f"problem rod\n{axis}\nfield u(x)\nequation balance: u_xx = 1\n{ends}\n"
    module = import_text(text + "constraint middle: u = 1 at (0.5)\n", tmp_path)
    middle = module.solution(module.Network(), torch.tensor([[0.5]], dtype=torch.float64))
    assert middle.item() == pytest.approx(1, abs=1e-12)
    checks = {check.name: check for check in module.selftest_checks()}
    (name,) = [name for name in checks if "middle" in name]
    assert checks[name].error <= checks[name].tolerance
