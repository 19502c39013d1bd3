"""Slips that can happen in any statement, each recognised where the parse stopped, with its remedy."""

from __future__ import annotations

from collections.abc import Callable

from pdel.diagnostics.model import Diagnostic, Edit, error
from pdel.syntax.scene import Scene
from pdel.syntax.words import END, RESERVED_WORDS, STATEMENT_WORDS

_VALUE_ENDS = frozenset(("NAME", "NUMBER", "UNIT", "_RPAR", "_RSQB"))
_VALUE_STARTS = frozenset(("NAME", "NUMBER", "_LPAR", "IF"))
_PLAIN_RESERVED = RESERVED_WORDS - {"in", "on", "at", "where", "from", "then", "and", "or", "not", "if", "except"}


def indented_statement(scene: Scene) -> Diagnostic | None:
    """A complete statement goes on with a line that looks like a method statement."""
    indent = scene.indents.get(scene.stop.index)
    if indent is None or scene.kind != "NAME" or not scene.accepts(END):
        return None
    if scene.kind_at(1) not in ("NAME", "NUMBER", "IF"):
        return None
    return error(
        "E113",
        f"`{scene.shown}` is indented and so continues the statement above it",
        scene.span,
        "not in the first column",
        help="Remove the spaces before it: every statement begins in the first column.",
        edits=[Edit(indent, "")],
    )


def reserved_name(scene: Scene) -> Diagnostic | None:
    """A word of the language stands where only a name, or a value, can be."""
    text = scene.text
    if not scene.accepts("NAME") or text not in RESERVED_WORDS | STATEMENT_WORDS:
        return None
    only_names = not scene.accepts("NUMBER")
    if not (text in STATEMENT_WORDS or text in _PLAIN_RESERVED or (only_names and scene.kind_at(1) != "NAME")):
        return None
    reason = "begins statements" if text in STATEMENT_WORDS else "is reserved"
    return error(
        "E114",
        f"`{text}` cannot be a name",
        scene.span,
        f"this word {reason}",
        help=f"Choose another name, such as `{text}_1`.",
    )


PRODUCT = "A product needs its `*`."


def missing_operator(scene: Scene) -> Diagnostic | None:
    """Two values stand side by side."""
    if not scene.accepts("STAR") or scene.kind not in _VALUE_STARTS or scene.kind_at(-1) not in _VALUE_ENDS:
        return None
    before, after = scene.text_at(-1), scene.shown
    if scene.kind == "_LPAR":
        message = f"`{before}` is followed by `(` and is not the name of a function"
        remedy = f"Only functions are called, by their names. {PRODUCT}"
    else:
        message = f"an operator is missing between `{before}` and `{after}`"
        is_unit = scene.kind == "NAME" and scene.kind_at(-1) == "NUMBER"
        remedy = f"A product needs its `*`; a unit is written `{before} [{after}]`." if is_unit else PRODUCT
    return error(
        "E122", message, scene.span, "expected an operator such as `*`", help=remedy,
        edits=[scene.insert_after(-1, "*")],
    )  # fmt: skip


def lonely_plus(scene: Scene) -> Diagnostic | None:
    """A plus sign without a left operand."""
    if scene.kind != "PLUS" or not scene.accepts("MINUS") or scene.accepts("PLUS"):
        return None
    return error(
        "E110", "`+` has nothing on its left", scene.span, "a sign that changes nothing",
        help="Remove the `+`.", edits=[Edit(scene.span, "")],
    )  # fmt: skip


def trailing_comma(scene: Scene) -> Diagnostic | None:
    """A comma with nothing after it."""
    if scene.kind_at(-1) != "_COMMA" or scene.kind not in ("_RPAR", "_RSQB", "_ON", END):
        return None
    return error(
        "E110", "nothing stands after the comma", scene.span_at(-1), "this comma separates nothing",
        help="Remove the comma, or complete the list.", edits=[Edit(scene.span_at(-1), "")],
    )  # fmt: skip


def leading_comma(scene: Scene) -> Diagnostic | None:
    """A comma where a value is needed."""
    if scene.kind != "_COMMA" or not scene.accepts("NAME") or scene.at_end:
        return None
    return error(
        "E110", "nothing stands before the comma", scene.span, "this comma separates nothing",
        help="Remove the comma, or put a value before it.", edits=[Edit(scene.span, "")],
    )  # fmt: skip


def comparison_in_formula(scene: Scene) -> Diagnostic | None:
    """A comparison, or a second `=`, at a place that relates two sides by one `=` at most."""
    if scene.kind not in ("COMPARE", "EQUAL", "_AND", "_OR", "_NOT") or len(scene.pieces) > 1:
        return None
    if scene.kind == "EQUAL":
        if not scene.situation.endswith(("relation", "= value")):
            return None
        return error(
            "E110", "a second `=` stands in one relation", scene.span, "expected at most one `=`",
            help="Separate two relations by a comma, or write two statements.",
        )  # fmt: skip
    if not scene.situation.endswith(("value", "relation")):
        return None
    remedy = "Conditions stand after `where` and in `if(condition, value, otherwise)`"
    remedy += "; an inequality that is to hold is a `constraint`." if scene.kind == "COMPARE" else "."
    return error("E124", f"`{scene.text}` stands outside a condition", scene.span, "true or false", help=remedy)


def option_with_colon(scene: Scene) -> Diagnostic | None:
    """`adam(steps: 100)`."""
    if scene.kind != "_COLON" or not scene.situation.startswith("call ("):
        return None
    return error(
        "E110", "an option takes its value with `=`, not `:`", scene.span, "write `=`",
        help=f"Write `{scene.text_at(-1)} = …`.", edits=[scene.replace_closely(" =")],
    )  # fmt: skip


def decimal_comma(scene: Scene) -> Diagnostic | None:
    """`0,4`."""
    if scene.kind != "_COMMA" or scene.kind_at(-1) != "NUMBER" or scene.kind_at(1) != "NUMBER":
        return None
    before, after = scene.span_at(-1), scene.span_at(1)
    if before.end != scene.span.start or scene.span.end != after.start or scene.accepts("_COMMA"):
        return None
    number = f"{scene.text_at(-1)}.{scene.text_at(1)}"
    return error(
        "E110", "`,` stands in a number", scene.span, "write `.`", help=f"A decimal number has a point: `{number}`.",
        edits=[scene.replace_closely(".")],
    )  # fmt: skip


SLIPS: tuple[Callable[[Scene], Diagnostic | None], ...] = (
    indented_statement,
    trailing_comma,
    leading_comma,
    lonely_plus,
    option_with_colon,
    decimal_comma,
)
"""Slips that are looked for before those of a statement's form."""

LATE_SLIPS: tuple[Callable[[Scene], Diagnostic | None], ...] = (reserved_name, comparison_in_formula, missing_operator)
"""Slips that are looked for after those of a statement's form."""
