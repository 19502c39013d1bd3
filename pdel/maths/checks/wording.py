"""How diagnostics of the mathematics call things."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from pdel.expression import Partial
from pdel.notation import derivative_notation

_KINDS = {
    "equation": "equation",
    "boundary": "boundary condition",
    "initial": "initial condition",
    "constraint": "constraint",
}


def statement_name(address: str) -> str:
    """A statement as a person calls it: "boundary condition `walls`"."""
    kind, _, label = address.partition(".")
    return f"{_KINDS.get(kind, kind)} `{label}`"


def partial_text(partial: Partial, labels: Mapping[str, str]) -> str:
    """A derivative of a field as the user writes it."""
    return derivative_notation(labels[partial.field], partial.orders)


def number_text(value: float) -> str:
    """A number with three digits, rounding errors as 0."""
    return "0" if abs(value) < 1e-14 else f"{value:.3g}" if math.isfinite(value) else "not finite"


def listed(items: Sequence[str], joint: str = "and") -> str:
    """`a`, `b` and `c` in words."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} {joint} {items[-1]}"


def counted(count: int, noun: str) -> str:
    """`no conditions`, `1 condition`, `3 conditions`."""
    return f"{count or 'no'} {noun}{'' if count == 1 else 's'}"
