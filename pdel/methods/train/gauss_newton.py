"""`train gauss_newton`: Levenberg-Marquardt steps with the exact Jacobian of all residuals."""

from __future__ import annotations

from pdel.methods.base import Citation, Method, Option

METHOD = Method(
    family="train",
    name="gauss_newton",
    purpose="Levenberg-Marquardt steps with the exact Jacobian of all residuals",
    description="""\
The loss is a sum of squares r.r of weighted residuals, of equations, soft conditions and data. A step d
solves (J'J + damping) d = -J'r by Cholesky, with J the derivatives of r by the weights, all rows from one
reverse pass through the layers. With fewer residuals than weights it solves the equivalent system with
J J'. The damping follows the trust ratio; where a step gains little, others are tried as well.

When to use it: for runs of seconds, for machines without a C++ compiler, and for small networks on smooth
problems. Given more time `broyden` goes further.

Cost: of a step several gradients, and a matrix of weights by weights (or residuals by residuals).
It needs float64. Points should move often: without `resample` the plan redraws them every 10 steps.""",
    options=(
        Option("steps", 500, "number of steps at most", at_least=1, at_most=1_000_000_000),
        Option("damping", 1e-2, "the damping of the first step", above=0),
        Option("tolerance", 0.0, "loss below which it stops; 0 lets it use all its steps", at_least=0),
    ),
    citation=Citation(
        key="more1978",
        text="Moré, The Levenberg-Marquardt algorithm: implementation and theory, in: Numerical Analysis, Lecture "
        "Notes in Mathematics 630 (1978) 105-116",
        bibtex="""\
@incollection{more1978,
  author    = {Mor{\\'e}, Jorge J.},
  title     = {The {Levenberg-Marquardt} Algorithm: Implementation and Theory},
  booktitle = {Numerical Analysis},
  series    = {Lecture Notes in Mathematics},
  volume    = {630},
  pages     = {105--116},
  publisher = {Springer},
  year      = {1978},
  doi       = {10.1007/BFb0067700}
}""",
    ),
    template="methods/train/gauss_newton.py.j2",
    shared=(
        "sections/jacobian/rows.py.j2",
        "sections/jacobian/equations.py.j2",
        "sections/jacobian/as_they_are.py.j2",
        "sections/jacobian/parts.py.j2",
    ),
    gradients=False,
    example="train gauss_newton(steps = 200)",
)
