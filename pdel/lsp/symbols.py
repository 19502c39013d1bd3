"""The outline of a specification, and what of it can be folded."""

from __future__ import annotations

from lsprotocol import types

from pdel.lsp.document import Document
from pdel.lsp.index import PARAMETER
from pdel.source import Span
from pdel.syntax.lexer import Kind
from pdel.vocabulary import WordKind, names_of_kind

KINDS: dict[str, types.SymbolKind] = {
    "problem": types.SymbolKind.Module,
    "space": types.SymbolKind.Variable,
    "time": types.SymbolKind.Variable,
    "field": types.SymbolKind.Field,
    "constant": types.SymbolKind.Constant,
    "function": types.SymbolKind.Function,
    "shape": types.SymbolKind.Struct,
    "part": types.SymbolKind.Interface,
    "equation": types.SymbolKind.Operator,
    "boundary": types.SymbolKind.Event,
    "initial": types.SymbolKind.Event,
    "constraint": types.SymbolKind.Event,
    "quantity": types.SymbolKind.Number,
}
"""The kind of the symbols of each statement; what is not listed is a variable."""


def document_symbols(document: Document) -> list[types.DocumentSymbol]:
    """A symbol for everything that is declared, and for each method statement."""
    found = [
        (symbol.span, symbol.name, symbol.word, KINDS.get(symbol.word, types.SymbolKind.Variable), symbol.statement)
        for symbol in document.index.symbols
        if symbol.word != PARAMETER
    ]
    for index, item in enumerate(document.parsed):
        first = item.tokens[0]
        if first.text in names_of_kind(WordKind.FAMILY):
            called = item.tokens[1].text if len(item.tokens) > 1 else ""
            found.append((first.span, first.text, called, types.SymbolKind.Property, index))
    return [
        types.DocumentSymbol(
            name=name,
            detail=detail,
            kind=kind,
            range=document.positions.range(document.span_of(statement)),
            selection_range=document.positions.range(span),
        )
        for span, name, detail, kind, statement in sorted(found, key=lambda item: item[0])
    ]


def folding_ranges(document: Document) -> list[types.FoldingRange]:
    """Statements over several lines, and blocks of comments."""
    ranges = [_lines(document, document.span_of(index), None) for index in range(len(document.parsed))]
    block: list[Span] = []
    for token in document.tokens:
        alone = token.kind is Kind.COMMENT and document.source.line_column(token.span.start)[1] == 1
        if alone:
            block.append(token.span)
        elif token.kind is not Kind.NEWLINE or token.text != "\n" or not block:
            if block:
                ranges.append(_lines(document, block[0].to(block[-1]), types.FoldingRangeKind.Comment))
            block = []
    if block:
        ranges.append(_lines(document, block[0].to(block[-1]), types.FoldingRangeKind.Comment))
    return [item for item in ranges if item.start_line < item.end_line]


def _lines(document: Document, span: Span, kind: types.FoldingRangeKind | None) -> types.FoldingRange:
    first, last = document.source.line_column(span.start)[0], document.source.line_column(span.end)[0]
    return types.FoldingRange(first - 1, last - 1, kind=kind)
