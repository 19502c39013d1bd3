"""pdel: a compiler from text specifications of partial differential equations to standalone torch modules.

From Python: `pdel.compile` and `pdel.load`, described in `pdel/api.py`. They are imported when they are first used, so
that `import pdel` costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pdel.api import Module, SpecificationError, compile, load  # noqa: A004

__version__ = "0.1.0"
__all__ = ["Module", "SpecificationError", "__version__", "compile", "load"]


def load_ipython_extension(shell: Any) -> None:
    """`%load_ext pdel`: the cell magic `%%pde`."""
    from pdel.notebook.magic import PdelMagics  # noqa: PLC0415

    shell.register_magics(PdelMagics)


def __getattr__(name: str) -> Any:
    if name in __all__:
        from pdel import api  # noqa: PLC0415

        return getattr(api, name)
    raise AttributeError(f"module `pdel` has no attribute `{name}`")
