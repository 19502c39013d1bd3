"""The style of what pdel says: every message of every family, in the examples of the codes and in the source.

A message, and a label, begins in lower case (or with a quoted text, a number or a symbol) and has no full stop;
help and notes are sentences. Nobody has to know how pdel is built to read them.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from pdel.diagnostics.codes.base import CodeInfo
from pdel.diagnostics.codes.registry import CODES
from tests.diagnostics.test_registry import WITHOUT_SPECIFICATION, diagnostics_of

PACKAGE = Path(__file__).parents[2] / "pdel"

CODE = re.compile(r"[EW]\d{3}")
START = re.compile(r"[a-z0-9`(+\-:=,^]|U\+")
"""How a message or a label begins."""

SENTENCE_START = re.compile(r"[A-Z`]")
SENTENCE_END = re.compile(r"(?<!\.)[.?]$")

JARGON = re.compile(
    r"\b(tokens?|pars(e|er|ed|ing)|lexer|AST|nodes?|identifiers?|terminals?|non-?terminal|lvalues?|NoneType|None"
    r"|traceback|exceptions?|instances?|invalid syntax|EOF|rvalues?|arity|callable|str|float64 dtype|kwargs?)\b"
)
"""Words of compiler writers and of Python."""


def assert_message(text: str) -> None:
    assert START.match(text), f"begins with a capital: {text!r}"
    assert not text.rstrip("`)").endswith((".", "!")) or text.endswith("…"), f"ends with a full stop: {text!r}"
    assert not JARGON.search(_own_words(text)), f"jargon: {text!r}"


def assert_sentence(text: str) -> None:
    assert SENTENCE_START.match(text), f"no sentence begins like this: {text!r}"
    assert SENTENCE_END.search(text), f"no full stop: {text!r}"
    assert not JARGON.search(_own_words(text)), f"jargon: {text!r}"


def _own_words(text: str) -> str:
    """A text without what it quotes."""
    return re.sub(r"`[^`]*`", "", text)


@pytest.mark.parametrize(
    "info", [info for info in CODES if info.code not in WITHOUT_SPECIFICATION], ids=lambda info: info.code
)
def test_bad_examples_are_reported_in_one_style(info: CodeInfo, tmp_path: Path) -> None:
    for diagnostic in diagnostics_of(info.bad, info, tmp_path):
        assert_message(diagnostic.message)
        for label in (diagnostic.primary, *diagnostic.secondary):
            if label.text:
                assert_message(label.text.rstrip("?"))
        for text in (*filter(None, (diagnostic.help,)), *diagnostic.notes):
            assert_sentence(text)


@pytest.mark.parametrize("info", CODES, ids=lambda info: info.code)
def test_titles_and_explanations_are_in_one_style(info: CodeInfo) -> None:
    assert re.match(r"[A-Z`]", info.title)
    assert not info.title.endswith(".")
    assert SENTENCE_START.match(info.explanation.removeprefix("pdel ").capitalize())


# ---------------------------------------------------------------------------------------------------
# In the source
# ---------------------------------------------------------------------------------------------------


def texts(node: ast.expr) -> Iterator[str]:
    """The texts that an expression can come to, with `…` for what is put in."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.JoinedStr(values=parts):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in parts)
        case ast.IfExp(body=body, orelse=orelse):
            yield from texts(body)
            yield from texts(orelse)


def made() -> Iterator[tuple[str, ast.Call]]:
    """Calls that make a diagnostic: their first argument is its code."""
    for path in sorted(PACKAGE.rglob("*.py")):
        if path.parts[-2] in ("codes", "cli"):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and len(node.args) >= 2 and any(map(CODE.fullmatch, texts(node.args[0]))):
                yield f"{path.name}:{node.lineno}", node


def test_messages_in_the_source_are_in_one_style() -> None:
    calls = list(made())
    assert len(calls) > 100
    for place, call in calls:
        for text in texts(call.args[1]):
            assert text.startswith("…") or START.match(text), f"{place}: {text!r}"
            assert not text.endswith("."), f"{place}: {text!r}"
            assert not JARGON.search(_own_words(text)), f"{place}: {text!r}"
        for keyword in call.keywords:
            if keyword.arg in ("help", "remedy"):
                for text in filter(None, texts(keyword.value)):
                    assert re.match(r"[A-Z`…]", text), f"{place}: {text!r}"
                    assert re.search(r"[.?…]$", text), f"{place}: {text!r}"
