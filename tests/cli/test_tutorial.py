"""The tutorial, followed to the letter in an empty repository; only the seconds of training are fewer."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")


def shell(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1", "GIT_CONFIG_GLOBAL": os.devnull}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_every_command_of_the_tutorial(tmp_path: Path) -> None:
    shell(tmp_path, "git", "init", "-q")
    steps = re.findall(r"^```(console|pde)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    written = 0
    for kind, text in steps:
        if kind == "pde":
            written += 1
            if written == 1:
                started = (tmp_path / "rod.pde").read_text(encoding="utf-8")
                lines = [line for line in started.splitlines() if not line.startswith("#")]
                assert re.sub(r"\n\n+", "\n\n", "\n".join(lines)).strip() == text.strip()
                shell(tmp_path, "git", "add", "-A")
                shell(tmp_path, "git", "-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-qm", "first")
            (tmp_path / "rod.pde").write_text(text, encoding="utf-8")
            continue
        for line in text.splitlines():
            words = shlex.split(line.removeprefix("$ ").replace("--budget 20", "--budget 0.5"))
            program = [sys.executable, "-m", "pdel"] if words[0] == "pdel" else [sys.executable]
            done = shell(tmp_path, *program, *words[1:])
            changed = words[1] == "diff"
            assert done.returncode == changed, f"{line}\n{done.stdout}{done.stderr}"
            if changed:
                assert "equation conduction: term -loss*u added to the right side\n" in done.stdout
    assert (tmp_path / "rod.py").exists()


def test_every_page_is_named_for_language_models() -> None:
    text = (ROOT / "llms.txt").read_text(encoding="utf-8")
    assert all((ROOT / target).exists() for target in re.findall(r"\]\(([^)]+)\)", text))
    missing = [page.name for page in (ROOT / "docs").glob("*.md") if f"(docs/{page.name})" not in text]
    assert missing == []
