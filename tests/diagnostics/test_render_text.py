"""The text form, as a person sees it."""

from __future__ import annotations

import re
import textwrap

from hypothesis import given, settings
from hypothesis import strategies as st

from pdel.diagnostics.display import displayed
from pdel.diagnostics.model import Diagnostic, Label, error
from pdel.diagnostics.order import Findings
from pdel.diagnostics.render_text import render_diagnostic, render_text
from pdel.source import Source, Sources, Span
from tests.diagnostics.samples import ALL, BRACKET, JUXTAPOSED, OPTION, UNKNOWN_NAME, findings


def shown(text: str, *labels: tuple[str, str], **extra: object) -> str:
    """The drawing for a text with labels at parts of it, the first one primary, without heading and place."""
    places = [Label(Span(text.index(part), text.index(part) + len(part)), label) for part, label in labels]
    diagnostic = error("E101", "message", places[0].span, places[0].text, secondary=places[1:], **extra)  # type: ignore[arg-type]
    drawing = render_diagnostic(diagnostic, Findings(Sources((Source("a.pde", text),)), (diagnostic,)))
    return "\n".join(drawing.split("\n")[3:])


def drawing(text: str) -> str:
    return textwrap.dedent(text.removeprefix("\n"))


def test_distant_labels_are_joined_by_an_ellipsis() -> None:
    assert render_diagnostic(UNKNOWN_NAME, findings()) == drawing("""
        error[E204]: unknown name `w` in equation `momentum`
         --> cavity.pde:7:29
          |
        4 | field    u(x), v(x)
          |          ---------- fields are declared here
          …
        7 | equation momentum:  u*u_x = w*2x
          |                             ^ not a field, constant or coordinate
          |
          = help: Did you mean `v`?
        """)


def test_an_edit_is_the_help_where_there_is_none() -> None:
    assert render_diagnostic(JUXTAPOSED, findings()) == drawing("""
        error[E131]: a number stands directly before a name
         --> cavity.pde:7:31
          |
        7 | equation momentum:  u*u_x = w*2x
          |                               ^^
          |
          = help: Insert `*`.
        """)


def test_a_label_over_lines_is_a_bracket_and_notes_keep_their_lines() -> None:
    assert render_diagnostic(BRACKET, findings()) == drawing("""
        error[E401]: the condition covers half of the boundary
         --> cavity.pde:8:1
          |
        8 | / boundary walls:     u = 0
        9 | |     on x = 0
          | |____________^ this condition
          |
          = note: `x = 1` has none,
                  and the equation is of second order
        """)


def test_one_line_between_labels_is_shown() -> None:
    assert shown("a = 1\nb = 2\nc = 3\n", ("c", "second"), ("a", "first")) == drawing("""
        1 | a = 1
          | - first
        2 | b = 2
        3 | c = 3
          | ^ second
        """)


def test_labels_in_several_sources() -> None:
    assert render_diagnostic(OPTION, findings()) == drawing("""
        warning[W701]: unknown option `stps`, 100% wrong
         --> --set train:1:6
          |
        1 | adam(stps = 100)
          |      ^^^^ no such option
          |
         ::: cavity.pde:1:9
          |
        1 | problem cavity
          |         ------ of this problem
        """)


def test_report_is_sorted_and_counted() -> None:
    text = render_text([findings(*ALL)])
    assert re.findall(r"\[(\w+)\]", text) == ["E204", "E131", "E401", "W701"]
    assert text.endswith("\n\n3 errors and 1 warning; `pdel explain CODE` tells more\n")
    assert render_text([findings(BRACKET)]).endswith("\n\n1 error; `pdel explain E401` tells more\n")
    assert render_text([findings()]) == ""


def test_the_file_is_named_as_on_the_command_line() -> None:
    text = render_text([findings(OPTION, path="specs/cavity.pde")])
    assert "--> --set train:1:6" in text
    assert "::: specs/cavity.pde:1:9" in text


def test_cap_says_how_many_are_left_out() -> None:
    many = [error("E101", f"mistake {index}", Span(index, index + 1)) for index in range(25)]
    text = render_text([findings(*many)])
    assert text.count("error[E101]") == 20
    assert "… and 5 more in cavity.pde\n" in text
    assert text.endswith("25 errors; `pdel explain E101` tells more\n")


def test_labels_of_one_line_hang_below_each_other() -> None:
    assert shown("u_t = nu*u_xx + w\n", ("w", "not declared"), ("nu", "a constant"), ("u_xx", "")) == drawing("""
        1 | u_t = nu*u_xx + w
          |       -- ----   ^ not declared
          |       |
          |       a constant
        """)


def test_overlapping_labels_leave_the_primary_visible() -> None:
    assert shown("a + b*c\n", ("b", "factor"), ("b*c", "term"), ("a + b*c", "sum")) == drawing("""
        1 | a + b*c
          | ----^-- term
          | |   |
          | |   factor
          | sum
        """)


def test_nested_brackets() -> None:
    text = "equation a: u =\n    f(\n    2)\n    + 1\n"
    assert shown(text, ("equation a: u =\n    f(\n    2)\n    + 1", "whole"), ("f(\n    2)", "call")) == drawing("""
        1 | /   equation a: u =
        2 | | /     f(
        3 | | |     2)
          | | |______- call
        4 | |       + 1
          | |_________^ whole
        """)


def test_a_long_bracket_is_cut_in_the_middle() -> None:
    text = "".join(f"line {number}\n" for number in range(1, 13))
    assert shown(text, (text, "all")) == drawing("""
         1 | / line 1
         2 | | line 2
           … |
        11 | | line 11
        12 | | line 12
           | |_______^ all
        """).replace("   … |", "  … |")


def test_tabs_and_wide_characters_keep_marks_in_place() -> None:
    assert shown("\tu = 漢字 + w\n", ("w", "here"), ("漢字", "wide")) == drawing("""
        1 |     u = 漢字 + w
          |         ----   ^ here
          |         |
          |         wide
        """)
    assert shown("cafe\u0301 w\n", ("w", "here")) == "1 | cafe\u0301 w\n  |      ^ here\n"


def test_terminal_controls_do_not_reach_the_terminal() -> None:
    text = shown("a \x1b[31m w \u202e\n", ("w", "label \x1b[0m"), help="help \x07")
    assert "\x1b" not in text
    assert "\x07" not in text
    assert "\u202e" not in text
    assert "1 | a ␛[31m w \ufffd\n  |         ^ label ␛[0m\n" in text


def test_the_end_of_a_file_and_an_empty_file() -> None:
    for text, place in (("a = 1\n", "2:1"), ("a = 1", "1:6"), ("", "1:1")):
        diagnostic = error("E101", "incomplete", Span(len(text), len(text)), "ends here")
        drawing_text = render_diagnostic(diagnostic, Findings(Sources((Source("a.pde", text),)), ()))
        assert f"--> a.pde:{place}\n" in drawing_text
        assert "^ ends here" in drawing_text


def test_long_lines_are_cut_around_the_marks() -> None:
    text = "a + " * 5000 + "w" + " + a" * 5000
    lines = shown(text, ("w", "here")).split("\n")
    assert all(len(line) < 200 for line in lines)
    assert lines[0].startswith("1 | …")
    assert lines[0].endswith("…")
    assert lines[0][lines[1].index("^")] == "w"


def test_color_only_adds_escapes() -> None:
    plain = render_text([findings(*ALL)])
    colored = render_text([findings(*ALL)], color=True)
    assert "\x1b[1;31m^\x1b[0m" not in plain
    assert "\x1b[1;31m^\x1b[0m \x1b[1;31mnot a field, constant or coordinate\x1b[0m" in colored
    assert re.sub(r"\x1b\[[0-9;]*m", "", colored) == plain


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, Diagnostic]:
    text = draw(st.text(alphabet="ab \t\n漢é\r\x1b", max_size=60))
    offsets = st.integers(-3, 70)
    spans = draw(st.lists(st.builds(Span, offsets, offsets), min_size=1, max_size=6))
    labels = [Label(place, draw(st.sampled_from(["", "text", "two\nlines"]))) for place in spans]
    return text, error("E101", "m", labels[0].span, labels[0].text, secondary=labels[1:])


@given(marked_texts())
@settings(max_examples=300, deadline=None)
def test_any_labels_are_drawn_with_aligned_margins(case: tuple[str, Diagnostic]) -> None:
    text, diagnostic = case
    lines = render_diagnostic(diagnostic, Findings(Sources((Source("a.pde", text),)), ())).split("\n")
    assert any("^" in line for line in lines)
    bars = {line.index("|") for line in lines[2:] if "|" in line and "…" not in line}
    assert len(bars) == 1


@given(st.text(max_size=40))
def test_display_columns_grow_and_start_at_zero(line: str) -> None:
    shown_line = displayed(line)
    assert shown_line.columns[0] == 0
    assert list(shown_line.columns) == sorted(shown_line.columns)
    assert len(shown_line.columns) == len(line) + 1
