"""No name of the module's own may be taken over by a name of the specification."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from pdel.python_names import python_name
from tests.generated.runs import SOFT, TABLE, decay, write_module

PHASES = (
    "adam(steps = 2) then lbfgs(steps = 2) then broyden(steps = 2) then gauss_newton(steps = 2) then soap(steps = 2)"
)


@pytest.mark.parametrize("text", [SOFT, decay(PHASES)], ids=["soft", "decay"])
def test_the_runtime_keeps_its_names_for_itself(tmp_path: Path, text: str) -> None:
    (tmp_path / "table.csv").write_text(TABLE)
    tree = ast.parse(write_module(tmp_path, text).read_text())
    names = [node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    checks = slice(names.index("Check"), names.index("selftest"))
    runtime = names[names.index("RunError") : checks.start] + names[checks.stop :]
    assert "train" in runtime
    assert [name for name in runtime if python_name(name) == name] == []
