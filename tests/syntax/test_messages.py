"""Every situation of the parser has a message, no message names the compiler's own parts, and slips are named."""

from __future__ import annotations

import re

import pytest

from pdel.syntax.expectations import EXPECTATIONS
from pdel.syntax.grammar import CONDITION_START, STATEMENT_START
from pdel.syntax.messages import explain_stop
from pdel.syntax.scene import Scene
from pdel.syntax.table import accessing_symbols
from pdel.syntax.tree import Terminal
from pdel.syntax.words import END, SYMBOL_TERMINALS, WORD_TERMINALS
from tests.syntax.automaton import Dead, dead_ends
from tests.syntax.specifications import diagnostic, mended, parsed

TEXTS = {
    **{terminal: word for word, terminal in WORD_TERMINALS.items()},
    **{terminal: sign for sign, terminal in SYMBOL_TERMINALS.items()},
    "NAME": "u", "NUMBER": "1", "TEXT": '"a"', "UNIT": "[m]", "METHOD": "train", "_LANGUAGE": "language",
    "RESERVED": "data",
}  # fmt: skip


@pytest.fixture(scope="module")
def dead() -> list[Dead]:
    return dead_ends()


def scene(end: Dead) -> Scene:
    """The scene of a dead end, written with a text for every terminal."""
    kinds = [*end.read, *([] if end.found == END else [end.found])]
    terminals, place = [], 0
    for kind in kinds:
        text = TEXTS[kind]
        terminals.append(Terminal(kind, text, place, place + len(text)))
        place += len(text) + 1
    return Scene(end.stop, terminals, {}, 0, end.start)


def test_the_walk_reaches_every_state(dead: list[Dead]) -> None:
    reached = {symbol for end in dead for symbol in end.read}
    assert {symbol for symbol in accessing_symbols().values() if symbol.isupper()} <= reached
    assert {end.start for end in dead} == {STATEMENT_START, CONDITION_START}


def test_every_situation_has_a_message_and_every_message_a_situation(dead: list[Dead]) -> None:
    situations = {end.situation: " ".join(end.read) for end in dead}
    assert {key: way for key, way in situations.items() if key not in EXPECTATIONS} == {}
    assert sorted(set(EXPECTATIONS) - set(situations)) == []


def test_no_message_names_a_terminal_or_a_rule(dead: list[Dead]) -> None:
    terminals = {symbol for symbol in accessing_symbols().values() if symbol.isupper()} - {"NAME", "SHAPE"}
    leak = re.compile(r"__|\$END|\b_[A-Z]+|\b(" + "|".join(sorted(terminals)) + r"|RESERVED|SEMICOLON)\b")
    for end in dead:
        found = explain_stop(scene(end))
        said = [found.message, found.primary.text, found.help, *found.notes]
        assert not [text for text in said if leak.search(text)], (end.read, end.found, said)
        assert found.message
        assert not found.message.endswith(".")
        assert found.primary.text
        assert found.help == "" or found.help.endswith("."), found.help
        assert "something else" not in found.primary.text


SLIPS = [
    ("problem heat Heat in a rod", "E131", 'problem heat "Heat in a rod"'),
    ("equation u_t = u_xx", "E129", None),
    ("equation -u = u_xx", "E129", None),
    ("equation heat u_t = u_xx", "E129", "equation heat: u_t = u_xx"),
    ("equation heat = u_t = u_xx", "E129", "equation heat: u_t = u_xx"),
    ("boundary walls: u = 0", "E130", None),
    ("boundary walls: u = 0 x = 0", "E130", "boundary walls: u = 0 on x = 0"),
    ("boundary walls: u = 0 at x = 0", "E130", "boundary walls: u = 0 on x = 0"),
    ("part inlet x = 0", "E130", "part inlet on x = 0"),
    ("reference u from burgers.csv", "E131", 'reference u from "burgers.csv"'),
    ("reference u from ../data/a-b.csv", "E131", 'reference u from "../data/a-b.csv"'),
    ('reference u from "burgers.csv', "E108", 'reference u from "burgers.csv"'),
    ("reference u from 'burgers.csv'", "E109", 'reference u from "burgers.csv"'),
    ("let a = u**2 + v**2", "E120", "let a = u^2 + v^2"),
    ("equation a: u_t == u", "E121", "equation a: u_t = u"),
    ("let a = 2x + 3y", "E122", "let a = 2*x + 3*y"),
    ("let a = 2 x", "E122", "let a = 2* x"),
    ("let a = (b)(c)", "E122", "let a = (b)*(c)"),
    ("equation a: u'' = u", "E123", None),
    ("let a = (b", "E112", "let a = (b)"),
    ("boundary w: u = sin(x on x = 0", "E112", "boundary w: u = sin(x) on x = 0"),
    ("let a = vel[x", "E112", "let a = vel[x]"),
    ("let a = b)", "E112", "let a = b"),
    ("space x in [0, 1)", "E112", "space x in [0, 1]"),
    ("space x = [0, 1]", "E110", "space x in [0, 1]"),
    ("space x in (0, 1)", "E110", "space x in [0, 1]"),
    ("space x in rod", "E110", None),
    ("field u", "E111", None),
    ("field u, v(x, t)", "E110", None),
    ("field T(x; mu)", "E134", None),
    ("constant k = 1 in left, 10 in right", "E134", None),
    ("constant nu: 0.1", "E110", "constant nu = 0.1"),
    ("constant nu 0.1", "E110", "constant nu = 0.1"),
    ("let f(x) = x^2", "E110", "function f(x) = x^2"),
    ("let time = 3", "E114", None),
    ("let a = time", "E114", None),
    ("let where = 3", "E114", None),
    ("let a = b < c", "E124", None),
    ("let a = (b < c)", "E124", None),
    ("let a = b = c", "E110", None),
    ("let a = +b", "E110", "let a = b"),
    ("let a = b +", "E111", None),
    ("let a = f(b, c,)", "E110", "let a = f(b, c)"),
    ("let a = f(, b)", "E110", "let a = f( b)"),
    ("let a = \u22122*\u03bd", "E106", "let a = -2*nu"),
    ("let a = b$", "E107", None),
    ("let a_ = b", "E115", "let a = b"),
    ("let _a = b", "E115", "let a = b"),
    ("let a__b = c", "E115", "let a_b = c"),
    ("let " + "a" * 41 + " = b", "E115", None),
    ("let a = 1.2.3", "E116", None),
    ("let a = 007", "E116", None),
    ("let a = 1e999", "E116", None),
    ("let a = 1e-999", "E116", None),
    ("let a = 0." + "1" * 41, "E116", None),
    ("constant a [] = 1", "E132", None),
    ("equaton a: u = 0", "E133", "equation a: u = 0"),
    ("feild u(x, t)", "E133", "field u(x, t)"),
    ("Problem heat", "E133", "problem heat"),
    ("domain x in [0, 1]", "E133", "space x in [0, 1]"),
    ("alpha = 0.4", "E133", None),
    ("solve u_t = u_xx", "E133", None),
    ("constant a = 0,4", "E110", "constant a = 0.4"),
    ("constant q = 20 kW", "E122", None),
    ("let a = b & c + d", "E126", "let a = b & (c + d)"),
    ('let a = 2*"b"', "E125", None),
    ("train adam(2 = 3)", "E127", None),
    ("let q = integral(s in [0, 1], u)", "E128", None),
    ("train adam(steps: 5)", "E110", "train adam(steps = 5)"),
    ("train adam(steps = 5) lbfgs", "E110", "train adam(steps = 5) then lbfgs"),
    ("train = adam", "E110", "train adam"),
    ("train steps = 5", "E110", None),
    ("weigh walls 10", "E129", "weigh walls: 10"),
    ("weigh walls: 10, start: 5", "E110", None),
    ("seed", "E111", None),
    ("+ 3", "E119", None),
    ("let a = b\n+ c", "E119", "let a = b\n    + c"),
    ("let a = b\n  equation c: u = 0", "E113", "let a = b\nequation c: u = 0"),
    ("let a = b\n  train adam(steps = 5)", "E113", "let a = b\ntrain adam(steps = 5)"),
    ("  let a = b", "E113", "let a = b"),
    ("equation a: u = 0 on x = 0", "E110", None),
    ("initial a: u = 0 on x = 0", "E110", None),
]


@pytest.mark.parametrize(("text", "code", "fixed"), SLIPS, ids=[slip[0][:40] for slip in SLIPS])
def test_slips_are_named_and_mended(text: str, code: str, fixed: str | None) -> None:
    found = diagnostic(text)
    assert found.code == code
    assert found.help
    if fixed is None:
        return
    assert mended(text) == fixed
    assert parsed(mended(text))[1] == ()


@pytest.mark.parametrize(
    "text",
    ["let a = u**2", "equation a: u_t == u", "let a = 2x", "let a = \u22122", "feild u(x, t)", "  let a = b",
     "reference u from 'a.csv'", "let a = b\n+ c"],
)  # fmt: skip
def test_what_is_certainly_meant_is_still_parsed(text: str) -> None:
    specification, diagnostics = parsed(text)
    assert len(diagnostics) == 1
    assert len(specification.statements) == 1
    assert specification.broken == ()


def test_mistakes_of_one_kind_in_one_statement_are_one_diagnostic() -> None:
    found = diagnostic("let a = b**2 + c**2 + d**2")
    assert len(found.secondary) == 2
    assert len(found.edits) == 3


def test_messages_in_full() -> None:
    found = diagnostic("equation heat: u_t ; u_xx")
    assert (found.message, found.primary.text, found.help) == (
        "`;` does not fit here",
        "expected `=` and the right side of the equation",
        "The form of the statement is `equation heat: u_t = alpha*u_xx`.",
    )
    found = diagnostic("time t in [0,")
    assert (found.message, found.primary.text) == ("`[` is never closed", "opened here")
    found = diagnostic("constraint gauge: p = 0 at")
    assert (found.message, found.primary.text) == (
        "the statement ends too early",
        "expected the point, such as `(0, 0)`",
    )
    assert (found.primary.span.start, found.primary.span.end) == (25, 26)
