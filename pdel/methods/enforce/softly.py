"""`enforce softly`: conditions as terms of the loss."""

from __future__ import annotations

from pdel.methods.base import Method

METHOD = Method(
    family="enforce",
    name="softly",
    purpose="conditions as terms of the loss, at points of their own",
    description="""\
The mean squared residual of the condition at sampled points is added to the loss, times its weight
(`weigh`).

When to use it: where an exact form hurts more than it helps, for instance for values that jump at a
corner. Conditions that cannot be enforced exactly are enforced softly without being asked.

Cost: one more set of points, and an error that training has to bring down beside that of the
equations.""",
    example="enforce ends: softly",
)
