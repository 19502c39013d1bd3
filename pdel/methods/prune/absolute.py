"""`prune NAME: absolute`: neurons that answer flagged observations with larger values."""

from __future__ import annotations

from pdel.methods.base import Method
from pdel.methods.prune.options import CITATION, OPTIONS, criterion

METHOD = Method(
    family="prune",
    name="absolute",
    purpose="neurons that answer flagged observations with larger values",
    description=criterion("""\
I = mean |z| over the flagged observations/mean |z| over the retained ones - 1 for a neuron's value z
before its activation."""),
    options=OPTIONS,
    citation=CITATION,
    template="methods/prune/absolute.py.j2",
    example="prune sensors: absolute",
)
