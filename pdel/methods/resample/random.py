"""`resample random`: uniform points, new in every round."""

from __future__ import annotations

from pdel.methods.base import Method
from pdel.methods.resample.options import drawing

METHOD = Method(
    family="resample",
    name="random",
    purpose="independent uniform points, new in every round",
    description="""\
The scores are random numbers: the points of the interior are exchanged for uniform ones, or with
`mode = add` joined by some.

When to use it: to see what the scores of the other methods are worth. `sample interior: random(fresh = 500)`
does the same with the points of a sampler.

Cost: none that matters.""",
    options=drawing(),
    template="methods/resample/random.py.j2",
    example="resample random(every = 500)",
)
