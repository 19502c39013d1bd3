"""Semantic tokens: the roles of words, refined by what names are declared as."""

from __future__ import annotations

from dataclasses import dataclass

from lsprotocol import types

from pdel.highlight import Role, roles
from pdel.lsp.document import Document
from pdel.lsp.index import PARAMETER, Occurrence
from pdel.source import Span
from pdel.syntax.words import LABELLED_WORDS

TYPES = (
    "comment", "string", "number", "keyword", "function", "operator", "class", "property", "parameter", "variable",
    "type", "enumMember", "namespace", "label",
)  # fmt: skip
MODIFIERS = ("declaration", "readonly", "defaultLibrary")
LEGEND = types.SemanticTokensLegend(list(TYPES), list(MODIFIERS))

_BY_ROLE: dict[Role, tuple[str, tuple[str, ...]]] = {
    Role.COMMENT: ("comment", ()),
    Role.TEXT: ("string", ()),
    Role.NUMBER: ("number", ()),
    Role.STATEMENT: ("keyword", ()),
    Role.FAMILY: ("keyword", ()),
    Role.CLAUSE: ("keyword", ()),
    Role.METHOD: ("class", ()),
    Role.OPTION: ("property", ()),
    Role.FUNCTION: ("function", ("defaultLibrary",)),
    Role.VALUE: ("enumMember", ("readonly", "defaultLibrary")),
    Role.OPERATOR: ("operator", ()),
}
_BY_WORD: dict[str, tuple[str, tuple[str, ...]]] = {
    "problem": ("namespace", ()),
    "space": ("parameter", ()),
    "time": ("parameter", ()),
    PARAMETER: ("parameter", ()),
    "field": ("variable", ()),
    "function": ("function", ()),
    "shape": ("type", ()),
    "part": ("type", ()),
    **dict.fromkeys(LABELLED_WORDS, ("label", ())),
}
"""The type of the symbols of each statement; what is not listed is a variable that does not change."""


@dataclass(frozen=True, slots=True)
class _Piece:
    span: Span
    type: str
    modifiers: tuple[str, ...]


def semantic_tokens(document: Document) -> types.SemanticTokens:
    """All tokens in the protocol's form: five numbers each, relative to the token before."""
    data: list[int] = []
    line = character = 0
    for piece in _pieces(document):
        place = document.positions.position(piece.span.start)
        width = document.positions.units(document.positions.text[piece.span.start : piece.span.end])
        modifiers = sum(1 << MODIFIERS.index(name) for name in piece.modifiers)
        new_line = place.line - line
        data += [new_line, place.character - (0 if new_line else character), width, TYPES.index(piece.type), modifiers]
        line, character = place.line, place.character
    return types.SemanticTokens(data)


def _pieces(document: Document) -> list[_Piece]:
    """The pieces of the text in order. A derivative is cut into its field and its coordinates."""
    named: dict[int, list[Occurrence]] = {}
    for item in document.index.occurrences:
        named.setdefault(item.whole.start, []).append(item)
    pieces: list[_Piece] = []
    for token, role in roles(document.source.text):
        found = named.get(token.span.start)
        if found and role in (Role.NAME, Role.LABEL, Role.METHOD):
            pieces.extend(_of_occurrence(item) for item in found)
        elif role in _BY_ROLE:
            pieces.append(_Piece(token.span, *_BY_ROLE[role]))
    return sorted(pieces, key=lambda piece: piece.span)


def _of_occurrence(item: Occurrence) -> _Piece:
    type_name, modifiers = _BY_WORD.get(item.symbol.word, ("variable", ("readonly",)))
    return _Piece(item.span, type_name, (*modifiers, "declaration") if item.declares else modifiers)
