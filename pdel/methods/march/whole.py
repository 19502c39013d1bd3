"""`march whole`: all of time at once."""

from __future__ import annotations

from pdel.methods.base import Method

METHOD = Method(
    family="march",
    name="whole",
    purpose="one network for all of time",
    description="""\
One network is trained on the whole interval of time, as without the statement where the plan finds no
reason for windows.

When to use it: to compare with `windows`, or where the plan chooses windows and one network does.

Cost: none.""",
    example="march whole",
)
