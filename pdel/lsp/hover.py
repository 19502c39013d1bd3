"""What stands under the cursor: a declaration with what the compiler found, a word, a method, the code of a mistake."""

from __future__ import annotations

from collections.abc import Iterator

from lsprotocol import types

from pdel.diagnostics.codes.registry import find as find_code
from pdel.lsp.context import context_at
from pdel.lsp.document import Document
from pdel.lsp.index import PARAMETER, Occurrence, Symbol
from pdel.lsp.markdown import (
    code_block,
    code_text,
    family_text,
    method_text,
    option_markdown,
    prose,
    word_text,
)
from pdel.lsp.preview import preview
from pdel.methods.registry import family_of, find
from pdel.notation import notation
from pdel.plan.plan import Plan
from pdel.source import Span
from pdel.syntax.lexer import Kind, Token
from pdel.syntax.words import LABELLED_WORDS
from pdel.vocabulary import WordKind, describe, names_of_kind

_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth")


def hover(document: Document, offset: int, ink: str = "") -> types.Hover | None:
    """The hover at an offset; formulas are pictures in the colour `ink` where one is given."""
    token = document.token_at(offset)
    found = document.index.at(offset)
    parts: list[str] = []
    span: Span | None = None
    if found is not None:
        span = found.span
        parts += _occurrence(document, found, ink)
    elif token is not None and token.kind is Kind.NAME:
        span = token.span
        parts += _word(document, token, ink)
    parts += _codes(document, offset)
    if not parts:
        return None
    return types.Hover(
        types.MarkupContent(types.MarkupKind.Markdown, "\n\n---\n\n".join(parts)),
        None if span is None else document.positions.range(span),
    )


def _codes(document: Document, offset: int) -> Iterator[str]:
    """What the codes of the diagnostics at a place mean."""
    here = [item for item in document.diagnostics if item.primary.span.start <= offset <= item.primary.span.end]
    for code in dict.fromkeys(item.code for item in here):
        info = find_code(code)
        if info is not None:
            yield code_text(info)


# ---- words of the language ----


def _word(document: Document, token: Token, ink: str) -> Iterator[str]:
    context = context_at(document, token.span.end)
    if not context.tokens and token.text in names_of_kind(WordKind.STATEMENT):
        number = document.statement_at(token.span.start)
        if token.text in LABELLED_WORDS and number is not None:
            yield from _statement(document, number, ink)
        word = describe(token.text, WordKind.STATEMENT)
        if word is not None:
            yield word_text(word)
        return
    family = family_of(token.text) if not context.tokens else None
    if family is not None:
        yield family_text(family)
        return
    if context.family is not None:
        yield from _of_method(document, token)
        return
    kinds = [kind for kind in WordKind if kind is not WordKind.FAMILY]
    word = describe(token.text, *(kind for kind in kinds if kind is not WordKind.STATEMENT))
    if word is not None:
        yield word_text(word)


def _of_method(document: Document, token: Token) -> Iterator[str]:
    """A method, one of its options, or a value of one."""
    context = context_at(document, token.span.end)
    assert context.family is not None
    method = context.method()
    if method is None:
        named = find(context.family.name, token.text)
        if named is not None:
            yield method_text(named)
        return
    name = context.tokens[-2].text if context.before == "=" else token.text
    option = next((one for one in method.options if one.name == name), None)
    if option is not None:
        yield option_markdown(option)


# ---- names ----


def _occurrence(document: Document, found: Occurrence, ink: str) -> Iterator[str]:
    symbol = found.symbol
    if symbol.is_label:
        yield from _statement(document, symbol.statement, ink)
        return
    typeset = preview(document, symbol.statement, ink)
    lines = [*([typeset] if typeset else []), code_block(document.text_of(document.span_of(symbol.statement)))]
    if found.suffix:
        order = _ORDINALS[len(found.suffix) - 1] if len(found.suffix) <= len(_ORDINALS) else "high"
        along = " and ".join(f"`{name}`" for name in dict.fromkeys(found.suffix))
        lines.append(f"{order} derivative of `{symbol.name}` along {along}")
    lines += [symbol.word if symbol.word == PARAMETER else f"{symbol.word} `{symbol.name}`"]
    lines += _facts(document, symbol)
    yield "\n\n".join(lines)


def _facts(document: Document, symbol: Symbol) -> Iterator[str]:
    """What the compiler found about a name."""
    known = document.known
    if known is None or known.problem is None:
        return
    for constant in known.problem.constants:
        if symbol.word == "constant" and constant.name == symbol.name:
            unit = f" {constant.unit}" if constant.unit else ""
            yield f"value: {constant.value:.12g}{prose(unit)}"
    plan = known.plan
    for ansatz in plan.ansatz if plan is not None else ():
        if symbol.word == "field" and ansatz.field in (symbol.name, f"{symbol.name}_re", f"{symbol.name}_im"):
            yield (
                f"`{ansatz.field}` is the network's output"
                if ansatz.plain
                else (
                    f"`{ansatz.field} = g + d*N` with the network `N`, `g = {_short(notation(ansatz.offset))}` and "
                    f"`d = {_short(notation(ansatz.factor))}`"
                )
            )
            yield from (f"{prose(note)}" for note in ansatz.notes)


def _short(text: str, longest: int = 120) -> str:
    return text if len(text) <= longest else text[:longest] + "…"


# ---- equations and conditions ----


def _statement(document: Document, number: int, ink: str) -> Iterator[str]:
    """A labelled statement: typeset, with its type and how it is met."""
    item = document.parsed[number]
    name = getattr(item.statement, "name", None)
    typeset = preview(document, number, ink)
    lines = [*([typeset] if typeset else []), code_block(document.text_of(document.span_of(number)))]
    plan = document.known.plan if document.known is not None else None
    if name is not None and plan is not None:
        lines += _of_plan(plan, item.tokens[0].text, name.text)
    yield "\n\n".join(lines)


def _of_plan(plan: Plan, word: str, label: str) -> Iterator[str]:
    address = f"{word}.{label}"
    for where, text in plan.facts:
        if where == address or where.startswith(f"{address}."):
            part = where.removeprefix(address).removeprefix(".")
            yield f"{f'component {part}: ' if part else ''}{prose(text)}"
    for condition in plan.conditions:
        if condition.label == label and condition.enforcement:
            yield f"{prose(condition.where)}, met {prose(condition.enforcement)}".lstrip(", ")
    for jet in plan.jets:
        if ("interior" if word == "equation" else label) in jet.point_sets:
            channels = ", ".join(f"`{channel.text}`" for channel in jet.channels)
            yield f"derivatives that the network carries there: {channels}"
    for points in plan.point_sets:
        if points.name == ("interior" if word == "equation" else label):
            yield f"{points.count} points of `{points.sampler.name}`"
