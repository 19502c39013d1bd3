"""The words of the language: first words of physics statements, reserved words, symbols, and their terminals."""

from __future__ import annotations

PHYSICS_WORDS: tuple[str, ...] = (
    "problem", "space", "time", "shape", "part", "field", "constant", "let", "function", "equation", "boundary",
    "initial", "constraint", "quantity", "exact", "reference", "manufacture", "unknown", "data", "table",
)  # fmt: skip
"""First words of the physics statements that are compiled."""

UNBUILT_WORDS: tuple[str, ...] = ("parameter", "interface", "eigenvalue")
"""First words of physics statements that belong to the language and are not compiled yet."""

STATEMENT_WORDS: frozenset[str] = frozenset(PHYSICS_WORDS + UNBUILT_WORDS)

OTHER_WORDS: dict[str, str] = {
    "domain": "space", "region": "space", "geometry": "shape", "variable": "field", "var": "field",
    "const": "constant", "param": "constant", "def": "function", "pde": "equation", "ode": "equation",
    "eq": "equation", "eqn": "equation", "bc": "boundary", "ic": "initial", "solution": "exact",
}  # fmt: skip
"""Words by which other programs call what a statement says."""

RESERVED_WORDS: frozenset[str] = frozenset((
    "in", "on", "at", "where", "from", "then", "and", "or", "not", "if", "between", "except", "of", "with", "as",
    "complex", "periodic", "polar", "cylindrical", "spherical",
))  # fmt: skip

LABELLED_WORDS: frozenset[str] = frozenset(("equation", "boundary", "initial", "constraint", "data"))
"""Statements whose name is a label with a colon."""

DEFINING_WORDS: frozenset[str] = frozenset(("constant", "let", "shape", "quantity"))
"""Statements of the form `WORD NAME = EXPRESSION`."""

LONGEST_NAME = 40

METHOD_TERMINAL = "METHOD"
END = "$END"

WORD_TERMINALS: dict[str, str] = {
    **{word: word.upper() for word in PHYSICS_WORDS},
    "in": "_IN", "on": "_ON", "at": "_AT", "where": "_WHERE", "from": "_FROM", "then": "_THEN", "and": "_AND",
    "or": "_OR", "not": "_NOT", "except": "_EXCEPT", "if": "IF", "complex": "COMPLEX", "periodic": "PERIODIC",
    "polar": "SYSTEM", "cylindrical": "SYSTEM", "spherical": "SYSTEM",
}  # fmt: skip
"""Terminals of the words that the grammar mentions; other reserved words have the terminal `RESERVED`."""

SYMBOL_TERMINALS: dict[str, str] = {
    "+": "PLUS", "-": "MINUS", "*": "STAR", "/": "SLASH", "^": "CARET", "=": "EQUAL", "&": "_AMPERSAND",
    "<": "COMPARE", "<=": "COMPARE", ">": "COMPARE", ">=": "COMPARE", "!=": "COMPARE",
    "(": "_LPAR", ")": "_RPAR", "[": "_LSQB", "]": "_RSQB", ",": "_COMMA", ":": "_COLON", "..": "_DOTS",
    ";": "SEMICOLON",
}  # fmt: skip

OPENERS: dict[str, str] = {"(": ")", "[": "]"}
CLOSERS: dict[str, str] = {")": "(", "]": "["}
