"""`network residual`: a network of residual blocks."""

from __future__ import annotations

from pdel.methods.base import Citation, Method
from pdel.methods.network.options import activation, depth, factorised, reach, width

METHOD = Method(
    family="network",
    name="residual",
    purpose="a network of blocks that add to what they are given",
    description="""\
h_0 = s(W_0 x + b_0); every block adds h_{k+1} = h_k + s(W_2 s(W_1 h_k + b_1) + b_2); N = W h + b.

When to use it: where a deep network is needed and a plain one of the same depth trains badly.
`depth` counts blocks, of two layers each.

Cost: that of a plain network with twice as many layers.""",
    options=(width(20), depth(2, "residual blocks of two layers"), activation(), reach(), factorised()),
    citation=Citation(
        key="he2016",
        text="He, Zhang, Ren and Sun, Deep residual learning for image recognition, CVPR (2016)",
        bibtex="""\
@inproceedings{he2016,
  author    = {He, Kaiming and Zhang, Xiangyu and Ren, Shaoqing and Sun, Jian},
  title     = {Deep Residual Learning for Image Recognition},
  booktitle = {IEEE Conference on Computer Vision and Pattern Recognition},
  pages     = {770--778},
  year      = {2016},
  doi       = {10.1109/CVPR.2016.90}
}""",
    ),
    template="methods/network/residual.py.j2",
    example="network residual(width = 20, depth = 2)",
)
