"""`prune NAME: random`: neurons taken at random."""

from __future__ import annotations

from pdel.methods.base import Method
from pdel.methods.prune.options import OPTIONS, criterion

METHOD = Method(
    family="prune",
    name="random",
    purpose="neurons taken at random, about half of them",
    description=criterion("""\
I is a normal number for every neuron, so that about half of them go at most."""),
    options=OPTIONS,
    template="methods/prune/random.py.j2",
    example="prune sensors: random",
)
