"""pdel: a compiler from text specifications of partial differential equations to standalone torch modules."""

__version__ = "0.1.0"
