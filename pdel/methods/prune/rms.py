"""`prune NAME: rms`: neurons that answer flagged observations with a larger root mean square."""

from __future__ import annotations

from pdel.methods.base import Method
from pdel.methods.prune.options import CITATION, OPTIONS, criterion

METHOD = Method(
    family="prune",
    name="rms",
    purpose="neurons that answer flagged observations with a larger root mean square",
    description=criterion("""\
I = rms z over the flagged observations/rms z over the retained ones - 1 for a neuron's value z before its
activation."""),
    options=OPTIONS,
    citation=CITATION,
    template="methods/prune/rms.py.j2",
    example="prune sensors: rms",
)
