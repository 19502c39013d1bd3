"""The lexer tiles every text, and statements are cut in column 1."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pdel.syntax.lexer import Kind, cut_statements, significant, tokenize

TEXTS = st.one_of(st.text(max_size=80), st.text(alphabet="ab01_.eE+-*/^=<>()[],:'\"# \n\tν!$", max_size=80))


@given(TEXTS)
def test_tokens_tile_the_text(text: str) -> None:
    tokens = tokenize(text)
    assert "".join(token.text for token in tokens) == text
    ends = [0, *(token.span.end for token in tokens)]
    assert [token.span.start for token in tokens] == ends[:-1]
    assert all(token.text == text[token.span.start : token.span.end] for token in tokens)


@given(TEXTS)
def test_every_significant_token_lies_in_one_statement(text: str) -> None:
    tokens = tokenize(text)
    assert tuple(token for statement in cut_statements(tokens) for token in statement.tokens) == significant(tokens)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1..10", ["1", "..", "10"]),
        ("1.5e-3x", ["1.5e-3", "x"]),
        (".5 5. 10_000", [".5", "5.", "10_000"]),
        ("a<=b!=c**d==e", ["a", "<=", "b", "!=", "c", "**", "d", "==", "e"]),
        ('"a # b" # c', ['"a # b"']),
        ("u''_x 'a b'", ["u", "''", "_x", "'a b'"]),
        ('"open\nnext', ['"open', "next"]),
        ("ν·x", ["ν·", "x"]),
    ],
)
def test_pieces(text: str, expected: list[str]) -> None:
    assert [token.text for token in significant(tokenize(text))] == expected


def test_a_text_ends_at_the_end_of_its_line() -> None:
    kinds = [token.kind for token in significant(tokenize('problem a "open\nspace x in [0, 1]'))]
    assert kinds[:3] == [Kind.NAME, Kind.NAME, Kind.UNTERMINATED]
    assert kinds[3] is Kind.NAME


def test_column_one_starts_a_statement_except_for_closing_brackets() -> None:
    text = "# head\ntrain adam(\n\n  steps = 5, # five\n# between\n\trate = 1\n) then\n  lbfgs\nseed 7\n"
    statements = cut_statements(tokenize(text))
    assert ["".join(token.text for token in item.tokens) for item in statements] == [
        "trainadam(steps=5,rate=1)thenlbfgs",
        "seed7",
    ]
    assert [statements[0].tokens[index].text for index in statements[0].indents] == ["steps", "rate", "lbfgs"]


def test_an_unclosed_bracket_costs_one_statement() -> None:
    statements = cut_statements(tokenize("let a = (b\nlet c = d\n"))
    assert len(statements) == 2


def test_a_first_line_with_an_indentation_is_a_statement() -> None:
    (only,) = cut_statements(tokenize("  let a = b"))
    assert 0 in only.indents
