"""Characters beyond ASCII that look like, or mean, something that the language writes in ASCII."""

from __future__ import annotations

from pdel.syntax.lexer import Kind

_SYMBOLS = {
    "\u2212": "-", "\u2013": "-", "\u2014": "-", "\u2010": "-", "\u2011": "-", "\u00d7": "*", "\u00b7": "*",
    "\u22c5": "*", "\u2217": "*", "\u2219": "*", "\u00f7": "/", "\u2215": "/", "\u2044": "/", "\u2264": "<=",
    "\u2265": ">=", "\u2260": "!=", "\uff0c": ",", "\uff1a": ":", "\uff08": "(", "\uff09": ")", "\uff1d": "=",
    "\u2229": "&",
}  # fmt: skip
_NAMES = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ϵ": "epsilon", "ζ": "zeta", "η": "eta",
    "θ": "theta", "ϑ": "theta", "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "\u00b5": "mu", "ν": "nu",
    "ξ": "xi", "π": "pi", "ρ": "rho", "σ": "sigma", "τ": "tau", "υ": "upsilon", "φ": "phi", "ϕ": "phi", "χ": "chi",
    "ψ": "psi", "ω": "omega", "Γ": "Gamma", "Δ": "Delta", "Θ": "Theta", "Λ": "Lambda", "Ξ": "Xi", "Π": "Pi",
    "Σ": "Sigma", "Φ": "Phi", "Ψ": "Psi", "Ω": "Omega", "∈": "in", "ℏ": "hbar",
}  # fmt: skip
_TEXTS = {
    "²": "^2", "³": "^3", "⁴": "^4", "\u201c": '"', "\u201d": '"', "√": "sqrt", "∇": "grad", "∂": "d", "∞": "",
    "\u00a0": " ", "∪": "+", "\\": "",
}  # fmt: skip


def replacement(character: str) -> tuple[str, Kind | None]:
    """What to write instead of a character, and the kind of token that it would be.

    An empty text where nothing can be said; no kind where the mending is not certain.
    """
    if character in _SYMBOLS:
        return _SYMBOLS[character], Kind.SYMBOL
    if character in _NAMES:
        return _NAMES[character], Kind.NAME
    return _TEXTS.get(character, ""), None


ASCII_HELP: dict[str, str] = {
    "!": "A condition is negated with `not`, and unequal is `!=`; there is no factorial.",
    "%": "There is no remainder; a comment begins with `#`.",
    "|": "The union of shapes is `+`, a condition with alternatives `or`, an absolute value `abs(x)`.",
    "{": "Groups and vectors are written with `(` and `)`.",
    "}": "Groups and vectors are written with `(` and `)`.",
    "\\": "A statement is continued by indenting the next line.",
    "@": "A point is given after `at`, as in `at (0, 0)`.",
    ".": "A decimal number has digits beside its point; options and components have no dots.",
    "~": "Two sides are related by `=`.",
    "?": "A value that depends on a condition is `if(condition, value, otherwise)`.",
}
"""What to write instead of characters that the language does not use."""
