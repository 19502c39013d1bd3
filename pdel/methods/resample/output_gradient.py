"""`resample output_gradient`: points where the solution is steep."""

from __future__ import annotations

from pdel.methods.base import Method
from pdel.methods.resample.options import drawing
from pdel.methods.resample.sources import NAUJOKS

METHOD = Method(
    family="resample",
    name="output_gradient",
    purpose="points drawn where the fields are steep",
    description="""\
The score of a candidate is the Euclidean norm of the derivatives of all fields by all coordinates.

When to use it: for comparison, or for fronts in a solution that training has found already. In the
published comparison of replacements it was best on diffusion, and far behind on Allen-Cahn.

Cost: one reverse pass for each field at every candidate.""",
    options=drawing(),
    citation=NAUJOKS,
    template="methods/resample/output_gradient.py.j2",
    example="resample output_gradient(every = 500)",
)
