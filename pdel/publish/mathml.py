"""A layout as MathML Core, which today's browsers set by themselves. All text is escaped here."""

from __future__ import annotations

from markupsafe import Markup, escape

from pdel.publish.layout import (
    Cases,
    Fenced,
    Fraction,
    Large,
    Layout,
    Numeral,
    Operator,
    Root,
    Row,
    Script,
    Space,
    Style,
    Symbol,
    Words,
    is_tall,
)
from pdel.publish.names import GREEK

_LETTERS = frozenset("∂∇∞")
"""Signs that are set like symbols: no space of an operator around them."""

_TIGHT = frozenset("/")

_RELATIONS = frozenset("=≈≤≥<>≠∪∩")
"""Signs between two sides, of which the left one may stand in another cell."""


def mathml(layout: Layout, *, display: bool = False) -> Markup:
    """A `math` element; `display` for formulas that stand by themselves, with tall fractions."""
    form = Markup(' display="block"') if display else Markup("")
    style = Markup(' displaystyle="true"') if display else Markup("")
    return Markup('<math xmlns="http://www.w3.org/1998/Math/MathML"{}><mrow{}>{}</mrow></math>').format(
        form, style, _write(layout)
    )


def _write(layout: Layout) -> Markup:
    match layout:
        case Symbol():
            return _symbol(layout)
        case Numeral(text=text):
            return _element("mn", escape(text))
        case Operator():
            return _operator(layout)
        case Space(width=width):
            return Markup('<mspace width="{}em"/>').format(f"{width / 18:.3f}")
        case Words(text=text):
            # an `mtext` counts as space: the operator beside it would lose its own
            return Markup('<mi class="words" mathvariant="normal">{}</mi>').format(text)
        case Row(items=items):
            return _element("mrow", *map(_write, items))
        case Fraction(numerator=above, denominator=below):
            return _element("mfrac", _grouped(above), _grouped(below))
        case Script(base=base, sub=sub, sup=sup):
            return _script(_grouped(base), sub, sup)
        case Root(radicand=radicand):
            return _element("msqrt", _write(radicand))
        case Fenced(body=body, opening=opening, closing=closing):
            tall = is_tall(body)
            return _element("mrow", _fence(opening, "prefix", tall), _write(body), _fence(closing, "postfix", tall))
        case Cases(rows=rows):
            return _cases(rows)
        case Large(glyph=glyph, sub=sub, sup=sup):
            return _large(glyph, sub, sup)


def _element(name: str, *parts: Markup) -> Markup:
    return Markup("<{0}>{1}</{0}>").format(Markup(name), Markup("").join(parts))


def _grouped(layout: Layout) -> Markup:
    """Exactly one element."""
    return _write(layout) if not isinstance(layout, Row) or len(layout.items) != 1 else _write(layout.items[0])


def _symbol(symbol: Symbol) -> Markup:
    text = GREEK.get(symbol.name, symbol.name)
    if symbol.style is Style.BOLD:
        return _element("mi", escape("".join(map(_bold, text))))
    upright = symbol.style is Style.UPRIGHT or (text != symbol.name and text.isupper())
    if len(text) == 1 and upright:
        return Markup('<mi mathvariant="normal">{}</mi>').format(text)
    return _element("mi", escape(text))


def _bold(char: str) -> str:
    """The bold letter of the block of mathematical letters, which needs no bold font."""
    for first, last, start in (("A", "Z", 0x1D400), ("a", "z", 0x1D41A), ("Α", "Ω", 0x1D6A8), ("α", "ω", 0x1D6C2)):
        if first <= char <= last:
            return chr(start + ord(char) - ord(first))
    return char


def _operator(operator: Operator) -> Markup:
    if operator.glyph in _LETTERS:
        return Markup('<mi mathvariant="normal">{}</mi>').format(operator.glyph)
    if operator.glyph in _TIGHT:
        return Markup('<mo lspace="0" rspace="0">{}</mo>').format(operator.glyph)
    if operator.glyph == "∖":  # most fonts have this sign too small, and none a space around the other one
        return Markup('<mo lspace="0.22em" rspace="0.22em">\\</mo>')
    if operator.prefix:
        return Markup('<mo form="prefix" lspace="0" rspace="0">{}</mo>').format(operator.glyph)
    if operator.glyph in _RELATIONS:
        return Markup('<mo form="infix" lspace="0.278em" rspace="0.278em">{}</mo>').format(operator.glyph)
    return _element("mo", escape(operator.glyph))


def _fence(glyph: str, form: str, tall: bool) -> Markup:
    return Markup('<mo form="{}" stretchy="{}" lspace="0" rspace="0">{}</mo>').format(
        form, "true" if tall else "false", glyph
    )


def _script(base: Markup, sub: Layout | None, sup: Layout | None) -> Markup:
    match sub, sup:
        case None, None:
            return base
        case None, above:
            assert above is not None
            return _element("msup", base, _grouped(above))
        case below, None:
            assert below is not None
            return _element("msub", base, _grouped(below))
        case below, above:
            assert below is not None
            assert above is not None
            return _element("msubsup", base, _grouped(below), _grouped(above))


def _large(glyph: str, sub: Layout | None, sup: Layout | None) -> Markup:
    sign = Markup("<mo>{}</mo>").format(glyph)
    if glyph == "∑" and sub is not None and sup is not None:
        return _element("munderover", sign, _grouped(sub), _grouped(sup))
    return _script(sign, sub, sup)


def _cases(rows: tuple[tuple[Layout, Layout], ...]) -> Markup:
    cells = Markup("").join(
        Markup('<mtr><mtd class="value">{}</mtd><mtd class="case">{}</mtd></mtr>').format(
            _write(value), _write(condition)
        )
        for value, condition in rows
    )
    return _element("mrow", _fence("{", "prefix", True), Markup('<mtable class="cases">{}</mtable>').format(cells))
