"""`prune NAME: frequency`: neurons that are positive at flagged observations more often."""

from __future__ import annotations

from pdel.methods.base import Method
from pdel.methods.prune.options import CITATION, OPTIONS, criterion

METHOD = Method(
    family="prune",
    name="frequency",
    purpose="neurons that are positive at flagged observations more often",
    description=criterion("""\
I = share of z > 0 among the flagged observations/that among the retained ones - 1 for a neuron's value z
before its activation."""),
    options=OPTIONS,
    citation=CITATION,
    template="methods/prune/frequency.py.j2",
    example="prune sensors: frequency",
)
