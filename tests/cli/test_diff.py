"""`pdel diff`, `pdel hash` and `pdel git-setup`, with git itself."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pdel.cli.app import main
from pdel.cli.git_setup import SETTINGS

ROOT = Path(__file__).parents[2]
OLD = "problem a\nconstant   nu = 0.01\nlet        b = nu\n"
NEW = "problem a\nlet  b = nu # first\nconstant   nu = 0.02\n"


def invoke(*arguments: str, text: str | None = None) -> Result:
    return CliRunner().invoke(main, arguments, input=text)


def git(*arguments: str) -> str:
    """Git's output, `pdel` being the one under test."""
    Path(".bin").mkdir(exist_ok=True)
    command = Path(".bin/pdel")
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m pdel "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    path = f"{command.parent.resolve()}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT), "GIT_CONFIG_GLOBAL": os.devnull}
    identity = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
    done = subprocess.run(["git", *identity, *arguments], env=environment, capture_output=True, text=True, check=True)
    return done.stdout


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    (tmp_path / "old.pde").write_text(OLD, encoding="utf-8")
    (tmp_path / "new.pde").write_text(NEW, encoding="utf-8")
    return tmp_path


@pytest.fixture
def repository(folder: Path) -> Path:
    """A repository with two revisions of `sub/heat.pde`, the second in the working tree too."""
    git("init", "-q")
    (folder / ".gitignore").write_text(".bin\n", encoding="utf-8")
    (folder / "sub").mkdir()
    for text in (OLD, NEW):
        (folder / "sub/heat.pde").write_text(text, encoding="utf-8")
        git("add", "-A")
        git("commit", "-qm", "change")
    return folder


def test_files_are_compared(folder: Path) -> None:
    result = invoke("diff", "old.pde", "new.pde")
    assert (result.exit_code, result.stdout) == (1, "constant nu: 0.01 -> 0.02\n")
    assert (invoke("diff", "old.pde", "old.pde").exit_code, invoke("diff", "old.pde", "old.pde").stdout) == (0, "")
    assert invoke("diff", "old.pde", "-", text=NEW).exit_code == 1


def test_forms_for_scripts_and_pull_requests() -> None:
    document = json.loads(invoke("diff", "old.pde", "new.pde", "--format", "json").stdout)
    assert document == {
        "version": 1,
        "old": "old.pde",
        "new": "new.pde",
        "same": False,
        "changes": [
            {
                "address": "constant.nu",
                "kind": "changed",
                "part": "",
                "before": "0.01",
                "after": "0.02",
                "text": "constant nu: 0.01 -> 0.02",
            }
        ],
    }
    assert invoke("diff", "old.pde", "new.pde", "--format", "markdown").stdout == (
        "**`new.pde`** compared with `old.pde`: 1 change in meaning\n\n"
        "| statement | part | before | after |\n|---|---|---|---|\n"
        "| `constant.nu` | statement | `0.01` | `0.02` |\n"
    )
    assert "no change in meaning" in invoke("diff", "old.pde", "old.pde", "--format", "markdown").stdout
    title = invoke("diff", "old.pde", "-", "--format", "markdown", text=OLD.replace("problem a", 'problem a "x|`y"'))
    assert '| `problem` | statement | `a` | `` a "x\\|`y" `` |' in title.stdout


def test_what_does_not_parse_cannot_be_compared(folder: Path) -> None:
    (folder / "broken.pde").write_text("let a = (1\n", encoding="utf-8")
    result = invoke("diff", "old.pde", "broken.pde")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "error[E112]" in result.stderr
    assert invoke("diff", "old.pde", "missing.pde").exit_code == 2
    assert invoke("diff", "old.pde", "new.pde", "new.pde").exit_code == 2


def test_revisions(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert invoke("diff", "HEAD~1:sub/heat.pde", "sub/heat.pde").stdout == "constant nu: 0.01 -> 0.02\n"
    assert invoke("diff", "sub/heat.pde").exit_code == 0
    monkeypatch.chdir(repository / "sub")
    for old in ("HEAD~1:heat.pde", "HEAD~1:sub/heat.pde"):
        assert invoke("diff", old, "HEAD:heat.pde").stdout == "constant nu: 0.01 -> 0.02\n"
    Path("heat.pde").write_text(NEW.replace("0.02", "0.03"), encoding="utf-8")
    assert invoke("diff", "heat.pde").stdout == "constant nu: 0.02 -> 0.03\n"
    assert invoke("diff", str(repository / "sub/heat.pde")).stdout == "constant nu: 0.02 -> 0.03\n"
    missing = invoke("diff", "HEAD~7:heat.pde", "heat.pde")
    assert missing.exit_code == 2
    assert "git does not have `HEAD~7:heat.pde`" in missing.stderr
    assert invoke("diff", "--", "--output=x:heat.pde", "heat.pde").exit_code == 2


def test_identities(folder: Path) -> None:
    first = invoke("hash", "old.pde").stdout
    assert len(first) == 65
    (folder / "same.pde").write_text(OLD.replace("0.01", "1e-2") + "# end\n", encoding="utf-8")
    assert invoke("hash", "same.pde").stdout == first == invoke("hash", "-", text=OLD).stdout
    lines = invoke("hash", "old.pde", "new.pde").stdout.splitlines()
    assert lines[0] == f"{first.strip()}  old.pde"
    assert lines[1].split()[0] != first.strip()
    broken = invoke("hash", "-", text="let a = (1\n")
    assert (broken.exit_code, broken.stdout) == (1, "")


def test_the_identity_lasts() -> None:
    """It is the one that committed modules record: a change of it would be a change of every module."""
    module = (ROOT / "examples/heat/heat.py").read_text(encoding="utf-8")
    identity = invoke("hash", str(ROOT / "examples/heat/heat.pde")).stdout
    assert f"specification {identity[:12]}" in module


def test_statements_for_git() -> None:
    assert invoke("hash", "--statements", "new.pde").stdout == "constant nu = 0.02\nlet b = nu\nproblem a\n"
    assert invoke("hash", "--statements", "-", text="let a = (1\n").stdout == "let a = (1\n"


@pytest.mark.slow
def test_git_compares_meanings(repository: Path) -> None:
    assert invoke("git-setup", "--check").exit_code == 1
    assert invoke("git-setup").exit_code == 0
    assert invoke("git-setup", "--check").exit_code == 0
    assert (repository / ".gitattributes").read_text(encoding="utf-8").startswith("*.pde ")
    shown = git("diff", "HEAD~1", "HEAD")
    changed = [line for line in shown.splitlines() if line[:1] in "+-" and line[:3] not in ("+++", "---")]
    assert changed == ["-constant nu = 0.01", "+constant nu = 0.02"]

    assert invoke("git-setup", "--check", "--driver").exit_code == 1
    assert invoke("git-setup", "--driver").exit_code == 0
    assert git("diff", "HEAD~1", "HEAD") == "pdel diff sub/heat.pde\n  constant nu: 0.01 -> 0.02\n"
    (repository / "sub/heat.pde").write_text("let a = (1\n", encoding="utf-8")
    (repository / "more.pde").write_text(OLD, encoding="utf-8")
    git("add", "-N", "more.pde")
    assert git("diff") == (
        "pdel diff more.pde\n  specification added\n"
        "pdel diff sub/heat.pde\n  cannot be compared: see `git diff --no-ext-diff`\n"
    )
    assert invoke("git-setup", "--undo").exit_code == 0
    assert all(name not in git("config", "--local", "--list") for name in SETTINGS)


def test_hunks_begin_at_statements(repository: Path) -> None:
    invoke("git-setup")
    path = repository / "sub/heat.pde"
    path.write_text("let first = f(\n" + "".join(f"    {n},\n" for n in range(20)) + "    1\n)\n", encoding="utf-8")
    git("add", "-A")
    git("commit", "-qm", "long")
    path.write_text(path.read_text(encoding="utf-8").replace("    18,", "    77,"), encoding="utf-8")
    assert "@@ let first = f(" in git("diff", "--no-textconv")


def test_git_setup_needs_a_repository() -> None:
    result = invoke("git-setup")
    assert result.exit_code == 1
    assert "no git repository" in result.stderr
