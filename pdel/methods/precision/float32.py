"""`precision float32`: all numbers with 32 bits."""

from __future__ import annotations

from pdel.methods.base import Method

METHOD = Method(
    family="precision",
    name="float32",
    purpose="all numbers with 32 bits",
    description="""\
Weights, points and residuals are numbers of 32 bits: a relative rounding error of about 6e-8.

When to use it: `adam`, large networks, graphics processors. Residuals below about 1e-6 of their
terms are rounding.

Cost: half the memory of `float64`, and about half its time where memory decides.""",
    example="precision float32",
)
