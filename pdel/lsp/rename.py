"""Renaming, which never changes what a specification says: a name that would is refused, with the reason."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lsprotocol import types

from pdel.diagnostics.model import Diagnostic, Edit, Severity
from pdel.lsp.document import Document
from pdel.lsp.index import Occurrence, Symbol
from pdel.notation import derivative_notation
from pdel.source import Span
from pdel.syntax.words import LONGEST_NAME


class RenameRefusedError(Exception):
    """Why a name cannot be changed, as a sentence."""


def renameable(document: Document, offset: int) -> types.Range | None:
    """The range of the name under the cursor, or None where nothing there can be renamed."""
    found = document.index.at(offset)
    return None if found is None else document.positions.range(found.span)


def rename(document: Document, offset: int, new: str) -> types.WorkspaceEdit:
    """The edits that rename the symbol under the cursor everywhere. Raises RenameRefusedError."""
    found = document.index.at(offset)
    if found is None:
        raise RenameRefusedError("There is no name here that can be changed.")
    _check_name(new)
    edits = _edits(document, found.symbol, new)
    _check_meaning(document, new, edits)
    changes = [types.TextEdit(document.positions.range(edit.span), edit.replacement) for edit in edits]
    return types.WorkspaceEdit(changes={document.uri: changes})


def _check_name(new: str) -> None:
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", new) or new.endswith("_"):
        raise RenameRefusedError("A name has letters, digits and underscores, and begins with a letter.")
    if len(new) > LONGEST_NAME:
        raise RenameRefusedError(f"A name has at most {LONGEST_NAME} characters.")


def _edits(document: Document, symbol: Symbol, new: str) -> list[Edit]:
    """A replacement of every occurrence. Where `u_xx` cannot be written with the new name of a coordinate, the whole
    derivative becomes `d(u, position, 2)`."""
    short = re.fullmatch(r"[A-Za-z][0-9]*", new) is not None
    edits: dict[Span, Edit] = {}
    for item in document.index.of(symbol):
        run = _run_around(document, item)
        if run is not None and not short and len(run.suffix) > 1:
            names = [new if name == symbol.name else name for name in run.suffix]
            orders = tuple((name, names.count(name)) for name in dict.fromkeys(names))
            edits[item.whole] = Edit(item.whole, derivative_notation(document.text_of(run.span), orders))
        else:
            edits[item.span] = Edit(item.span, new)
    return [edits[span] for span in sorted(edits)]


def _run_around(document: Document, item: Occurrence) -> Occurrence | None:
    """The occurrence with the suffix that a coordinate is written in, if it is in one."""
    if item.span.start == item.whole.start:
        return None
    return next((one for one in document.index.occurrences if one.whole == item.whole and one.suffix), None)


def _check_meaning(document: Document, new: str, edits: Sequence[Edit]) -> None:
    """Refuse a name after which the specification has new errors, or names stand for something else."""
    renamed = document.changed(apply(document.source.text, edits), document.version)
    before, after = _errors(document), _errors(renamed)
    known = [item.code for item in before]
    fresh = [item for item in after if known.count(item.code) < [one.code for one in after].count(item.code)]
    if fresh:
        message = fresh[0].message
        raise RenameRefusedError(f"{message[:1].upper()}{message[1:]}.")
    if _uses(renamed) != _uses(document):
        raise RenameRefusedError(f"`{new}` stands for something else in this specification.")


def _uses(document: Document) -> frozenset[tuple[int | None, int]]:
    """Which statement uses which symbol, both by their numbers in the text."""
    symbols = sorted(document.index.symbols, key=lambda one: one.span)
    numbers = {symbol: number for number, symbol in enumerate(symbols)}
    return frozenset(
        (document.statement_at(item.span.start), numbers[item.symbol]) for item in document.index.occurrences
    )


def _errors(document: Document) -> list[Diagnostic]:
    """The errors that need no mathematics."""
    from pdel.semantics.resolve import resolve  # noqa: PLC0415  (only here does the server need this stage)

    specification = document.syntax.value
    found = () if specification is None else resolve(specification, document.path.parent).diagnostics
    return [item for item in (*document.syntax.diagnostics, *found) if item.severity is Severity.ERROR]


def apply(text: str, edits: Sequence[Edit]) -> str:
    """A text with edits applied, which do not overlap."""
    for edit in sorted(edits, key=lambda edit: edit.span, reverse=True):
        text = text[: edit.span.start] + edit.replacement + text[edit.span.end :]
    return text
