"""`prune NAME: deviation`: neurons that vary more over flagged observations."""

from __future__ import annotations

from pdel.methods.base import Method
from pdel.methods.prune.options import CITATION, OPTIONS, criterion

METHOD = Method(
    family="prune",
    name="deviation",
    purpose="neurons that vary more over flagged observations",
    description=criterion("""\
I = standard deviation of z over the flagged observations/that over the retained ones - 1 for a neuron's
value z before its activation."""),
    options=OPTIONS,
    citation=CITATION,
    template="methods/prune/deviation.py.j2",
    example="prune sensors: deviation",
)
