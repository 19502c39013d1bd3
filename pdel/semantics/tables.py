"""Tables of values that statements name: what must stand in them, and where their points may lie.

The compiler reads a table to check it; the generated module reads it again when it runs.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pdel.datafiles.read import read_data
from pdel.datafiles.table import DataTable, Refusal
from pdel.diagnostics.model import error, warning
from pdel.geometry import Box
from pdel.geometry_points import inside
from pdel.semantics.problem import ReferenceTable
from pdel.semantics.scope import Scope
from pdel.source import Span
from pdel.syntax import ast

ROUNDING = 1e-9
"""How far outside an interval a point may lie and count as inside, in lengths of the interval."""


def read_table(
    scope: Scope, file: ast.Text, fields: tuple[str, ...], folder: Path | None, span: Span
) -> ReferenceTable | None:
    """Check a table and note its path, its number of rows and the SHA-256 of its content.

    Columns are named by coordinates and fields; others are passed over. Errors: E601 to E609. Points in the box of
    the coordinates that the region leaves out are a warning (W720).
    """
    table = read_columns(scope, file, scope.coordinates, fields, folder)
    if table is None or not _check_points(scope, file, table):
        return None
    return ReferenceTable(fields, file.text, table.resolved, table.sha256, table.rows, span)


def read_columns(
    scope: Scope, file: ast.Text, coordinates: tuple[str, ...], fields: tuple[str, ...], folder: Path | None
) -> DataTable | None:
    """The columns of a table, or None where it cannot be used (reported)."""
    found = read_data(file.text, coordinates, fields, folder)
    if isinstance(found, Refusal):
        places = () if found.place is None else (found.place,)
        scope.report(error(found.code, found.message, file.span, found.label, help=found.help, files=places))
        return None
    return found


def _check_points(scope: Scope, file: ast.Text, table: DataTable) -> bool:
    """Whether all points lie in the intervals of the coordinates; a warning where some lie outside the region."""
    if "space" in scope.faulty or "time" in scope.faulty:
        return True
    for axis in scope.axes:
        slack = ROUNDING * (axis.high.value - axis.low.value)
        low, high = axis.low.value - slack, axis.high.value + slack
        beyond = [row for row, x in enumerate(table.columns[axis.name]) if not low <= x <= high]
        if beyond:
            value = table.columns[axis.name][beyond[0]]
            scope.report(
                error(
                    "E606",
                    f"{_points(len(beyond), table.rows)} outside the interval of `{axis.name}`",
                    file.span,
                    f"`{axis.name} = {value!r}` is outside",
                    help=f"Leave them out, or widen the interval of `{axis.name}`.",
                    files=(table.place(beyond[0], "the first of them"),),
                )
            )
            return False
    outside = list(_outside_of_region(scope, table))
    if outside:
        scope.report(
            warning(
                "W720",
                f"{_points(len(outside), table.rows)} outside the region",
                file.span,
                "some points are outside",
                help="The equations do not hold there: leave these rows out of the file.",
                files=(table.place(outside[0], "the first of them"),),
            )
        )
    return True


def _outside_of_region(scope: Scope, table: DataTable) -> Iterator[int]:
    """The rows whose points the shapes of the region leave out."""
    region = scope.region
    if region is None or isinstance(region, Box):
        return
    columns = [table.columns[name] for name in scope.space]
    for row, point in enumerate(zip(*columns, strict=True)):
        if not inside(region, point):
            yield row


def _points(count: int, rows: int) -> str:
    return f"{count} of {rows} points {'lies' if count == 1 else 'lie'}"
