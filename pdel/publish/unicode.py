"""A layout as one line of text in Unicode, for places that show no pictures: ∂u/∂t + u ∂u/∂x = ν ∂²u/∂x²."""

from __future__ import annotations

import re

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
    Symbol,
    Words,
    linear,
)
from pdel.publish.names import GREEK

_ABOVE = str.maketrans("0123456789+−-=()niα", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱᵅ")
_BELOW = str.maketrans("0123456789+−-=()aehijklmnoprstuvxβγρφχ", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ")
_TIGHT = frozenset("·/:∂∇")
_INVISIBLE = frozenset("\u2061\u2062")


def unicode_text(layout: Layout) -> str:
    """The line; what cannot stand above or below another sign is written with `^` and `_`."""
    return re.sub(r"\s+", " ", _write(linear(layout))).strip()


def _write(layout: Layout) -> str:
    match layout:
        case Symbol(name=name):
            return GREEK.get(name, name)
        case Numeral(text=text) | Words(text=text):
            return text
        case Operator():
            return _operator(layout)
        case Space():
            return " "
        case Row(items=items):
            return "".join(map(_write, items))
        case Fraction():
            return _write(linear(layout))
        case Script(base=base, sub=sub, sup=sup):
            below = "" if sub is None else _shifted(sub, _BELOW, "_")
            above = "" if sup is None else _shifted(sup, _ABOVE, "^")
            return f"{_write(base)}{below}{above}"
        case Root(radicand=radicand):
            inner = _write(radicand)
            return f"√{inner}" if isinstance(radicand, Symbol | Numeral) else f"√({inner})"
        case Fenced(body=body, opening=opening, closing=closing):
            return f"{opening}{_write(body)}{closing}"
        case Cases(rows=rows):
            return "{ " + "; ".join(f"{_write(value)} {_write(condition)}" for value, condition in rows) + " }"
        case Large(glyph=glyph, sub=sub, sup=sup):
            below = "" if sub is None else _shifted(sub, _BELOW, "_")
            above = "" if sup is None else _shifted(sup, _ABOVE, "^")
            return f"{glyph}{below}{above} "


def _operator(operator: Operator) -> str:
    if operator.glyph in _INVISIBLE:
        return ""
    if operator.prefix or operator.glyph in _TIGHT:
        return operator.glyph
    return f"{operator.glyph} " if operator.glyph == "," else f" {operator.glyph} "


def _shifted(layout: Layout, table: dict[int, int], sign: str) -> str:
    """A text above or below the line, by the letters that Unicode has for that."""
    text = re.sub(r"\s+", "", _write(linear(layout)))
    if all(ord(char) in table for char in text):
        return text.translate(table)
    return f"{sign}{text}" if len(text) == 1 else f"{sign}({text})"
