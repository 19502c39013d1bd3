"""`network siren`: a fully connected network of sines."""

from __future__ import annotations

from pdel.methods.base import Citation, Method, Option
from pdel.methods.network.options import depth, factorised, width

METHOD = Method(
    family="network",
    name="siren",
    purpose="a fully connected network of sines with its own initial weights",
    description="""\
h_1 = sin(W_1 x + b_1) with weights of W_1 up to `frequency`/inputs, h_k = sin(W_k h_{k-1} + b_k)
with weights up to sqrt(6/inputs), N = W h + b: every layer's values keep the same distribution. The
activation is always the sine.

When to use it: solutions that oscillate. `frequency` sets how fast the first layer oscillates over
a region scaled to [-1, 1]; the 30 of the paper is meant for images and is mostly too much for a
smooth solution.

Cost: that of `mlp`.""",
    options=(
        width(20),
        depth(3),
        Option("frequency", 6.0, "frequency of the first layer on coordinates scaled to [-1, 1]", above=0),
        factorised(),
    ),
    citation=Citation(
        key="sitzmann2020",
        text="Sitzmann, Martel, Bergman, Lindell and Wetzstein, Implicit neural representations with periodic "
        "activation functions, NeurIPS (2020)",
        bibtex="""\
@inproceedings{sitzmann2020,
  author    = {Sitzmann, Vincent and Martel, Julien and Bergman, Alexander and Lindell, David and
               Wetzstein, Gordon},
  title     = {Implicit Neural Representations with Periodic Activation Functions},
  booktitle = {Advances in Neural Information Processing Systems},
  volume    = {33},
  year      = {2020},
  eprint    = {2006.09661},
  archiveprefix = {arXiv}
}""",
    ),
    template="methods/network/siren.py.j2",
    example="network siren(width = 20, depth = 3, frequency = 6)",
)
