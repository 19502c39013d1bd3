"""Where the compiler's own data lie: the grammar and the templates.

In a wheel they are packaged under `pdel/_data`; in a checkout they are the folders beside the package.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent


def grammar_text(name: str) -> str:
    """The text of a file of the grammar folder, such as `pdel.lark`."""
    return (_folder("grammar") / name).read_text(encoding="utf-8")


def templates_folder() -> Path:
    """The folder of the templates of generated modules."""
    return _folder("templates")


def _folder(name: str) -> Path:
    packaged = _PACKAGE / "_data" / name
    return packaged if packaged.is_dir() else _PACKAGE.parent / name
