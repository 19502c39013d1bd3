"""The options that the ramps share, and where they were published."""

from __future__ import annotations

from pdel.methods.base import Citation, Option


def schedule() -> tuple[Option, Option, Option]:
    """Where a ramp begins, how long it is, and how often the constant moves."""
    return (
        Option("from", 0.0, "value of the constant at the beginning"),
        Option("steps", 1000, "steps until it has its own value", at_least=1, at_most=1000000000),
        Option("every", 50, "steps between two moves", at_least=1, at_most=1000000000, unit="steps"),
    )


CURRICULA = Citation(
    key="krishnapriyan2021",
    text="Krishnapriyan, Gholami, Zhe, Kirby and Mahoney, Characterizing possible failure modes in "
    "physics-informed neural networks, NeurIPS 34 (2021)",
    bibtex="""\
@inproceedings{krishnapriyan2021,
  author    = {Krishnapriyan, Aditi S. and Gholami, Amir and Zhe, Shandian and Kirby, Robert M. and
               Mahoney, Michael W.},
  title     = {Characterizing possible failure modes in physics-informed neural networks},
  booktitle = {Advances in Neural Information Processing Systems},
  volume    = {34},
  year      = {2021}
}""",
)
