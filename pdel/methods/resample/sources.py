"""The paper that several resamplers come from."""

from __future__ import annotations

from pdel.methods.base import Citation

NAUJOKS = Citation(
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
)
