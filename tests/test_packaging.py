"""The wheel carries grammar and templates, and compiles from another folder in an environment of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built from the source distribution, as an index would get it."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    (found,) = folder.glob("pdel-*.whl")
    return found


def test_the_wheel_holds_what_the_compiler_reads(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert "pdel/_data/grammar/pdel.lalr.json" in names
    assert "pdel/_data/templates/sections/header.py.j2" in names
    assert "pdel/py.typed" in names
    assert not any(name.startswith(("tests/", "examples/", "grammar/", "templates/")) for name in names)


def test_it_compiles_from_another_folder(wheel: Path, tmp_path: Path) -> None:
    environment = tmp_path / "environment"
    venv.create(environment, with_pip=False)
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    packages = environment / "lib" / version / "site-packages"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(packages)
    # the dependencies of this environment, behind the packages of the new one
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    spec = tmp_path / "heat.pde"
    spec.write_text((ROOT / "examples" / "heat" / "heat.pde").read_text(encoding="utf-8"), encoding="utf-8")
    clean = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    python = str(environment / "bin" / "python")
    where = [python, "-c", "import pdel; print(pdel.__file__)"]
    located = subprocess.run(where, cwd=tmp_path, env=clean, check=True, capture_output=True, text=True)
    assert str(environment) in located.stdout
    subprocess.run(
        [python, "-m", "pdel", "compile", "heat.pde"], cwd=tmp_path, env=clean, check=True, capture_output=True
    )
    subprocess.run([python, "heat.py", "selftest"], cwd=tmp_path, env=clean, check=True, capture_output=True)
