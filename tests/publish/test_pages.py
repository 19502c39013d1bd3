"""Pages: what is on them, that they are complete in themselves, that nothing of a specification becomes markup."""

from __future__ import annotations

import html.parser
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from pdel.publish import document
from pdel.publish.document import render_latex
from pdel.publish.html import render_fragment, render_html
from pdel.publish.latex import tex_text
from pdel.publish.page import Page
from tests.publish.pages import EXAMPLES, page_of, page_of_text

SPECIFICATIONS = sorted(EXAMPLES.glob("*/*.pde"))

HOSTILE = r"""problem a "</title><script>alert(1)</script> & \input{/etc/passwd} {{ 7*7 }} $x$ % _^~ `id`"
space x in [0, 1]
field u(x)
constant k [kg/m^3] = 2
equation balance: u_xx = k
boundary ends: u = 0 on x = 0, x = 1
reference u from "<b>&_%.csv"
# </pre><img src=x onerror=alert(2)> \end{document}
"""


def hostile(folder: Path) -> Page:
    """The page of a specification whose texts look like markup."""
    (folder / "<b>&_%.csv").write_text("x,u\n0,0\n1,0\n", encoding="utf-8")
    return page_of_text(HOSTILE, folder)


VOID = {"meta", "link", "br", "img", "input"}


class Reader(html.parser.HTMLParser):
    """Checks that tags are closed in their order, and notes them with their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def read(text: str) -> Reader:
    reader = Reader()
    reader.feed(text)
    reader.close()
    assert reader.open == []
    return reader


@pytest.mark.parametrize("path", SPECIFICATIONS, ids=lambda path: path.stem)
def test_pages_of_the_examples(path: Path) -> None:
    made = page_of(path)
    text = render_html(made)
    reader = read(text)
    assert not [tag for tag, _ in reader.tags if tag in ("script", "link", "iframe", "object")]
    assert "http" not in re.sub(r'xmlns="[^"]*"', "", text)
    assert "url(" not in text
    assert "@import" not in text
    assert made.title in "".join(reader.text)
    assert any(tag == "math" for tag, _ in reader.tags)
    assert made.drawing is not None
    for label in {line.label for group in made.groups for line in group.lines}:
        assert label in text
    for reference in made.references:
        assert reference.text.split(",")[0].split(" ")[0] in text
    assert read(render_fragment(made))


@pytest.mark.parametrize("path", SPECIFICATIONS, ids=lambda path: path.stem)
def test_documents_of_the_examples(path: Path) -> None:
    text = render_latex(page_of(path))
    assert text.startswith(document.SIGN)
    assert text.isascii() or not re.search(r"[^\x00-ſ]", text), "inputenc knows Latin letters only"
    opened: list[str] = []
    for kind, name in re.findall(r"\\(begin|end)\{([a-z]+\*?)\}", text):
        if kind == "begin":
            opened.append(name)
        else:
            assert opened.pop() == name
    assert opened == []


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="there is no LaTeX on this machine")
def test_the_document_compiles(tmp_path: Path) -> None:
    (tmp_path / "a.tex").write_text(render_latex(hostile(tmp_path)), encoding="utf-8")
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "a.tex"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:]


def test_what_a_page_says() -> None:
    text = render_html(page_of(EXAMPLES / "poisson_hole" / "poisson_hole.pde"))
    for phrase in ("Boundary conditions", "elliptic, order 2, linear", "exactly", "softly", "Raissi", "plate"):
        assert phrase in text
    text = render_html(page_of(EXAMPLES / "schroedinger" / "schroedinger.pde"))
    for phrase in ("schroedinger_reference.csv", "8241", "periodic", "ψ"):
        assert phrase in text
    text = render_html(page_of(EXAMPLES / "kovasznay" / "kovasznay.pde"))
    assert "0.963741" in text


def test_subscripts() -> None:
    path = EXAMPLES / "heat" / "heat.pde"
    assert "<mfrac>" not in render_html(page_of(path, subscripts=True)).partition("Constants")[0]
    assert "<mfrac>" in render_html(page_of(path)).partition("Constants")[0]


def test_nothing_becomes_html(tmp_path: Path) -> None:
    text = render_html(hostile(tmp_path))
    reader = read(text)
    assert not [tag for tag, _ in reader.tags if tag in ("script", "img", "b")]
    assert not [name for _, attributes in reader.tags for name in attributes if name.startswith("on")]
    shown = "".join(reader.text)
    assert "<script>alert(1)</script>" in shown
    assert "{{ 7*7 }}" in shown
    assert "<b>&_%.csv" in shown


def test_nothing_becomes_latex(tmp_path: Path) -> None:
    text = render_latex(hostile(tmp_path))
    commands = set(re.findall(r"\\[A-Za-z]+", text))
    assert not commands & {"\\input", "\\write", "\\immediate", "\\include", "\\openin"}
    assert text.count("\\end{document}") == 1
    assert r"\textbackslash{}input\{/etc/passwd\}" in text


def test_text_for_latex() -> None:
    assert tex_text("a_b & 50% of #1 ~ ^ {x}\n\\y") == (
        r"a\_b \& 50\% of \#1 \textasciitilde{} \textasciicircum{} \{x\} \textbackslash{}y"
    )
    assert tex_text("--") == "-{}-{}"


def test_the_document_refuses_other_text() -> None:
    with pytest.raises(TypeError, match="not Tex"):
        document.refuse_untyped("plain")
