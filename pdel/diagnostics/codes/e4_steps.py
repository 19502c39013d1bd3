"""Codes of the family E4: what is differentiated and is not continuous."""

from __future__ import annotations

from pdel.diagnostics.codes.base import CodeInfo

CODES: tuple[CodeInfo, ...] = (
    CodeInfo(
        code="E425",
        title="A derivative across a jump",
        explanation=(
            "Where a coefficient jumps, as between two materials, the derivative of its product with a gradient is\n"
            "no function. Piece by piece it looks like one, but what is lost is the condition that the flux is the\n"
            "same on both sides, and training would end on the solution of another problem. With the flux as a field\n"
            "nothing that jumps is differentiated; or the coefficient changes over a short length."
        ),
        bad="""\
problem rod
space x in [0, 1]
field u(x)
let k = if(x < 0.5, 1, 10)
equation balance: d(k*u_x, x) = 1
boundary ends: u = 0 on x = 0, x = 1
""",
        good="""\
problem rod
space x in [0, 1]
field u(x), q(x)
let k = if(x < 0.5, 1, 10)
equation law: q = k*u_x
equation balance: q_x = 1
boundary ends: u = 0 on x = 0, x = 1
""",
    ),
)
