"""The forms for tools: concise, JSON, GitHub commands and SARIF."""

from __future__ import annotations

import json

from pdel import __version__
from pdel.diagnostics.codes.registry import CODES
from pdel.diagnostics.model import Edit, error
from pdel.diagnostics.order import Findings
from pdel.diagnostics.render_concise import render_concise
from pdel.diagnostics.render_github import render_github
from pdel.diagnostics.render_json import render_json
from pdel.diagnostics.render_sarif import render_sarif
from pdel.source import Source, Sources, Span
from tests.diagnostics.samples import ALL, BRACKET, JUXTAPOSED, OPTION, TEXT, UNKNOWN_NAME, findings


def test_concise() -> None:
    assert render_concise([findings(*ALL, path="specs/cavity.pde")]) == (
        "specs/cavity.pde:7:29: error[E204] unknown name `w` in equation `momentum`. Did you mean `v`?\n"
        "specs/cavity.pde:7:31: error[E131] a number stands directly before a name\n"
        "specs/cavity.pde:8:1: error[E401] the condition covers half of the boundary\n"
        "--set train:1:6: warning[W701] unknown option `stps`, 100% wrong\n"
    )
    assert render_concise([findings()]) == ""


def test_json() -> None:
    document = json.loads(render_json([findings(*ALL, path="specs/cavity.pde")]))
    assert (document["version"], document["errors"], document["warnings"]) == (1, 3, 1)
    first, second, third, last = document["diagnostics"]
    start = TEXT.index("w*2x")
    assert first == {
        "code": "E204",
        "severity": "error",
        "message": "unknown name `w` in equation `momentum`",
        "location": {
            "file": "specs/cavity.pde",
            "override": False,
            "start": {"offset": start, "line": 7, "column": 29},
            "end": {"offset": start + 1, "line": 7, "column": 30},
        },
        "label": "not a field, constant or coordinate",
        "secondary": [
            {
                "location": {
                    "file": "specs/cavity.pde",
                    "override": False,
                    "start": {"offset": TEXT.index("u(x)"), "line": 4, "column": 10},
                    "end": {"offset": TEXT.index("u(x)") + 10, "line": 4, "column": 20},
                },
                "label": "fields are declared here",
            }
        ],
        "help": "Did you mean `v`?",
        "notes": [],
        "edits": [],
        "files": [],
    }
    assert second["edits"][0]["replacement"] == "*"
    assert second["edits"][0]["location"]["start"] == second["edits"][0]["location"]["end"]
    assert third["notes"] == ["`x = 1` has none,\nand the equation is of second order"]
    assert last["location"]["override"] is True
    assert last["location"]["file"] == "--set train"
    assert json.loads(render_json([])) == {"version": 1, "errors": 0, "warnings": 0, "diagnostics": []}


def test_json_counts_code_points() -> None:
    text = "\U0001d6fc漢 w"
    diagnostic = error("E204", "m", Span(3, 4))
    location = json.loads(render_json([Findings(Sources((Source("a.pde", text),)), (diagnostic,))]))
    assert location["diagnostics"][0]["location"]["start"] == {"offset": 3, "line": 1, "column": 4}


def test_github() -> None:
    assert render_github([findings(*ALL, path="specs/a,b:c.pde")]) == (
        "::error file=specs/a%2Cb%3Ac.pde,line=7,endLine=7,col=29,endColumn=30,title=error[E204]::"
        "unknown name `w` in equation `momentum`: not a field, constant or coordinate%0ADid you mean `v`?\n"
        "::error file=specs/a%2Cb%3Ac.pde,line=7,endLine=7,col=31,endColumn=33,title=error[E131]::"
        "a number stands directly before a name\n"
        "::error file=specs/a%2Cb%3Ac.pde,line=8,endLine=9,title=error[E401]::"
        "the condition covers half of the boundary: this condition%0A"
        "`x = 1` has none,%0Aand the equation is of second order\n"
        "::warning file=specs/a%2Cb%3Ac.pde,title=warning[W701]::"
        "--set train: unknown option `stps`, 100%25 wrong: no such option\n"
    )


def test_github_commands_cannot_be_smuggled_in() -> None:
    hostile = error("E204", "a\r\n::error::b\x1b", Span(0, 1), help="\n::stop-commands::x")
    assert render_github([findings(hostile)]).count("\n") == 1
    assert "\r" not in render_github([findings(hostile)])


def test_sarif() -> None:
    log = json.loads(render_sarif([findings(UNKNOWN_NAME, JUXTAPOSED, BRACKET, OPTION, path="my specs/cavity.pde")]))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    driver = run["tool"]["driver"]
    assert (driver["name"], driver["semanticVersion"]) == ("pdel", __version__)
    assert [rule["id"] for rule in driver["rules"]] == [info.code for info in CODES]
    first, second, third, last = run["results"]
    region = first["locations"][0]["physicalLocation"]
    assert region["artifactLocation"]["uri"] == "my%20specs/cavity.pde"
    assert region["region"] == {
        "startLine": 7,
        "startColumn": 29,
        "endLine": 7,
        "endColumn": 30,
        "charOffset": TEXT.index("w*2x"),
        "charLength": 1,
    }
    assert first["level"] == "error"
    assert first["message"]["text"].split("\n")[1:] == ["Did you mean `v`?"]
    assert first["relatedLocations"][0]["message"]["text"] == "fields are declared here"
    (replacement,) = second["fixes"][0]["artifactChanges"][0]["replacements"]
    assert replacement["insertedContent"] == {"text": "*"}
    assert replacement["deletedRegion"]["charLength"] == 0
    assert third["locations"][0]["physicalLocation"]["region"]["endLine"] == 9
    # The text of an override is in no file: the result names the specification as a whole.
    assert "region" not in last["locations"][0]["physicalLocation"]
    assert last["message"]["text"].startswith("In --set train:\n")


def test_sarif_results_point_at_their_rules() -> None:
    known = CODES[-1].code
    log = json.loads(render_sarif([findings(error(known, "m", Span(0, 1)), error("E999", "m", Span(0, 1)))]))
    first, second = log["runs"][0]["results"]
    assert log["runs"][0]["tool"]["driver"]["rules"][first["ruleIndex"]]["id"] == known
    assert "ruleIndex" not in second


def test_fixes_in_overrides_are_left_out_of_sarif() -> None:
    diagnostic = error("E501", "m", Span(0, 4, 1), edits=[Edit(Span(0, 4, 1), "adam")])
    (result,) = json.loads(render_sarif([findings(diagnostic)]))["runs"][0]["results"]
    assert "fixes" not in result
