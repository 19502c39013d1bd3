"""Method statements: each bound to its descriptor, one for every family and target."""

from __future__ import annotations

from collections.abc import Sequence

from pdel.semantics.problem import MethodChoice
from pdel.semantics.scope import Scope
from pdel.syntax import ast


def is_family(word: str) -> bool:
    return word in {"network", "enforce", "sample", "weigh", "train", "precision", "seed", "mask"}


def bind_methods(
    scope: Scope, statements: Sequence[ast.Statement], labels: tuple[str, ...], fields: tuple[str, ...]
) -> tuple[MethodChoice, ...]:
    return ()
