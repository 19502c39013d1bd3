"""What starts fast stays fast, and what is heavy is not loaded for it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def run(folder: Path, *arguments: str, code: str = "") -> subprocess.CompletedProcess[str]:
    command = ["-c", code, *arguments] if code else ["-m", "pdel", *arguments]
    return subprocess.run(
        [sys.executable, *command],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


PROBE = """
import json, sys
from pdel.cli.app import main
try:
    main(sys.argv[1:], prog_name="pdel")
except SystemExit as end:
    code = end.code
heavy = ("sympy", "lark", "jinja2", "torch", "numpy")
print("\\n" + json.dumps([code, [name for name in heavy if name in sys.modules]]))
"""


@pytest.mark.parametrize(
    "arguments",
    ["--help", "--version", "compile --help", "explain E901", "explain E4", "explain", "new a", "fmt ."],
)
def test_light_commands_load_nothing_heavy(tmp_path: Path, arguments: str) -> None:
    result = run(tmp_path, *arguments.split(), code=PROBE)
    assert json.loads(result.stdout.splitlines()[-1]) == [0, []], result.stderr


def test_help_and_explain_are_quick(tmp_path: Path) -> None:
    for arguments in (["--help"], ["explain", "E901"]):
        seconds = []
        for _ in range(3):
            start = time.perf_counter()
            assert run(tmp_path, *arguments).returncode == 0
            seconds.append(time.perf_counter() - start)
        assert min(seconds) < 0.5


CPU = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, capture_output=True)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_utime + used.ru_stime)
"""


def seconds_of_processor(folder: Path, *command: str) -> float:
    """The least processor time of some runs of a command, its start included."""
    times = []
    for _ in range(4):
        done = run(folder, sys.executable, *command, code=CPU)
        assert done.returncode == 0, done.stderr
        times.append(float(done.stdout))
    return min(times)


def test_formatting_costs_little_more_than_starting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
    (tmp_path / "a.pde").write_text("problem a\nspace      x in [0, 1]\n", encoding="utf-8")
    formatting = seconds_of_processor(tmp_path, "-m", "pdel", "fmt", "--check", "a.pde")
    assert formatting < 3.5 * seconds_of_processor(tmp_path, "-c", "import click, dataclasses, pathlib")


def test_usage_errors(tmp_path: Path) -> None:
    result = run(tmp_path, "explain", "E90l")
    assert result.returncode == 2
    assert "neither a diagnostic code nor a method. Did you mean `E901`?" in result.stderr
    assert run(tmp_path, "check", "missing.pde").returncode == 2
