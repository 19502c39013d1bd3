"""pdel from Python."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import pdel

ROOT = Path(__file__).parents[1]
HEAT = ROOT / "examples" / "heat" / "heat.pde"
TEXT = HEAT.read_text(encoding="utf-8")


def test_a_path_and_a_text_compile_alike(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    module = pdel.compile(HEAT)
    assert module.text == HEAT.with_suffix(".py").read_text(encoding="utf-8") == pdel.compile(str(HEAT)).text
    assert module.path == HEAT.with_suffix(".py")
    assert (module.plan.name, module.diagnostics) == ("heat", ())
    assert pdel.compile(TEXT).text.replace("specification.pde", "heat.pde") != ""
    assert pdel.compile(TEXT).plan.specification_identity == module.plan.specification_identity
    assert module.plan_document()["type"] == "Plan"
    assert list(tmp_path.iterdir()) == []


def test_overrides() -> None:
    changed = pdel.compile(HEAT, {"constant.alpha": 0.5, "seed": 3})
    assert changed.plan.overrides == ("constant.alpha=0.5", "seed=3")
    assert changed.text == pdel.compile(HEAT, ["constant.alpha=0.5", "seed=3"]).text
    with pytest.raises(TypeError):
        pdel.compile(HEAT, "seed=3")


def test_mistakes_are_raised_together() -> None:
    with pytest.raises(pdel.SpecificationError) as caught:
        pdel.compile(TEXT.replace("alpha*u_xx", "alpa*u_xx").replace("sin(pi*x)", "sin(pie*x)"))
    assert {item.code for item in caught.value.diagnostics} == {"E201"}
    assert str(caught.value).startswith("error[E201]: `alpa` is not declared\n --> specification.pde:8:31\n")
    with pytest.raises(FileNotFoundError):
        pdel.compile("missing.pde")


def test_writing_spares_the_files_of_others(tmp_path: Path) -> None:
    module = pdel.compile(HEAT)
    path = tmp_path / "heat.py"
    assert module.write(path) == path
    assert path.read_text(encoding="utf-8") == module.text
    module.write(path)
    path.write_text("mine\n", encoding="utf-8")
    with pytest.raises(FileExistsError):
        module.write(path)
    module.write(path, force=True)
    assert path.read_text(encoding="utf-8") == module.text


def test_loading_imports_the_module(monkeypatch: pytest.MonkeyPatch) -> None:
    torch = pytest.importorskip("torch")
    heat = pdel.load(HEAT)
    assert Path(heat.__file__ or "") == HEAT.with_suffix(".py")
    assert heat.__doc__ is not None
    assert heat.__doc__.startswith("Heat conduction")
    assert sys.modules[heat.__name__] is heat
    assert torch is sys.modules["torch"]
    import inspect

    assert "u_t = alpha*u_xx" in inspect.getsource(heat.conduction)
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(ImportError, match="pip install 'pdel\\[train\\]'"):
        pdel.load(HEAT)


def test_importing_costs_nothing() -> None:
    script = "import sys, pdel; print([name for name in sys.modules if name.startswith('pdel.') or name == 'click'])"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
    with pytest.raises(AttributeError):
        _ = pdel.nothing
