"""`precision float64`: all numbers with 64 bits."""

from __future__ import annotations

from pdel.methods.base import Method

METHOD = Method(
    family="precision",
    name="float64",
    purpose="all numbers with 64 bits",
    description="""\
Weights, points and residuals are numbers of 64 bits: a relative rounding error of about 1e-16.

When to use it: the default with `lbfgs` and `broyden`, which need differences of nearly equal
gradients.

Cost: twice the memory of `float32`; on graphics processors made for games also many times its time.""",
    example="precision float64",
)
