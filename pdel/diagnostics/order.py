"""Findings as they are shown: in the order of the text, each once, and not too many."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pdel.diagnostics.model import Diagnostic, Severity
from pdel.source import Source, Sources

CAP = 20
"""How many diagnostics of one file the text forms show."""


@dataclass(frozen=True, slots=True)
class Findings:
    """The diagnostics of one specification, with the sources that their spans lie in.

    `path` is how the file was named on the command line; where it is empty the source's name stands.
    """

    sources: Sources
    diagnostics: tuple[Diagnostic, ...]
    path: str = ""

    def name(self, source: Source) -> str:
        """What a source is called in reports: the specification by its path, an override by its name."""
        return self.path if self.path and source is self.sources.items[0] else source.name


def ordered(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Sorted by (source, start, code), equal findings once.

    Two findings are equal when code, place and message are; the first of them stays.
    """
    unique: dict[tuple[object, ...], Diagnostic] = {}
    for item in diagnostics:
        unique.setdefault((item.code, item.primary.span, item.message), item)
    return tuple(
        sorted(
            unique.values(),
            key=lambda item: (
                item.primary.span.origin,
                item.primary.span.start,
                item.code,
                item.primary.span.end,
                item.message,
            ),
        )
    )


def capped(diagnostics: tuple[Diagnostic, ...], cap: int = CAP) -> tuple[tuple[Diagnostic, ...], int]:
    """At most `cap` of the ordered diagnostics, errors before warnings, in their order; and how many are left out."""
    if len(diagnostics) <= cap:
        return diagnostics, 0
    rank = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}
    indices = sorted(range(len(diagnostics)), key=lambda index: rank[diagnostics[index].severity])[:cap]
    return tuple(diagnostics[index] for index in sorted(indices)), len(diagnostics) - cap


def count_text(diagnostics: Iterable[Diagnostic]) -> str:
    """How many of each severity, in words: `2 errors and 1 warning`; empty where there are none."""
    severities = [item.severity for item in diagnostics]
    parts = []
    for severity in Severity:
        number = severities.count(severity)
        if number:
            parts.append(f"{number} {severity.value}{'' if number == 1 else 's'}")
    return " and ".join(parts) if len(parts) < 3 else ", ".join(parts)
