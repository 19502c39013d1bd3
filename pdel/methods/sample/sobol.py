"""`sample sobol`: the Sobol sequence, scrambled at random."""

from __future__ import annotations

from pdel.methods.base import Citation, Method
from pdel.methods.sample.options import OPTIONS

METHOD = Method(
    family="sample",
    name="sobol",
    purpose="the Sobol sequence, scrambled at random",
    description="""\
A digital sequence in base 2: every block of 2^k points puts the same number into each of 2^k equal
boxes. Owen's random scrambling makes every drawing different and each point uniform.

When to use it: many coordinates; numbers of points that are powers of two (1024, 2048, 4096) are
filled most evenly.

Cost: none that matters.""",
    options=OPTIONS,
    citation=Citation(
        key="sobol1967",
        text="Sobol, On the distribution of points in a cube and the approximate evaluation of integrals, "
        "USSR Comput. Math. Math. Phys. 7 (1967)",
        bibtex="""\
@article{sobol1967,
  author  = {Sobol', I. M.},
  title   = {On the distribution of points in a cube and the approximate evaluation of integrals},
  journal = {USSR Computational Mathematics and Mathematical Physics},
  volume  = {7},
  number  = {4},
  pages   = {86--112},
  year    = {1967},
  doi     = {10.1016/0041-5553(67)90144-9}
}""",
    ),
    template="methods/sample/sobol.py.j2",
    example="sample interior: sobol(points = 2048)",
)
