"""Completion in context: what the grammar takes next, filled with the words and names that fit there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations_with_replacement
from pathlib import Path

from lsprotocol import types

from pdel.datafiles.paths import ENDINGS
from pdel.lsp.context import Context, context_at
from pdel.lsp.document import Document
from pdel.lsp.index import PARAMETER, Symbol
from pdel.lsp.markdown import method_text, option_markdown, word_text
from pdel.methods.base import Method, Option
from pdel.methods.options import BOOLEANS
from pdel.methods.registry import Family, TargetKind, named_methods
from pdel.notation import derivative_notation
from pdel.plan.describe import option_text
from pdel.semantics.derivatives import ORDER_LIMIT
from pdel.syntax.lexer import Kind as TokenKind
from pdel.syntax.words import WORD_TERMINALS
from pdel.vocabulary import BOUNDARY, WordKind, describe, words_of

TRIGGERS = ("_", "(", ",", "=", ":", '"', " ")
MOST_FILES = 200

Kind = types.CompletionItemKind
_EXPRESSIONS = (WordKind.FUNCTION, WordKind.OPERATOR)


def complete(document: Document, offset: int) -> list[types.CompletionItem]:
    """What can stand at an offset, the nearest first."""
    context = context_at(document, offset)
    if context.in_comment:
        return []
    items = list(_ranked(_candidates(document, context)))
    place = document.positions.range(context.word)
    for item in items:
        text = item.insert_text or item.label
        item.text_edit = types.TextEdit(place, text)
        item.insert_text = None
    return items


def _ranked(items: Iterable[types.CompletionItem]) -> Iterator[types.CompletionItem]:
    """The items in their order, each label once."""
    seen: set[str] = set()
    for item in items:
        if item.label not in seen:
            seen.add(item.label)
            item.sort_text = f"{len(seen):04}"
            yield item


def _candidates(document: Document, context: Context) -> Iterator[types.CompletionItem]:
    if context.text is not None:
        yield from _files(document, context)
    elif not context.tokens:
        yield from _statements() if context.at_line_start else ()
    elif context.family is not None:
        yield from _methods(document, context, context.family)
    else:
        yield from _physics(document, context)


# ---- first words ----


def _statements() -> Iterator[types.CompletionItem]:
    for word in words_of(WordKind.STATEMENT, WordKind.FAMILY):
        if word.built:
            kind = Kind.Keyword if word.kind is WordKind.STATEMENT else Kind.Module
            yield _item(word.name, kind, word.purpose, word_text(word), insert=f"{word.name} ")


# ---- physics ----


def _physics(document: Document, context: Context) -> Iterator[types.CompletionItem]:
    accepted = context.accepted()
    place = _in_selector(context)
    if "NAME" in accepted:
        if place:
            yield from _places(document)
        elif not _declares(context):
            yield from _expression(document, context)
    for text, terminal in WORD_TERMINALS.items():
        word = describe(text, WordKind.CLAUSE)
        if terminal in accepted and word is not None and word.built:
            yield _item(text, Kind.Keyword, word.purpose, word_text(word))


def _expression(document: Document, context: Context) -> Iterator[types.CompletionItem]:
    """Names and functions; only the names that fit where the statement refers to declarations of one kind."""
    wanted = _REFERRED.get(context.first)
    inner = context.open_call() is not None
    if context.first == "field":
        yield from _names(document, context, ("space", "time")) if inner else ()
    elif wanted is not None:
        yield from _names(document, context, wanted)
        yield from _words(*(kind for kind in (*_EXPRESSIONS, WordKind.SHAPE) if kind in _CALLED[context.first]))
        yield from _words(*((WordKind.VALUE,) if context.first == "constant" else ()))
    else:
        yield from _parameters(context)
        yield from _names(document, context, None)
        yield from _words(*_EXPRESSIONS, WordKind.VALUE)


_REFERRED: dict[str, tuple[str, ...]] = {
    "constant": ("constant",),
    "space": ("constant", "shape"),
    "time": ("constant",),
    "shape": ("constant", "shape"),
    "reference": ("field", "quantity"),
}
"""Statements in which only names of some statements have a meaning."""
_CALLED: dict[str, tuple[WordKind, ...]] = {
    "constant": (WordKind.FUNCTION,),
    "space": (WordKind.SHAPE,),
    "time": (),
    "shape": (WordKind.SHAPE,),
    "reference": (),
}
"""What is called in them."""


def _parameters(context: Context) -> Iterator[types.CompletionItem]:
    """The parameters of the function that is being written."""
    texts = [token.text for token in context.tokens]
    if context.first == "function" and ")" in texts:
        for token in context.tokens[3 : texts.index(")")]:
            if token.kind is TokenKind.NAME:
                yield _item(token.text, Kind.Variable, PARAMETER)


def _declares(context: Context) -> bool:
    """Whether the next name is a new one."""
    return len(context.tokens) == 1 and context.first not in ("reference", "exact", "manufacture")


def _in_selector(context: Context) -> bool:
    """Whether a part of the boundary is named here: after `on`, `except`, or a comma of such a list."""
    for token in reversed(context.tokens):
        if token.text in ("on", "except"):
            return context.before in ("on", "except", ",")
        if token.text in ("where", "=", ":", "(") and context.before != ",":
            return False
    return False


def _places(document: Document) -> Iterator[types.CompletionItem]:
    """`x = `, names of parts and shapes, and the whole boundary."""
    for symbol in document.index.symbols:
        if symbol.word in ("part", "shape"):
            yield _symbol_item(document, symbol)
    for coordinate in document.index.coordinates:
        yield _item(f"{coordinate} = ", Kind.Variable, "a side of the region")
    yield _item(BOUNDARY, Kind.Keyword, "all of the boundary")


def _names(document: Document, context: Context, words: tuple[str, ...] | None) -> Iterator[types.CompletionItem]:
    """Declared names, by statements of some words where these are given; earlier ones first, and their derivatives."""
    start = context.tokens[0].span.start
    here = document.statement_at(start)
    symbols = [
        one
        for one in document.index.symbols
        if not one.is_label and one.word not in (PARAMETER, "problem") and one.statement != here
    ]
    symbols = [one for one in symbols if words is None or one.word in words]
    earlier = [one for one in symbols if one.span.start < start]
    for symbol in earlier:
        yield _symbol_item(document, symbol)
    if words is None:
        written = document.source.text[context.word.start : context.word.end]
        for symbol in earlier:
            if symbol.word == "field":
                yield from _derivatives(document, symbol, written)
    for symbol in symbols:
        if symbol not in earlier:
            yield _symbol_item(document, symbol)


def _derivatives(document: Document, field: Symbol, written: str) -> Iterator[types.CompletionItem]:
    """The first and second derivatives of a field; where a derivative is being written, those of one order more."""
    coordinates = document.index.coordinates
    base, _, suffix = written.partition("_")
    deeper = len(suffix) if base == field.name and suffix else 1
    for order in dict.fromkeys((1, 2, min(deeper + 1, ORDER_LIMIT))):
        for run in combinations_with_replacement(coordinates, order):
            if order > 2 and not "".join(run).startswith(suffix):
                continue
            orders = tuple((name, run.count(name)) for name in dict.fromkeys(run))
            yield _item(derivative_notation(field.name, orders), Kind.Field, f"derivative of `{field.name}`")


def _words(*kinds: WordKind) -> Iterator[types.CompletionItem]:
    for word in words_of(*kinds):
        if word.built:
            kind = Kind.Constant if word.kind is WordKind.VALUE else Kind.Function
            yield _item(word.name, kind, word.purpose, word_text(word))


# ---- methods ----


def _methods(document: Document, context: Context, family: Family) -> Iterator[types.CompletionItem]:
    method = context.method()
    if context.open_call() is not None:
        if method is not None:
            yield from _options(context, method)
        return
    starts = context.before in (family.name, ":", "then")
    if starts:
        for one in named_methods(family):
            yield _item(one.name, Kind.Class, one.purpose, method_text(one))
    if context.before in (family.name, ",") and family.targets is not TargetKind.NOTHING:
        yield from _targets(document, family)
    if context.before not in (family.name, ":", "then", ",") and family.chained:
        yield _item("then", Kind.Keyword, "the next phase of training")


def _targets(document: Document, family: Family) -> Iterator[types.CompletionItem]:
    if family.targets is TargetKind.POINTS:
        yield _item("interior", Kind.Keyword, "the points of the equations")
    for symbol in document.index.symbols:
        fits = symbol.word not in ("equation", "data") or family.targets is TargetKind.TERMS
        constant = family.targets is TargetKind.CONSTANTS
        if symbol.word == "constant" if constant else symbol.is_label and fits:
            yield _symbol_item(document, symbol)


def _options(context: Context, method: Method) -> Iterator[types.CompletionItem]:
    call = context.open_call()
    given = () if call is None else call[1]
    if context.before == "=":
        option = next((one for one in method.options if one.name == context.tokens[-2].text), None)
        yield from _values(option)
        return
    for option in method.options if context.before in ("(", ",") else ():
        if option.name not in given:
            default = option_text(option.default)
            yield _item(
                option.name, Kind.Property, f"{option.purpose} ({default})" if default else option.purpose,
                option_markdown(option), insert=f"{option.name} = {default}".rstrip(),
            )  # fmt: skip


def _values(option: Option | None) -> Iterator[types.CompletionItem]:
    """The choices of an option, its default first."""
    if option is None:
        return
    choices: tuple[str, ...] = option.choices or (tuple(BOOLEANS) if isinstance(option.default, bool) else ())
    default = option_text(option.default)
    for text in dict.fromkeys((*((default,) if default else ()), *choices)):
        yield _item(text, Kind.EnumMember, "the default" if text == default else option.purpose)


# ---- files ----


def _files(document: Document, context: Context) -> Iterator[types.CompletionItem]:
    """Tables beside the specification, and in the folders there."""
    if context.first == "problem":
        return
    for path in _tables(document.path.parent):
        yield _item(path, Kind.File, "a table beside the specification")


def _tables(folder: Path) -> list[str]:
    try:
        near = sorted((*folder.glob("*.*"), *folder.glob("*/*.*")))
        found = [path for path in near if path.suffix.lower() in ENDINGS and path.is_file()]
        return [path.relative_to(folder).as_posix() for path in found[:MOST_FILES]]
    except OSError:
        return []


# ---- items ----


def _symbol_item(document: Document, symbol: Symbol) -> types.CompletionItem:
    text = document.text_of(document.span_of(symbol.statement))
    kind = {
        "field": Kind.Field,
        "constant": Kind.Constant,
        "function": Kind.Function,
        "shape": Kind.Struct,
        "part": Kind.Interface,
    }.get(symbol.word, Kind.Variable)
    return _item(symbol.name, kind, symbol.word, f"```pdel\n{text}\n```")


def _item(
    label: str, kind: types.CompletionItemKind, detail: str, documentation: str = "", insert: str = ""
) -> types.CompletionItem:
    return types.CompletionItem(
        label,
        kind=kind,
        detail=detail or None,
        documentation=types.MarkupContent(types.MarkupKind.Markdown, documentation) if documentation else None,
        insert_text=insert or None,
    )
