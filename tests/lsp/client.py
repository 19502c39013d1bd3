"""A small client of the language server protocol, which speaks to `pdel lsp` as an editor does."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent
PATIENCE = 60.0


class Client:
    """A server as a subprocess, and what it has sent."""

    def __init__(self) -> None:
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "pdel", "lsp", "--stdio"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
        )
        self.number = 0
        self.responses: queue.Queue[dict[str, Any]] = queue.Queue()
        self.notifications: queue.Queue[dict[str, Any]] = queue.Queue()
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self) -> None:
        out = self.process.stdout
        assert out is not None
        while header := out.readline():
            size = int(header.split(b":")[1])
            while out.readline().strip():
                pass
            message = json.loads(out.read(size))
            (self.responses if "id" in message and "method" not in message else self.notifications).put(message)

    def _write(self, message: dict[str, Any]) -> None:
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        pipe = self.process.stdin
        assert pipe is not None
        pipe.write(b"Content-Length: %d\r\n\r\n" % len(data) + data)
        pipe.flush()

    def notify(self, method: str, **params: Any) -> None:
        """Send a notification."""
        self._write({"method": method, "params": params})

    def respond(self, method: str, **params: Any) -> dict[str, Any]:
        """Send a request, and return the whole response."""
        self.number += 1
        self._write({"id": self.number, "method": method, "params": params})
        message = self.responses.get(timeout=PATIENCE)
        assert message["id"] == self.number
        return message

    def request(self, method: str, **params: Any) -> Any:
        """Send a request, and return its result."""
        message = self.respond(method, **params)
        assert "error" not in message, message
        return message["result"]

    def start(self, encodings: tuple[str, ...] = ("utf-16",), **options: Any) -> dict[str, Any]:
        """Initialise."""
        result = self.request(
            "initialize",
            processId=os.getpid(),
            rootUri=None,
            capabilities={
                "general": {"positionEncodings": list(encodings)},
                "textDocument": {"rename": {"prepareSupport": True}},
            },
            initializationOptions=options,
        )
        self.notify("initialized")
        return result

    def open(self, path: Path, text: str) -> str:
        """Open a document, which need not be saved."""
        uri = path.as_uri()
        item = {"uri": uri, "languageId": "pdel", "version": 1, "text": text}
        self.notify("textDocument/didOpen", textDocument=item)
        return uri

    def change(self, uri: str, version: int, text: str) -> None:
        """Replace the text of a document."""
        document = {"uri": uri, "version": version}
        self.notify("textDocument/didChange", textDocument=document, contentChanges=[{"text": text}])

    def ask(self, method: str, uri: str, line: int, character: int, **params: Any) -> Any:
        """A request about a place."""
        place = {"line": line, "character": character}
        return self.request(f"textDocument/{method}", textDocument={"uri": uri}, position=place, **params)

    def diagnostics(self, uri: str, version: int) -> list[dict[str, Any]]:
        """The next diagnostics of a version; those of other versions are passed over."""
        while True:
            message = self.notifications.get(timeout=PATIENCE)
            params = message["params"]
            if message["method"] == "textDocument/publishDiagnostics" and (params["uri"], params.get("version")) == (
                uri, version,
            ):  # fmt: skip
                return list(params["diagnostics"])

    def stop(self) -> tuple[int, bytes]:
        """Shut down; the exit code, and what was written to standard error."""
        self.request("shutdown")
        self.notify("exit")
        self.reader.join(timeout=PATIENCE)
        assert self.process.stdin is not None
        self.process.stdin.close()
        with self.process:
            assert self.process.stderr is not None
            complaints = self.process.stderr.read()
        return self.process.returncode, complaints
