"""Whether tables have the derivatives that the equations need of them."""

from __future__ import annotations

from pdel.diagnostics.model import Diagnostic, Label, error
from pdel.expression import tabulated
from pdel.maths.checks.setting import Setting
from pdel.notation import notation


def check_tables(setting: Setting) -> list[Diagnostic]:
    """E342: a derivative of a table that its interpolation does not have, or has with jumps.

    A spline of degree p has p - 1 continuous derivatives along each coordinate.
    """
    found: list[Diagnostic] = []
    for residual in (*setting.equations, *setting.conditions):
        for term in residual.terms:
            for node in tabulated(term.expression):
                if max(node.orders) <= node.table.smoothness:
                    continue
                name, linear = node.table.name, node.table.degree == 1
                found.append(
                    error(
                        "E342",
                        f"`{notation(node)}` is needed, and the table `{name}` is interpolated "
                        + ("by straight lines" if linear else "by cubic splines, whose third derivative jumps"),
                        term.span,
                        "this term needs it",
                        secondary=(Label(residual.source.span, "in this statement"),),
                        help=f"Write `(interpolate = cubic)` in the statement of `{name}`."
                        if linear and max(node.orders) <= 2
                        else f"Give the derivatives of `{name}` as tables of their own, or a closed form.",
                    )
                )
    return found
