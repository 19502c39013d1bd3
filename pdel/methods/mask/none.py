"""`mask none`: hidden neurons without a mask."""

from __future__ import annotations

from pdel.methods.base import Method
from pdel.methods.mask.options import statistics

METHOD = Method(
    family="mask",
    name="none",
    purpose="hidden neurons without a mask",
    description="""\
The activation of a neuron is its value, as without the statement.

When to use it: to compare with `exponential`, or to see with `statistics` whether a plain network
saturates: what it adds to metrics.csv is described there.

Cost: none.""",
    options=(statistics(),),
    example="mask none(statistics = true)",
)
