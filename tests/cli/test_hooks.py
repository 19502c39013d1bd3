"""The hooks that are published, run on several files as pre-commit does."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from pdel.cli.app import main

ROOT = Path(__file__).parents[2]
HOOKS = dict(re.findall(r"^- id: (\S+)\n(?:  .*\n)*?  entry: pdel (.+)$", (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"), re.MULTILINE))  # fmt: skip  # noqa: E501
NEAT = "problem {0}\nspace      x in [0, 1]\nfield      u(x)\nequation   a:           u_xx = 1\nboundary   b:           u = 0  on boundary\n"  # noqa: E501


def run(hook: str) -> int:
    return CliRunner().invoke(main, [*shlex.split(HOOKS[hook]), "one.pde", "two.pde"]).exit_code


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("one", "two"):
        (tmp_path / f"{name}.pde").write_text(NEAT.format(name), encoding="utf-8")
    return tmp_path


def test_the_hooks(folder: Path) -> None:
    assert list(HOOKS) == ["pdel-fmt", "pdel-check", "pdel-compile-check"]
    assert (run("pdel-fmt"), run("pdel-check"), run("pdel-compile-check")) == (0, 0, 1)
    compiled = CliRunner().invoke(main, ["compile", "one.pde", "two.pde"])
    assert (compiled.exit_code, compiled.stderr) == (0, "one.py written\ntwo.py written\n")
    assert run("pdel-compile-check") == 0
    (folder / "two.pde").write_text(NEAT.format("two").replace("= 1", "=   2"), encoding="utf-8")
    assert run("pdel-compile-check") == 1
    assert run("pdel-fmt") == 0
    assert (folder / "two.pde").read_text(encoding="utf-8") == NEAT.format("two").replace("= 1", "= 2")
    (folder / "two.pde").write_text("problem two\nlet a = b\n", encoding="utf-8")
    assert run("pdel-check") == 1
    result = CliRunner().invoke(main, ["compile", "one.pde", "two.pde"])
    assert (result.exit_code, "one.py is up to date" in result.stderr) == (1, True)
    for option in (["-o", "x.py"], ["--stdout"]):
        assert CliRunner().invoke(main, ["compile", "one.pde", "two.pde", *option]).exit_code == 2
