"""`enforce exactly`: conditions built into the form of the solution."""

from __future__ import annotations

from pdel.methods.base import Citation, Method

METHOD = Method(
    family="enforce",
    name="exactly",
    purpose="conditions that hold for every network, through the form of the solution",
    description="""\
The solution is written u = g + d*N, where g satisfies the conditions and d vanishes where they
hold: they are met for every N, and need no points and no weight. g and d are closed forms that the
compiler builds: products of distances on boxes, smooth distance functions on disks and combined
shapes, t or t^2/(t^2 + tau^2) at the start of time.

When to use it: it is the default where it can be built. Asking for it where it cannot be is an
error that says why.

Cost: the product rule at every point; usually far less than training a soft condition.""",
    citation=Citation(
        key="lagaris1998",
        text="Lagaris, Likas and Fotiadis, Artificial neural networks for solving ordinary and partial "
        "differential equations, IEEE Trans. Neural Netw. 9 (1998)",
        bibtex="""\
@article{lagaris1998,
  author  = {Lagaris, Isaac E. and Likas, Aristidis and Fotiadis, Dimitrios I.},
  title   = {Artificial Neural Networks for Solving Ordinary and Partial Differential Equations},
  journal = {IEEE Transactions on Neural Networks},
  volume  = {9},
  number  = {5},
  pages   = {987--1000},
  year    = {1998},
  doi     = {10.1109/72.712178}
}""",
    ),
    example="enforce ends, profile: exactly",
)
