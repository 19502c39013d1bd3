"""Checks."""

from __future__ import annotations

from pdel.diagnostics.model import Diagnostic
from pdel.maths.checks.setting import Setting


def check_exact(setting: Setting) -> list[Diagnostic]:
    """Nothing."""
    return []
