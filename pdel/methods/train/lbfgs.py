"""`train lbfgs`: limited-memory BFGS."""

from __future__ import annotations

from pdel.methods.base import Citation, Method, Option

METHOD = Method(
    family="train",
    name="lbfgs",
    purpose="limited-memory quasi-Newton steps with a strong Wolfe line search",
    description="""\
The inverse Hessian is represented by the last `history` pairs of steps and gradient differences;
every step is found by a line search with the strong Wolfe conditions. It stops early where the
gradient or the change falls below `tolerance`, and says which.

When to use it: after `adam` on a network whose dense matrix of weights by weights would be too large for
`broyden`.

Cost: about 1.3 gradients a step, and `history` vectors of the size of the network. It wants
float64.""",
    options=(
        Option("steps", 5000, "number of steps at most", at_least=1, at_most=1_000_000_000),
        Option("history", 50, "pairs of vectors that are kept", at_least=1, at_most=10_000),
        Option("tolerance", 1e-12, "gradient and change below which it stops", at_least=0, below=1),
    ),
    citation=Citation(
        key="liu1989",
        text="Liu and Nocedal, On the limited memory BFGS method for large scale optimization, Math. Program. "
        "45 (1989)",
        bibtex="""\
@article{liu1989,
  author  = {Liu, Dong C. and Nocedal, Jorge},
  title   = {On the limited memory {BFGS} method for large scale optimization},
  journal = {Mathematical Programming},
  volume  = {45},
  pages   = {503--528},
  year    = {1989},
  doi     = {10.1007/BF01589116}
}""",
    ),
    template="methods/train/lbfgs.py.j2",
    shared=("methods/train/line_search.py.j2",),
    example="train adam(steps = 1000) then lbfgs(steps = 500, history = 20)",
)
