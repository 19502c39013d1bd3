"""`resample loss_gradient`: points whose loss has a large gradient."""

from __future__ import annotations

from pdel.methods.base import Citation, Method
from pdel.methods.resample.options import drawing

METHOD = Method(
    family="resample",
    name="loss_gradient",
    purpose="points drawn by the length of the gradient of their loss by the parameters",
    description="""\
The score of a candidate is the Euclidean norm of the gradient of its loss by all parameters.

When to use it: for comparison with `influence`, whose ranking it follows (rank correlation 0.9).

Cost: a gradient for every candidate, computed in blocks of 1000.""",
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
    template="methods/resample/loss_gradient.py.j2",
    shared=(
        "sections/jacobian/rows.py.j2",
        "sections/jacobian/equations.py.j2",
    ),
    example="resample loss_gradient(every = 500)",
)
