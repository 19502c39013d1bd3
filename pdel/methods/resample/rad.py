"""`resample rad`: points drawn with chances that follow the residual."""

from __future__ import annotations

from pdel.methods.base import Citation, Method
from pdel.methods.resample.options import drawing

METHOD = Method(
    family="resample",
    name="rad",
    purpose="points drawn anew with chances that follow the residual",
    description="""\
Every `every` steps `pool` candidates are drawn uniformly, and the points of the interior anew from them,
without replacement, with probability proportional to |r|^power/mean(|r|^power) + uniform. r is the
residual, of a system the root of the sum of squares.

When to use it: with quasi-Newton methods, for which it is the default (with eight candidates a point):
they overfit fixed points, and the error stops falling while the loss goes on. On Burgers' equation, after 4000
steps of `adam` and `lbfgs` (five seeds), the residual between the points was 13 times larger with fixed points.

Cost: one evaluation of the residual at every candidate, of about 12 steps of `adam` on a tenth of the
candidates.""",
    options=drawing(),
    citation=Citation(
        key="wu2023",
        text="Wu, Zhu, Tan, Kartha and Lu, A comprehensive study of non-adaptive and residual-based adaptive "
        "sampling for physics-informed neural networks, Comput. Methods Appl. Mech. Eng. 403 (2023)",
        bibtex="""\
@article{wu2023,
  author  = {Wu, Chenxi and Zhu, Min and Tan, Qinyang and Kartha, Yadhu and Lu, Lu},
  title   = {A comprehensive study of non-adaptive and residual-based adaptive sampling for physics-informed
             neural networks},
  journal = {Computer Methods in Applied Mechanics and Engineering},
  volume  = {403},
  pages   = {115671},
  year    = {2023},
  doi     = {10.1016/j.cma.2022.115671}
}""",
    ),
    template="methods/resample/rad.py.j2",
    example="resample rad(every = 500, pool = 20_000)",
)
