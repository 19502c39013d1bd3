"""`resample gradient_dot`: points whose gradients point as those of test points do."""

from __future__ import annotations

from pdel.methods.base import Method, Option
from pdel.methods.resample.options import drawing
from pdel.methods.resample.sources import NAUJOKS

METHOD = Method(
    family="resample",
    name="gradient_dot",
    purpose="points drawn by the product of their loss gradient with those of test points",
    description="""\
The score of a candidate x is the sum over `test` uniform points t of |grad L(t) . grad L(x)|, the influence
with the identity for the Hessian. `outside = true` takes the size after the sum.

When to use it: to see what the Hessian of `influence` is worth.

Cost: of `influence` without the Hessian, but a product with every gradient of a test point.""",
    options=(
        *drawing(),
        Option("test", 250, "number of test points", at_least=1, at_most=100_000),
        Option("outside", False, "the size of the sum over test points in place of the sum of sizes"),
    ),
    citation=NAUJOKS,
    template="methods/resample/gradient_dot.py.j2",
    shared=(
        "sections/jacobian/rows.py.j2",
        "sections/jacobian/equations.py.j2",
    ),
    example="resample gradient_dot(every = 500)",
)
