"""Codes of the family E4 that concern exact enforcement (E490)."""

from __future__ import annotations

from pdel.diagnostics.codes.base import CodeInfo

_ROD = """\
problem rod

space x in [0, 1]
time t in [0, 1]
field u(x, t)
equation conduction: u_t = u_xx
boundary ends: {condition}  on x = 0, x = 1
initial profile: u = {profile}
enforce ends: exactly
"""

CODES: tuple[CodeInfo, ...] = (
    CodeInfo(
        code="E490",
        title="A condition that cannot be enforced exactly",
        explanation=(
            "`enforce NAME: exactly` asks for an ansatz u = g + d*N that satisfies the condition for every network N.\n"
            "It can be built for values of a field on whole pieces of the boundary, for values and time derivatives\n"
            "at the start, and for point values of functions of one coordinate; where conditions meet, their values\n"
            "have to agree. All other conditions enter the loss: leave the statement out, or write `softly`."
        ),
        bad=_ROD.format(condition="u_x = 0", profile="cos(pi*x)"),
        good=_ROD.format(condition="u = 0", profile="sin(pi*x)"),
    ),
)
