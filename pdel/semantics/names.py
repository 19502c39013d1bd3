"""Rules for names: which are reserved, and how a derivative's name is cut."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pdel import expression as ex
from pdel.diagnostics.model import Label, error
from pdel.diagnostics.suggest import closest, did_you_mean, enumerate_words, suggest
from pdel.semantics.scope import (
    BrokenName,
    Entity,
    FieldName,
    LetName,
    PartName,
    Scope,
    ShapeName,
    TableName,
    VectorName,
    kind_of,
)
from pdel.source import Span
from pdel.syntax import ast
from pdel.syntax.words import RESERVED_WORDS, STATEMENT_WORDS

OPERATORS: dict[str, int] = {
    "grad": 1, "div": 1, "curl": 1, "laplacian": 1, "dot": 2, "cross": 2, "inner": 2, "outer": 2, "advect": 2,
    "sym": 1, "trace": 1, "transpose": 1, "dn": 1, "re": 1, "im": 1, "conj": 1,
}  # fmt: skip
"""Vector, tensor and complex operators with their numbers of arguments."""

NOT_BUILT_OPERATORS = ("jump", "sum")
CALLABLE = (*ex.FUNCTIONS, *OPERATORS, "if", "d", "integral")
VALUES = ("pi", "identity", "normal", "tangent")
RESERVED = RESERVED_WORDS | STATEMENT_WORDS | {"language", *CALLABLE, *VALUES, *NOT_BUILT_OPERATORS} - {"d"}
WORDS = RESERVED_WORDS | STATEMENT_WORDS | {"language", *VALUES}
"""Names that nothing can have. Shapes, parts and labels stand apart from expressions, so functions' names are free
for them: `boundary outer: …`."""
FOREIGN: dict[str, str] = {
    **dict.fromkeys(("diff", "derivative", "D"), "A derivative is written `u_x`, or `d(expression, x)` in general."),
    "ln": "The natural logarithm is `log`.",
    **{f"arc{name}": f"Write `a{name}`." for name in ("sin", "cos", "tan")},
    "nabla": "Write `grad`, `div`, `curl` or `laplacian`.",
    "rot": "Write `curl`.",
    "pow": "A power is written `x^2`.",
    "norm": "Write `sqrt(dot(v, v))` for the length of a vector `v`.",
    **dict.fromkeys(("heaviside", "step"), "Write `if(x > 0, 1, 0)`."),
}
"""Remedies for names that other languages have."""

LABEL_WORDS = frozenset({"interior", "boundary", "initial", "exactly", "softly"})


def cut_suffix(suffix: str, coordinates: Sequence[str]) -> tuple[str, ...] | None:
    """The coordinates that a derivative's suffix lists: one whole coordinate, or a run of short ones.

    A short coordinate is one letter with an optional number: `x`, `x12`. None where the suffix is neither.
    """
    if suffix in coordinates:
        return (suffix,)
    run = re.findall(r"[A-Za-z][0-9]*", suffix)
    if not run or "".join(run) != suffix or any(name not in coordinates for name in run):
        return None
    return tuple(run)


def declare(scope: Scope, name: ast.Name, entity: Entity) -> bool:
    """Put a name into the scope, or report why it cannot stand there. A refused name becomes a broken one."""
    if isinstance(entity, BrokenName):
        scope.names.setdefault(name.text, entity)
        return False
    if not check_reserved(scope, name, WORDS if isinstance(entity, ShapeName | PartName) else RESERVED):
        scope.names.setdefault(name.text, BrokenName(name.text, name.span))
        return False
    known = scope.names.get(name.text)
    if known is not None:
        scope.report(
            error(
                "E203",
                f"`{name.text}` is declared twice",
                name.span,
                "declared again here",
                secondary=(Label(known.span, f"first declared here as {kind_of(known)}"),),
                help="Give one of the two another name.",
            )
        )
        return False
    scope.names[name.text] = entity
    return True


def check_reserved(scope: Scope, name: ast.Name, reserved: frozenset[str] = RESERVED) -> bool:
    """Report a name that is reserved."""
    text = name.text
    if text in reserved or (text == "i" and scope.complex_allowed and reserved is RESERVED):
        what = _reserved_as(text)
        scope.report(
            error(
                "E204",
                f"`{text}` cannot be declared, because it is {what}",
                name.span,
                "a reserved name",
                help=f"Choose another name, for example `{text}0`.",
            )
        )
        return False
    return True


def _reserved_as(text: str) -> str:
    if text == "i":
        return "the imaginary unit where a field is complex"
    if text in VALUES:
        return "a value of the language"
    if text in CALLABLE or text in NOT_BUILT_OPERATORS:
        return "a function of the language"
    return "a word of the language"


def check_derivative_names(scope: Scope) -> None:
    """Report declared names that can be read as a derivative of a field: their meaning would be unclear."""
    for name, entity in scope.names.items():
        base, underscore, suffix = name.rpartition("_")
        owner = scope.names.get(base) if underscore else None
        if isinstance(owner, FieldName) and owner.complex and suffix in ("re", "im"):
            _refuse_part_name(scope, name, entity, owner)
        if not isinstance(owner, FieldName | VectorName | TableName):
            continue
        run = cut_suffix(suffix, scope.coordinates)
        if run is None:
            continue
        what = "table" if isinstance(owner, TableName) else "field"
        scope.report(
            error(
                "E206",
                f"`{name}` can be read as a derivative of the {what} `{base}`",
                entity.span,
                f"could mean the derivative of `{base}` in {enumerate_words(run)}",
                secondary=(Label(owner.span, f"`{base}` is declared here"),),
                help=f"Choose a name without `_{suffix}` at its end.",
            )
        )


def check_coordinate_names(scope: Scope) -> None:
    """Report a coordinate that reads as a run of others: `u_xx` would mean two things beside `x` and `xx`."""
    for axis in scope.axes:
        others = [name for name in scope.coordinates if name != axis.name]
        parts = [axis.name.split("_")] if "_" in axis.name else []
        runs = [cut_suffix(axis.name, others), *(part for part in parts if set(part) <= set(others))]
        run = next((run for run in runs if run), None)
        if run is None:
            continue
        scope.report(
            error(
                "E206",
                f"the coordinate `{axis.name}` can be read as {enumerate_words(run)}",
                axis.span,
                f"a derivative by `{axis.name}` would mean two things",
                help="Choose a name that is not made of other coordinates.",
            )
        )


def _refuse_part_name(scope: Scope, name: str, entity: Entity, owner: FieldName) -> None:
    scope.report(
        error(
            "E206",
            f"`{name}` is the name of a part of the complex field `{owner.name}`",
            entity.span,
            "taken by the real or imaginary part",
            secondary=(Label(owner.span, f"`{owner.name}` is declared here"),),
            help="Choose another name.",
        )
    )


def report_unknown(scope: Scope, name: ast.Name, candidates: Sequence[str], what: str = "") -> None:
    """Report a name that is not declared (or not yet), unless a faulty statement may declare it."""
    text = name.text
    if scope.absorbs(text):
        return
    place = scope.later.get(text)
    if place is not None and text not in scope.names:
        scope.report(
            error(
                "E202",
                f"`{text}` is used before it is declared",
                name.span,
                "not declared up to here",
                secondary=(Label(place, "declared here"),),
                help=f"Move the declaration of `{text}` above this statement.",
            )
        )
        return
    if _leibniz(scope, text):
        if scope.leibniz:
            return
        scope.leibniz = True
    message = f"`{text}` is not declared"
    scope.report(error("E201", message, name.span, what or "unknown name", help=_remedy(scope, text, candidates)))


def _remedy(scope: Scope, text: str, candidates: Sequence[str]) -> str:
    base, _, suffix = text.rpartition("_")
    if base and cut_suffix(suffix, scope.coordinates):
        near = closest(base, scope.known(FieldName, VectorName, LetName, TableName))
        if near:
            return suggest(f"{near}_{suffix}")
    remedy = FOREIGN.get(text) or _leibniz(scope, text)
    remedy = remedy or did_you_mean(text, [*candidates, *sorted(scope.absorption.names)])
    if remedy:
        return remedy
    if text == "i":
        return "The imaginary unit `i` exists where a field is declared `complex`."
    declared = [name for name in candidates if name not in VALUES]
    return f"Known here: {enumerate_words(declared)}." if declared else "Declare it above this statement."


def _leibniz(scope: Scope, text: str) -> str:
    """How a derivative is written, where a name reads as a part of `du/dx`."""
    found = re.fullmatch(r"d[0-9]?([A-Za-z]\w*?)[0-9]?", text)
    fields, part = scope.known(FieldName, VectorName), found.group(1) if found else ""
    if not fields or not scope.coordinates or part not in {*fields, *scope.coordinates}:
        return ""
    field = part if part in fields else fields[0]
    coordinate = part if part in scope.coordinates else scope.coordinates[-1]
    return f"A derivative is written `{field}_{coordinate}`, one of second order `d({field}, {coordinate}, 2)`."


def wrong_kind(scope: Scope, name: ast.Name, entity: Entity, wanted: str, help_text: str = "") -> None:
    """Report a declared name of another kind than the place wants."""
    if isinstance(entity, BrokenName):
        return
    scope.report(
        error(
            "E301",
            f"`{name.text}` is {kind_of(entity)}, and {wanted} is wanted here",
            name.span,
            kind_of(entity),
            secondary=(Label(entity.span, "declared here"),),
            help=help_text,
        )
    )


def duplicate_statement(scope: Scope, word: str, first: Span, again: Span) -> None:
    """Report a statement that may stand only once."""
    scope.report(
        error(
            "E209",
            f"a second `{word}` statement",
            again,
            "given again here",
            secondary=(Label(first, "first given here"),),
            help=f"A specification has one `{word}` statement; join the two or delete one.",
        )
    )
