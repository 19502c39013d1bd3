"""`compile never`: training goes step by step through torch."""

from __future__ import annotations

from pdel.methods.base import Method

METHOD = Method(
    family="compile",
    name="never",
    purpose="training goes through torch operation by operation",
    description="""\
Every operation of the loss is called by itself, and automatic differentiation records them for the gradient.

When to use it: short runs, debugging, machines without a C++ compiler.

Cost: two to three times the time of a compiled step.""",
    example="compile never",
)
