"""`pdel fmt`: what it writes, says and returns."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pdel.cli.app import main
from pdel.syntax import format as formatter

NEAT = "problem a\nspace      x in [0, 1]\n"
UNTIDY = "problem  a\nspace x in [0,1]   \n\n\n"
BROKEN = "problem a\nlet b = (1\n"


def invoke(*arguments: str, text: str | None = None) -> Result:
    return CliRunner().invoke(main, ["fmt", *arguments], input=text)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    return tmp_path


def test_files_are_formatted_in_place(folder: Path) -> None:
    path = folder / "a.pde"
    path.write_bytes(UNTIDY.replace("\n", "\r\n").encode())
    path.chmod(0o640)
    result = invoke("a.pde")
    assert (result.exit_code, result.stderr) == (0, "a.pde formatted\n1 of 1 specification formatted\n")
    assert path.read_bytes() == NEAT.encode()
    assert path.stat().st_mode & 0o777 == 0o640
    assert invoke("a.pde").stderr == "1 specification, all formatted\n"


def test_folders_with_all_below_but_what_is_hidden(folder: Path) -> None:
    for name in ("b/deep/two.pde", "one.pde", ".venv/three.pde", "b/notes.txt"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(UNTIDY, encoding="utf-8")
    result = invoke(".", "one.pde")
    assert result.stderr == "b/deep/two.pde formatted\none.pde formatted\n2 of 2 specifications formatted\n"
    assert (folder / ".venv/three.pde").read_text(encoding="utf-8") == UNTIDY
    assert (folder / "b/notes.txt").read_text(encoding="utf-8") == UNTIDY


def test_links_stay_links(folder: Path) -> None:
    (folder / "real.pde").write_text(UNTIDY, encoding="utf-8")
    (folder / "link.pde").symlink_to("real.pde")
    assert invoke("link.pde").exit_code == 0
    assert (folder / "link.pde").is_symlink()
    assert (folder / "real.pde").read_text(encoding="utf-8") == NEAT


def test_check_and_diff_write_nothing(folder: Path) -> None:
    (folder / "a.pde").write_text(UNTIDY, encoding="utf-8")
    (folder / "neat.pde").write_text(NEAT, encoding="utf-8")
    check = invoke("--check", ".")
    assert (check.exit_code, check.stdout) == (1, "")
    assert check.stderr == "a.pde is not formatted\n1 of 2 specifications would be formatted\n"
    difference = invoke("--diff", ".")
    assert difference.exit_code == 1
    assert difference.stdout.startswith("--- a.pde (now)\n+++ a.pde (formatted)\n@@")
    assert "\n-space x in [0,1]   \n" in difference.stdout
    assert "\n+space      x in [0, 1]\n" in difference.stdout
    assert (folder / "a.pde").read_text(encoding="utf-8") == UNTIDY
    assert invoke("--check", "neat.pde").exit_code == invoke("--diff", "neat.pde").exit_code == 0
    (folder / "a.pde").write_bytes(NEAT.replace("\n", "\r\n").encode())
    assert invoke("--diff", "a.pde").stdout == "a.pde: only line ends would change\n"


def test_standard_input_goes_to_standard_output() -> None:
    assert (invoke("-", text=UNTIDY).stdout, invoke("-", text=UNTIDY).exit_code) == (NEAT, 0)
    assert invoke("-", text=NEAT).stdout == NEAT
    check = invoke("--check", "-", text=UNTIDY)
    assert (check.exit_code, check.stdout, check.stderr) == (1, "", "<stdin> is not formatted\n")
    assert invoke("--diff", "-", text=UNTIDY).stdout.startswith("--- <stdin> (now)\n")
    broken = invoke("-", text=BROKEN)
    assert (broken.exit_code, broken.stdout) == (1, "")
    assert "error[E112]: `(` is never closed\n --> <stdin>:2:9\n" in broken.stderr


def test_what_does_not_parse_is_left_alone(folder: Path) -> None:
    (folder / "broken.pde").write_text(BROKEN, encoding="utf-8")
    (folder / "a.pde").write_text(UNTIDY, encoding="utf-8")
    (folder / "latin.pde").write_bytes(b"# \xe9\n")
    result = invoke(".")
    assert result.exit_code == 1
    assert "error[E112]" in result.stderr
    assert "error[E101]" in result.stderr
    assert "1 of 1 specification formatted" in result.stderr
    assert (folder / "broken.pde").read_text(encoding="utf-8") == BROKEN
    assert (folder / "a.pde").read_text(encoding="utf-8") == NEAT


def test_a_mistake_of_the_formatter_leaves_the_file_alone(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "a.pde").write_text(UNTIDY, encoding="utf-8")
    monkeypatch.setattr(formatter, "_layout", lambda _: iter(["problem b"]))
    result = invoke("a.pde")
    assert result.exit_code == 70
    assert "error[E902]" in result.stderr
    assert (folder / "a.pde").read_text(encoding="utf-8") == UNTIDY


def test_usage() -> None:
    assert invoke().exit_code == 2
    assert invoke("missing.pde").exit_code == 2
