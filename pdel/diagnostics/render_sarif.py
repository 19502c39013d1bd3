"""Diagnostics as SARIF 2.1.0, the form of code-scanning services."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from pdel import __version__
from pdel.diagnostics.codes.base import CodeInfo
from pdel.diagnostics.codes.registry import CODES
from pdel.diagnostics.locate import file_name, locate, specification_name
from pdel.diagnostics.model import Diagnostic, Edit, FilePlace
from pdel.diagnostics.order import Findings, ordered
from pdel.source import Span

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def render_sarif(findings: Iterable[Findings]) -> str:
    """A log of one run, with a rule for every code of the registry, ending in a line feed."""
    indices = {info.code: index for index, info in enumerate(CODES)}
    results = [_result(diagnostic, item, indices) for item in findings for diagnostic in ordered(item.diagnostics)]
    log = {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "pdel",
                        "semanticVersion": __version__,
                        "rules": [_rule(info) for info in CODES],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "results": results,
            }
        ],
    }
    return json.dumps(log, indent=2, ensure_ascii=True) + "\n"


def _rule(info: CodeInfo) -> dict[str, Any]:
    return {
        "id": info.code,
        "shortDescription": {"text": f"{info.title}."},
        "fullDescription": {"text": info.explanation},
        "help": {"text": f"Run `pdel explain {info.code}` for a bad and a good example."},
        "defaultConfiguration": {"level": info.severity.value},
        "properties": {"family": info.family},
    }


def _result(diagnostic: Diagnostic, findings: Findings, indices: dict[str, int]) -> dict[str, Any]:
    lines = [diagnostic.message + (f": {diagnostic.primary.text}" if diagnostic.primary.text else "")]
    lines += [line for line in (diagnostic.help, *diagnostic.notes) if line]
    place = locate(diagnostic.primary.span, findings)
    if not place.in_file:
        lines.insert(0, f"In {place.file}:")
    result: dict[str, Any] = {"ruleId": diagnostic.code}
    if diagnostic.code in indices:
        result["ruleIndex"] = indices[diagnostic.code]
    result |= {
        "level": diagnostic.severity.value,
        "message": {"text": "\n".join(lines)},
        "locations": [{"physicalLocation": _physical(diagnostic.primary.span, findings)}],
    }
    related = [(label.text, _physical(label.span, findings)) for label in diagnostic.secondary]
    related += [(file.label, _inside(file, findings)) for file in diagnostic.files]
    if related:
        result["relatedLocations"] = [
            {"id": index, "message": {"text": text or "related"}, "physicalLocation": physical}
            for index, (text, physical) in enumerate(related, start=1)
        ]
    edits = [edit for edit in diagnostic.edits if edit.span.origin == 0]
    if edits:
        result["fixes"] = [_fix(edits, diagnostic, findings)]
    return result


def _inside(place: FilePlace, findings: Findings) -> dict[str, Any]:
    """The line of a data file, or the file as a whole where it has no lines."""
    physical: dict[str, Any] = {"artifactLocation": {"uri": _as_uri(file_name(place, findings))}}
    if place.line is not None:
        physical["region"] = {"startLine": place.line}
        if place.end > place.start:
            physical["region"] |= {"startColumn": place.start + 1, "endColumn": place.end + 1}
    return physical


def _physical(span: Span, findings: Findings) -> dict[str, Any]:
    """The range in the specification; for an override, whose text is in no file, the specification as a whole."""
    place = locate(span, findings)
    physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(findings)}}
    if place.in_file:
        physical["region"] = _region(span, findings)
    return physical


def _region(span: Span, findings: Findings) -> dict[str, Any]:
    place = locate(span, findings)
    return {
        "startLine": place.start_line,
        "startColumn": place.start_column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
        "charOffset": place.start,
        "charLength": place.end - place.start,
    }


def _fix(edits: list[Edit], diagnostic: Diagnostic, findings: Findings) -> dict[str, Any]:
    return {
        "description": {"text": diagnostic.help or diagnostic.message},
        "artifactChanges": [
            {
                "artifactLocation": {"uri": _uri(findings)},
                "replacements": [
                    {
                        "deletedRegion": _region(edit.span, findings),
                        "insertedContent": {"text": edit.replacement},
                    }
                    for edit in edits
                ],
            }
        ],
    }


def _uri(findings: Findings) -> str:
    return _as_uri(specification_name(findings))


def _as_uri(name: str) -> str:
    path = PurePath(name)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())
