"""Tables as coefficients when compiling: what the file has to give, and where a table may stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from pdel.expression import Coordinate, Tabulated, tabulated
from tests.semantics.spelling import codes_of, errors_of, problem_of

TEXT = """\
problem darcy
space x in [0, 1], y in [0, 2]
field u(x, y)
table k(y, x) from "k.csv"{options}
equation balance: -div(k*grad(u)) = 1
boundary walls: u = 0 on boundary
{more}
"""
XS, YS = (0.0, 0.2, 0.7, 1.0), (0.0, 0.5, 1.5, 2.0, 3.0)


def spec(options: str = "", more: str = "") -> str:
    return TEXT.format(options=options, more=more)


def write(folder: Path, rows: list[str]) -> None:
    (folder / "k.csv").write_text("x,k,y\n" + "\n".join(rows) + "\n")


def rows() -> list[str]:
    """The rows of x + 10 y, the x running slowest and downwards."""
    return [f"{x},{x + 10 * y},{y}" for x in reversed(XS) for y in YS]


def test_the_grid_is_found_in_any_order_of_rows(tmp_path: Path) -> None:
    write(tmp_path, rows())
    problem = problem_of(spec(), tmp_path)
    (table,) = problem.tables
    assert (table.name, table.coordinates, table.degree, table.smoothness) == ("k", ("y", "x"), 3, 2)
    assert [list(axis) for axis in table.grid.axes] == [list(YS), list(XS)]
    assert list(table.grid.values) == [x + 10 * y for y in YS for x in XS]
    used = {node for term in problem.equations[0].terms for node in tabulated(term.expression)}
    assert used == {Tabulated(table, (0, 0), (Coordinate("y"), Coordinate("x")))}


def test_values_between_the_points_while_compiling(tmp_path: Path) -> None:
    write(tmp_path, rows())
    (table,) = problem_of(spec(" (interpolate = linear)").replace("-div(k*grad(u))", "k*u_xx"), tmp_path).tables
    assert table.roughly((0.3, 0.9), (0, 0)) == pytest.approx(3.9)
    assert table.roughly((2.9, 0.1), (1, 0)) == pytest.approx(10)
    assert table.roughly((2.9, 0.1), (0, 1)) == pytest.approx(1)
    assert table.roughly((2.9, 0.1), (2, 0)) == 0


def test_gaps_and_double_points_are_named(tmp_path: Path) -> None:
    write(tmp_path, [row for row in rows() if row != "0.7,15.7,1.5"])
    (found,) = errors_of(spec(), tmp_path)
    assert (found.code, found.message) == ("E340", "the grid has no value at y = 1.5, x = 0.7")
    write(tmp_path, [*rows(), "0.7,3,1.5"])
    (found,) = errors_of(spec(), tmp_path)
    assert (found.code, found.message) == ("E340", "a point of the grid has two values")
    assert [(place.line, place.label) for place in found.files] == [(9, "first here"), (22, "again here")]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("y in [0, 2]", "y in [0, 4]", "E341"),
        ('"k.csv"', '"k.csv" (interpolate = quintic)', "E343"),
        ('"k.csv"', '"k.csv" (sigma = 1)', "E343"),
        ("k(y, x)", "k(y, y)", "E345"),
        ("k(y, x)", "k(y, z)", "E201"),
        ("k(y, x)", "k(y, u)", "E301"),
        ("table k", "table q", "E603"),
        ("table k", "constant k_x = 1\ntable k", "E206"),
        ("= 1\n", "= 1\nexact u = k*x\n", "E311"),
    ],
)
def test_mistakes(old: str, new: str, code: str, tmp_path: Path) -> None:
    write(tmp_path, rows())
    assert codes_of(spec().replace(old, new, 1), tmp_path)[0] == code


def test_overrides_give_another_file(tmp_path: Path) -> None:
    from pdel.compiler import diagnose

    write(tmp_path, rows())
    (tmp_path / "b.csv").write_text((tmp_path / "k.csv").read_text())
    (tmp_path / "darcy.pde").write_text(spec(" (interpolate = cubic)"))
    done = diagnose(tmp_path / "darcy.pde", ('table.k="b.csv"',))
    assert not done.has_errors
    assert done.problem is not None
    assert (done.problem.tables[0].path, done.problem.tables[0].interpolation) == ("b.csv", "cubic")
