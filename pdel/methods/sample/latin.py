"""`sample latin`: a Latin hypercube."""

from __future__ import annotations

from pdel.methods.base import Citation, Method
from pdel.methods.sample.options import OPTIONS

METHOD = Method(
    family="sample",
    name="latin",
    purpose="a Latin hypercube",
    description="""\
Every coordinate is cut into n equal intervals; each interval of each coordinate holds exactly one
of the n points, placed at random inside it, the coordinates permuted independently.

When to use it: many coordinates, or where earlier work that is to be repeated used it. Evenness
holds along each coordinate only, not in the plane or in space.

Cost: none that matters.""",
    options=OPTIONS,
    citation=Citation(
        key="mckay1979",
        text="McKay, Beckman and Conover, A comparison of three methods for selecting values of input "
        "variables, Technometrics 21 (1979)",
        bibtex="""\
@article{mckay1979,
  author  = {McKay, Michael D. and Beckman, Richard J. and Conover, William J.},
  title   = {A Comparison of Three Methods for Selecting Values of Input Variables in the Analysis of Output
             from a Computer Code},
  journal = {Technometrics},
  volume  = {21},
  number  = {2},
  pages   = {239--245},
  year    = {1979},
  doi     = {10.1080/00401706.1979.10489755}
}""",
    ),
    template="methods/sample/latin.py.j2",
    example="sample interior: latin(points = 2000)",
)
