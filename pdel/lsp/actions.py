"""Code actions: the edits that diagnostics carry, each offered where its diagnostic stands."""

from __future__ import annotations

from lsprotocol import types

from pdel.diagnostics.model import Diagnostic, Severity
from pdel.diagnostics.order import ordered
from pdel.lsp.diagnostics import editor_diagnostic
from pdel.lsp.document import Document
from pdel.source import Span

LONGEST_SHOWN = 40


def code_actions(document: Document, span: Span) -> list[types.CodeAction]:
    """The fixes of every diagnostic that touches a span; where several are known, all of them at once as well."""
    fixable = [item for item in ordered(document.diagnostics) if item.edits]
    here = [item for item in fixable if _touches(item, span)]
    actions = [_action(document, item, _title(document, item), len(here) == 1) for item in here]
    together = _apart(fixable)
    if here and len(together) > 1:
        edits = [edit for item in together for edit in _edits(document, item)]
        found = [editor_diagnostic(document, item) for item in together]
        actions.append(
            types.CodeAction(
                f"Mend all {len(together)} mistakes that have a fix",
                kind=types.CodeActionKind.QuickFix,
                diagnostics=found,
                edit=types.WorkspaceEdit(changes={document.uri: edits}),
            )
        )
    return actions


def _action(document: Document, item: Diagnostic, title: str, preferred: bool) -> types.CodeAction:
    return types.CodeAction(
        title,
        kind=types.CodeActionKind.QuickFix,
        diagnostics=[editor_diagnostic(document, item)],
        is_preferred=preferred and item.severity is Severity.ERROR,
        edit=types.WorkspaceEdit(changes={document.uri: _edits(document, item)}),
    )


def _edits(document: Document, item: Diagnostic) -> list[types.TextEdit]:
    return [types.TextEdit(document.positions.range(edit.span), edit.replacement) for edit in item.edits]


def _title(document: Document, item: Diagnostic) -> str:
    """What a fix does: `Replace `alpa` by `alpha``."""
    edit = item.edits[0]
    old, new = document.text_of(edit.span), edit.replacement
    if len(item.edits) > 1 or max(len(old), len(new)) > LONGEST_SHOWN or "\n" in old + new:
        return item.help.removesuffix(".") or f"Mend: {item.message}"
    if not old.strip():
        return f"Insert `{new.strip()}`" if new.strip() else "Delete the spaces"
    return f"Replace `{old.strip()}` by `{new.strip()}`" if new.strip() else f"Delete `{old.strip()}`"


def _touches(item: Diagnostic, span: Span) -> bool:
    places = [item.primary.span, *(edit.span for edit in item.edits)]
    return any(place.start <= span.end and span.start <= place.end for place in places)


def _apart(items: list[Diagnostic]) -> list[Diagnostic]:
    """The diagnostics whose edits do not lie in each other's way, from the front."""
    kept: list[Diagnostic] = []
    taken: list[Span] = []
    for item in items:
        spans = [edit.span for edit in item.edits]
        if any(new.start <= old.end and old.start <= new.end for new in spans for old in taken):
            continue
        kept.append(item)
        taken.extend(spans)
    return kept
