"""Diagnostics one a line: `heat.pde:9:14: error[E204] unknown field`."""

from __future__ import annotations

from collections.abc import Iterable

from pdel.diagnostics.display import visible
from pdel.diagnostics.locate import file_line, locate
from pdel.diagnostics.order import Findings, ordered


def render_concise(findings: Iterable[Findings]) -> str:
    """A line a diagnostic, all of them, with help behind the message; empty where there is nothing to report."""
    lines = []
    for item in findings:
        for diagnostic in ordered(item.diagnostics):
            place = locate(diagnostic.primary.span, item)
            text = f"{diagnostic.message}. {diagnostic.help}" if diagnostic.help else diagnostic.message
            text += "".join(f" ({file_line(file, item)})" for file in diagnostic.files)
            where = f"{place.file}:{place.start_line}:{place.start_column}"
            line = f"{where}: {diagnostic.severity.value}[{diagnostic.code}] {text}"
            lines.append(" ".join(visible(line).split("\n")) + "\n")
    return "".join(lines)
