"""`sample halton`: the Halton sequence, shifted at random."""

from __future__ import annotations

from pdel.methods.base import Citation, Method
from pdel.methods.sample.options import OPTIONS

METHOD = Method(
    family="sample",
    name="halton",
    purpose="the Halton sequence, shifted at random",
    description="""\
Point i is (phi_2(i), phi_3(i), phi_5(i), …) with the radical inverses phi_b(i), the digits of i in
base b mirrored at the point. One random shift modulo 1 of the whole set makes every drawing
different and each point uniform.

When to use it: like `hammersley`, where the first points of a longer drawing should already be an
even set. In more than about six coordinates `sobol` is better: large bases fill slowly.

Cost: none that matters.""",
    options=OPTIONS,
    citation=Citation(
        key="halton1960",
        text="Halton, On the efficiency of certain quasi-random sequences of points in evaluating multi- "
        "dimensional integrals, Numer. Math. 2 (1960)",
        bibtex="""\
@article{halton1960,
  author  = {Halton, John H.},
  title   = {On the efficiency of certain quasi-random sequences of points in evaluating multi-dimensional
             integrals},
  journal = {Numerische Mathematik},
  volume  = {2},
  pages   = {84--90},
  year    = {1960},
  doi     = {10.1007/BF01386213}
}""",
    ),
    template="methods/sample/halton.py.j2",
    example="sample interior: halton(points = 2000)",
)
