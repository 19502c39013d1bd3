"""W719 of the family W7: advice on methods that do nothing."""

from __future__ import annotations

from pdel.diagnostics.codes.base import CodeInfo

CODES: tuple[CodeInfo, ...] = (
    CodeInfo(
        code="W719",
        title="Nothing to compile",
        explanation=(
            "What is compiled is the loss with its gradient. `least_squares` and `gauss_newton` take the derivatives\n"
            "of every residual in its place, so that training goes on as if nothing had been said."
        ),
        bad="""\
problem rod
space x in [0, 1]
field u(x)
equation balance: u_xx = 1
boundary ends: u = 0 on x = 0, x = 1
train gauss_newton(steps = 50)
compile always
""",
        good="""\
problem rod
space x in [0, 1]
field u(x)
equation balance: u_xx = 1
boundary ends: u = 0 on x = 0, x = 1
train gauss_newton(steps = 50) then lbfgs(steps = 50)
compile always
""",
    ),
)
