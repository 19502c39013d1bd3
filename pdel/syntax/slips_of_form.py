"""Slips in the form of a statement: a missing label, colon, `on`, `=`, quotes, each with its remedy."""

from __future__ import annotations

from collections.abc import Callable

from pdel.diagnostics.model import Diagnostic, Edit, error
from pdel.diagnostics.suggest import enumerate_words
from pdel.syntax.expectations import FORMS
from pdel.syntax.faults import quotes_around
from pdel.syntax.scene import Scene
from pdel.syntax.words import DEFINING_WORDS, END, LABELLED_WORDS, PHYSICS_WORDS

_VALUE_STARTS = frozenset(("NAME", "NUMBER", "MINUS", "_LPAR", "IF", "TEXT"))


def missing_label(scene: Scene) -> Diagnostic | None:
    """`equation u_t = u_xx`, `equation heat u_t = u_xx`, `equation heat = u_t = u_xx`."""
    word = scene.form
    if word not in LABELLED_WORDS or scene.at_end:
        return None
    before_name = scene.situation == word and scene.kind in _VALUE_STARTS | {"_COLON", "EQUAL", "_LSQB"}
    after_name = scene.situation == f"{word} NAME"
    if not before_name and not after_name:
        return None
    if after_name and scene.kind in ("NAME", "NUMBER"):
        return error(
            "E129", f"`:` is missing after the label `{scene.text_at(-1)}`", scene.span, "expected `:` before this",
            help=f"Write `{word} {scene.text_at(-1)}: …`.", edits=[scene.insert_after(-1, ":")],
        )  # fmt: skip
    if after_name and scene.kind == "EQUAL" and {"EQUAL", "COMPARE"} & set(scene.kinds_from(1)):
        return error(
            "E129", f"the label `{scene.text_at(-1)}` is followed by `=` instead of `:`", scene.span, "write `:`",
            help=f"Write `{word} {scene.text_at(-1)}: …`.", edits=[scene.replace_closely(":")],
        )  # fmt: skip
    if after_name and scene.kind in ("TEXT", "_COMMA", "SEMICOLON"):
        return None
    place = scene.span if before_name else scene.span_at(-1)
    return error(
        "E129", f"the {_CALLED[word]} has no label", place, f"expected a label and `:` after `{word}`",
        help=f"Give it a name for messages, losses and plots: `{FORMS[word]}`.",
    )  # fmt: skip


_CALLED = {
    "equation": "equation",
    "boundary": "boundary condition",
    "initial": "initial condition",
    "constraint": "constraint",
    "data": "data statement",
}


def missing_place(scene: Scene) -> Diagnostic | None:
    """`boundary walls: u = 0`, `boundary walls: u = 0 at x = 0`, `part wall y = 0`."""
    if scene.situation not in ("boundary NAME : relation", "part NAME"):
        return None
    name = scene.terminals[1]
    what = "boundary condition" if scene.form == "boundary" else "part"
    message = f"the {what} `{name}` does not say where it " + ("holds" if scene.form == "boundary" else "is")
    remedy = "Add its place: `on x = 0`, `on boundary` or `on` and the name of a part."
    if scene.kind in ("_AT", "_IN"):
        return error(
            "E130", f"the place of the {what} `{name}` begins with `{scene.text}` instead of `on`", scene.span,
            "write `on`", help=remedy, edits=[Edit(scene.span, "on")],
        )  # fmt: skip
    if scene.kind == "NAME" and (scene.kind_at(1) in ("EQUAL", END) or scene.form == "part"):
        return error("E130", message, scene.span, "expected `on` before this", help=remedy, edits=[scene.insert("on ")])
    if scene.kind == "BOUNDARY":
        return error("E130", message, scene.span, "expected `on` before this", help=remedy, edits=[scene.insert("on ")])
    if scene.kind in (END, "_WHERE"):
        return error("E130", message, scene.span, "expected `on` and a place after this", help=remedy)
    return None


def title_without_quotes(scene: Scene) -> Diagnostic | None:
    """`problem heat Heat in a rod`."""
    if scene.kind != "NAME" or scene.situation != "problem NAME":
        return None
    whole = scene.span.to(scene.last_span)
    return error(
        "E131", "the title has no quotes", whole, 'expected a text in `"`', help="Put the title into double quotes.",
        edits=quotes_around(whole),
    )  # fmt: skip


def definition_without_equals(scene: Scene) -> Diagnostic | None:
    """`constant nu 0.1`, `constant nu: 0.1`, `let f(x) = x^2`."""
    is_definition = scene.form in DEFINING_WORDS and scene.situation == f"{scene.form} NAME"
    if not is_definition and scene.situation != "function NAME parameters":
        return None
    name = scene.terminals[1]
    if scene.kind == "_COLON":
        return error(
            "E110", f"`{name}` gets its value with `=`, not `:`", scene.span, "write `=`",
            help=f"The form of the statement is `{FORMS[scene.form]}`.", edits=[scene.replace_closely(" =")],
        )  # fmt: skip
    if scene.kind == "_LPAR" and scene.form == "let":
        return error(
            "E110", f"`{name}` has parameters and so is a function", scene.span, "a `let` has no parameters",
            help=f"Write `function {name}(…) = …`.", edits=[Edit(scene.span_at(-2), "function")],
        )  # fmt: skip
    if scene.kind in _VALUE_STARTS:
        return error(
            "E110", f"`=` is missing after `{scene.text_at(-1)}`", scene.span, "expected `=` before this",
            help=f"The form of the statement is `{FORMS[scene.form]}`.", edits=[scene.insert("= ")],
        )  # fmt: skip
    return None


def range_of_coordinate(scene: Scene) -> Diagnostic | None:
    """`space x = [0, 1]`, `space x in (0, 1)`, `time t [0, 1]`."""
    if scene.form not in ("space", "time") or len(scene.pieces) > 1:
        return None
    if scene.situation.endswith("NAME") and scene.kind in ("EQUAL", "_COLON"):
        return error(
            "E110", f"the range of `{scene.text_at(-1)}` begins with `{scene.text}` instead of `in`", scene.span,
            "write `in`", help=f"The form of the statement is `{FORMS[scene.form]}`.",
            edits=[scene.replace_closely(" in")],
        )  # fmt: skip
    if scene.situation.endswith("in") and scene.kind == "_LPAR" and "names" not in scene.situation:
        closing = next((i for i, kind in enumerate(scene.kinds_from(0)) if kind == "_RPAR"), None)
        edits = [] if closing is None else [Edit(scene.span, "["), Edit(scene.span_at(closing), "]")]
        return error(
            "E110", "a range stands in `(` and `)`", scene.span, "write `[`",
            help="Ranges are closed intervals and stand in `[` and `]`.", edits=edits,
        )  # fmt: skip
    if scene.situation.endswith("in") and scene.kind == "NAME" and "names" not in scene.situation:
        return error(
            "E110", f"`{scene.shown}` is no range", scene.span, "expected a range such as `[0, 1]`",
            help="The coordinates of a shape stand in parentheses: `space (x, y) in SHAPE`.",
        )  # fmt: skip
    return None


def field_without_coordinates(scene: Scene) -> Diagnostic | None:
    """`field u`, `field u, v(x, t)`, `field T(x, y; mu)`."""
    if scene.form != "field":
        return None
    if scene.kind == "SEMICOLON":
        return error(
            "E134", "parameters of a field are not built yet", scene.span, "what follows `;` is a parameter",
            help="Make it a `constant`, and train once for each value, or a coordinate without conditions at its ends:"
            " `space x in [0, 1], mu in [1, 2]` and `field u(x, mu)`.",
        )  # fmt: skip
    if scene.situation == "field NAME" and scene.kind in ("_COMMA", END):
        name = scene.text_at(-1)
        remedy = f"Write `field {name}(x, t)`; fields of the same coordinates are `field (u, v)(x, t)`."
        return error(
            "E110" if scene.kind == "_COMMA" else "E111", f"the field `{name}` does not say on what it depends",
            scene.span_at(-1), "expected its coordinates after this", help=remedy,
        )  # fmt: skip
    return None


def constant_by_region(scene: Scene) -> Diagnostic | None:
    """`constant k = 1 in left, 10 in right`."""
    if scene.situation != "constant NAME = value" or scene.kind != "_IN":
        return None
    return error(
        "E134", "constants that differ by region are not built yet", scene.span, "`in` begins a region",
        help="Use `let` with `if(condition, value, otherwise)`.",
    )  # fmt: skip


def unknown_statement(scene: Scene) -> Diagnostic | None:
    """`alpha = 0.4`, `solve u_t = u_xx`: the first word is neither a statement's nor a family of methods."""
    from pdel.methods.registry import FAMILIES, family_of  # noqa: PLC0415  (loaded for mistakes only)

    if scene.form != "method" or family_of(str(scene.terminals[0])):
        return None
    word, place = str(scene.terminals[0]), scene.span_at(-scene.stop.index)
    if scene.situation == "method" and scene.kind == "EQUAL":
        return error(
            "E133", f"`{word}` gets a value without a keyword", place, "expected `constant` or `let` before this",
            help=f"A number is named by `constant {word} = …`, an expression by `let {word} = …`.",
        )  # fmt: skip
    families = enumerate_words((family.name for family in FAMILIES), limit=20)
    return error(
        "E133", f"no statement begins with `{word}`", place, "unknown first word",
        help=f"Physics is stated by {enumerate_words(PHYSICS_WORDS, limit=20)}, methods by {families}.",
    )  # fmt: skip


def method_form(scene: Scene) -> Diagnostic | None:
    """`train = adam`, `weigh walls 10`, `train adam(…) lbfgs(…)`, `train rate = 1e-3`."""
    from pdel.methods.registry import family_of  # noqa: PLC0415  (loaded for mistakes only)

    if scene.form != "method" or len(scene.pieces) > 1 or family_of(str(scene.terminals[0])) is None:
        return None
    form = f"The form of the statement is `{FORMS['method']}`."
    if scene.situation == "method" and scene.kind in ("EQUAL", "_COLON"):
        return error(
            "E110", f"`{scene.text}` follows the word `{scene.text_at(-1)}`", scene.span,
            f"expected the name of a method after `{scene.text_at(-1)}`", help=form, edits=[scene.replace_closely("")],
        )  # fmt: skip
    if scene.situation in ("method NAME", "method NAME : NAME") and scene.kind == "EQUAL":
        return error(
            "E110", f"the option `{scene.text_at(-1)}` stands outside the brackets of a method", scene.span_at(-1),
            "an option", help=f"Options stand in brackets after the method: {form[0].lower()}{form[1:]}",
        )  # fmt: skip
    if scene.situation == "method NAME" and scene.kind == "NUMBER":
        return error(
            "E129", f"`:` is missing after `{scene.text_at(-1)}`", scene.span, "expected `:` before this", help=form,
            edits=[scene.insert_after(-1, ":")],
        )  # fmt: skip
    if scene.situation.endswith(("call", "NAME")) and scene.kind == "NAME" and scene.kind_at(-1) != "METHOD":
        return error(
            "E110", f"`{scene.shown}` follows without `then` or `:`", scene.span, "expected `then` before this",
            help="Methods that follow each other are joined by `then`; targets end with `:`.",
            edits=[scene.insert("then ")] if scene.kind_at(-1) == "_RPAR" else [],
        )  # fmt: skip
    if scene.situation.endswith("call") and scene.kind == "_COMMA":
        return error(
            "E110", "`,` follows a method", scene.span, "expected `then` or the end of the line",
            help="Methods that follow each other are joined by `then`; other targets want a statement of their own.",
        )  # fmt: skip
    return None


SLIPS_OF_FORM: tuple[Callable[[Scene], Diagnostic | None], ...] = (
    missing_label,
    missing_place,
    title_without_quotes,
    definition_without_equals,
    range_of_coordinate,
    field_without_coordinates,
    constant_by_region,
    unknown_statement,
    method_form,
)
"""Slips in the form of a statement."""
