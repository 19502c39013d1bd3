"""Every word of the language, each with its kind, how it is written and what it says.

Completion, hover, highlighting and the syntax files of editors are derived from it. The words themselves come
from where the compiler has them: `syntax/words.py`, the names and shapes of the semantics, the registry of methods.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cache

from pdel.expression import FUNCTIONS
from pdel.methods.options import BOOLEANS
from pdel.methods.registry import FAMILIES, LATER_FAMILIES
from pdel.semantics.geometry import FORMS as SHAPE_FORMS
from pdel.semantics.names import CALLABLE, NOT_BUILT_OPERATORS, OPERATORS, VALUES
from pdel.syntax.expectations import FORMS
from pdel.syntax.words import PHYSICS_WORDS, RESERVED_WORDS, UNBUILT_WORDS


class WordKind(Enum):
    """What a word is to a reader."""

    STATEMENT = "statement"
    FAMILY = "family of methods"
    CLAUSE = "word within a statement"
    FUNCTION = "function"
    OPERATOR = "operator"
    SHAPE = "shape"
    VALUE = "value"
    BOOLEAN = "truth value"


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the language. `form` shows how it is written; `built` is False where pdel only recognises it."""

    name: str
    kind: WordKind
    form: str
    purpose: str
    built: bool = True


STATEMENT_PURPOSES: dict[str, str] = {
    "problem": "names the problem, with a title",
    "space": "the coordinates of space and their ranges",
    "time": "the coordinate of time and its range",
    "shape": "names a shape made of others",
    "part": "names a part of the boundary",
    "field": "the functions that are sought",
    "constant": "names a number",
    "let": "names an expression",
    "function": "names an expression with parameters",
    "equation": "holds in the interior",
    "boundary": "holds on a part of the boundary",
    "initial": "holds at the start of time",
    "constraint": "holds at a point, or of an integral",
    "quantity": "a number that every run reports",
    "exact": "a known solution, to measure the error with",
    "manufacture": "a chosen solution, for which sources are added to the equations",
    "reference": "known values from a file, to measure the error with",
    "unknown": "a number, a field or a term that is found together with the fields",
    "table": "a coefficient from a file",
    "parameter": "an input of the network besides the coordinates",
    "data": "measured values that the fields should take",
    "interface": "holds between two regions",
    "eigenvalue": "a number for which the equation has a solution that is not zero",
}
"""What each statement says."""

CLAUSE_PURPOSES: dict[str, str] = {
    "in": "the range or the region of what stands before it",
    "on": "the parts of the boundary where a condition holds",
    "at": "the point where a constraint holds",
    "where": "narrows the place to where a condition holds",
    "from": "the file that values come from",
    "then": "the next phase of training",
    "and": "both conditions",
    "or": "at least one of the conditions",
    "not": "the opposite of a condition",
    "except": "takes parts out of a selection",
    "complex": "a field with a real and an imaginary part",
    "periodic": "a coordinate whose ends are joined",
    "language": "the version of the language",
}
"""What words within statements say; reserved words that no statement uses are not listed."""

FUNCTION_FORMS: dict[str, tuple[str, str]] = {
    "sin": ("sin(x)", "sine"),
    "cos": ("cos(x)", "cosine"),
    "tan": ("tan(x)", "tangent"),
    "asin": ("asin(x)", "inverse sine"),
    "acos": ("acos(x)", "inverse cosine"),
    "atan": ("atan(x)", "inverse tangent"),
    "atan2": ("atan2(y, x)", "angle of the point (x, y)"),
    "sinh": ("sinh(x)", "hyperbolic sine"),
    "cosh": ("cosh(x)", "hyperbolic cosine"),
    "tanh": ("tanh(x)", "hyperbolic tangent"),
    "exp": ("exp(x)", "exponential function"),
    "log": ("log(x)", "natural logarithm"),
    "sqrt": ("sqrt(x)", "square root"),
    "abs": ("abs(x)", "absolute value, the modulus of a complex value"),
    "sign": ("sign(x)", "-1, 0 or 1"),
    "min": ("min(a, b)", "the smallest of its arguments"),
    "max": ("max(a, b)", "the largest of its arguments"),
    "erf": ("erf(x)", "error function"),
    "if": ("if(condition, then, otherwise)", "a value in pieces"),
    "d": ("d(expression, x, 2)", "derivative along a coordinate, of an order"),
    "integral": ("integral(u on walls)", "integral over the region, or over a part of its boundary"),
}
"""How functions are written, and what they are."""

OPERATOR_FORMS: dict[str, tuple[str, str]] = {
    "grad": ("grad(u)", "gradient; of a vector the matrix of its derivatives, a row a component"),
    "div": ("div(v)", "divergence; of a matrix that of its rows"),
    "curl": ("curl(v)", "curl; a number in two dimensions"),
    "laplacian": ("laplacian(u)", "sum of the second derivatives along all coordinates of space"),
    "dot": ("dot(v, w)", "scalar product; of a matrix with a vector their product"),
    "cross": ("cross(v, w)", "vector product"),
    "inner": ("inner(A, B)", "sum of the products of all entries"),
    "outer": ("outer(v, w)", "matrix of the products of all components"),
    "advect": ("advect(w, u)", "derivative along w: (w . grad) u"),
    "sym": ("sym(A)", "symmetric part of a matrix"),
    "trace": ("trace(A)", "sum of the diagonal of a matrix"),
    "transpose": ("transpose(A)", "matrix with rows and columns exchanged"),
    "dn": ("dn(u)", "derivative along the outward normal of the boundary"),
    "re": ("re(z)", "real part"),
    "im": ("im(z)", "imaginary part"),
    "conj": ("conj(z)", "complex conjugate"),
    "jump": ("jump(u)", "difference of the two sides of an interface"),
    "sum": ("sum(expression, i in [1, n])", "sum over an index"),
}
"""How vector, tensor and complex operators are written, and what they are."""

VALUE_PURPOSES: dict[str, str] = {
    "pi": "the number pi",
    "identity": "the unit matrix",
    "normal": "outward unit normal of the boundary",
    "tangent": "unit tangent of the boundary",
}
"""What values of the language are."""

BOUNDARY = "boundary"
"""The word that is a statement and, after `on`, a place: all of the boundary."""


@cache
def vocabulary() -> tuple[Word, ...]:
    """All words, kind by kind, in the order in which the compiler lists them."""
    return (*_statements(), *_families(), *_clauses(), *_functions(), *_operators(), *_shapes(), *_values())


def words_of(*kinds: WordKind) -> tuple[Word, ...]:
    """The words of some kinds."""
    return tuple(word for word in vocabulary() if word.kind in kinds)


@cache
def names_of_kind(kind: WordKind) -> frozenset[str]:
    """The words of a kind by name, those that pdel only recognises among them."""
    return frozenset(word.name for word in vocabulary() if word.kind is kind)


def describe(name: str, *kinds: WordKind) -> Word | None:
    """The first word of that name among the kinds (all where none is given)."""
    return next((word for word in vocabulary() if word.name == name and (not kinds or word.kind in kinds)), None)


def _statements() -> list[Word]:
    return [
        Word(name, WordKind.STATEMENT, FORMS.get(name, ""), STATEMENT_PURPOSES.get(name, ""), name in PHYSICS_WORDS)
        for name in (*PHYSICS_WORDS, *UNBUILT_WORDS)
    ]


def _families() -> list[Word]:
    return [
        *(Word(item.name, WordKind.FAMILY, "", item.purpose) for item in FAMILIES),
        *(Word(name, WordKind.FAMILY, "", "", built=False) for name in LATER_FAMILIES),
    ]


def _clauses() -> list[Word]:
    names = sorted((RESERVED_WORDS | {"language"}) - set(CALLABLE))
    return [Word(name, WordKind.CLAUSE, "", CLAUSE_PURPOSES.get(name, ""), name in CLAUSE_PURPOSES) for name in names]


def _functions() -> list[Word]:
    names = [*FUNCTIONS, *(name for name in CALLABLE if name not in FUNCTIONS and name not in OPERATORS)]
    return [Word(name, WordKind.FUNCTION, *FUNCTION_FORMS.get(name, ("", ""))) for name in names]


def _operators() -> list[Word]:
    return [
        Word(name, WordKind.OPERATOR, *OPERATOR_FORMS.get(name, ("", "")), name in OPERATORS)
        for name in (*OPERATORS, *NOT_BUILT_OPERATORS)
    ]


def _shapes() -> list[Word]:
    return [Word(name, WordKind.SHAPE, form, "an elementary shape") for name, form in SHAPE_FORMS.items()]


def _values() -> list[Word]:
    return [
        *(Word(name, WordKind.VALUE, name, VALUE_PURPOSES.get(name, "")) for name in VALUES),
        *(Word(name, WordKind.BOOLEAN, name, "a value of an option") for name in BOOLEANS),
    ]
