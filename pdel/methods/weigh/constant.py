"""`weigh NAME: 10`: a fixed weight in the loss."""

from __future__ import annotations

from pdel.methods.base import Method, Option

METHOD = Method(
    family="weigh",
    name="constant",
    purpose="a fixed weight of a condition or an equation in the loss",
    description="""\
The loss is the sum of the mean squared residuals, each times its weight: `weigh walls: 10`.

When to use it: where one condition stays behind the others. Equations have the weight 1, soft
conditions 10 where nothing is stated.

Cost: none.""",
    options=(Option("value", 1.0, "the weight", at_least=0),),
    example="weigh conduction: 2",
)
