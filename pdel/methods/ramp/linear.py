"""`ramp linear`: a constant that comes to its value by equal steps."""

from __future__ import annotations

from pdel.methods.base import Method
from pdel.methods.ramp.options import CURRICULA, schedule

METHOD = Method(
    family="ramp",
    name="linear",
    purpose="a constant that comes to its value by equal differences during training",
    description="""\
As `geometric`, with the constant c at `from` + (c - `from`)*s.

When to use it: for constants that begin at 0, as the coefficient of a nonlinear term, or that change their sign.

Cost: that of `geometric`.""",
    options=schedule(),
    citation=CURRICULA,
    template="methods/ramp/linear.py.j2",
    example="ramp alpha: linear(from = 0, steps = 500)",
)
