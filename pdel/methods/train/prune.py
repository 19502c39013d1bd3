"""`then prune then`: when to prune."""

from __future__ import annotations

from pdel.methods.base import Method
from pdel.methods.prune.options import CITATION

METHOD = Method(
    family="train",
    name="prune",
    purpose="where `prune` stands among the phases",
    description="""\
The phases before it train on all observations. Then the observations are told apart, and the phases
behind it fine-tune on those retained: see the family `prune`.

When to use it: together with a statement `prune`, to choose the phases of fine-tuning. Without it they
are those before with a quarter of the steps.

Cost: the phases behind it run four times, three times with `partition = indicator`.""",
    gradients=False,
    citation=CITATION,
    example="train adam(steps = 20_000) then prune then adam(steps = 2000)",
)
