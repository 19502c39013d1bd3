"""Documents for the tests of single features: a text with `|` where the cursor is."""

from __future__ import annotations

from pathlib import Path

from pdel.lsp.document import Document
from pdel.lsp.jobs import Job
from pdel.lsp.worker import check

HEAT = """\
problem heat "Heat in a rod"

space      x in [0, 1]
time       t in [0, 1]
field      u(x, t)
constant   alpha = 0.4
function   hat(s) = max(0, 1 - abs(s))

equation   conduction:  u_t = alpha*u_xx
boundary   ends:        u = 0  on x = 0, x = 1
initial    profile:     u = sin(pi*x)*hat(0*x)

sample ends: sobol(points = 64)
"""


def document(text: str, path: Path = Path("/nowhere/heat.pde"), *, checked: bool = False) -> Document:
    """A document, with what a check found where that is wanted."""
    found = Document(path.as_uri(), 1, path, text)
    return found.checked(check(Job(found.uri, 1, path, text)).compilation) if checked else found


def cursor(text: str, path: Path = Path("/nowhere/heat.pde"), *, checked: bool = False) -> tuple[Document, int]:
    """A document and the offset of the `|` in its text."""
    before, _, after = text.partition("|")
    return document(before + after, path, checked=checked), len(before)


def at(place: str, *, checked: bool = False) -> tuple[Document, int]:
    """The document of the rod with the cursor at the `|` of a piece of its text."""
    piece = place.replace("|", "")
    assert HEAT.count(piece) == 1, f"`{piece}` must stand once in the text"
    return cursor(HEAT.replace(piece, place), checked=checked)
