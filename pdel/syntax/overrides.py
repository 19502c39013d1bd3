"""The overrides of `--set`."""

from __future__ import annotations

from pdel.diagnostics.model import Result
from pdel.syntax.ast import Specification


def apply_overrides(specification: Specification, overrides: tuple[str, ...]) -> Result[Specification]:
    """Applies overrides in their order."""
    return Result(specification, ())
