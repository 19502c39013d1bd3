"""What a stopped parse is called: one diagnostic for one broken statement.

First the mistakes that people make are looked for, each with its remedy (`slips.py`, `slips_of_form.py`); else the
situation says what was expected. No name of a terminal or a rule ever reaches a message.
"""

from __future__ import annotations

from pdel.diagnostics.model import Diagnostic, error
from pdel.source import Span
from pdel.syntax.expectations import EXPECTATIONS, FORMS
from pdel.syntax.scene import Scene
from pdel.syntax.slips import LATE_SLIPS, SLIPS
from pdel.syntax.slips_of_form import SLIPS_OF_FORM

_ADVICE: dict[tuple[str, str], str] = {
    ("equation", "on"): "An equation holds in the interior; what holds on the boundary is a `boundary` statement.",
    ("equation", ","): "A statement holds one equation; write a second `equation`, or one with vectors.",
    ("equation", "at"): "What holds at a point is a `constraint` statement.",
    ("initial", "on"): "An initial condition holds everywhere; what holds on the boundary is a `boundary` statement.",
    ("initial", "at"): "An initial condition holds at the start of time and needs no `at`.",
    ("initial", "where"): "An initial condition holds everywhere; use `if(condition, value, otherwise)` in its value.",
    ("constraint", "on"): "What holds on the boundary is a `boundary` statement.",
    ("constraint", ","): "A statement holds one constraint; write a second `constraint`.",
    ("exact", "on"): "An exact solution holds everywhere.",
    ("exact", "where"): "Use `if(condition, value, otherwise)` for a solution in pieces.",
    ("time", ","): "There is one time.",
    ("boundary", "and"): "Places are listed with commas: `on x = 0, x = 1`.",
    ("let", "on"): "A `let` names an expression; conditions are `boundary` statements.",
}
"""Advice for words that belong to another statement: by the statement's first word and the word found."""


def explain_stop(scene: Scene) -> Diagnostic:
    """The diagnostic for a statement whose parse stopped."""
    for slip in (*SLIPS, *SLIPS_OF_FORM, *LATE_SLIPS):
        diagnostic = slip(scene)
        if diagnostic is not None:
            return diagnostic
    expected = EXPECTATIONS.get(scene.situation, "something else")
    form = FORMS.get(scene.form, "")
    remedy = _ADVICE.get((scene.form, scene.text)) or (f"The form of the statement is `{form}`." if form else "")
    if scene.at_end:
        last = scene.last_span
        place = Span(max(last.start, last.end - 1), last.end, last.origin)
        whole = "statement" if scene.form else "value"
        return error("E111", f"the {whole} ends too early", place, f"expected {expected}", help=remedy)
    return error("E110", f"`{scene.shown}` does not fit here", scene.span, f"expected {expected}", help=remedy)
