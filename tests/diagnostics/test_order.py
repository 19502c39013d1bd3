"""Order, duplicates and the cap."""

from __future__ import annotations

from dataclasses import replace

from pdel.diagnostics.model import Severity, error, warning
from pdel.diagnostics.order import capped, count_text, ordered
from pdel.source import Span


def test_sorted_by_source_place_and_code() -> None:
    items = [
        error("E301", "d", Span(0, 1, origin=1)),
        error("E302", "c", Span(9, 10)),
        error("E301", "b", Span(9, 12)),
        warning("W701", "a", Span(3, 4)),
    ]
    assert [item.message for item in ordered(items)] == ["a", "b", "c", "d"]
    assert ordered(items) == ordered(reversed(items))


def test_the_same_finding_is_shown_once() -> None:
    first = error("E301", "m", Span(0, 1), "first")
    assert ordered([first, error("E301", "m", Span(0, 1), "again")]) == (first,)
    for other in (
        replace(first, code="E302"),
        replace(first, message="n"),
        replace(first, primary=replace(first.primary, span=Span(1, 2))),
    ):
        assert len(ordered([first, other])) == 2


def test_the_cap_keeps_errors_and_the_order() -> None:
    items = tuple((warning if index % 2 else error)("E301", str(index), Span(index, index)) for index in range(10))
    kept, left_out = capped(items, 6)
    assert [item.message for item in kept] == ["0", "1", "2", "4", "6", "8"]
    assert left_out == 4
    assert capped(items, 10) == (items, 0)


def test_counts_in_words() -> None:
    one = error("E301", "m", Span(0, 1))
    note = replace(one, severity=Severity.NOTE)
    advice = warning("W701", "m", Span(0, 1))
    assert count_text([one]) == "1 error"
    assert count_text([advice, one, one]) == "2 errors and 1 warning"
    assert count_text([advice, one, note, note]) == "1 error, 1 warning, 2 notes"
