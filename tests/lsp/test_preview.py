"""Formulas in hovers: in Unicode, and as pictures that fetch nothing."""

from __future__ import annotations

import base64
import re
import xml.etree.ElementTree as ET

import pytest

from pdel.lsp.preview import preview
from pdel.publish.layout import Cases, Fraction, Large, Numeral, Root, Row, Script, Symbol, Words
from pdel.publish.unicode import unicode_text
from tests.lsp.open import HEAT, document

VECTORS = """\
space x in [0, 1], y in [0, 1]
field vel = (u, v)(x, y), p(x, y)
constant Re = 100
equation momentum: advect(vel, vel) = -grad(p) + laplacian(vel)/Re
boundary walls: vel = 0 on x = 0, boundary
let k = if(x < 0.5, 1, sqrt(x)*exp(-x^2/2))
quantity mean = integral(p)
"""


def lines(text: str, ink: str = "") -> list[str]:
    spec = document(text)
    return [found for number in range(len(spec.parsed)) if (found := preview(spec, number, ink))]


def test_formulas_in_unicode() -> None:
    assert lines(HEAT) == [
        "**hat(s) = max(0, 1 − \\|s\\|)**",
        "**∂u/∂t = α ∂²u/∂x²**",
        "**u = 0 on x = 0, x = 1**",
        "**u = sin(πx) hat(0x)**",
    ]
    found = lines(VECTORS)
    assert found[0] == "**(vel·∇) vel = −∇p + ∇²vel/Re**"
    assert found[2].startswith("**k = { 1 if x \\< 0.5; √x e^(−x²/2) otherwise }")


@pytest.mark.parametrize(
    ("layout", "text"),
    [
        (Script(Symbol("u"), sub=Symbol("x"), sup=Numeral("2")), "uₓ²"),
        (Script(Symbol("u"), sub=Symbol("theta")), "u_θ"),
        (Script(Symbol("e"), sup=Row((Symbol("a"), Symbol("q")))), "e^(aq)"),
        (Fraction(Symbol("a"), Row((Symbol("b"), Symbol("c"))), (False, True)), "a/(bc)"),
        (Root(Row((Symbol("a"), Symbol("b")))), "√(ab)"),
        (Large("∫", Symbol("Omega")), "∫_Ω"),
        (Cases(((Numeral("1"), Words("if")), (Numeral("0"), Words("otherwise")))), "{ 1 if; 0 otherwise }"),
    ],
)
def test_parts_of_formulas(layout: Fraction, text: str) -> None:
    assert unicode_text(layout) == text


def test_pictures_are_sound_and_fetch_nothing() -> None:
    found = lines(VECTORS, "#1a1a1a")
    assert len(found) == 4
    for text in found:
        shown = re.fullmatch(r"!\[.*\]\(data:image/svg\+xml;base64,([A-Za-z0-9+/=]+)\)", text)
        assert shown is not None
        svg = base64.b64decode(shown.group(1)).decode()
        root = ET.fromstring(svg)
        assert root.tag == "{http://www.w3.org/2000/svg}svg"
        assert "#1a1a1a" in svg
        assert set(re.findall(r"https?://[^\"]+", svg)) <= {
            "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xhtml", "http://www.w3.org/1998/Math/MathML",
        }  # fmt: skip


def test_what_is_no_colour_is_no_ink() -> None:
    assert lines(HEAT, 'red"/><script>') == lines(HEAT)
    assert lines("equation e: u_t = = u\n") == []
