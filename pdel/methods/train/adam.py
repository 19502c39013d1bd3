"""`train adam`: stochastic gradient steps with moments."""

from __future__ import annotations

from pdel.methods.base import Citation, Method, Option

METHOD = Method(
    family="train",
    name="adam",
    purpose="first-order steps scaled by running moments of the gradient",
    description="""\
m = 0.9*m + 0.1*g and v = 0.999*v + 0.001*g^2, step -rate*m/(sqrt(v) + 1e-8) after correction for
their start at zero. The rate falls geometrically from `rate` to `rate`*`decay` over the steps.

When to use it: large networks, points that are redrawn at every step, float32, or before a
quasi-Newton method.

Cost: one gradient a step. It needs far more steps than `broyden` for the same error on a small
network.""",
    options=(
        Option("steps", 20_000, "number of steps", at_least=1, at_most=1_000_000_000),
        Option("rate", 1e-3, "step size at the start", above=0, at_most=1),
        Option("decay", 0.01, "step size at the end in units of that at the start; 1 keeps it", above=0, at_most=1),
    ),
    citation=Citation(
        key="kingma2015",
        text="Kingma and Ba, Adam: a method for stochastic optimization, ICLR (2015)",
        bibtex="""\
@inproceedings{kingma2015,
  author    = {Kingma, Diederik P. and Ba, Jimmy},
  title     = {Adam: A Method for Stochastic Optimization},
  booktitle = {International Conference on Learning Representations},
  year      = {2015},
  eprint    = {1412.6980},
  archiveprefix = {arXiv}
}""",
    ),
    template="methods/train/adam.py.j2",
    example="train adam(steps = 5000, rate = 1e-3)",
)
