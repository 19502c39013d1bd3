"""The server's own rules: what is stale is dropped, and what is slow and stale is not waited for."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from pdel.lsp import checking
from pdel.lsp.checking import Checker
from pdel.lsp.document import Document
from pdel.lsp.jobs import Checked, Job
from pdel.lsp.server import make_server
from pdel.lsp.worker import check
from tests.lsp.open import HEAT, document

PATH = Path("/nowhere/heat.pde")


def test_the_result_of_an_older_text_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    server = make_server()
    shown: list[Document] = []
    monkeypatch.setattr(server, "publish", shown.append)
    first = document(HEAT)
    server.documents[first.uri] = second = first.changed(HEAT + "let a = alpa\n", 2)
    server.receive(Checked(first.uri, 1, check(Job(first.uri, 1, PATH, HEAT)).compilation))
    assert shown == []
    assert server.documents[first.uri] is second
    server.receive(check(Job(first.uri, 2, PATH, second.text)))
    assert [item.code for item in shown[0].diagnostics] == ["E201"]
    server.receive(Checked("file:///nowhere/closed.pde", 1, shown[0].compilation))
    assert len(shown) == 1


def test_an_older_check_still_tells_what_a_name_is() -> None:
    checked = document(HEAT, checked=True)
    changed = checked.changed(HEAT + "let a = \n", 2)
    assert changed.compilation is None
    assert changed.known is checked.compilation
    assert [item.code for item in changed.diagnostics] == ["E111"]


def test_a_slow_check_of_an_older_text_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "PATIENCE", 0.05)
    found: list[Checked] = []

    async def run() -> None:
        done = asyncio.Event()

        def deliver(checked: Checked) -> None:
            found.append(checked)
            done.set()

        checker = Checker(deliver)
        terms = " + ".join(f"sin(u*{number}*x)^{number}*u_xx" for number in range(2, 400))
        checker.submit(Job("a", 1, PATH, HEAT + f"equation slow: u_t = {terms}\n"))
        await asyncio.sleep(0.5)
        checker.submit(Job("a", 2, PATH, HEAT))
        await asyncio.wait_for(done.wait(), 60)
        await checker.close()

    asyncio.run(run())
    assert [item.version for item in found] == [2]
    assert not found[0].compilation.has_errors
