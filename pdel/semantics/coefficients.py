"""Tables as coefficients: `table k(x, y) from "k.csv" (interpolate = cubic)`.

The file has to give one value at every point of a grid that covers the region.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from pathlib import Path

from pdel import expression as ex
from pdel.datafiles.table import DataTable
from pdel.diagnostics.model import Diagnostic, FilePlace, Label, error
from pdel.diagnostics.suggest import did_you_mean, enumerate_words
from pdel.semantics import names
from pdel.semantics.declarations import break_name
from pdel.semantics.problem import Axis
from pdel.semantics.scope import BrokenName, CoordinateName, Scope, TableName
from pdel.semantics.tables import ROUNDING, read_columns
from pdel.semantics.values import scalar
from pdel.syntax import ast
from pdel.tabulated import DEGREES, Grid, Table

MOST_DIMENSIONS = 3
MOST_VALUES = 1_000_000
DEFAULT = "cubic"


def declare_table(scope: Scope, statement: ast.TableStatement, folder: Path | None) -> Table | None:
    """Declare a coefficient that a file gives. Errors: E601 to E609 of the file, E340 to E345 of what is in it."""
    interpolation = _interpolation(scope, statement)
    axes = _axes(scope, statement)
    table = None
    if interpolation is not None and axes is not None:
        table = _table(scope, statement, axes, interpolation, folder)
    if table is None:
        break_name(scope, statement.name)
        return None
    arguments = tuple(ex.Coordinate(axis.name) for axis in axes or ())
    value = scalar(ex.Tabulated(table, (0,) * len(arguments), arguments))
    return table if names.declare(scope, statement.name, TableName(table.name, statement.name.span, value)) else None


def _interpolation(scope: Scope, statement: ast.TableStatement) -> str | None:
    """The name of the interpolation; its mistakes are reported."""
    chosen = DEFAULT
    for option in statement.options:
        if option.name is None or option.name.text != "interpolate":
            place = option.value.span if option.name is None else option.name.span
            remedy = "Write `interpolate = linear` or `interpolate = cubic`."
            scope.report(
                error("E343", "a table has the one option `interpolate`", place, "no such option", help=remedy)
            )
            return None
        written = option.value.text if isinstance(option.value, ast.Name) else ""
        if written not in DEGREES:
            remedy = did_you_mean(written, list(DEGREES)) or f"There are {enumerate_words(list(DEGREES))}."
            scope.report(error("E343", "no such interpolation", option.value.span, "not known", help=remedy))
            return None
        chosen = written
    return chosen


def _axes(scope: Scope, statement: ast.TableStatement) -> list[Axis] | None:
    """The coordinates that a table depends on, in the order in which it lists them."""
    found: list[Axis] = []
    for argument in statement.arguments:
        entity = scope.find(argument.text)
        if isinstance(entity, CoordinateName):
            found.append(next(axis for axis in scope.axes if axis.name == argument.text))
        elif entity is None:
            names.report_unknown(scope, argument, scope.coordinates, "a coordinate is wanted here")
        elif not isinstance(entity, BrokenName):
            names.wrong_kind(scope, argument, entity, "a coordinate")
    if len(found) < len(statement.arguments):
        return None
    again = next((item for i, item in enumerate(found) if item in found[:i]), None)
    if again is not None or len(found) > MOST_DIMENSIONS:
        message = f"`{again.name}` is listed twice" if again else f"a table depends on {len(found)} coordinates"
        remedy = f"List one to {MOST_DIMENSIONS} coordinates, each once."
        place = statement.arguments[0].span.to(statement.arguments[-1].span)
        scope.report(error("E345", message, place, "these coordinates", help=remedy))
        return None
    return found


def _table(
    scope: Scope, statement: ast.TableStatement, axes: Sequence[Axis], interpolation: str, folder: Path | None
) -> Table | None:
    coordinates = tuple(axis.name for axis in axes)
    data = read_columns(scope, statement.file, coordinates, (statement.name.text,), folder)
    if data is None:
        return None
    grid = _grid(statement, data, coordinates)
    fault = grid if isinstance(grid, Diagnostic) else _unfit(statement, grid, axes, interpolation)
    if isinstance(grid, Diagnostic) or fault is not None:
        scope.report(*((fault,) if fault is not None else ()))
        return None
    place = scope.sources.place(statement.span)
    return Table(statement.name.text, coordinates, interpolation, statement.file.text, data.sha256, place, grid)


def _grid(statement: ast.TableStatement, data: DataTable, coordinates: tuple[str, ...]) -> Grid | Diagnostic:
    """The values on the grid whose axes are the different numbers of each column. Errors: E340."""
    axes = tuple(sorted(set(data.columns[name])) for name in coordinates)
    size = 1
    for axis in axes:
        size *= len(axis)
    if size > max(2 * data.rows, MOST_VALUES):
        return _irregular(statement, f"the {data.rows} points do not form a grid", ())
    numbers = [{x: number for number, x in enumerate(axis)} for axis in axes]
    rows: list[int] = [-1] * size
    for row, point in enumerate(zip(*(data.columns[name] for name in coordinates), strict=True)):
        index = 0
        for axis, number, x in zip(axes, numbers, point, strict=True):
            index = index * len(axis) + number[x]
        if rows[index] >= 0:
            places = (data.place(rows[index], "first here"), data.place(row, "again here"))
            return _irregular(statement, "a point of the grid has two values", places if data.lines is not None else ())
        rows[index] = row
    if -1 in rows:
        gap = ", ".join(f"{name} = {x!r}" for name, x in zip(coordinates, _point(axes, rows.index(-1)), strict=True))
        missing = rows.count(-1)
        return _irregular(
            statement, f"the grid has no value at {gap}" + f" ({missing} are missing)" * (missing > 1), ()
        )
    values = data.columns[statement.name.text]
    return Grid(axes, array("d", (values[row] for row in rows)))


def _point(axes: Sequence[Sequence[float]], index: int) -> Iterator[float]:
    """The point of a grid with a number, the last coordinate running fastest."""
    found = []
    for axis in reversed(axes):
        index, number = divmod(index, len(axis))
        found.append(axis[number])
    return reversed(found)


def _irregular(statement: ast.TableStatement, message: str, places: tuple[FilePlace, ...]) -> Diagnostic:
    remedy = "A table has one value for every combination of the values of its coordinates."
    return error("E340", message, statement.file.span, "not a grid", help=remedy, files=places)


def _unfit(statement: ast.TableStatement, grid: Grid, axes: Sequence[Axis], interpolation: str) -> Diagnostic | None:
    """E344 where a grid has too few values for its splines, E341 where it does not cover the region."""
    least = DEGREES[interpolation] + 1
    for axis, values in zip(axes, grid.axes, strict=True):
        if len(values) < least:
            return error(
                "E344",
                f"the table has {len(values)} values of `{axis.name}`, and {interpolation} interpolation needs {least}",
                statement.file.span,
                "too few values",
                help="Give more values" + (", or write `interpolate = linear`." if interpolation == "cubic" else "."),
            )
        slack = ROUNDING * (axis.high.value - axis.low.value)
        if values[0] > axis.low.value + slack or values[-1] < axis.high.value - slack:
            return error(
                "E341",
                f"the table covers `{axis.name}` from {values[0]:g} to {values[-1]:g} only",
                statement.file.span,
                "does not cover the region",
                secondary=(Label(axis.span, f"from {axis.low.value:g} to {axis.high.value:g}"),),
                help="Nothing is known beyond the grid: add values, or make the region smaller.",
            )
    return None
