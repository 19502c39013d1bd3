"""The documentation builds as a site without a warning, with every page, and needs nothing from a network."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from pdel.methods.base import Method
from pdel.methods.registry import METHODS, family_of
from tests.docs.test_docs import ROOT

PAGES = sorted(path.stem for path in (ROOT / "docs").glob("*.md"))
OTHER_PAGES = ["index", "contributing", "examples"]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder


def html(site: Path, page: str) -> str:
    return (site / f"{page}.html").read_text(encoding="utf-8")


def test_every_page_is_built_and_is_in_the_navigation(site: Path) -> None:
    pages = [*PAGES, *OTHER_PAGES]
    assert [page for page in pages if not (site / f"{page}.html").is_file()] == []
    navigation = html(site, "language").partition("<article")[0]
    assert [page for page in pages if f'href="{page}.html"' not in navigation and page != "language"] == []
    assert not list(site.rglob("*.py"))


@pytest.mark.parametrize("method", METHODS, ids=lambda method: f"{method.family} {method.name}")
def test_every_method_has_a_page(site: Path, method: Method) -> None:
    number = family_of(method.family)
    numbered = number is not None and number.number and method.name == "constant"
    name = "number" if numbered else method.name
    text = html(site, f"methods/{method.family}-{name}")
    assert f"methods/{method.family}-{name}.html" in html(site, "language")
    assert all(f"<code>{option.name}</code>" in text for option in method.options) or name == "number"
    if method.citation is not None and method.citation.bibtex:
        assert method.citation.key in text


def test_specifications_have_colours(site: Path) -> None:
    assert '<span class="kd">problem</span>' in html(site, "language")


def test_links_lead_to_pages_of_the_site_or_are_text(site: Path) -> None:
    tutorial = html(site, "tutorial")
    assert 'href="index.html#install"' in tutorial
    assert 'href="examples.html"' in tutorial
    for page in site.glob("*.html"):
        assert not re.search(r'href="[^":]*(\.\./|\.md\b|\.ipynb\b)', page.read_text(encoding="utf-8")), page.name


def test_nothing_is_fetched_from_elsewhere(site: Path) -> None:
    for page in site.glob("*.html"):
        tags = re.findall(r"<(?:link|script|img|iframe)\b[^>]*>", page.read_text(encoding="utf-8"))
        assert [tag for tag in tags if re.search(r'(?:src|href)="(?:https?:)?//', tag)] == [], page.name
