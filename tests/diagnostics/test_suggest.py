"""Did-you-mean: what counts as near, and that it stays cheap."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pdel.diagnostics.model import Edit, error
from pdel.diagnostics.suggest import closest, did_you_mean, edit_distance, enumerate_words, suggest
from pdel.source import Span


@pytest.mark.parametrize(
    ("word", "candidates", "expected"),
    [
        ("bondary", ["field", "boundary"], "boundary"),
        ("aplha", ["alpha", "beta"], "alpha"),  # neighbours transposed: one slip, not two
        ("hamersly", ["halton", "hammersley"], "hammersley"),
        ("step", ["rate", "steps"], "steps"),
        ("U", ["u", "v"], "u"),
        ("lap", ["grad", "laplacian"], "laplacian"),
        ("gradient", ["grad", "div"], "grad"),
        ("rate_learning", ["learning_rate"], "learning_rate"),
        ("nu", ["mu"], "mu"),
        # Not near enough:
        ("w", ["u", "v"], None),
        ("ab", ["cd"], None),
        ("lr", ["rate", "steps"], None),
        ("temperature", ["u", "pressure"], None),
        ("", ["u"], None),
        ("u", [], None),
        ("u", ["u"], None),
    ],
)
def test_closest(word: str, candidates: list[str], expected: str | None) -> None:
    assert closest(word, candidates) == expected


def test_nearest_wins_and_ties_go_to_the_first() -> None:
    assert closest("steps", ["stepwise", "step", "stops"]) == "step"
    assert closest("cat", ["bat", "hat"]) == "bat"
    assert closest("cat", ["hat", "bat"]) == "hat"


def test_sentence() -> None:
    assert did_you_mean("alpa", ["alpha"]) == "Did you mean `alpha`?"
    assert did_you_mean("xyz", ["alpha"]) == ""


def test_enumeration() -> None:
    assert enumerate_words([]) == ""
    assert enumerate_words(["a"]) == "`a`"
    assert enumerate_words(["a", "b", "c"], "or") == "`a`, `b` or `c`"
    assert enumerate_words(["a", "b", "c", "d"], limit=2) == "`a`, `b` and 2 more"


@given(st.text("ab_", max_size=6), st.text("ab_", max_size=6))
def test_distance_is_symmetric_and_respects_the_limit(first: str, second: str) -> None:
    exact = edit_distance(first, second, 12)
    assert exact == edit_distance(second, first, 12)
    assert (exact == 0) == (first == second)
    for limit in range(4):
        assert edit_distance(first, second, limit) == min(exact, limit + 1)


def test_hostile_words_are_cheap() -> None:
    assert closest("a" * 100_000, ["a" * 99_999]) is None


def test_a_suggestion_is_the_edit_of_its_diagnostic() -> None:
    place = Span(3, 7)
    suggested = pickle.loads(pickle.dumps(error("E201", "unknown", place, help=did_you_mean("alpa", ["alpha"]))))
    assert suggested.help == "Did you mean `alpha`?"
    assert suggested.edits == (Edit(place, "alpha"),)
    assert error("E602", "no file", place, help=suggest("a.csv", '"a.csv"')).edits == (Edit(place, '"a.csv"'),)
    given = Edit(Span(0, 0), "x")
    assert error("E201", "unknown", place, help=suggest("alpha"), edits=[given]).edits == (given,)
    assert error("E201", "unknown", place, help="Declare it.").edits == ()
