"""`resample influence`: points that change the loss elsewhere most."""

from __future__ import annotations

from pdel.methods.base import Method, Option
from pdel.methods.resample.options import drawing
from pdel.methods.resample.sources import NAUJOKS

METHOD = Method(
    family="resample",
    name="influence",
    purpose="points drawn by their influence on the loss at test points",
    description="""\
The influence of training at x on the loss at t is grad L(t)' H^-1 grad L(x): how much one more point at
x changes L(t) once training has converged again. Every `every` steps `pool` candidates x are scored by
the sum over `test` uniform points t of its size, and the points of the interior are drawn anew from them
with probability proportional to S^power/mean(S^power) + uniform. `outside = true` takes the size after the
sum in place of before.

L is the weighted loss, of the equations at t or with `test_terms = all` of the conditions too. H is the
Hessian of the whole weighted loss, soft conditions and data included, with the equations at the test
points or with `hessian_points = training` at the points of training, summed over `test` points, plus
`damping`. Its inverse: `gauss_newton`, 2*J'J on its `rank` largest directions; `arnoldi`, the authors'
200 products with the exact Hessian, of which they keep `rank = 50`; `direct` and `conjugate_gradient`,
all of 2*J'J.

When to use it: in place of `rad` where points matter for more than their own residual. With 20
directions `gauss_newton` ranks candidates nearly as `arnoldi` does (rank correlation 0.89 to 0.98). In
the authors' comparison of replacements (200,000 steps) it was best on Allen-Cahn, Burgers and wave. In
runs of 4000 steps on Burgers (five seeds) both left a residual ten times below that of random points, and
influence was level with `rad`, which costs a tenth; the errors of all strategies were within a factor of two,
no more than from seed to seed, and swung as much from round to round while the residual fell.

When not: on smooth solutions in so few steps. With three seeds fixed points had a median error 3.9 times
lower on a wave equation and 1.8 times lower on diffusion.

Cost: of a round about that of 10 steps of `adam`, of 23 with 10,000 candidates and 1000 test points
(bench/resampling/cost.py), two to three times as many compiled ones; with `arnoldi` of several hundred. `direct`
needs a matrix of weights by weights.""",
    options=(
        *drawing(),
        Option("test", 250, "number of test points", at_least=1, at_most=100_000),
        Option("test_terms", "equations", "what the loss of a test point counts", choices=("equations", "all")),
        Option(
            "hessian",
            "gauss_newton",
            "how the Hessian is inverted",
            choices=("gauss_newton", "arnoldi", "direct", "conjugate_gradient"),
        ),
        Option("hessian_points", "test", "where the Hessian sees the equations", choices=("test", "training")),
        Option("rank", 20, "directions that `gauss_newton` and `arnoldi` keep", at_least=1, at_most=100_000),
        Option("damping", 1e-3, "what is added to the Hessian's diagonal", above=0),
        Option("outside", False, "the size of the sum over test points in place of the sum of sizes"),
    ),
    citation=NAUJOKS,
    template="methods/resample/influence.py.j2",
    shared=(
        "sections/jacobian/rows.py.j2",
        "sections/jacobian/equations.py.j2",
        "sections/jacobian/as_they_are.py.j2",
    ),
    example="resample influence(every = 1000, pool = 10_000)",
)
