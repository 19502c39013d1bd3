"""Diagnostics as JSON for editors and scripts.

    {
      "version": 1,                        the form of this document; fields may be added under one number
      "errors": 1,                         how many diagnostics are errors, and warnings
      "warnings": 0,
      "diagnostics": [                     by file as given, then by (source, start, code); all of them
        {
          "code": "E204",
          "severity": "error",             error, warning or note
          "message": "unknown field `w`",
          "location": LOCATION,            the primary place
          "label": "not a field",          what stands beside it, or ""
          "secondary": [{"location": LOCATION, "label": "declared here"}],
          "help": "Did you mean `v`?",     or ""
          "notes": ["why"],
          "edits": [{"location": LOCATION, "replacement": "v"}],
          "files": [FILE]                  places in data files
        }
      ]
    }

    LOCATION: {
      "file": "heat.pde",                  as given on the command line; for an override its name
      "override": false,                   whether the place lies in the text of a `--set`
      "start": {"offset": 8, "line": 2, "column": 3},
      "end": {"offset": 9, "line": 2, "column": 4}
    }

    FILE: {
      "file": "data/obs.csv",
      "line": 17,                          null in files without lines
      "text": "0.1,abc",                   that line
      "column": 5, "end_column": 8,        what is marked in it; equal where nothing is
      "label": "not a number"
    }

Offsets count code points from 0; lines and columns (code points too) count from 1; the end is exclusive.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from pdel.diagnostics.locate import file_name, locate
from pdel.diagnostics.model import Diagnostic, FilePlace, Severity
from pdel.diagnostics.order import Findings, ordered
from pdel.source import Span

VERSION = 1


def render_json(findings: Iterable[Findings]) -> str:
    """The document described above, ending in a line feed."""
    entries = [_entry(diagnostic, item) for item in findings for diagnostic in ordered(item.diagnostics)]
    severities = [entry["severity"] for entry in entries]
    document = {
        "version": VERSION,
        "errors": severities.count(Severity.ERROR.value),
        "warnings": severities.count(Severity.WARNING.value),
        "diagnostics": entries,
    }
    return json.dumps(document, indent=2, ensure_ascii=True) + "\n"


def _entry(diagnostic: Diagnostic, findings: Findings) -> dict[str, Any]:
    return {
        "code": diagnostic.code,
        "severity": diagnostic.severity.value,
        "message": diagnostic.message,
        "location": _location(diagnostic.primary.span, findings),
        "label": diagnostic.primary.text,
        "secondary": [
            {"location": _location(label.span, findings), "label": label.text} for label in diagnostic.secondary
        ],
        "help": diagnostic.help,
        "notes": list(diagnostic.notes),
        "edits": [
            {"location": _location(edit.span, findings), "replacement": edit.replacement} for edit in diagnostic.edits
        ],
        "files": [_file(place, findings) for place in diagnostic.files],
    }


def _file(place: FilePlace, findings: Findings) -> dict[str, Any]:
    return {
        "file": file_name(place, findings),
        "line": place.line,
        "text": place.text,
        "column": place.start + 1,
        "end_column": place.end + 1,
        "label": place.label,
    }


def _location(span: Span, findings: Findings) -> dict[str, Any]:
    place = locate(span, findings)
    return {
        "file": place.file,
        "override": not place.in_file,
        "start": {"offset": place.start, "line": place.start_line, "column": place.start_column},
        "end": {"offset": place.end, "line": place.end_line, "column": place.end_column},
    }
