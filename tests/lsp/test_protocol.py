"""`pdel lsp` as a process, spoken to over its standard input and output as an editor does."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.lsp.client import Client
from tests.lsp.open import HEAT

WIDE = "# \U0001d6fc \U0001d6fd\n"
"""A line with characters that UTF-16 writes in two units."""


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    """A server that has been initialised, for all tests of this file."""
    client = Client()
    capabilities = client.start()["capabilities"]
    assert capabilities["positionEncoding"] == "utf-16"
    assert capabilities["renameProvider"] == {"prepareProvider": True}
    assert {"hoverProvider", "definitionProvider", "codeActionProvider", "semanticTokensProvider"} <= set(capabilities)
    yield client
    assert client.stop() == (0, b"")


@pytest.fixture
def heat(client: Client, tmp_path: Path) -> str:
    """An open document that was never saved, and has been checked."""
    uri = client.open(tmp_path / "heat.pde", HEAT)
    assert client.diagnostics(uri, 1) == []
    return uri


def codes(found: list[dict[str, Any]]) -> list[str]:
    return [item["code"] for item in found]


def test_diagnostics_follow_the_text(client: Client, heat: str) -> None:
    client.change(heat, 2, HEAT + "equation e: u_t = 2**u\n")
    (found,) = client.diagnostics(heat, 2)
    assert found["code"] == "E120"
    assert found["source"] == "pdel"
    assert found["severity"] == 1
    client.change(heat, 3, HEAT.replace("= 0.4", "= log(-1)"))
    assert client.diagnostics(heat, 3) == []  # the syntax is mended: what else is wrong comes from the check
    assert codes(client.diagnostics(heat, 3)) == ["E312"]
    client.change(heat, 4, HEAT.replace("sin(pi*x)*hat(0*x)", "log(x - 2)"))
    assert any(code.startswith("E4") for code in codes(client.diagnostics(heat, 4)))


def test_what_is_stale_is_dropped(client: Client, heat: str) -> None:
    for version in range(2, 30):
        client.change(heat, version, HEAT + f"let k{version} = alpha*w\n")
    found = client.diagnostics(heat, 29)
    assert codes(found) == ["E201"]
    assert found[0]["range"]["start"]["line"] == 13
    assert client.notifications.empty()


def test_a_closed_document_has_no_diagnostics(client: Client, heat: str) -> None:
    client.notify("textDocument/didClose", textDocument={"uri": heat})
    message = client.notifications.get(timeout=20)
    assert message["params"]["diagnostics"] == []


def test_places_behind_wide_characters(client: Client, heat: str) -> None:
    text = WIDE + 'problem p "\U0001d6fc"\ntime t in [0, 1]\nfield u(t)\nequation e: u_t = w\n'
    client.change(heat, 2, text)
    found = client.diagnostics(heat, 2)
    assert found[0]["range"] == {"start": {"line": 4, "character": 18}, "end": {"line": 4, "character": 19}}
    client.change(heat, 3, 'problem p "\U0001d6fc" x\n')
    found = client.diagnostics(heat, 3)
    assert found[0]["range"]["start"] == {"line": 0, "character": 15}


def test_completion(client: Client, heat: str) -> None:
    client.change(heat, 2, HEAT + "train a\n")
    items = {item["label"]: item for item in client.ask("completion", heat, 13, 7)["items"]}
    assert items["adam"]["textEdit"]["range"] == {
        "start": {"line": 13, "character": 6},
        "end": {"line": 13, "character": 7},
    }
    assert items["adam"]["documentation"]["kind"] == "markdown"


def test_hover(client: Client, heat: str) -> None:
    found = client.ask("hover", heat, 8, 13)
    assert "parabolic" in found["contents"]["value"]
    assert found["range"]["start"] == {"line": 8, "character": 11}
    assert client.ask("hover", heat, 1, 0) is None


def test_definition_references_and_highlights(client: Client, heat: str) -> None:
    assert client.ask("definition", heat, 8, 24)["range"]["start"] == {"line": 4, "character": 11}
    found = client.ask("references", heat, 4, 11, context={"includeDeclaration": True})
    assert len(found) == 5
    assert len(client.ask("documentHighlight", heat, 4, 11)) == 5


def test_rename(client: Client, heat: str) -> None:
    assert client.ask("prepareRename", heat, 5, 12)["start"] == {"line": 5, "character": 11}
    edit = client.ask("rename", heat, 5, 12, newName="kappa")
    assert [one["newText"] for one in edit["changes"][heat]] == ["kappa", "kappa"]
    place = {"line": 5, "character": 12}
    refused = client.respond("textDocument/rename", textDocument={"uri": heat}, position=place, newName="u")
    assert refused["error"]["message"] == "`u` is declared twice."


def test_formatting(client: Client, heat: str) -> None:
    def formatted() -> list[dict[str, Any]]:
        options = {"tabSize": 4, "insertSpaces": True}
        return list(client.request("textDocument/formatting", textDocument={"uri": heat}, options=options))

    client.change(heat, 2, 'problem p "\U0001d6fc"   \ntime       t in [0, 1]\nfield u( t )\n')
    assert [(one["range"]["start"]["line"], one["newText"]) for one in formatted()] == [
        (0, 'problem p "\U0001d6fc"'),
        (2, "field      u(t)"),
    ]
    client.change(heat, 3, "time t in [0, 1]\nfield u( t\n")
    assert formatted() == []


def test_code_actions(client: Client, heat: str) -> None:
    client.change(heat, 2, HEAT + "equation e: u_t = alpa*u\n")
    (found,) = client.diagnostics(heat, 2)
    (action,) = client.request(
        "textDocument/codeAction",
        textDocument={"uri": heat},
        range=found["range"],
        context={"diagnostics": [found]},
    )
    assert action["title"] == "Replace `alpa` by `alpha`"
    assert action["edit"]["changes"][heat] == [{"range": found["range"], "newText": "alpha"}]
    assert action["diagnostics"][0]["code"] == "E201"


def test_outline_folds_and_colours(client: Client, heat: str) -> None:
    symbols = client.request("textDocument/documentSymbol", textDocument={"uri": heat})
    assert [item["name"] for item in symbols][:3] == ["heat", "x", "t"]
    assert client.request("textDocument/foldingRange", textDocument={"uri": heat}) == []
    data = client.request("textDocument/semanticTokens/full", textDocument={"uri": heat})["data"]
    assert data[:5] == [0, 0, 7, 3, 0]
    assert len(data) % 5 == 0


def test_an_endless_line_of_changes_does_not_delay_the_answers(client: Client, heat: str) -> None:
    """Answers come from the server, whatever the process that checks is doing."""
    terms = " + ".join(f"u^{power}*u_xx^{power}" for power in range(2, 60))
    client.change(heat, 2, HEAT + f"equation slow: u_t = {terms}\n")
    time.sleep(0.3)
    started = time.perf_counter()
    assert client.ask("definition", heat, 8, 24)["range"]["start"] == {"line": 4, "character": 11}
    assert time.perf_counter() - started < 2


def test_another_encoding_and_pictures() -> None:
    client = Client()
    started = client.start(("utf-8", "utf-16"), ink="#112233")
    assert started["capabilities"]["positionEncoding"] == "utf-8"
    uri = client.open(Path("/nowhere/p.pde"), 'problem p "\U0001d6fc" x\n')
    assert client.diagnostics(uri, 1)[0]["range"]["start"] == {"line": 0, "character": 17}
    uri = client.open(Path("/nowhere/heat.pde"), HEAT)
    assert "data:image/svg+xml;base64," in client.ask("hover", uri, 8, 13)["contents"]["value"]
    client.notify("pdel/ink", ink=None)
    assert "data:image" not in client.ask("hover", uri, 8, 13)["contents"]["value"]
    assert client.stop() == (0, b"")
