"""Hooks of the documentation site (`mkdocs.yml`): pages that lie outside docs/, a page for every method, links into the
repository, and the colours of specifications."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pygments.lexers
from mkdocs.structure.files import File

from pdel.methods.registry import FAMILIES, methods_of
from pdel.pygments_lexer import PdelLexer

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

ROOT = Path(__file__).parents[1]
OUTSIDE = {"README.md": "index.md", "CONTRIBUTING.md": "contributing.md", "examples/README.md": "examples.md"}
"""Files of the repository outside docs/ that are pages of the site, with their names there."""

ENTRY = re.compile(r"^### `(\w+) (\w+)`\n(.*?)(?=^##|^<!--)", re.MULTILINE | re.DOTALL)
"""A method in docs/methods.md, which is written from the registry: family, name (NUMBER where it takes one), text."""

LINK = re.compile(r"\[([^\]\n]+)\]\(([^)\s]+)\)")


def method_pages() -> dict[str, dict[str, str]]:
    """The text of a page for every method, with its reference to cite, by family and name."""
    entries = ENTRY.findall((ROOT / "docs" / "methods.md").read_text(encoding="utf-8"))
    pages: dict[str, dict[str, str]] = {family.name: {} for family in FAMILIES}
    for family, name, text in entries:
        known = methods_of(family)
        method = next((method for method in known if method.name == name), known[0])
        bibtex = method.citation.bibtex if method.citation else ""
        cite = f"\n```bibtex\n{bibtex}\n```\n" if bibtex else ""
        pages[family][name] = f"# `{family} {name}`\n{text}{cite}"
    return pages


def page_name(family: str, name: str) -> str:
    """The file of a method's page."""
    return f"methods/{family}-{name.lower()}.md"


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Methods in the navigation; colours for specifications, also where this clone is not installed."""
    sections = [
        {family: [{name: page_name(family, name)} for name in names]} for family, names in method_pages().items()
    ]
    config.nav = [*(config.nav or []), {"Every method": sections}]
    lexer = (PdelLexer.__module__, PdelLexer.name, tuple(PdelLexer.aliases), tuple(PdelLexer.filenames), ())
    pygments.lexers.LEXERS[PdelLexer.__name__] = lexer
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """The pages of the site, with those from outside docs/ and those of methods."""
    for source, name in OUTSIDE.items():
        files.append(File.generated(config, name, abs_src_path=str(ROOT / source)))
    for family, names in method_pages().items():
        for name, text in names.items():
            files.append(File.generated(config, page_name(family, name), content=text))
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
