"""`network fourier`: random Fourier features in front of a fully connected network."""

from __future__ import annotations

from pdel.methods.base import Citation, Method, Option
from pdel.methods.network.options import activation, depth, factorised, width

METHOD = Method(
    family="network",
    name="fourier",
    purpose="random Fourier features in front of a fully connected network",
    description="""\
The first layer is (sin(B x), cos(B x)) with a fixed matrix B of normal random numbers with standard
deviation `scale`; a fully connected network follows.

When to use it: solutions with high frequencies, which plain networks learn last. `scale` has to
fit: about pi times the number of waves along half a side of the region; too large a scale gives
noise between the points.

Cost: 2*`features` fixed neurons more.""",
    options=(
        Option("features", 32, "random frequencies, each with a sine and a cosine", at_least=1, at_most=4096),
        Option("scale", 2.0, "standard deviation of the frequencies on coordinates scaled to [-1, 1]", above=0),
        width(20),
        depth(2),
        activation(),
        factorised(),
    ),
    citation=Citation(
        key="tancik2020",
        text="Tancik et al., Fourier features let networks learn high frequency functions in low dimensional "
        "domains, NeurIPS (2020)",
        bibtex="""\
@inproceedings{tancik2020,
  author    = {Tancik, Matthew and Srinivasan, Pratul and Mildenhall, Ben and Fridovich-Keil, Sara and
               Raghavan, Nithin and Singhal, Utkarsh and Ramamoorthi, Ravi and Barron, Jonathan and Ng, Ren},
  title     = {Fourier Features Let Networks Learn High Frequency Functions in Low Dimensional Domains},
  booktitle = {Advances in Neural Information Processing Systems},
  volume    = {33},
  year      = {2020},
  eprint    = {2006.10739},
  archiveprefix = {arXiv}
}""",
    ),
    template="methods/network/fourier.py.j2",
    example="network fourier(features = 16, scale = 3, width = 20, depth = 2)",
)
