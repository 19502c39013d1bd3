"""`resample output_gradient`: points where the solution is steep."""

from __future__ import annotations

from pdel.methods.base import Citation, Method
from pdel.methods.resample.options import drawing

METHOD = Method(
    family="resample",
    name="output_gradient",
    purpose="points drawn where the fields are steep",
    description="""\
The score of a candidate is the Euclidean norm of the derivatives of all fields by all coordinates.

When to use it: for comparison, or for fronts in a solution that training has found already. In the
published comparison of replacements it was best on diffusion, and far behind on Allen-Cahn.

Cost: one reverse pass for each field at every candidate.""",
    options=drawing(),
    citation=Citation(
        key="naujoks2025",
        text="Naujoks, Krasowski, Weckbecker, Wiegand, Lapuschkin, Samek and Klausen, Leveraging influence functions "
        "for resampling in PINNs, arXiv:2506.16443 (2025)",
        bibtex="""\
@misc{naujoks2025,
  author = {Naujoks, Jonas R. and Krasowski, Aleksander and Weckbecker, Moritz and Wiegand, Thomas and Lapuschkin,
            Sebastian and Samek, Wojciech and Klausen, Ren{\\'e} P.},
  title  = {Leveraging Influence Functions for Resampling in {PINNs}},
  year   = {2025},
  eprint = {2506.16443},
  archiveprefix = {arXiv}
}""",
    ),
    template="methods/resample/output_gradient.py.j2",
    example="resample output_gradient(every = 500)",
)
