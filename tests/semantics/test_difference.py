"""Differences in meaning, in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from pdel.semantics.canonical import canonical_statements
from pdel.semantics.difference import difference
from pdel.semantics.readable import readable_statements
from pdel.source import Source
from pdel.syntax.ast import Specification
from pdel.syntax.format import format_text
from pdel.syntax.parse import parse
from tests.syntax.specifications import BURGERS, CONDUCTIVITY, GOOD, MANY_FORMS

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*/*.pde"))


def specification(text: str) -> Specification:
    formatted = format_text(text).value
    assert formatted is not None
    parsed = parse(Source("test.pde", formatted))
    assert parsed.value is not None
    return parsed.value


def changes(text: str, *replacements: tuple[str, str]) -> list[str]:
    """The changes in words that some replacements in a text make."""
    changed = text
    for old, new in replacements:
        assert old in changed
        changed = changed.replace(old, new)
    return [change.text for change in difference(specification(text), specification(changed))]


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("0.01/pi", "0.02/pi", ["constant nu: 0.01/pi -> 0.02/pi"]),
        ("width = 32", "width = 64", ["network width: 32 -> 64"]),
        ("u_t + u*u_x", "u_t", ["equation momentum: term u*u_x removed from the left side"]),
        ("= nu*u_xx", "= nu*u_xx - u^3", ["equation momentum: term -u^3 added to the right side"]),
        ("= nu*u_xx", "= 2*nu*u_xx", ["equation momentum: nu*u_xx -> 2*nu*u_xx on the right side"]),
        (
            "u_t + u*u_x",
            "u*u_x + u_t",
            ["equation momentum: left side reordered: u_t + u*u_x -> u*u_x + u_t"],
        ),
        ("nu*u_xx", "nu*u_xx where x > 0", ["equation momentum: where x > 0 added"]),
        ("u = 0  on x = -1, x = 1", "u = 0  on x = 1", ["boundary walls: place x = -1 removed"]),
        ("u = 0  on", "u = x  on", ["boundary walls: u = 0 -> u = x"]),
        ("u = 0  on", "u = 0, u_x = 1  on", ["boundary walls: condition u_x = 1 added"]),
        ("on x = -1, x = 1", "on boundary except x = 1", [
            "boundary walls: place x = -1 removed",
            "boundary walls: place x = 1 removed",
            "boundary walls: place boundary added",
            "boundary walls: exception x = 1 added",
        ]),
        ("x in [-1, 1]", "x in [-1, 1] periodic", ["space: x in [-1, 1] -> x in [-1, 1] periodic"]),
        ("rate = 1e-3", "rate = 1e-2", ["train adam rate: 1e-3 -> 1e-2"]),
        ("steps = 5000, rate = 1e-3", "steps = 5000", ["train adam rate: 1e-3 -> not stated"]),
        ("then lbfgs(steps = 5000)", "", [
            "train: adam(steps = 5000, rate = 1e-3) then lbfgs(steps = 5000) -> adam(steps = 5000, rate = 1e-3)"
        ]),
        ("seed       7", "seed 8", ["seed: 7 -> 8"]),
        ("momentum", "balance", ["equation momentum renamed to equation balance"]),
        ("seed       7\n", "", ["seed removed: 7"]),
        ("seed       7\n", "seed 7\nlet a = 2*nu\n", ["let a added: 2*nu"]),
        ("field      u(x, t)", "field u(x, t), v(x, t)", ["field v added: v(x, t)"]),
        ('"Viscous Burgers equation, steepening front"', '"Burgers"', [
            'problem: burgers "Viscous Burgers equation, steepening front" -> burgers "Burgers"'
        ]),
        ("enforce    walls, start: exactly", "enforce start: exactly", [
            "enforce start, walls removed: exactly",
            "enforce start added: exactly",
        ]),
    ],
)  # fmt: skip
def test_changes(old: str, new: str, wanted: list[str]) -> None:
    assert changes(BURGERS, (old, new)) == wanted


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("u_xx in solid", "u_xx", ["equation heat: in solid removed"]),
        ("T0 = 300 [K]", "T0 = 301 [K]", ["constant T0: 300 [K] -> 301 [K]"]),
        ("rho [kg/m^3]", "rho [g/m^3]", ["constant rho: [kg/m^3] = 1000 -> [g/m^3] = 1000"]),
        ("reference drag = 5.58", "reference drag = 5.6", ["reference drag: 5.58 -> 5.6"]),
        ("exact u = sin(x)", "exact u = sin(2*x)", ["exact u: sin(x) -> sin(2*x)"]),
        ("constraint positive: u >= 0", "constraint positive: u <= 0", ["constraint positive: u >= 0 -> u <= 0"]),
        ("field (u, v)(x, t)", "field (u, v)(x)", ["field u, v: (u, v)(x, t) -> (u, v)(x)"]),
    ],
)
def test_changes_of_other_forms(old: str, new: str, wanted: list[str]) -> None:
    assert changes(MANY_FORMS, (old, new)) == wanted


def test_changes_of_data_and_unknowns() -> None:
    assert changes(
        CONDUCTIVITY, ("sensors.csv", "points.csv"), ("(sigma = 0.01)", "(sigma = 0.02)"), ("q = 0.5", "q = 0.6")
    ) == [
        "unknown q: 0.5 in [0, 2] -> 0.6 in [0, 2]",
        'data sensors: "sensors.csv" -> "points.csv"',
        "data sensors sigma: 0.01 -> 0.02",
    ]


def test_layout_order_and_numbers_make_no_difference() -> None:
    other = BURGERS.replace("0.01", "1.0e-2").replace("5000", "5_000").replace("+ u*u_x", "+ u *\n  u_x # a\n ")
    head, *paragraphs = other.split("\n\n")
    assert difference(specification(BURGERS), specification("\n".join([head, *reversed(paragraphs)]))) == ()


def test_statements_that_are_not_built_are_compared() -> None:
    text = "eigenvalue E of psi (lowest = 2)\n"
    assert changes(text, ("2", "3")) != []
    assert changes(text, ("  (", " (") if "  (" in text else ("E", "E")) == []


@pytest.mark.parametrize("name", GOOD)
def test_what_has_another_identity_has_changes(name: str) -> None:
    """Every statement left out, and every number changed, is a difference; and the identity says so too."""
    text = format_text(GOOD[name]).value
    assert text is not None
    statements = text.splitlines(keepends=True)
    for index, line in enumerate(statements):
        for variant in ("", line.replace("1", "7").replace("0", "3")):
            other = specification("".join([*statements[:index], variant, *statements[index + 1 :]]))
            same = canonical_statements(specification(text).statements) == canonical_statements(other.statements)
            assert bool(difference(specification(text), other)) != same
            assert bool(difference(other, specification(text))) != same


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_readable_statements_say_the_same(path: Path) -> None:
    whole = specification(path.read_text(encoding="utf-8"))
    text = readable_statements(whole)
    assert canonical_statements(specification(text).statements) == canonical_statements(whole.statements)
    assert readable_statements(specification(text)) == text
