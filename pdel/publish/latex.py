"""A layout as LaTeX for mathematics mode with amsmath and amssymb. All text is escaped here."""

from __future__ import annotations

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
)
from pdel.publish.names import GREEK


class Tex(str):
    """Text that is LaTeX, made by this module and the document only: the document's template refuses other text."""

    __slots__ = ()


_ESCAPED = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "%": r"\%", "_": r"\_",
    "^": r"\textasciicircum{}", "~": r"\textasciitilde{}", "<": r"\textless{}", ">": r"\textgreater{}",
    "|": r"\textbar{}", '"': r"\textquotedbl{}", "`": r"\textasciigrave{}", "-": "-{}", "\u202f": r"\,",
    "·": r"\textperiodcentered{}", "−": r"\ensuremath{-}", "…": r"\ldots{}", "–": "--", "“": "``", "”": "''",
}  # fmt: skip

_FUNCTIONS = frozenset({"sin", "cos", "tan", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh", "ln", "exp",
                        "min", "max"})  # fmt: skip

_OPERATORS = {
    "−": "-", "+": "+", "=": "=", "·": r"\cdot ", "×": r"\times ", "⊗": r"\otimes ", "∇": r"\nabla ",
    "∂": r"\partial ", "∈": r"\in ", "≤": r"\le ", "≥": r"\ge ", "<": "<", ">": ">", "≠": r"\ne ", "∖": r"\setminus ",
    "∪": r"\cup ", "∩": r"\cap ", "→": r"\to ", "∗": r"\ast ", "∞": r"\infty ", ",": ",", "/": "/", ":": ":",
    "≈": r"\approx ", "∼": r"\sim ", "↦": r"\mapsto ", "±": r"\pm ", "\u2062": "", "\u2061": "",
    "∫": r"\int ", "∑": r"\sum ",
}  # fmt: skip

_FENCES = {
    "(": ("(", ")"), "|": (r"\lvert", r"\rvert"), "[": ("[", "]"), "⟦": (r"[\![", r"]\!]"), "{": (r"\{", r"\}"),
}  # fmt: skip

_SPACES = {3: r"\,", 5: r"\;", 18: r"\quad "}


def tex_text(text: str) -> Tex:
    """Text in text mode: what LaTeX would read as a command is escaped, what it cannot print is left out.

    `-{}` keeps two hyphens from becoming a dash; control characters and line ends become spaces.
    """
    return Tex("".join(_ESCAPED.get(char, char if char.isprintable() else " ") for char in text))


def latex(layout: Layout) -> Tex:
    """A layout in mathematics mode."""
    return Tex(_write(layout).strip())


def _write(layout: Layout) -> str:
    match layout:
        case Symbol():
            return _symbol(layout)
        case Numeral(text=text):
            return text.replace("\u202f", r"\,")
        case Operator(glyph=glyph):
            return f"{{{_OPERATORS[glyph]}}}" if layout.prefix and glyph == "−" else _OPERATORS[glyph]
        case Space(width=width):
            return _SPACES.get(width, r"\ ")
        case Words(text=text):
            return rf"\text{{{tex_text(text)}}}"
        case Row(items=items):
            return "".join(map(_write, items))
        case Fraction(numerator=above, denominator=below):
            return rf"\frac{{{_write(above)}}}{{{_write(below)}}}"
        case Script(base=base, sub=sub, sup=sup):
            return f"{{{_write(base)}}}{_scripts(sub, sup)}"
        case Root(radicand=radicand):
            return rf"\sqrt{{{_write(radicand)}}}"
        case Fenced(body=body, opening=opening):
            left, right = _FENCES[opening]
            return f"{left}{_write(body)}{right}" if "!" in left else rf"\left{left} {_write(body)} \right{right}"
        case Cases(rows=rows):
            lines = r" \\ ".join(f"{_write(value)} & {_write(condition)}" for value, condition in rows)
            return rf"\begin{{cases}} {lines} \end{{cases}}"
        case Large(glyph=glyph, sub=sub, sup=sup):
            return f"{_OPERATORS[glyph].strip()}{_scripts(sub, sup)} "


def _scripts(sub: Layout | None, sup: Layout | None) -> str:
    below = "" if sub is None else f"_{{{_write(sub)}}}"
    return below if sup is None else f"{below}^{{{_write(sup)}}}"


def _symbol(symbol: Symbol) -> str:
    name, style = symbol.name, symbol.style
    if name in GREEK:
        letter = {"epsilon": r"\varepsilon", "phi": r"\varphi"}.get(name, "\\" + name)
        return rf"\boldsymbol{{{letter}}}" if style is Style.BOLD else f"{letter} "
    if style is Style.UPRIGHT and name in _FUNCTIONS:
        return f"\\{name} "
    if style is Style.ITALIC and len(name) == 1:
        return name
    return rf"\mathbf{{{_letters(name)}}}" if style is Style.BOLD else rf"\mathrm{{{_letters(name)}}}"


def _letters(name: str) -> str:
    """A name in mathematics mode: letters and digits stand for themselves."""
    return "".join(char if char.isascii() and char.isalnum() else tex_text(char) for char in name)
