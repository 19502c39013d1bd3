"""The module that pdel generates, operation by operation."""

from __future__ import annotations

from prepared import Inputs, Prepared

from frameworks.pdel_compiled import VERSION, training

__all__ = ["VERSION", "prepare"]


def prepare(inputs: Inputs) -> Prepared:
    """Training as with `compile never`."""
    return training(inputs, False)
