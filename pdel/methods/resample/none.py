"""`resample none`: points that stay where they were drawn."""

from __future__ import annotations

from pdel.methods.base import Method

METHOD = Method(
    family="resample",
    name="none",
    purpose="points that stay where they were drawn",
    description="""\
The points of the interior are those of `sample` from the first step to the last.

When to use it: to see what resampling is worth, or where the specification asks for fixed points. It is
the default where all phases are `adam`, and where `sample interior` draws fresh points.

Cost: none.""",
    example="resample none",
)
