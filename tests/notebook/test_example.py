"""The example notebook, executed as Jupyter does it."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from pdel.notebook.compiled import CompiledProblem

NOTEBOOK = Path(__file__).parent.parent.parent / "examples" / "notebook" / "heat.ipynb"


def cells() -> list[str]:
    found = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    assert all(not cell.get("outputs") for cell in found), "outputs are not committed"
    return ["".join(cell["source"]) for cell in found if cell["cell_type"] == "code"]


def test_the_specification_of_the_example_compiles(tmp_path: Path) -> None:
    (cell,) = [cell for cell in cells() if cell.startswith("%%pde")]
    assert CompiledProblem.of_text(cell.partition("\n")[2], folder=tmp_path).name == "heat"


@pytest.mark.slow
def test_the_notebook_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nbclient = pytest.importorskip("nbclient")
    nbformat = pytest.importorskip("nbformat")
    pytest.importorskip("ipykernel")
    root = str(NOTEBOOK.parent.parent.parent)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([root, os.environ.get("PYTHONPATH", "")]))
    text = NOTEBOOK.read_text(encoding="utf-8").replace("--budget 20", "--budget 3")
    notebook = nbformat.reads(text, as_version=4)
    nbclient.NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(tmp_path)}}).execute()
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    shown = [output["data"].get("text/html", "") for output in outputs if "data" in output]
    assert any("Heat conduction in a rod" in html for html in shown)
    assert any("Errors against the known values" in html for html in shown)
    assert (tmp_path / "runs" / "heat" / "summary.json").exists()
