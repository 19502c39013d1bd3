"""`network modified`: a fully connected network with two gates."""

from __future__ import annotations

from pdel.methods.base import Citation, Method
from pdel.methods.network.options import activation, depth, factorised, reach, width

METHOD = Method(
    family="network",
    name="modified",
    purpose="a fully connected network whose layers are gated by two encodings of the coordinates",
    description="""\
Two encodings U = s(W_u x + b_u) and V = s(W_v x + b_v) enter every layer: h_{k+1} = U + s(W_k h_k +
b_k)*(V - U); N = W h + b.

When to use it: sharp gradients and products of coordinates, where a plain network of the same size
stalls.

Cost: products of jets, so second derivatives cost about twice as much as in a plain network of the
same size.""",
    options=(width(20), depth(3), activation(), reach(), factorised()),
    citation=Citation(
        key="wang2021",
        text="Wang, Teng and Perdikaris, Understanding and mitigating gradient flow pathologies in physics- "
        "informed neural networks, SIAM J. Sci. Comput. 43 (2021)",
        bibtex="""\
@article{wang2021,
  author  = {Wang, Sifan and Teng, Yujun and Perdikaris, Paris},
  title   = {Understanding and Mitigating Gradient Flow Pathologies in Physics-Informed Neural Networks},
  journal = {SIAM Journal on Scientific Computing},
  volume  = {43},
  number  = {5},
  pages   = {A3055--A3081},
  year    = {2021},
  doi     = {10.1137/20M1318043}
}""",
    ),
    template="methods/network/modified.py.j2",
    example="network modified(width = 20, depth = 3, activation = tanh)",
)
