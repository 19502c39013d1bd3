"""`pdel show` and `pdel cite`."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pdel.publish import browser
from tests.cli.conftest import Invoke

HEAT = Path(__file__).parent.parent.parent / "examples" / "heat" / "heat.pde"


@pytest.fixture
def spec(tmp_path: Path) -> Path:
    return Path(shutil.copy(HEAT, tmp_path / "heat.pde"))


def test_html_goes_beside_the_specification(spec: Path, invoke: Invoke) -> None:
    result = invoke("show", str(spec))
    assert result.exit_code == 0
    assert result.stdout == ""
    assert result.stderr == f"{spec.with_suffix('.html')} written\n"
    first = spec.with_suffix(".html").read_bytes()
    assert invoke("show", str(spec)).exit_code == 0
    assert spec.with_suffix(".html").read_bytes() == first


def test_forms_that_are_named(spec: Path, invoke: Invoke) -> None:
    out = spec.parent / "out"
    out.mkdir()
    result = invoke("show", str(spec), "--html", str(out / "a.html"), "--latex", str(out / "a.tex"), "--subscripts")
    assert result.exit_code == 0
    assert (out / "a.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert "\\begin{document}" in (out / "a.tex").read_text(encoding="utf-8")
    assert not spec.with_suffix(".html").exists()


def test_files_of_others_are_left(spec: Path, invoke: Invoke) -> None:
    page = spec.with_suffix(".html")
    page.write_text("<p>mine</p>", encoding="utf-8")
    result = invoke("show", str(spec))
    assert result.exit_code == 1
    assert "was not written by pdel" in result.stderr
    assert page.read_text(encoding="utf-8") == "<p>mine</p>"
    assert invoke("show", str(spec), "--force").exit_code == 0
    result = invoke("show", str(spec), "--latex", str(spec), "--force")
    assert result.exit_code == 1
    assert "is the specification itself" in result.stderr
    result = invoke("show", str(spec), "--html", str(spec.parent / "no" / "a.html"))
    assert result.exit_code == 1
    assert "cannot write" in result.stderr


def test_mistakes_are_reported(spec: Path, invoke: Invoke) -> None:
    spec.write_text(spec.read_text(encoding="utf-8").replace("alpha*u_xx", "alpa*u_xx"), encoding="utf-8")
    for command in ("show", "cite"):
        result = invoke(command, str(spec))
        assert result.exit_code == 1
        assert "error[E201]" in result.stderr
    assert not spec.with_suffix(".html").exists()


def test_a_picture_needs_a_browser(spec: Path, invoke: Invoke, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browser, "BROWSERS", ("no-such-browser",))
    result = invoke("show", str(spec), "--png", str(spec.with_suffix(".png")))
    assert result.exit_code == 1
    assert "install Chromium" in result.stderr


@pytest.mark.slow
@pytest.mark.skipif(not any(map(shutil.which, browser.BROWSERS)), reason="there is no Chromium on this machine")
def test_a_picture_of_the_page(spec: Path, invoke: Invoke) -> None:
    image = spec.with_suffix(".png")
    assert invoke("show", str(spec), "--png", str(image)).exit_code == 0
    content = image.read_bytes()
    assert content.startswith(b"\x89PNG")
    assert browser.PNG_SIGN in content[:4096]
    width, height = (int.from_bytes(content[start : start + 4], "big") for start in (16, 20))
    assert width == browser.WIDTH * browser.SCALE
    assert height > width


def test_cite(spec: Path, invoke: Invoke) -> None:
    result = invoke("cite", str(spec), "--set", "train=adam(steps = 10)")
    assert result.exit_code == 0
    assert "@inproceedings{kingma2015," in result.stdout
    assert "urban2025" not in result.stdout
