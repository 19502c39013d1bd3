"""Unknown terms: functions of fields in the residuals that data determine, and the formulas found for them."""

from __future__ import annotations

import csv
import json
import math
from pathlib import Path
from types import ModuleType

import pytest
import torch

from tests.generated.runs import StopAfter
from tests.modules import import_text, one_thread

GROWTH = """\
problem growth
time       t in [0, 4]
field      u(t)
unknown    f(u) {range}
equation   law:    u_t = f(u)
initial    start:  u = 0.1
data       sensors: u from "growth.csv" (sigma = 0.01)
network    mlp(width = 8, depth = 1)
network    f: mlp(width = 6, depth = 1)
sample     interior: hammersley(points = 40)
train      {train}
precision  float64
"""


def logistic(t: float) -> float:
    """u' = 2*u*(1 - u) with u(0) = 0.1."""
    return 1 / (1 + 9 * math.exp(-2 * t))


def growth(folder: Path, train: str = "broyden(steps = 400)", bounds: str = "") -> ModuleType:
    """The module of a law of growth, observed without noise."""
    rows = [f"{logistic(t)!r},{t!r}" for t in (0.1 * k for k in range(41))]
    (folder / "growth.csv").write_text("\n".join(["u,t", *rows]) + "\n", encoding="utf-8")
    return import_text(GROWTH.format(train=train, range=bounds), folder, "growth")


def test_a_law_of_growth_is_recovered_as_a_formula(tmp_path: Path) -> None:
    with one_thread():
        module = growth(tmp_path)
        summary = module.train(tmp_path / "run", quiet=True)
    found = summary["unknown_terms"]["f"]
    assert set(found["coefficients"]) == {"u", "u^2"}
    assert found["coefficients"]["u"] == pytest.approx(2, rel=0.05)
    assert found["coefficients"]["u^2"] == pytest.approx(-2, rel=0.05)
    assert found["error"] < 0.03
    low, high = found["visited"]["u"]
    assert low == pytest.approx(0.1, abs=0.02)
    assert high == pytest.approx(1, abs=0.02)
    assert json.loads((tmp_path / "run" / "summary.json").read_text(encoding="utf-8")) == summary
    with (tmp_path / "run" / "term_f.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    middle = min(rows, key=lambda row: abs(float(row["u"]) - 0.5))
    assert float(middle["value"]) == pytest.approx(0.5, rel=0.05)
    assert {float(row["visited"]) for row in rows} == {0.0, 1.0}  # 40 points leave gaps on a grid of 201
    assert (tmp_path / "run" / "terms.png").exists()


@pytest.mark.parametrize(
    "train", [f"{name}(steps = 20)" for name in ("adam", "lbfgs", "broyden", "gauss_newton", "soap")]
)
def test_every_optimiser_moves_the_term(train: str, tmp_path: Path) -> None:
    with one_thread():
        module = growth(tmp_path, train)
        torch.manual_seed(module.SEED)
        before = module.Network().unknowns.f.output.weight
        module.train(tmp_path / "run", quiet=True)
        after = module.load_network(tmp_path / "run", "cpu").unknowns.f.output.weight
    assert not torch.allclose(before, after, atol=1e-6)


def test_resuming_equals_not_stopping(tmp_path: Path) -> None:
    with one_thread():
        module = growth(tmp_path, "broyden(steps = 30)")
        whole = module.train(tmp_path / "whole", quiet=True)
        module.train(tmp_path / "parts", quiet=True, interrupted=StopAfter(11))
        parts = module.train(tmp_path / "parts", quiet=True, resume=True)
        networks = [module.load_network(tmp_path / name, "cpu").state_dict() for name in ("whole", "parts")]
    assert all(torch.equal(value, networks[1][name]) for name, value in networks[0].items())
    assert parts["unknown_terms"]["f"]["formula"] == whole["unknown_terms"]["f"]["formula"]


@pytest.mark.parametrize("bounds", ["in [-2, 2]", "= 1", "= 1 in [0, inf]", "in [0.1, 10]"])
def test_a_term_starts_at_its_first_guess_inside_its_range(bounds: str, tmp_path: Path) -> None:
    with one_thread():
        module = growth(tmp_path, bounds=bounds)
        network = module.Network()
        with torch.no_grad():
            network.unknowns.f.output.weight.zero_()
        found = module.values_of_f(network, torch.rand(5, 1, dtype=torch.float64))
    start = {"in [-2, 2]": 0.0}.get(bounds, 1.0)
    assert torch.allclose(found, torch.full_like(found, start), atol=1e-12)


FLUX = """\
problem flux
space      x in [0, 1]
time       t in [0, 1]
field      u(x, t), v(x, t)
unknown    f(u, u_x) {range}
unknown    c = 1 in [0, 3]
equation   law:    u_t = d(f, x) + c*f(v, 2*u_x)
equation   other:  v_t = f*v_xx
boundary   ends:   u_x = f(u, v), v = 0  on x = 0, x = 1
data       sensors: u, v from "sensors.csv" (sigma = 0.1)
network    mlp(width = 6, depth = 1)
sample     interior: hammersley(points = 30)
resample   influence(every = 3, pool = 50, test = 10)
train      gauss_newton(steps = 4)
"""


def flux(folder: Path, bounds: str = "") -> ModuleType:
    """A term that is differentiated, called at other arguments, and stands in a condition."""
    rows = [f"{x / 7!r},{t / 7!r},{math.sin(x + t)!r},{math.cos(x - t)!r}" for x in range(8) for t in range(8)]
    (folder / "sensors.csv").write_text("\n".join(["x,t,u,v", *rows]) + "\n", encoding="utf-8")
    return import_text(FLUX.format(range=bounds), folder, "flux")


@pytest.mark.parametrize("bounds", ["", "in [-3, 3]", "in [1, 100]", "= 1 in [0, inf]", "\nmask f: exponential"])
def test_derivatives_of_a_term_are_those_of_the_chain_rule(bounds: str, tmp_path: Path) -> None:
    with one_thread():
        module = flux(tmp_path, bounds)
        checks = list(module.selftest_checks())
        assert all(check.error <= check.tolerance for check in checks), checks
        assert any(check.name == "slope f.u_x against autograd" for check in checks)
        torch.manual_seed(1)
        network = module.Network()
        points = torch.rand(20, 2, dtype=torch.float64).requires_grad_()
        u, v = module.solution(network, points).chunk(2, dim=1)
        u_x = module.derivative(u, points, 0)
        numbers, term = network.unknowns.numbers(), network.unknowns.f
        value = module.term_f(term, u, u_x)
        wanted = module.derivative(u, points, 1) - module.derivative(value, points, 0)
        wanted = wanted - numbers.c * module.term_f(term, v, 2 * u_x)
        fields = module.interior_fields(network, points)
        found = module.interior_residuals(points, fields, numbers, network.unknowns)
        assert torch.allclose(found["equation.law"], wanted, atol=1e-10)


def test_influence_and_gauss_newton_see_the_term(tmp_path: Path) -> None:
    with one_thread():
        module = flux(tmp_path)
        training = module.Training(0, "cpu")
        points = training.objective.points
        rows = torch.cat([part for _, part in module.linearise(training.network, points)])
        values = torch.cat([part for part, _ in module.linearise(training.network, points)])
        x = torch.nn.utils.parameters_to_vector(training.objective.parameters).detach().requires_grad_()
        gradient = training.objective.gradient(training.objective.loss(x, points), x)
        assert torch.allclose(2 * rows.T @ values, gradient, atol=1e-10)
        names = [name for name, p in training.network.named_parameters() if p.requires_grad]
        assert any(name.startswith("unknowns.f.") for name in names)
        summary = module.train(tmp_path / "run", quiet=True)
    assert summary["steps"] == 4
    written = (tmp_path / "run" / "term_f.csv").read_text(encoding="utf-8").splitlines()
    assert len(written) == 41**2 + 1


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ({"u": 1.5, "u^3": -0.5}, ("u",)),
        ({"u*u_x": -1.0}, ("u", "u_x")),
        ({"1": 0.3, "u_x^2": 2.0}, ("u", "u_x")),
        ({"u*v*w": 2.0, "w": -1.0}, ("u", "v", "w")),
    ],
)
def test_formulas_are_found_beneath_a_smooth_error(
    text: dict[str, float], names: tuple[str, ...], tmp_path: Path
) -> None:
    with one_thread():
        module = growth(tmp_path)
        generator = torch.Generator().manual_seed(0)
        arguments = 2 * torch.rand(1000, len(names), generator=generator, dtype=torch.float64) - 1
        library = module.monomials(names)
        columns = module.columns_of_powers(arguments, [library[monomial] for monomial in text])
        values = columns @ torch.tensor(list(text.values()), dtype=torch.float64)[:, None]
        error = 0.02 * values.norm() / math.sqrt(len(values)) * torch.sin(3 * arguments.sum(dim=1, keepdim=True))
        found = module.formula_of(names, arguments, values + error)
    assert set(found.coefficients) == set(text)
    for monomial, number in text.items():
        assert found.coefficients[monomial] == pytest.approx(number, rel=0.1)
    assert torch.allclose(found.values(arguments), values, atol=0.1)
