"""pdel: a compiler from text specifications of partial differential equations to standalone torch modules."""

from typing import Any

__version__ = "0.1.0"


def load_ipython_extension(shell: Any) -> None:
    """`%load_ext pdel`: the cell magic `%%pde`."""
    from pdel.notebook.magic import PdelMagics  # noqa: PLC0415

    shell.register_magics(PdelMagics)
