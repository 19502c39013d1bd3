"""Formatting: what `pdel fmt` makes of the text."""

from __future__ import annotations

from lsprotocol import types

from pdel.lsp.document import Document
from pdel.syntax.format import format_text


def formatting(document: Document) -> list[types.TextEdit]:
    """The edits, line by line, so that the cursor stays where it is; none where a statement does not parse."""
    result = format_text(document.source.text)
    if result.value is None or document.loaded.diagnostics:
        return []
    before, after = document.source.text.split("\n"), result.value.split("\n")
    if len(before) != len(after):
        return [types.TextEdit(types.Range(types.Position(0, 0), _end(document)), result.value)]
    edits: list[types.TextEdit] = []
    for number, (old, new) in enumerate(zip(before, after, strict=True)):
        if old != new:
            end = types.Position(number, document.positions.units(old))
            edits.append(types.TextEdit(types.Range(types.Position(number, 0), end), new))
    return edits


def _end(document: Document) -> types.Position:
    return document.positions.position(len(document.positions.text))
