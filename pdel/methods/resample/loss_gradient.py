"""`resample loss_gradient`: points whose loss has a large gradient."""

from __future__ import annotations

from pdel.methods.base import Method
from pdel.methods.resample.options import drawing
from pdel.methods.resample.sources import NAUJOKS

METHOD = Method(
    family="resample",
    name="loss_gradient",
    purpose="points drawn by the length of the gradient of their loss by the parameters",
    description="""\
The score of a candidate is the Euclidean norm of the gradient of its loss by all parameters.

When to use it: for comparison with `influence`, whose ranking it follows (rank correlation 0.9).

Cost: a gradient for every candidate, computed in blocks of 1000.""",
    options=drawing(),
    citation=NAUJOKS,
    template="methods/resample/loss_gradient.py.j2",
    shared=(
        "sections/jacobian/rows.py.j2",
        "sections/jacobian/equations.py.j2",
    ),
    example="resample loss_gradient(every = 500)",
)
