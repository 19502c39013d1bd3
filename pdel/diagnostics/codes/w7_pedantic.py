"""Codes of the family W7 that are reported with `--pedantic` only."""

from __future__ import annotations

from pdel.diagnostics.codes.base import CodeInfo

_ROD = """\
problem rod
space x in [0, 1]
field u(x)
equation balance: u_xx = 1
boundary ends: u = 0 on x = 0, x = 1
enforce ends: softly
"""

CODES: tuple[CodeInfo, ...] = (
    CodeInfo(
        code="W733",
        title="A seed that is not stated",
        explanation=(
            "Weights and points are drawn at random from a seed, which is 0 where nothing is said. A run that is\n"
            "published should state it, and so should one that is compared with others under several seeds.\n"
            "Reported with `--pedantic` only."
        ),
        bad=_ROD,
        good=f"{_ROD}seed 0\n",
        pedantic=True,
    ),
    CodeInfo(
        code="W734",
        title="Weights that differ by much",
        explanation=(
            "A loss whose weight is ten thousand times that of another one decides nearly alone where training\n"
            "goes. Weights that large usually stand in for a scaling of fields or coordinates.\n"
            "Reported with `--pedantic` only."
        ),
        bad=f"{_ROD}seed 0\nweigh ends: 1e5\n",
        good=f"{_ROD}seed 0\nweigh ends: 100\n",
        pedantic=True,
    ),
    CodeInfo(
        code="W735",
        title="A comment that silences nothing",
        explanation=(
            "`# pdel: allow W703` silences advice for the statement it stands at (on one of its lines, or the line\n"
            "before), or for the whole specification where it stands before the first statement. Here the code is\n"
            "unknown, belongs to an error, or is not reported there: the comment is out of date or misplaced.\n"
            "Reported with `--pedantic` only."
        ),
        bad=f"# pdel: allow W708\n{_ROD}seed 0\n",
        good=f"{_ROD}seed 0\nconstant load = 2  # pdel: allow W706 it documents the data\n",
        pedantic=True,
    ),
)
