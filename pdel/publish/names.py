"""Names of a specification as symbols: Greek letters by their English names, digits and what follows `_` below."""

from __future__ import annotations

import re

from pdel.publish.layout import EMPTY, Layout, Numeral, Operator, Script, Space, Style, Symbol, Words, row

GREEK: dict[str, str] = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "zeta": "ζ", "eta": "η",
    "theta": "θ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π",
    "rho": "ρ", "sigma": "σ", "tau": "τ", "upsilon": "υ", "phi": "φ", "chi": "χ", "psi": "ψ",
    "omega": "ω", "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π",
    "Sigma": "Σ", "Upsilon": "Υ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω",
}  # fmt: skip
"""The letters that a name may stand for."""

_NUMBER = re.compile(r"([0-9_]*\.?[0-9_]*)(?:[eE]([+-]?[0-9]+))?")
_UNIT_POWER = re.compile(r"\^(-?\d+)")


def symbol(name: str, style: Style | None = None) -> Layout:
    """A declared name: `k_wall` is k with `wall` below, `x1` x with 1 below, `alpha` the letter, `vel` upright."""
    base, *below = [part for part in name.split("_") if part] or [name]
    letters, digits = _split(base)
    parts: list[Layout] = [Numeral(digits)] if digits else []
    parts += [_subscript(part) for part in below]
    sub: list[Layout] = []
    for part in parts:
        sub += [Operator(","), part] if sub else [part]
    found = Symbol(letters, _style(letters) if style is None else style)
    return Script(found, row(*sub)) if sub else found


def _split(part: str) -> tuple[str, str]:
    """The letters of a part of a name and the digits behind them."""
    letters = part.rstrip("0123456789")
    return (letters, part[len(letters) :]) if letters.isalpha() else (part, "")


def _subscript(part: str) -> Layout:
    if part.isdigit():
        return Numeral(part)
    letters, digits = _split(part)
    return row(Symbol(letters, _style(letters)), Numeral(digits) if digits else EMPTY)


def _style(letters: str) -> Style:
    return Style.ITALIC if len(letters) == 1 or letters in GREEK else Style.UPRIGHT


def number(text: str, unit: str | None = None) -> Layout:
    """A decimal literal: `1e-3` as a power of ten, digits of large numbers in groups of three."""
    found = _NUMBER.fullmatch(text)
    if found is None:
        return Words(text)
    digits, exponent = found.group(1).replace("_", ""), found.group(2)
    mantissa = Numeral(_grouped(digits))
    whole: Layout = mantissa
    if exponent is not None:
        size = Numeral(exponent.lstrip("+-0") or "0")
        signed = row(Operator("−", prefix=True), size) if exponent.startswith("-") else size
        power = Script(Numeral("10"), sup=signed)
        whole = power if digits in ("1", "1.", "1.0") else row(mantissa, Operator("×"), power)
    return whole if unit is None else row(whole, Space(3), unit_layout(unit))


def in_words(value: float) -> str:
    """A computed number with three digits for a line of text: `3.14·10⁻⁷`."""
    mantissa, _, exponent = f"{value:.3g}".partition("e")
    raised = "".join("⁻" if char == "-" else "⁰¹²³⁴⁵⁶⁷⁸⁹"[int(char)] for char in str(int(exponent or 0)))
    return f"{mantissa}·10{raised}" if exponent else mantissa


def _grouped(digits: str) -> str:
    """Groups of three, parted by narrow spaces, from five digits on."""
    whole, dot, rest = digits.partition(".")
    if len(whole) < 5:
        return digits
    return f"{int(whole):,}".replace(",", "\u202f") + dot + rest


def measured(value: float) -> Layout:
    """A computed number with six digits, negative ones with their sign."""
    text = f"{abs(value):.6g}"
    layout = number(text)
    return row(Operator("−", prefix=True), layout) if value < 0 else layout


def unit_layout(unit: str) -> Layout:
    """A unit as text, with its powers raised: `kg/m^3`."""
    parts: list[Layout] = []
    pieces = _UNIT_POWER.split(unit.replace("*", "·"))
    for text, power in zip(pieces[::2], [*pieces[1::2], None], strict=True):
        if power is None:
            parts += [Words(text)] if text else []
        else:
            parts.append(Script(Words(text), sup=Words(power.replace("-", "−"))))
    return row(*parts)
