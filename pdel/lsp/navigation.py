"""Definition, references and highlights of the name under the cursor."""

from __future__ import annotations

from lsprotocol import types

from pdel.lsp.document import Document
from pdel.lsp.index import Occurrence


def definition(document: Document, offset: int) -> types.Location | None:
    """Where the name is declared; for `u_xx` that is the field, or the coordinate where the cursor is on one."""
    found = document.index.at(offset)
    if found is None:
        return None
    return types.Location(document.uri, document.positions.range(found.symbol.span))


def references(document: Document, offset: int, declaration: bool) -> list[types.Location]:
    """Every place where the name stands, derivatives among them."""
    return [
        types.Location(document.uri, document.positions.range(item.span))
        for item in _occurrences(document, offset)
        if declaration or not item.declares
    ]


def highlights(document: Document, offset: int) -> list[types.DocumentHighlight]:
    """The same places, to be marked while the cursor is on one of them."""
    kinds = {True: types.DocumentHighlightKind.Write, False: types.DocumentHighlightKind.Read}
    return [
        types.DocumentHighlight(document.positions.range(item.span), kinds[item.declares])
        for item in _occurrences(document, offset)
    ]


def _occurrences(document: Document, offset: int) -> tuple[Occurrence, ...]:
    found = document.index.at(offset)
    return () if found is None else document.index.of(found.symbol)
