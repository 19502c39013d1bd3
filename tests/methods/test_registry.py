"""The contract that every method keeps: what the documentation, the checks and the renderer rely on."""

from __future__ import annotations

from pathlib import Path

import pytest

from pdel.maths.lower import lower
from pdel.methods.base import Method
from pdel.methods.binding import Targets, bind, spelling
from pdel.methods.registry import FAMILIES, LATER_FAMILIES, METHODS, families, family_of, find, methods_of
from pdel.plan.build import build_plan
from pdel.render.module import render_module
from pdel.resources import templates_folder
from pdel.semantics.resolve import resolve
from pdel.source import Source
from pdel.syntax import ast
from pdel.syntax.parse import parse

ROD = """\
problem rod
space x in [0, 1]
time t in [0, 1]
field u(x, t)
constant alpha = 0.1
equation conduction: u_t = alpha*u_xx
boundary ends: u = 0  on x = 0, x = 1
initial profile: u = sin(pi*x)
data sensors: u from "sensors.csv"
"""
SENSORS = "x,t,u\n0.5,0.1,0.9\n"
UNPUBLISHED = {
    *("none", "softly", "random", "grid", "constant", "float32", "float64", "auto", "always", "never", "whole"),
}
"""Methods that need no source: definitions rather than inventions."""

every_method = pytest.mark.parametrize("method", METHODS, ids=lambda method: f"{method.family}-{method.name}")


def bound(text: str) -> tuple[list[str], object]:
    specification = parse(Source("rod.pde", ROD + text + "\n")).value
    assert specification is not None
    statement = specification.statements[-1]
    assert isinstance(statement, ast.MethodStatement)
    result = bind(
        statement,
        Targets(("conduction",), ("ends", "profile"), data=("sensors",), constants=("alpha",)),
        specification.sources,
    )
    return [item.code for item in result.diagnostics], result.value


@every_method
def test_the_descriptor_is_complete(method: Method) -> None:
    assert method.purpose
    assert not method.purpose.endswith(".")
    for heading in ("When to use it:", "Cost:"):
        assert heading in method.description
    assert find(method.family, method.name) is method
    assert family_of(method.family) is not None
    if method.name in UNPUBLISHED:
        assert method.citation is None
    else:
        assert method.citation is not None
        assert f"{{{method.citation.key}," in method.citation.bibtex
        assert method.citation.text


@every_method
def test_options_have_purposes_and_defaults_in_range(method: Method) -> None:
    names = [option.name for option in method.options]
    assert len(set(names)) == len(names)
    for option in method.options:
        assert option.purpose
        if isinstance(option.default, str):
            assert option.default in option.choices
        if family_of(method.family).number:
            continue
        target = {"prune": "sensors: ", "ramp": "alpha: "}.get(method.family, "")
        call = f"{method.family} {target}{method.name}"
        assert bound(f"{call}({option.name} = {spelling(option.default)})")[0] == []
        low = option.at_least if option.at_least is not None else option.above
        if low is not None:
            assert bound(f"{call}({option.name} = {low - 1:g})")[0] == ["E507"]


@every_method
def test_the_example_is_sound(method: Method) -> None:
    codes, choice = bound(method.example)
    assert codes == []
    assert choice is not None
    assert choice.family == method.family
    assert method.name in [call.name for call in choice.calls]


@every_method
def test_the_example_compiles(method: Method, tmp_path: Path) -> None:
    (tmp_path / "sensors.csv").write_text(SENSORS, encoding="utf-8")
    pruned = "prune sensors: bias\n" if "then prune" in method.example else ""
    unobserved = ROD.partition("data ")[0]  # windows of time bear no data
    physics = unobserved if method.family == "march" else ROD
    specification = parse(Source("rod.pde", f"{physics}{pruned}{method.example}\n")).value
    assert specification is not None
    problem = resolve(specification, tmp_path).value
    assert problem is not None
    model = lower(problem).value
    assert model is not None
    plan = build_plan(model).value
    assert plan is not None
    assert "def main(" in str(render_module(plan))


@every_method
def test_the_template_exists(method: Method) -> None:
    if method.template:
        assert (templates_folder() / method.template).is_file()


def test_every_family_has_methods_and_is_not_for_later() -> None:
    assert all(methods_of(family.name) for family in FAMILIES)
    assert not set(families()) & set(LATER_FAMILIES)
    assert {method.family for method in METHODS} == set(families())
    assert find("network", "adam") is None
