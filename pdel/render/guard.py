"""The output guard: a module is parsed and checked against what any plan may say, before a file is written."""

from __future__ import annotations

import ast
from collections.abc import Iterable

from pdel.render.imports import MEMBERS, MODULES

ALLOWED_MODULES = frozenset(
    (
        *(*MODULES, *(module for module, _ in MEMBERS), "__future__", "torch", "numpy"),
        *("matplotlib", "matplotlib.figure", "scipy.io", "h5py", "torch.fx.experimental.proxy_tensor"),
    )
)
FORBIDDEN_NAMES = frozenset(("eval", "exec", "compile", "__import__", "globals", "locals", "vars", "delattr", "input"))
ALLOWED_DUNDERS = frozenset(("__init__", "__name__", "__file__", "__doc__", "__enter__", "__exit__", "__class__"))


class GuardError(Exception):
    """The rendered text holds what no plan allows: an error of pdel, never the user's."""


def guard(body: str) -> frozenset[str]:
    """The names that the body of a module uses.

    Raise GuardError unless it parses and holds only allowed imports, names and attributes.
    """
    names: set[str] = set()
    for node in ast.walk(_parsed(body)):
        match node:
            case ast.Name(id=name):
                names.add(name)
                if name in FORBIDDEN_NAMES or _is_private(name):
                    raise GuardError(f"the name `{name}` may not occur in a module (line {node.lineno})")
            case ast.Attribute(attr=name) if _is_private(name):
                raise GuardError(f"the attribute `{name}` may not occur in a module (line {node.lineno})")
            case ast.Import(names=imported):
                _check_modules(alias.name for alias in imported)
            case ast.ImportFrom(module=name):
                _check_modules((name or "",))
            case _:
                continue
    return frozenset(names)


def guard_head(head: str) -> None:
    """Raise GuardError unless the head of a module is its documentation and one import from `__future__`."""
    match _parsed(head).body:
        case [ast.Expr(value=ast.Constant(value=str())), ast.ImportFrom(module="__future__")]:
            return
        case _:
            raise GuardError("the head of a module holds more than its documentation")


def _parsed(text: str) -> ast.Module:
    try:
        return ast.parse(text)
    except SyntaxError as fault:
        raise GuardError(f"the text does not parse: line {fault.lineno}: {fault.msg}") from fault


def _check_modules(names: Iterable[str]) -> None:
    for name in names:
        if name not in ALLOWED_MODULES:
            raise GuardError(f"the import of `{name}` may not occur in a module")


def _is_private(name: str) -> bool:
    return name.startswith("__") and name not in ALLOWED_DUNDERS
