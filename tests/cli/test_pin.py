"""`pdel pin`: nothing is left open, and nothing else changes."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pdel.cli.app import main
from pdel.compiler import compile_source
from pdel.diagnostics.model import Severity
from pdel.methods.registry import FAMILIES
from pdel.plan.pin import same_choices
from pdel.plan.plan import Plan
from pdel.semantics.canonical import canonical_statements
from pdel.source import Source
from pdel.source_load import check_text
from pdel.syntax.ast import MethodStatement
from pdel.syntax.parse import parse

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*/*.pde"))
HEAT = next(path for path in EXAMPLES if path.stem == "heat").read_text(encoding="utf-8")


def invoke(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["pin", *arguments])


def plan(text: str, path: Path) -> Plan:
    compilation = compile_source(check_text(path.name, text), path, last="plan")
    assert [item for item in compilation.diagnostics if item.severity is Severity.ERROR] == []
    assert compilation.plan is not None
    return compilation.plan


def physics(text: str) -> tuple[str, ...]:
    parsed = parse(Source("test.pde", text)).value
    assert parsed is not None
    return canonical_statements([item for item in parsed.statements if not isinstance(item, MethodStatement)])


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_is_planned_as_before(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    result = invoke(str(path), "--stdout")
    assert result.exit_code == 0, result.output
    before, after = plan(text, path), plan(result.stdout, path)
    assert same_choices(before, after)
    assert before.network.parameters == after.network.parameters
    assert before.seed == after.seed
    assert [(item.name, item.count) for item in before.point_sets] == [
        (item.name, item.count) for item in after.point_sets
    ]
    assert physics(result.stdout) == physics(text)


def test_every_option_is_stated() -> None:
    """A pinned plan does not use a default: each option of each method in it is given."""
    pinned = plan(invoke(str(EXAMPLES[0]), "--stdout").stdout, EXAMPLES[0])
    calls = [pinned.network.method, *pinned.phases, *(item.sampler for item in pinned.point_sets)]
    assert pinned.resample is not None
    for call in [*calls, pinned.resample]:
        assert set(call.given) == {name for name, _ in call.options}, call.name


def test_the_file_is_pinned_once(tmp_path: Path) -> None:
    path = tmp_path / "heat.pde"
    path.write_text(HEAT, encoding="utf-8")
    assert invoke(str(path), "--check").exit_code == 1
    assert path.read_text(encoding="utf-8") == HEAT
    assert invoke(str(path)).exit_code == 0
    text = path.read_text(encoding="utf-8")
    assert text.startswith(HEAT)
    assert text.endswith("precision  float64\nseed       0\n")
    assert invoke(str(path), "--check").exit_code == 0
    assert invoke(str(path)).exit_code == 0
    assert path.read_text(encoding="utf-8") == text


def test_statements_are_completed_where_they_stand(tmp_path: Path) -> None:
    path = tmp_path / "heat.pde"
    method = """
# few points
sample  random(points = 500)  # at random
enforce ends: softly
sample  ends: grid(points = 30)
train   adam(rate = 0.000123456789) then lbfgs
seed    7
"""
    path.write_text(HEAT + method, encoding="utf-8")
    result = invoke(str(path))
    assert result.exit_code == 0, result.output
    text = path.read_text(encoding="utf-8")
    expected = """
# few points
sample     interior: random(points = 500, fresh = 0)
sample     ends: grid(points = 30, fresh = 0)  # at random
enforce    profile: exactly
enforce    ends: softly
train      adam(steps = 20_000, rate = 0.000123456789"""
    assert expected in text
    assert text.index("seed       7") < text.index("# The method as it was planned")
    assert same_choices(plan(HEAT + method, path), plan(text, path))
    assert not same_choices(plan(HEAT + method, path), plan(text.replace("= 500", "= 501"), path))


def test_networks_of_unknowns_are_pinned(tmp_path: Path) -> None:
    path = tmp_path / "rod.pde"
    (tmp_path / "sensors.csv").write_text("x,t,u\n0.5,0.5,1\n", encoding="utf-8")
    text = HEAT.replace("\nequation", "\nunknown k(x) in [0.1, 10]\nunknown f(u)\nequation").replace(
        "u_t = ", "u_t = k + f(u) + "
    )
    text += 'data sensors: u from "sensors.csv"\nnetwork k: mlp(width = 7)\nmask k, f: exponential(scale = 2)\n'
    path.write_text(text, encoding="utf-8")
    result = invoke(str(path))
    assert result.exit_code == 0, result.output
    pinned = path.read_text(encoding="utf-8")
    assert "\nnetwork    k: mlp(width = 7, depth = 3, activation = tanh, factorised = false)\n" in pinned
    assert "\nnetwork    f: mlp(width = 10, depth = 2, activation = tanh, factorised = false)\n" in pinned
    assert "\nmask       k: exponential(scale = 2, statistics = false)\n" in pinned
    assert same_choices(plan(text, path), plan(pinned, path))
    assert not same_choices(
        plan(text, path), plan(pinned.replace("k: exponential(scale = 2", "k: exponential(scale = 3"), path)
    )


def test_changed_defaults_do_not_touch_a_pinned_specification(monkeypatch: pytest.MonkeyPatch) -> None:
    path = EXAMPLES[0]
    pinned = invoke(str(path), "--stdout").stdout
    before = plan(pinned, path)
    text = path.read_text(encoding="utf-8")
    monkeypatch.setattr("pdel.plan.sampling.DEFAULT_SAMPLER", "sobol")
    monkeypatch.setattr("pdel.plan.resampling.DEFAULT_CANDIDATES", 3)
    monkeypatch.setattr("pdel.plan.residuals.DEFAULT_CONDITION_WEIGHT", 99.0)
    assert same_choices(plan(pinned, path), before)
    assert not same_choices(plan(text, path), before)


def test_what_would_be_planned_otherwise_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "heat.pde"
    path.write_text(HEAT, encoding="utf-8")
    monkeypatch.setattr("pdel.plan.pin.same_choices", lambda *_: False)
    result = invoke(str(path))
    assert result.exit_code == 1
    assert "cannot be pinned" in result.stderr
    assert path.read_text(encoding="utf-8") == HEAT


def test_families_are_known() -> None:
    from pdel.plan.pin import OF_THE_PLAN

    assert set(OF_THE_PLAN) <= {family.name for family in FAMILIES}
