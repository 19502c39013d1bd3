"""Overrides: what they address, what they change, and what is said where they are wrong."""

from __future__ import annotations

import pytest

from pdel.source import Source
from pdel.syntax import ast
from pdel.syntax.addresses import address_of
from pdel.syntax.parse import parse
from tests.syntax.specifications import BURGERS, diagnostic, parsed
from tests.syntax.test_parse import shape

TEXT = (
    BURGERS
    + """\
constant   rho [kg/m^3] = 3
function   f(s) = s
exact      u = x, v = t
weigh      walls, start: 10
part       wall on x = 1
network    u: siren
unknown    nu [m] = 1 in [0, 2]
unknown    k(x) in [0.1, 10]
"""
)


def statements(*overrides: str) -> dict[str, ast.Statement]:
    specification, diagnostics = parsed(TEXT, *overrides)
    assert diagnostics == ()
    return {address_of(item): item for item in specification.statements}


def calls(statement: ast.Statement) -> list[object]:
    assert isinstance(statement, ast.MethodStatement)
    return [shape(call) for call in statement.calls]


def options(statement: ast.Statement, call: int = 0) -> dict[str, object]:
    return {item[0]: item[1] for item in calls(statement)[call][1:]}  # type: ignore[index]


def test_constants_keep_their_units_and_their_places() -> None:
    before, after = statements(), statements("constant.rho=4", "constant.nu=0.02*pi")
    assert list(before) == list(after)
    rho, nu = after["constant.rho"], after["constant.nu"]
    assert isinstance(rho, ast.ConstantStatement)
    assert isinstance(nu, ast.ConstantStatement)
    assert (rho.unit, shape(rho.value)) == ("kg/m^3", "4")
    assert shape(nu.value) == ("product", ("*", "0.02"), ("*", "pi"))


def test_overrides_are_sources_of_their_own() -> None:
    specification, _ = parsed(TEXT, "seed=3", "constant.nu=0.02")
    assert [source.name for source in specification.sources.items] == [
        "test.pde",
        "--set seed=3",
        "--set constant.nu=0.02",
    ]
    assert specification.overrides == ("seed=3", "constant.nu=0.02")
    nu = next(item for item in specification.statements if address_of(item) == "constant.nu")
    assert isinstance(nu, ast.ConstantStatement)
    assert nu.value.span.origin == 2
    assert specification.sources.text(nu.value.span) == "0.02"
    assert specification.sources.text(nu.name.span) == "nu"


def test_whole_method_statements_are_replaced_or_added() -> None:
    after = statements("train=adam(steps = 100) then lbfgs", "decompose=overlapping(parts = 4)", "seed=9")
    assert calls(after["train"]) == [("adam()", ("steps", "100")), "lbfgs"]
    assert calls(after["decompose"]) == [("overlapping()", ("parts", "4"))]
    assert calls(after["seed"]) == ["9"]


def test_options_are_set_in_place() -> None:
    after = statements("train.adam.steps=100", "train.lbfgs.memory=20", "network.width=64", "network.u.scale=3")
    assert options(after["train"]) == {"steps": "100", "rate": "1e-3"}
    assert options(after["train"], 1) == {"steps": "5000", "memory": "20"}
    assert options(after["network"]) == {"width": "64", "depth": "3", "activation": "tanh"}
    assert calls(after["network.u"]) == [("siren()", ("scale", "3"))]


def test_targets_that_share_a_statement_are_set_alone() -> None:
    after = statements("weigh.start=20")
    assert (calls(after["weigh.walls"]), calls(after["weigh.start"])) == (["10"], ["20"])
    added = statements("weigh.momentum=5")
    assert (calls(added["weigh.walls"]), calls(added["weigh.momentum"])) == (["10"], ["5"])


def test_other_statements() -> None:
    after = statements(
        "equation.momentum=u_t = u_xx",
        "boundary.walls=u = 1 on x = 0",
        "function.f=s^2",
        "exact.v=x*t",
        "part.wall=x = -1",
        "time=t in [0, 2]",
        'reference.u="other.csv"',
        "problem=other",
    )
    equation, function, exact = after["equation.momentum"], after["function.f"], after["exact.u"]
    assert isinstance(equation, ast.EquationStatement)
    assert isinstance(function, ast.FunctionStatement)
    assert isinstance(exact, ast.ExactStatement)
    assert shape(equation.relation) == ("=", "u_t", "u_xx")
    assert (function.parameters[0].text, shape(function.value)) == ("s", ("^", "s", "2"))
    assert [shape(item.right) for item in exact.relations] == ["x", ("product", ("*", "x"), ("*", "t"))]
    assert shape(getattr(after["part.wall"], "selector", None)) == ([("x", ("-", "1"))], [])
    reference = after["reference.u"]
    assert isinstance(reference, ast.ReferenceStatement)
    assert reference.file is not None
    assert reference.file.text == "other.csv"


def test_later_overrides_win() -> None:
    assert calls(statements("seed=1", "seed=2")["seed"]) == ["2"]


@pytest.mark.parametrize(
    ("override", "code", "help_text"),
    [
        ("constant.nuu=3", "E141", "Did you mean `constant.nu`?"),
        ("constan.nu=3", "E141", "Did you mean `constant.nu`?"),
        ("let.a=3", "E141", "The specification has no `let` statement; physics is added in its file."),
        ("parameter.a=3", "E141", "Statements of `parameter` are not built yet."),
        ("constant=3", "E142", "Write one of `constant.nu` or `constant.rho`."),
        ("constant.nu.x=3", "E141", "Did you mean `constant.nu`?"),
        ("train.adm.steps=3", "E141", "Did you mean `adam`?"),
        ("train.steps=3", "E142", "Write one of `train.adam.steps` or `train.lbfgs.steps`."),
        ("decompose.parts=3", "E141", "Give the whole statement: `--set 'decompose=METHOD(parts = …)'`."),
        ("constant.nu", "E140", None),
        ("=3", "E140", None),
        ("constant.nu=", "E140", None),
        ("a b=3", "E140", None),
        ("constant..nu=3", "E140", None),
        ("constant.nu=2*", "E111", None),
        ("constant.nu=2x", "E122", None),
        ("train.adam.steps=1**2", "E120", None),
        ("train.adam.steps=1 2", "E122", None),
        ("train.adam.steps=(1", "E112", None),
        ("train.adam.steps=", "E140", None),
        ("train=then", "E110", None),
        ("constant.nu=1\x00", "E102", None),
    ],
)
def test_wrong_overrides_have_one_diagnostic_in_their_own_text(override: str, code: str, help_text: str | None) -> None:
    found = diagnostic(TEXT, override)
    assert found.code == code
    assert found.primary.span.origin == 1
    assert 0 <= found.primary.span.start <= found.primary.span.end <= len(override)
    assert help_text is None or found.help == help_text
    assert parsed(TEXT, override)[0].statements == parsed(TEXT)[0].statements


def test_broken_statements_are_not_reported_again() -> None:
    result = parse(Source("a.pde", "constant nu = \ntrain adam(\n"), ("constant.nu=3", "train.adam.steps=3"))
    assert [item.primary.span.origin for item in result.diagnostics] == [0, 0]


@pytest.mark.parametrize(
    ("override", "value", "low"),
    [("unknown.nu=0.5", "0.5", "0"), ("unknown.nu=3 in [1, 4]", "3", "1"), ("unknown.k=2", "2", "0.1")],
)
def test_a_first_guess_keeps_the_range_and_the_coordinates(override: str, value: str, low: str) -> None:
    name = override.partition("=")[0]
    found, before = statements(override)[name], statements()[name]
    assert isinstance(found, ast.UnknownStatement)
    assert isinstance(before, ast.UnknownStatement)
    assert isinstance(found.value, ast.Number)
    assert found.value.text == value
    assert found.interval is not None
    assert isinstance(found.interval[0], ast.Number)
    assert found.interval[0].text == low
    assert (found.arguments, found.unit) == (before.arguments, before.unit)
