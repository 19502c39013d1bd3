"""Checks."""

from __future__ import annotations

from pdel.diagnostics.model import Diagnostic
from pdel.maths.checks.setting import Setting


def advise(setting: Setting) -> list[Diagnostic]:
    """Nothing."""
    return []
