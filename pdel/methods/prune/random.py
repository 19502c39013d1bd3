"""`prune NAME: random`: neurons taken at random."""

from __future__ import annotations

from pdel.methods.base import Method
from pdel.methods.prune.options import OPTIONS, criterion

METHOD = Method(
    family="prune",
    name="random",
    purpose="neurons taken at random, about half of them",
    description=criterion(
        "I is a normal number for every neuron, so that about half of them go at most.",
        "As the control beside `bias` random\nneurons did as well as those of that criterion.",
    ),
    options=OPTIONS,
    template="methods/prune/random.py.j2",
    example="prune sensors: random",
)
