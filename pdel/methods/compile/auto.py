"""`compile auto`: training is compiled where that pays."""

from __future__ import annotations

from pdel.methods.base import Method

METHOD = Method(
    family="compile",
    name="auto",
    purpose="training is compiled where that pays",
    description="""\
Before the first step one gradient is timed. Training is compiled as by `compile always` if the steps that are
left, or the seconds of the budget, are more than twice those that compiling takes: about 12 for one field, and 2 for
each other. Else it goes on as by `compile never`.
The decision is in the checkpoint, and `--resume` keeps to it.

When to use it: the default. A run whose time is near the limit may be decided one way today and the other
way tomorrow, and the two differ in rounding; to repeat such a run to the last bit say `always` or `never`.

Cost: two gradients.""",
    example="compile auto",
)
