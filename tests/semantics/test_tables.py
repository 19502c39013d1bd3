"""Tables of reference values: paths that are allowed, and tables that are sound."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from tests.semantics.spelling import codes_of, errors_of, problem_of

TEXT = """
problem p
space x in [0, 1]
time t in [0, 1]
field vel = (u, v)(x, t), w(x, t)
equation a: u_t = u_xx
equation b: v_t = v_xx
equation c: w_t = w_xx
"""
GOOD = "x,t,note,u,v\n0,0,start,1,2\n0.5,1e-1,,-3,4.5\n"


def reference(path: str, names: str = "vel") -> str:
    return f'{TEXT}reference {names} from "{path}"\n'


def test_table_is_checked_and_noted(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    file = tmp_path / "data" / "ref.csv"
    file.write_text("\ufeff" + GOOD.replace("\n", "\r\n"), encoding="utf-8", newline="")
    (table,) = problem_of(reference("data/ref.csv"), tmp_path).reference_tables
    assert table.fields == ("u", "v")
    assert table.path == "data/ref.csv"
    assert table.resolved == file.resolve()
    assert table.rows == 2
    assert table.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()


def test_complex_field_has_two_columns(tmp_path: Path) -> None:
    (tmp_path / "psi.csv").write_text("psi_im,psi_re,x\n0,1,0\n")
    text = 'problem p\nspace x in [0, 1]\nfield complex psi(x)\nequation e: psi_xx = i\nreference psi from "psi.csv"\n'
    assert problem_of(text, tmp_path).reference_tables[0].fields == ("psi_re", "psi_im")


@pytest.mark.parametrize(
    "path",
    [
        "/etc/passwd",
        "../ref.csv",
        "a/../../ref.csv",
        "~/ref.csv",
        "~root/ref.csv",
        "https://example.org/ref.csv",
        "file:///etc/passwd",
        "C:/ref.csv",
        "a\\\\b.csv",
        "$HOME/ref.csv",
        " ",
        "x" * 300,
    ],
)
def test_paths_out_of_the_folder_are_refused(path: str, tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "ref.csv").write_text(GOOD)
    (code,) = codes_of(reference(path), tmp_path / "inner")
    assert code == "E601"


def test_links_out_of_the_folder_are_refused(tmp_path: Path) -> None:
    folder = tmp_path / "inner"
    folder.mkdir()
    (tmp_path / "ref.csv").write_text(GOOD)
    (folder / "link.csv").symlink_to(tmp_path / "ref.csv")
    (folder / "loop.csv").symlink_to(folder / "loop.csv")
    (folder / "up").symlink_to(tmp_path)
    assert codes_of(reference("link.csv"), folder) == ["E601"]
    assert codes_of(reference("up/ref.csv"), folder) == ["E601"]
    assert codes_of(reference("loop.csv"), folder) == ["E602"]


def test_missing_files_and_folders(tmp_path: Path) -> None:
    (tmp_path / "reference.csv").write_text(GOOD)
    (found,) = errors_of(reference("refrence.csv"), tmp_path)
    assert (found.code, found.help) == ("E602", "Did you mean `reference.csv`?")
    (tmp_path / "folder").mkdir()
    assert codes_of(reference("folder"), tmp_path) == ["E602"]
    assert codes_of(reference("reference.csv"), None) == ["E602"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("", "E605"),
        ("\n1,2,3,4\n", "E605"),
        ("x,t,u,v\n", "E605"),
        ("x,t,u\n0,0,1\n", "E603"),
        ("x,t,u,V\n0,0,1,2\n", "E603"),
        ("x,t,u,u,v\n0,0,1,1,2\n", "E603"),
        ("x,t,u,v\n0,0,1\n", "E604"),
        ("x,t,u,v\n0,0,1,two\n", "E604"),
        ("x,t,u,v\n0,0,nan,2\n", "E604"),
        ("x,t,u,v\n0,0,1e999,2\n", "E604"),
        ("x,t,u,v\n0,0,,2\n", "E604"),
        ('x,t,u,v\n0,0,"1\n,2\n', "E604"),
    ],
)
def test_unsound_tables_are_refused(content: str, code: str, tmp_path: Path) -> None:
    (tmp_path / "ref.csv").write_text(content)
    assert codes_of(reference("ref.csv"), tmp_path) == [code]


@pytest.mark.parametrize(("separator", "word"), [(";", "semicolons"), ("\t", "tabs"), (" ", "spaces")])
def test_other_separators_are_named(separator: str, word: str, tmp_path: Path) -> None:
    (tmp_path / "ref.csv").write_text("x,t,u,v\n0,0,1,2\n".replace(",", separator))
    (found,) = errors_of(reference("ref.csv"), tmp_path)
    assert found.code == "E603"
    assert found.help == f"The columns are separated by {word}: write commas between them, and points in decimals."


@pytest.mark.parametrize("cell", ["# x", "%x", "x [m]", "x (m)", "x[m]"])
def test_signs_and_units_beside_a_name_are_named(cell: str, tmp_path: Path) -> None:
    (tmp_path / "ref.csv").write_text(f"{cell},t,u,v\n0,0,1,2\n")
    (found,) = errors_of(reference("ref.csv"), tmp_path)
    assert found.code == "E603"
    assert found.help == f"The column is called `{cell}`: write `x` alone, without units and comment signs."


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    (tmp_path / "ref.csv").write_bytes(b"x,t,u,v\n0,0,1,\xff\n")
    assert codes_of(reference("ref.csv"), tmp_path) == ["E604"]


def test_too_large_files_are_not_read(tmp_path: Path) -> None:
    with (tmp_path / "ref.csv").open("wb") as file:
        file.truncate(65 * 1024 * 1024)
    (found,) = errors_of(reference("ref.csv"), tmp_path)
    assert (found.code, found.message) == ("E602", "the file is larger than 64 MiB")


def test_one_reference_for_each_field(tmp_path: Path) -> None:
    (tmp_path / "ref.csv").write_text("x,t,u,v\n0,0,1,2\n")
    assert codes_of(reference("ref.csv") + 'reference u from "ref.csv"\n', tmp_path) == ["E211"]
    assert codes_of(reference("ref.csv", "u") + 'reference u from "ref.csv"\n', tmp_path) == ["E211"]
    assert codes_of(reference("ref.csv", "q"), tmp_path) == ["E201"]
    assert codes_of(TEXT + "reference u = 3\n", tmp_path) == ["E301"]
