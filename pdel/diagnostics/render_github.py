"""Diagnostics as workflow commands that GitHub Actions shows beside the lines of a change."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath

from pdel.diagnostics.display import visible
from pdel.diagnostics.locate import file_line, locate, specification_name
from pdel.diagnostics.model import Diagnostic, Severity
from pdel.diagnostics.order import Findings, ordered

COMMANDS: dict[Severity, str] = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.NOTE: "notice",
}


def render_github(findings: Iterable[Findings]) -> str:
    """One command a line; a finding in an override is shown on the specification as a whole."""
    return "".join(_command(diagnostic, item) + "\n" for item in findings for diagnostic in ordered(item.diagnostics))


def _command(diagnostic: Diagnostic, findings: Findings) -> str:
    place = locate(diagnostic.primary.span, findings)
    properties = {"file": PurePath(specification_name(findings)).as_posix()}
    text = diagnostic.message
    if place.in_file:
        properties["line"] = str(place.start_line)
        properties["endLine"] = str(place.end_line)
        # GitHub takes columns only where the range lies within one line.
        if place.start_line == place.end_line:
            properties["col"] = str(place.start_column)
            properties["endColumn"] = str(place.end_column)
    else:
        text = f"{place.file}: {text}"
    properties["title"] = f"{diagnostic.severity.value}[{diagnostic.code}]"
    if diagnostic.primary.text:
        text += f": {diagnostic.primary.text}"
    inside = (f"{file_line(file, findings)}: {file.label or 'here'}" for file in diagnostic.files)
    for line in (*inside, diagnostic.help, *diagnostic.notes):
        text += f"\n{line}" if line else ""
    joined = ",".join(f"{key}={_escape_property(value)}" for key, value in properties.items())
    return f"::{COMMANDS[diagnostic.severity]} {joined}::{_escape(visible(text))}"


def _escape(text: str) -> str:
    """The escapes of a command's message."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    """The escapes of a command's property."""
    return _escape(text).replace(":", "%3A").replace(",", "%2C")
