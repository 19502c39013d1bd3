"""Comments that silence advice: `# pdel: allow W703`, with a reason behind it where one is given.

On a line of a statement, or on the line before it, such a comment silences the codes for that statement; before the
first statement it does so for the whole specification. Errors are not silenced.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pdel.diagnostics.codes.registry import CODES, find
from pdel.diagnostics.model import Diagnostic, Severity, warning
from pdel.diagnostics.suggest import did_you_mean
from pdel.source import Source, Span
from pdel.syntax.lexer import Kind, cut_statements, tokenize

_ALLOW = re.compile(r"#\s*pdel:\s*allow\b[ \t]*(?P<codes>[A-Za-z]+\d+(?:[ \t]*,[ \t]*[A-Za-z]+\d+)*)?")
_CODE = re.compile(r"[A-Za-z]+\d+")


@dataclass(frozen=True, slots=True)
class Allowance:
    """One code that a comment silences: where it is written, and in which lines it holds (None: everywhere)."""

    code: str
    span: Span
    lines: range | None

    def covers(self, diagnostic: Diagnostic, source: Source) -> bool:
        """Whether it silences a diagnostic."""
        if diagnostic.severity is not Severity.WARNING or diagnostic.code != self.code:
            return False
        if self.lines is None:
            return True
        span = diagnostic.primary.span
        return span.origin == 0 and source.line_column(span.start)[0] in self.lines


def find_allowances(source: Source) -> tuple[Allowance, ...]:
    """The codes that the comments of a specification silence, in their order."""
    if "pdel:" not in source.text:
        return ()
    tokens = tokenize(source.text)
    statements = [
        range(source.line_column(item.tokens[0].span.start)[0], source.line_column(item.tokens[-1].span.end)[0] + 1)
        for item in cut_statements(tokens)
    ]
    found = []
    for token in tokens:
        match = _ALLOW.match(token.text) if token.kind is Kind.COMMENT else None
        if match is None or match["codes"] is None:
            continue
        line = source.line_column(token.span.start)[0]
        start = token.span.start + match.start("codes")
        for code in _CODE.finditer(match["codes"]):
            span = Span(start + code.start(), start + code.end())
            found.append(Allowance(code.group().upper(), span, _lines(line, statements)))
    return tuple(found)


def _lines(line: int, statements: Sequence[range]) -> range | None:
    """The lines of the statement that a comment on a line belongs to; none where it belongs to none."""
    if not statements or line < statements[0].start:
        return None
    own = next((item for item in statements if line in item), None)
    return own or next((item for item in statements if item.start == line + 1), range(0))


def silenced(source: Source, diagnostics: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The diagnostics that no comment silences."""
    allowances = find_allowances(source)
    return tuple(item for item in diagnostics if not any(one.covers(item, source) for one in allowances))


def check_allowances(source: Source, diagnostics: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """W735: codes in such comments that are unknown, or no advice, or silence nothing among all the diagnostics."""
    found = []
    for allowance in find_allowances(source):
        info = find(allowance.code)
        if info is None:
            remedy = did_you_mean(allowance.code, _advice_codes()) or "`pdel explain W7` lists what can be silenced."
            found.append(_needless(allowance, "there is no such code", remedy))
        elif info.severity is not Severity.WARNING:
            found.append(_needless(allowance, "an error cannot be silenced", "Mend it, and remove the comment."))
        elif not any(allowance.covers(item, source) for item in diagnostics):
            found.append(_needless(allowance, "it silences nothing", "Remove it, or put it where the advice is given."))
    return tuple(found)


def _advice_codes() -> list[str]:
    return [info.code for info in CODES if info.severity is Severity.WARNING]


def _needless(allowance: Allowance, label: str, remedy: str) -> Diagnostic:
    return warning("W735", f"`allow {allowance.code}` has no effect", allowance.span, label, help=remedy)
