"""The language server: connects the editor's questions with the functions that answer them.

A change is answered in two steps. First, once the typing pauses, the syntax; then, from the process in `checking.py`,
everything up to the plan. A result of an older text than the editor now has is dropped.
"""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path
from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from pdel import __version__
from pdel.lsp.actions import code_actions
from pdel.lsp.checking import Checker
from pdel.lsp.completion import TRIGGERS, complete
from pdel.lsp.diagnostics import editor_diagnostics
from pdel.lsp.document import Document
from pdel.lsp.formatting import formatting
from pdel.lsp.hover import hover
from pdel.lsp.jobs import Checked, Job
from pdel.lsp.navigation import definition, highlights, references
from pdel.lsp.rename import RenameRefusedError, rename, renameable
from pdel.lsp.semantic_tokens import LEGEND, semantic_tokens
from pdel.lsp.symbols import document_symbols, folding_ranges
from pdel.source import Span

PAUSE = 0.05
"""Seconds without typing before the syntax is reported."""


class RefusedError(JsonRpcException):
    """A request that cannot be met, for a reason that the editor shows."""

    CODE = types.LSPErrorCodes.RequestFailed.value
    MESSAGE = "refused"


def _is_no_refusal(record: logging.LogRecord) -> bool:
    """Whether a record of pygls is about more than a request that was refused for a reason."""
    return record.exc_info is None or not isinstance(record.exc_info[1], RefusedError)


class PdelServer(LanguageServer):
    """The server with the open documents, the pending checks and the process for them."""

    def __init__(self) -> None:
        super().__init__("pdel", __version__)
        self.documents: dict[str, Document] = {}
        self.pending: dict[str, asyncio.Task[None]] = {}
        self.broken: set[str] = set()
        """Documents of which the editor shows mistakes in the syntax."""
        self.checker = Checker(self.receive)
        self.ink = ""
        """The colour of formulas in hovers, where the editor shows pictures there."""

    @property
    def encoding(self) -> types.PositionEncodingKind | str:
        """The units that the editor counts characters in."""
        return self.workspace.position_encoding or types.PositionEncodingKind.Utf16

    def document(self, uri: str) -> Document:
        """The newest version of an open document."""
        return self.documents[uri]

    def changed(self, uri: str, pause: float) -> None:
        """Take the text that the editor has now, and report on it after a pause."""
        opened = self.workspace.get_text_document(uri)
        version = opened.version or 0
        known = self.documents.get(uri)
        if known is None:
            path = Path(to_fs_path(uri) or "untitled.pde")
            self.documents[uri] = Document(uri, version, path, opened.source, self.encoding)
        else:
            self.documents[uri] = known.changed(opened.source, version)
        self.stop(uri)
        self.pending[uri] = asyncio.get_running_loop().create_task(self._report(uri, version, pause))

    def stop(self, uri: str) -> None:
        """Give up what is pending for a document."""
        task = self.pending.pop(uri, None)
        if task is not None:
            task.cancel()

    async def _report(self, uri: str, version: int, pause: float) -> None:
        await asyncio.sleep(pause)
        document = self.documents[uri]
        # Without mistakes in the syntax, now and before, the check alone has something to say.
        if document.syntax.diagnostics or uri in self.broken:
            self.publish(document)
        await asyncio.sleep(2 * pause)
        self.checker.submit(Job(uri, version, document.path, document.text))

    def receive(self, checked: Checked) -> None:
        """Take the result of a check, unless the text has changed since."""
        document = self.documents.get(checked.uri)
        if document is None or document.version != checked.version:
            return
        document = self.documents[checked.uri] = document.checked(checked.compilation)
        self.publish(document)

    def publish(self, document: Document) -> None:
        """Show the diagnostics of a document."""
        found = editor_diagnostics(document)
        (self.broken.add if document.syntax.diagnostics else self.broken.discard)(document.uri)
        self.text_document_publish_diagnostics(
            types.PublishDiagnosticsParams(document.uri, found, version=document.version)
        )

    def close(self, uri: str) -> None:
        """Forget a document."""
        self.stop(uri)
        self.documents.pop(uri, None)
        self.broken.discard(uri)
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))


def make_server() -> PdelServer:
    """The server with all features registered."""
    logging.getLogger("pygls.protocol.json_rpc").addFilter(_is_no_refusal)
    server = PdelServer()
    _register_documents(server)
    _register_questions(server)
    _register_edits(server)
    return server


def _register_documents(server: PdelServer) -> None:
    @server.feature(types.INITIALIZE)
    def initialise(params: types.InitializeParams) -> None:
        options = params.initialization_options
        server.ink = str(options.get("ink") or "") if isinstance(options, dict) else ""

    @server.feature("pdel/ink")
    def recolour(params: Any) -> None:
        server.ink = str(getattr(params, "ink", None) or "")

    @server.feature(types.INITIALIZED)
    async def initialized(_: types.InitializedParams) -> None:
        await server.checker.prepare()

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: types.DidOpenTextDocumentParams) -> None:
        server.changed(params.text_document.uri, 0.0)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def changed(params: types.DidChangeTextDocumentParams) -> None:
        server.changed(params.text_document.uri, PAUSE)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def saved(params: types.DidSaveTextDocumentParams) -> None:
        server.changed(params.text_document.uri, 0.0)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: types.DidCloseTextDocumentParams) -> None:
        server.close(params.text_document.uri)

    @server.feature(types.SHUTDOWN)
    async def shut_down(_: None) -> None:
        for uri in list(server.pending):
            server.stop(uri)
        await server.checker.close()


def _register_questions(server: PdelServer) -> None:
    @server.feature(types.TEXT_DOCUMENT_COMPLETION, types.CompletionOptions(trigger_characters=list(TRIGGERS)))
    def completion(params: types.CompletionParams) -> types.CompletionList:
        document = server.document(params.text_document.uri)
        return types.CompletionList(False, complete(document, document.positions.offset(params.position)))

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    def hovering(params: types.HoverParams) -> types.Hover | None:
        document = server.document(params.text_document.uri)
        return hover(document, document.positions.offset(params.position), server.ink)

    @server.feature(types.TEXT_DOCUMENT_DEFINITION)
    def defining(params: types.DefinitionParams) -> types.Location | None:
        document = server.document(params.text_document.uri)
        return definition(document, document.positions.offset(params.position))

    @server.feature(types.TEXT_DOCUMENT_REFERENCES)
    def referring(params: types.ReferenceParams) -> list[types.Location]:
        document = server.document(params.text_document.uri)
        offset = document.positions.offset(params.position)
        return references(document, offset, params.context.include_declaration)

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT)
    def highlighting(params: types.DocumentHighlightParams) -> list[types.DocumentHighlight]:
        document = server.document(params.text_document.uri)
        return highlights(document, document.positions.offset(params.position))

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    def outlining(params: types.DocumentSymbolParams) -> list[types.DocumentSymbol]:
        return document_symbols(server.document(params.text_document.uri))

    @server.feature(types.TEXT_DOCUMENT_FOLDING_RANGE)
    def folding(params: types.FoldingRangeParams) -> list[types.FoldingRange]:
        return folding_ranges(server.document(params.text_document.uri))

    @server.feature(
        types.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL, types.SemanticTokensRegistrationOptions(legend=LEGEND, full=True)
    )
    def colouring(params: types.SemanticTokensParams) -> types.SemanticTokens:
        return semantic_tokens(server.document(params.text_document.uri))


def _register_edits(server: PdelServer) -> None:
    @server.feature(types.TEXT_DOCUMENT_FORMATTING)
    def formatted(params: types.DocumentFormattingParams) -> list[types.TextEdit]:
        return formatting(server.document(params.text_document.uri))

    @server.feature(types.TEXT_DOCUMENT_PREPARE_RENAME)
    def preparing(params: types.PrepareRenameParams) -> types.Range | None:
        document = server.document(params.text_document.uri)
        return renameable(document, document.positions.offset(params.position))

    @server.feature(types.TEXT_DOCUMENT_RENAME, types.RenameOptions(prepare_provider=True))
    def renaming(params: types.RenameParams) -> types.WorkspaceEdit:
        document = server.document(params.text_document.uri)
        try:
            return rename(document, document.positions.offset(params.position), params.new_name)
        except RenameRefusedError as refusal:
            raise RefusedError(str(refusal)) from refusal

    @server.feature(
        types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix])
    )
    def acting(params: types.CodeActionParams) -> list[types.CodeAction]:
        document = server.document(params.text_document.uri)
        start, end = (document.positions.offset(place) for place in (params.range.start, params.range.end))
        return code_actions(document, Span(start, end))
