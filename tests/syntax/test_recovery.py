"""Broken specifications: one diagnostic for each mistake, sound statements stay, nothing raises or hangs."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pdel.source import Source
from pdel.syntax.dump import dump_tokens, dump_tree
from pdel.syntax.parse import parse
from tests.syntax.specifications import GOOD, HEAT, parsed

BROKEN = """\
problem heat
space x = [0, 1]
time t in [0, 1]
field u(x, t)
equation a: u_t = (u_xx
equation b: u_t =
equation u_x = 0
boundary walls: u = 0
boundary ends: u = 0 on x = 0, x = 1
initial start: u == sin(pi*x)
let c = 2x**2
let d = {3}
field v, w(x)
train adam(steps = 5
    equation e: u = 0
+ 3
seed 7
"""


def test_a_file_with_many_mistakes_gives_one_diagnostic_for_each() -> None:
    specification, diagnostics = parsed(BROKEN)
    source = specification.sources.items[0]
    places = [(source.line_column(item.primary.span.start)[0], item.code) for item in diagnostics]
    assert places == [
        (2, "E110"), (5, "E112"), (6, "E111"), (7, "E129"), (8, "E130"), (10, "E121"), (11, "E122"), (11, "E120"),
        (12, "E107"), (13, "E110"), (14, "E112"), (15, "E113"), (16, "E119"),
    ]  # fmt: skip


def test_sound_statements_still_parse_and_broken_ones_are_named() -> None:
    specification, _ = parsed(BROKEN)
    words = [BROKEN[item.keyword.start : item.keyword.end] for item in specification.statements]
    assert words == ["problem", "time", "field", "boundary", "initial", "let", "equation", "seed"]
    assert specification.broken == (
        ("space", "x"), ("equation", "a"), ("equation", "b"), ("equation", "u_x"), ("boundary", "walls"),
        ("let", "d"), ("field", "v"), ("field", "w"), ("field", "x"), ("train", "adam"), ("train", "steps"),
        ("+", None),
    )  # fmt: skip


def test_an_empty_text_is_an_empty_specification() -> None:
    for text in ("", "\n\n", "# nothing\n", "   "):
        specification, diagnostics = parsed(text)
        assert (specification.statements, specification.broken, diagnostics) == ((), (), ())


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("let a = " + "(" * 101 + "b" + ")" * 101, "E117"),
        ("let a = " + "-" * 5_000 + "b", "E117"),
        ("let a = " + "^".join(["b"] * 5_000), "E117"),
        ("let a = if(" + "not " * 5_000 + "b, 1, 2)", "E117"),
        ("let a = " + "f(" * 5_000 + "b" + ")" * 5_000, "E117"),
        ("let a = b" + "[c]" * 5_000, "E117"),
        ("let a = " + "(1 + " * 3_000, "E112"),
        ("let a = " + "+".join(["b"] * 80_000), "E118"),
        ("let a = " + "$" * 50_000, "E107"),
        ("let a = " + "9" * 300_000, "E116"),
        ("x" * 300_000, "E115"),
        ("a" * 41 + "(" * 20_000, "E115"),
    ],
    ids=lambda item: item[:20],
)
def test_sizes_are_limited(text: str, code: str) -> None:
    started = time.process_time()
    _, diagnostics = parsed(text)
    assert diagnostics[0].code == code
    assert time.process_time() - started < 6


def test_a_hundred_levels_are_enough() -> None:
    assert parsed("let a = " + "(" * 95 + "b" + ")" * 95)[1] == ()


PIECES = sorted({piece for text in GOOD.values() for piece in text.split()}) + list("()[],:=+-*/^&<>'\"#.;\n \tν$") + [
    "**", "==", "..", "\n  ", "2x", "1e999", "on", "in", "where", "then",
]  # fmt: skip


def mutated(text: str, chance: random.Random) -> str:
    for _ in range(chance.randint(1, 6)):
        place = chance.randrange(len(text) + 1)
        match chance.randrange(4):
            case 0:
                text = text[:place] + text[place + chance.randint(1, 12) :]
            case 1:
                text = text[:place] + chance.choice(PIECES) + text[place:]
            case 2:
                text = text[:place] + chance.choice(PIECES) + text[place + 1 :]
            case _:
                other = chance.randrange(len(text) + 1)
                text = text[:place] + text[other : other + 30] + text[place:]
    return text


@pytest.mark.parametrize("seed", range(8))
def test_random_mutations_never_raise(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(40):
        text = mutated(chance.choice(list(GOOD.values())), chance)
        result = parse(Source("a.pde", text))
        assert result.value is not None
        for item in result.diagnostics:
            labels = [item.primary, *item.secondary]
            assert all(0 <= label.span.start <= label.span.end <= len(text) for label in labels), text
            assert all(0 <= edit.span.start <= edit.span.end <= len(text) for edit in item.edits), text
        lost = len(result.value.broken) > 0
        assert not lost or result.has_errors, text


@given(st.lists(st.sampled_from(PIECES), max_size=25))
@settings(max_examples=150, deadline=None)
def test_random_pieces_never_raise(pieces: list[str]) -> None:
    source = Source("a.pde", " ".join(pieces))
    parse(source)
    dump_tokens(source)
    dump_tree(source)


@given(st.text(max_size=60))
@settings(deadline=None)
def test_random_texts_never_raise(text: str) -> None:
    parse(Source("a.pde", text), (text, f"constant.alpha={text}", f"train={text}"))
    parse(Source("a.pde", HEAT + text))


def test_a_prime_is_mended_where_there_is_one_coordinate() -> None:
    found = parsed("time t in [0, 1]\nfield u(t)\nequation a: u'' + u' = 0\n")[1][0]
    assert [(edit.span.start, edit.span.end, edit.replacement) for edit in found.edits] == [
        (41, 43, "_tt"),
        (47, 48, "_t"),
    ]
    assert found.help == "Name the coordinate: `u_tt`."
    found = parsed("time t in [0, 1]\nspace x in [0, 1]\nequation a: u'' = 0\n")[1][0]
    assert found.edits == ()
    assert parsed("time t in [0, 1]\nequation a: (u)' = 0\n")[1][0].edits == ()
