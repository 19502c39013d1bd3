"""Hooks of the documentation site (`mkdocs.yml`): pages that lie outside docs/, links into the repository, and the
colours of specifications."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pygments.lexers
from mkdocs.structure.files import File

from pdel.pygments_lexer import PdelLexer

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

ROOT = Path(__file__).parents[1]
OUTSIDE = {"README.md": "index.md", "CONTRIBUTING.md": "contributing.md", "examples/README.md": "examples.md"}
"""Files of the repository outside docs/ that are pages of the site, with their names there."""

LINK = re.compile(r"\[([^\]\n]+)\]\(([^)\s]+)\)")


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Colours for specifications, also where this clone is not installed and so has no entry points."""
    lexer = (PdelLexer.__module__, PdelLexer.name, tuple(PdelLexer.aliases), tuple(PdelLexer.filenames), ())
    pygments.lexers.LEXERS[PdelLexer.__name__] = lexer
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """The pages of the site, with those from outside docs/."""
    for source, name in OUTSIDE.items():
        files.append(File.generated(config, name, abs_src_path=str(ROOT / source)))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """A page whose links lead to pages of the site. What is in the repository only is named without a link."""
    folder = Path(page.file.abs_src_path or config.docs_dir).parent

    def link(match: re.Match[str]) -> str:
        text, target = match.groups()
        name, mark, anchor = target.partition("#")
        path = (folder / name).resolve()
        if not name or "://" in target or not path.exists():
            return match[0]
        source = path.relative_to(ROOT).as_posix()
        there = OUTSIDE.get(source, source.removeprefix("docs/"))
        return f"[{text}]({there}{mark}{anchor})" if files.get_file_from_path(there) else text

    return LINK.sub(link, markdown)
