"""The same specification gives the same bytes: under hash seeds, locales, folders, line endings, twice in a process."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from pdel.compiler import compile_specification

EXAMPLES = Path(__file__).parent.parent / "examples"
NAMES = ("burgers", "kovasznay", "poisson_hole")


def compiled(spec: Path, folder: Path, **environment: str) -> bytes:
    """The module that a fresh process writes to standard output."""
    done = subprocess.run(
        [sys.executable, "-m", "pdel", "compile", str(spec), "--stdout"],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        check=True,
    )
    return done.stdout


@pytest.mark.parametrize("name", NAMES)
def test_hash_seeds_locales_and_folders(name: str, tmp_path: Path) -> None:
    spec = EXAMPLES / name / f"{name}.pde"
    outputs = {
        compiled(spec, tmp_path, PYTHONHASHSEED="0"),
        compiled(spec, EXAMPLES, PYTHONHASHSEED="1", LC_ALL="C"),
        compiled(Path(f"{name}.pde"), spec.parent, PYTHONHASHSEED="random", LC_ALL="C.UTF-8", TZ="Asia/Tokyo"),
    }
    assert len(outputs) == 1


@pytest.mark.parametrize("name", NAMES)
def test_line_endings_and_layout(name: str, tmp_path: Path) -> None:
    folder = EXAMPLES / name
    text = (folder / f"{name}.pde").read_text(encoding="utf-8")
    for other in folder.glob("*.csv"):
        (tmp_path / other.name).write_bytes(other.read_bytes())
    windows = tmp_path / f"{name}.pde"
    windows.write_bytes(text.replace("\n", "\r\n").encode())
    first, second = compile_specification(folder / f"{name}.pde"), compile_specification(windows)
    assert first.text is not None
    assert first.text == second.text
    assert compile_specification(windows).text == first.text, "a second time in one process"


def test_comments_and_spaces_do_not_change_the_specifications_identity(tmp_path: Path) -> None:
    text = (EXAMPLES / "heat" / "heat.pde").read_text(encoding="utf-8")
    (tmp_path / "heat.pde").write_text("# a remark\n\n" + text.replace("   ", "     "), encoding="utf-8")
    first = compile_specification(EXAMPLES / "heat" / "heat.pde").plan
    second = compile_specification(tmp_path / "heat.pde").plan
    assert first is not None
    assert second is not None
    assert first.specification_identity == second.specification_identity
    assert first.identity != second.identity, "the module names other lines"


def test_no_time_host_user_or_absolute_path() -> None:
    text = compile_specification(EXAMPLES / "burgers" / "burgers.pde").text
    assert text is not None
    assert not re.search(rf"\b{re.escape(os.uname().nodename)}\b", text)
    for secret in (str(Path.home()), str(EXAMPLES.parent), "202"):
        assert secret not in text.replace("2020", "").replace("2021", "").replace("2023", "").replace("2025", "")
