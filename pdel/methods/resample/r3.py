"""`resample r3`: points of large residual retained, the others released."""

from __future__ import annotations

from pdel.methods.base import Citation, Method
from pdel.methods.resample.options import every

METHOD = Method(
    family="resample",
    name="r3",
    purpose="points retained where the residual is above its mean, the others drawn anew",
    description="""\
Retain, resample, release: every `every` steps the points whose |r| is above the mean over all points
stay; the others are exchanged for uniform ones. Points gather where the residual stays large, and leave
again once it has fallen.

When to use it: with short periods, since a round costs almost nothing.

Cost: one evaluation of the residual at the points.""",
    options=(every(100),),
    citation=Citation(
        key="daw2023",
        text="Daw, Bu, Wang, Perdikaris and Karpatne, Mitigating propagation failures in physics-informed neural "
        "networks using retain-resample-release (R3) sampling, ICML (2023)",
        bibtex="""\
@inproceedings{daw2023,
  author    = {Daw, Arka and Bu, Jie and Wang, Sifan and Perdikaris, Paris and Karpatne, Anuj},
  title     = {Mitigating Propagation Failures in Physics-informed Neural Networks using Retain-Resample-Release
               ({R3}) Sampling},
  booktitle = {International Conference on Machine Learning},
  year      = {2023},
  eprint    = {2207.02338},
  archiveprefix = {arXiv}
}""",
    ),
    template="methods/resample/r3.py.j2",
    example="resample r3(every = 100)",
)
