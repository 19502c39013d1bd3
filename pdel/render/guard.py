"""The output guard: a module is parsed and checked against what any plan may say, before a file is written."""

from __future__ import annotations

import ast
from collections.abc import Iterable

from pdel.plan.plan import Plan
from pdel.render.imports import MEMBERS, MODULES

ALLOWED_MODULES = frozenset(
    (*MODULES, *(module for module, _ in MEMBERS), "__future__", "torch", "numpy", "matplotlib", "matplotlib.figure")
)
FORBIDDEN_NAMES = frozenset(("eval", "exec", "compile", "__import__", "globals", "locals", "vars", "delattr", "input"))
ALLOWED_DUNDERS = frozenset(("__init__", "__name__", "__file__", "__doc__", "__enter__", "__exit__", "__class__"))


class GuardError(Exception):
    """The rendered text holds what no plan allows: an error of pdel, never the user's."""


def guard(plan: Plan, module: str) -> None:
    """Raise GuardError unless the module parses and holds only allowed imports, names and attributes."""
    try:
        tree = ast.parse(module)
    except SyntaxError as fault:
        raise GuardError(f"the module for `{plan.name}` does not parse: line {fault.lineno}: {fault.msg}") from fault
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                _check_modules(alias.name for alias in names)
            case ast.ImportFrom(module=name):
                _check_modules((name or "",))
            case ast.Name(id=name) if name in FORBIDDEN_NAMES or _is_private(name):
                raise GuardError(f"the name `{name}` may not occur in a module (line {node.lineno})")
            case ast.Attribute(attr=name) if _is_private(name):
                raise GuardError(f"the attribute `{name}` may not occur in a module (line {node.lineno})")
            case _:
                continue


def _check_modules(names: Iterable[str]) -> None:
    for name in names:
        if name not in ALLOWED_MODULES:
            raise GuardError(f"the import of `{name}` may not occur in a module")


def _is_private(name: str) -> bool:
    return name.startswith("__") and name not in ALLOWED_DUNDERS
