"""Diagnostics of the compiler as the editor shows them."""

from __future__ import annotations

from lsprotocol import types

from pdel.diagnostics.display import visible
from pdel.diagnostics.model import Diagnostic, FilePlace, Severity
from pdel.diagnostics.order import ordered
from pdel.lsp.document import Document
from pdel.lsp.positions import Positions

SOURCE = "pdel"
UNUSED = "W706"
_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.NOTE: types.DiagnosticSeverity.Information,
}


def editor_diagnostics(document: Document) -> list[types.Diagnostic]:
    """What is known to be wrong with a document, in the order of the text."""
    return [editor_diagnostic(document, item) for item in ordered(document.diagnostics)]


def editor_diagnostic(document: Document, item: Diagnostic) -> types.Diagnostic:
    """One diagnostic: the message, what stands there, why, and what to do; the other places beside it."""
    lines = [item.message + (f": {item.primary.text}" if item.primary.text else ""), *item.notes, item.help]
    related = [
        types.DiagnosticRelatedInformation(
            types.Location(document.uri, document.positions.range(label.span)), visible(label.text or "see here")
        )
        for label in item.secondary
    ]
    related += [_in_file(document, place) for place in item.files]
    return types.Diagnostic(
        range=document.positions.range(item.primary.span),
        message=visible("\n".join(line for line in lines if line)),
        severity=_SEVERITIES[item.severity],
        code=item.code,
        source=SOURCE,
        tags=[types.DiagnosticTag.Unnecessary] if item.code == UNUSED else None,
        related_information=related or None,
    )


def _in_file(document: Document, place: FilePlace) -> types.DiagnosticRelatedInformation:
    """A place in a data file beside the specification."""
    units = Positions(place.text, document.encoding)
    line = (place.line or 1) - 1
    marked = types.Range(
        types.Position(line, units.position(place.start).character),
        types.Position(line, units.position(place.end).character),
    )
    path = document.path.parent / place.path
    uri = path.as_uri() if path.is_absolute() else document.uri
    return types.DiagnosticRelatedInformation(types.Location(uri, marked), visible(place.label or "in the file"))
