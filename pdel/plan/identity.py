"""Identities: SHA-256 of the canonical specification, and of the plan's canonical JSON."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pdel.source import Sources, Span
from pdel.tabulated import Grid

OPTIONAL = {"optional": True}
"""Metadata of a plan's field that is left out of the canonical form where it is None, False or empty.

A plan without the feature has the identity that it had before the feature existed.
"""


LEFT_OUT = (Span, Sources, Path, Grid)
"""Types of fields that the canonical form leaves out: places, and tables, for which their files' SHA-256 stands."""


def canonical_value(value: Any) -> Any:
    """Frozen data as JSON values; positions in the text are left out, nodes carry their type's name."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        items = {
            field.name: canonical_value(inner)
            for field in dataclasses.fields(value)
            if not isinstance(inner := getattr(value, field.name), LEFT_OUT)
            and not (field.metadata.get("optional") and (inner is None or inner is False or inner == ()))
        }
        return {"type": type(value).__name__, **items}
    if isinstance(value, tuple | list):
        return [canonical_value(item) for item in value]
    if value is None or isinstance(value, bool | int | float | str):
        return value
    raise TypeError(f"no canonical form for {type(value).__name__}")


def canonical_json(value: Any) -> str:
    """Canonical JSON: sorted keys, no spaces, shortest floats."""
    return json.dumps(canonical_value(value), sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def plan_identity(plan: Any) -> str:
    """The identity of a plan: moves when anything that the module says moves."""
    return hashlib.sha256(canonical_json(plan).encode()).hexdigest()


def specification_identity(statements: Iterable[str]) -> str:
    """The identity of a specification: its canonical statements, whatever their layout and order."""
    return hashlib.sha256("\n".join(statements).encode()).hexdigest()
