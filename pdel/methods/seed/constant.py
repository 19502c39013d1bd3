"""`seed 7`: where all random numbers start."""

from __future__ import annotations

from pdel.methods.base import Method, Option

METHOD = Method(
    family="seed",
    name="constant",
    purpose="where the random numbers of weights and points start",
    description="""\
`seed 7` fixes the initial weights and the collocation points: two runs of one module on one machine
are equal.

When to use it: to repeat a run, or to see how much an error depends on chance. The default is 0.

Cost: none.""",
    options=(Option("value", 0, "a whole number", at_least=0, at_most=2**63 - 1),),
    example="seed 7",
)
