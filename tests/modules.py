"""Modules compiled from specifications inside a test and imported as libraries."""

from __future__ import annotations

import importlib.util
import itertools
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

from pdel.compiler import Compilation, compile_specification
from pdel.diagnostics.model import Severity

NUMBERS = itertools.count()

ROD = """\
problem rod
space x in [0, 1]
time t in [0, 1]
field u(x, t)
equation heat: u_t = u_xx
boundary ends: u = 0 on boundary
initial start: u = sin(pi*x)
"""
"""A specification without a method statement; methods may be appended."""


def compile_text(text: str, folder: Path, name: str = "problem") -> Compilation:
    """The compilation of a specification's text; fails on errors."""
    path = folder / f"{name}.pde"
    path.write_text(text, encoding="utf-8")
    compilation = compile_specification(path)
    errors = [f"{d.code}: {d.message}" for d in compilation.diagnostics if d.severity is Severity.ERROR]
    assert not errors, errors
    return compilation


def import_text(text: str, folder: Path, name: str = "problem") -> ModuleType:
    """The module compiled from a specification's text, imported under a name of its own."""
    compilation = compile_text(text, folder, name)
    assert compilation.text is not None
    path = folder / f"{name}.py"
    path.write_text(compilation.text, encoding="utf-8")
    return import_module(path)


def import_module(path: Path) -> ModuleType:
    """A module from a file, imported under a name of its own."""
    spec = importlib.util.spec_from_file_location(f"generated_{next(NUMBERS)}_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@contextmanager
def one_thread() -> Iterator[None]:
    """torch on one thread: the networks of tests are small and tests run side by side."""
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)
