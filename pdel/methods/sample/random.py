"""`sample random`: independent uniform points."""

from __future__ import annotations

from pdel.methods.base import Method
from pdel.methods.sample.options import OPTIONS

METHOD = Method(
    family="sample",
    name="random",
    purpose="independent uniform points",
    description="""\
Every point is drawn uniformly and independently of the others.

When to use it: with `fresh = 1`, which makes every step an unbiased estimate of the integral of the
squared residual. As a fixed set it leaves holes and clusters, which `hammersley` avoids.

Cost: none that matters.""",
    options=OPTIONS,
    template="methods/sample/random.py.j2",
    example="sample interior: random(points = 2000, fresh = 1)",
)
