"""A specification, an override and findings in them, for the tests of the renderers."""

from __future__ import annotations

from pdel.diagnostics.model import Diagnostic, Edit, Label, error, warning
from pdel.diagnostics.order import Findings
from pdel.source import Source, Sources, Span

TEXT = """\
problem cavity

space    x in [0, 1]
field    u(x), v(x)


equation momentum:  u*u_x = w*2x
boundary walls:     u = 0
    on x = 0
"""

OVERRIDE = "adam(stps = 100)"

SOURCES = Sources((Source("cavity.pde", TEXT), Source("--set train", OVERRIDE)))


def span(part: str, origin: int = 0) -> Span:
    """The place of the first occurrence of a part of a source."""
    start = SOURCES.items[origin].text.index(part)
    return Span(start, start + len(part), origin)


def within(context: str, part: str) -> Span:
    """The place of a part within a context that occurs first."""
    start = TEXT.index(context) + context.index(part)
    return Span(start, start + len(part))


UNKNOWN_NAME = error(
    "E204",
    "unknown name `w` in equation `momentum`",
    within("w*2x", "w"),
    "not a field, constant or coordinate",
    help="Did you mean `v`?",
    secondary=[Label(span("u(x), v(x)"), "fields are declared here")],
)

JUXTAPOSED = error(
    "E131",
    "a number stands directly before a name",
    span("2x"),
    edits=[Edit(Span(span("2x").start + 1, span("2x").start + 1), "*")],
)

BRACKET = error(
    "E401",
    "the condition covers half of the boundary",
    span("boundary walls:     u = 0\n    on x = 0"),
    "this condition",
    notes=["`x = 1` has none,\nand the equation is of second order"],
)

OPTION = warning(
    "W701",
    "unknown option `stps`, 100% wrong",
    span("stps", 1),
    "no such option",
    secondary=[Label(span("cavity"), "of this problem")],
)

ALL: tuple[Diagnostic, ...] = (OPTION, BRACKET, UNKNOWN_NAME, JUXTAPOSED)


def findings(*diagnostics: Diagnostic, path: str = "") -> Findings:
    """Some diagnostics of the sample."""
    return Findings(SOURCES, diagnostics, path)
