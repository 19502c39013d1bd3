"""Methods with their defaults, for what a specification leaves open."""

from __future__ import annotations

from pdel.methods.registry import find
from pdel.semantics.problem import MethodCall
from pdel.source import Span


def default_call(family: str, name: str) -> MethodCall:
    """A method with its defaults, chosen by the plan."""
    method = find(family, name)
    assert method is not None
    return MethodCall(name, tuple(method.defaults().items()), Span(0, 0))
