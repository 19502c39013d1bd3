"""`resample residual`: points added where the residual is largest."""

from __future__ import annotations

from pdel.methods.base import Citation, Method
from pdel.methods.resample.options import drawing

METHOD = Method(
    family="resample",
    name="residual",
    purpose="points added where the residual is largest",
    description="""\
Every `every` steps the `count` candidates with the largest |r| join the points of the interior (RAR). r is
the residual, of a system the root of the sum of squares. With `top = false` they are drawn with
probability proportional to |r|^power/mean(|r|^power) + uniform in place of that; with `mode = replace`
as well, this is `rad`.

When to use it: for steep layers in a small part of the domain, where the points of `sample` are right
elsewhere. The set grows by `count` in every round. In the published comparison of additions it was best
on four problems of five.

Cost: one evaluation of the residual at every candidate.""",
    options=drawing(mode="add", top=True),
    citation=Citation(
        key="lu2021",
        text="Lu, Meng, Mao and Karniadakis, DeepXDE: a deep learning library for solving differential "
        "equations, SIAM Rev. 63 (2021)",
        bibtex="""\
@article{lu2021,
  author  = {Lu, Lu and Meng, Xuhui and Mao, Zhiping and Karniadakis, George Em},
  title   = {{DeepXDE}: A Deep Learning Library for Solving Differential Equations},
  journal = {SIAM Review},
  volume  = {63},
  number  = {1},
  pages   = {208--228},
  year    = {2021},
  doi     = {10.1137/19M1274067}
}""",
    ),
    template="methods/resample/residual.py.j2",
    example="resample residual(every = 500, count = 10)",
)
