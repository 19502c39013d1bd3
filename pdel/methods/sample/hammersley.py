"""`sample hammersley`: the Hammersley set, shifted at random."""

from __future__ import annotations

from pdel.methods.base import Citation, Method
from pdel.methods.sample.options import OPTIONS

METHOD = Method(
    family="sample",
    name="hammersley",
    purpose="the Hammersley set, shifted at random",
    description="""\
Point i of n is ((i + 1/2)/n, phi_2(i), phi_3(i), …) with the radical inverses phi_b(i), the digits
of i in base b mirrored at the point. One random shift modulo 1 of the whole set makes every drawing
different and each point uniform.

When to use it: the default for a known number of points in up to about six coordinates; it fills a
box more evenly than any other choice here.

Cost: none that matters.""",
    options=OPTIONS,
    citation=Citation(
        key="hammersley1960",
        text="Hammersley, Monte Carlo methods for solving multivariable problems, Ann. N. Y. Acad. Sci. 86 (1960)",
        bibtex="""\
@article{hammersley1960,
  author  = {Hammersley, John M.},
  title   = {Monte Carlo Methods for Solving Multivariable Problems},
  journal = {Annals of the New York Academy of Sciences},
  volume  = {86},
  number  = {3},
  pages   = {844--874},
  year    = {1960},
  doi     = {10.1111/j.1749-6632.1960.tb42846.x}
}""",
    ),
    template="methods/sample/hammersley.py.j2",
    example="sample interior: hammersley(points = 2540)",
)
