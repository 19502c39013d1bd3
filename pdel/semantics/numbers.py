"""Closed numeric expressions of a specification: their form in constants, and their number."""

from __future__ import annotations

from pdel.diagnostics.model import Result
from pdel.geometry import Scalar
from pdel.semantics.lowering import Lowering
from pdel.semantics.places import BOUND
from pdel.semantics.scope import Scope
from pdel.syntax import ast


def evaluate_scalar(expression: ast.Expression, scope: Scope) -> Result[Scalar]:
    """The number of a closed real expression in constants, as the geometry needs it (bounds, centres, radii).

    Errors: E311 where it depends on a coordinate or a field, E312 where it cannot be computed, and those of its
    names and shapes.
    """
    return Lowering(scope, BOUND).evaluate(expression)
