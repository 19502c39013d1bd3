"""`network mlp`: a fully connected network."""

from __future__ import annotations

from pdel.methods.base import Citation, Method
from pdel.methods.network.options import activation, depth, factorised, reach, width

METHOD = Method(
    family="network",
    name="mlp",
    purpose="a fully connected network",
    description="""\
h_1 = s(W_1 x + b_1), h_k = s(W_k h_{k-1} + b_k), N = W h + b with the activation s, on coordinates
scaled to [-1, 1], or with `range` to [-range, range]: a wider range is a first layer of higher
frequencies.

When to use it: first. Three hidden layers of 20 neurons (about 900 weights) reach errors near 1e-5
on smooth problems within a minute when trained by `broyden`; larger networks pay off over longer
runs only, because each step of `broyden` works on a dense matrix of weights by weights. Where the specification
says nothing, the plan takes the size from the budget; where `least_squares` solves for the output layer, one
wide layer of `sin`, or of `tanh` for nonlinear equations: Kovasznay's flow had 3e-6 with it after one trial, and 1e-4
with `sin`; the driven cavity 0.30 and 0.11, so that `sin` stands where values jump at corners. Under other methods
`sin` is taken where every equation is linear and none is parabolic: after 1600 steps of `broyden` a Helmholtz
equation had 3.9e-5 (`tanh` 2.4e-4), while on Burgers' equation `tanh` had 3.6e-4 and `sin` 4.3e-2.

With `factorised = true` the weights of every layer are W = diag(exp(s))*V (Wang, Wang, Seidman and Perdikaris,
Random weight factorization improves the training of continuous neural representations, arXiv:2210.01274, 2022):
a neuron has the factor exp(s), and s and V are trained. s starts normal with mean 1 and deviation 0.1, and V
such that W is what it would be without. Every network has this option. It does not go with `prune`.

Cost: one multiplication for each weight, derivative and point.""",
    options=(width(20), depth(3), activation(), reach(), factorised()),
    citation=Citation(
        key="raissi2019",
        text="Raissi, Perdikaris and Karniadakis, Physics-informed neural networks, J. Comput. Phys. 378 (2019)",
        bibtex="""\
@article{raissi2019,
  author  = {Raissi, Maziar and Perdikaris, Paris and Karniadakis, George E.},
  title   = {Physics-informed neural networks: A deep learning framework for solving forward and inverse
             problems involving nonlinear partial differential equations},
  journal = {Journal of Computational Physics},
  volume  = {378},
  pages   = {686--707},
  year    = {2019},
  doi     = {10.1016/j.jcp.2018.10.045}
}""",
    ),
    template="methods/network/mlp.py.j2",
    example="network mlp(width = 32, depth = 3, activation = tanh)",
)
