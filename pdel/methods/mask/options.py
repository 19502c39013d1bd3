"""The options that the masks share."""

from __future__ import annotations

from pdel.methods.base import Option


def statistics() -> Option:
    """Whether the distribution of features is logged."""
    return Option("statistics", False, "log the spread and saturation of every hidden layer")
