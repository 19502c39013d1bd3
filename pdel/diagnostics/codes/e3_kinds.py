"""Codes of the family E3: kinds, shapes and arguments."""

from __future__ import annotations

from pdel.diagnostics.codes.base import CodeInfo

CODES: tuple[CodeInfo, ...] = ()
