"""Rendering: a plan as the text of a standalone module, section by section, checked before anybody sees it.

In: a `Plan`. Out: the module's text. The sections stand in one table; absent ones are absent.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pdel.plan.plan import Plan
from pdel.render.environment import render
from pdel.render.guard import guard, guard_head
from pdel.render.imports import import_lines
from pdel.render.py import Py, py_join
from pdel.render.sections import (
    ansatz,
    checks,
    commandline,
    derivatives,
    evaluation,
    header,
    jacobian,
    known,
    losses,
    network,
    plots,
    pruning,
    ramps,
    resampling,
    residuals,
    sampling,
    selftest,
    standard_errors,
    tables,
    training,
    unknowns,
    visited,
)

Context = Callable[[Plan], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the module: its heading, template and the function that fills the template's holes."""

    heading: str
    template: str
    context: Context


SECTIONS = (
    Section("Constants", "constants", header.constants_context),
    Section("Tables", "tables", tables.context),
    Section("Derivatives", "derivatives", derivatives.context),
    Section("Unknowns", "unknowns", unknowns.context),
    Section("Ramps", "ramps", ramps.context),
    Section("Network", "network", network.context),
    Section("Fields", "ansatz", ansatz.context),
    Section("Residuals", "residuals", residuals.context),
    Section("Known solution and quantities", "known", known.context),
    Section("Sampling", "sampling", sampling.context),
    Section("Losses", "losses", losses.context),
    Section("Pruning", "pruning", pruning.context),
    Section("Jacobian", "jacobian", jacobian.context),
    Section("Resampling", "resampling", resampling.context),
    Section("Training", "training", training.context),
    Section("Unknown terms", "terms", visited.context),
    Section("Standard errors", "standard_errors", standard_errors.context),
    Section("Evaluation", "evaluation", evaluation.context),
    Section("Plots", "plots", plots.context),
    Section("Self-test", "checks", checks.context),
    Section("", "selftest", selftest.context),
    Section("Command line", "commandline", commandline.context),
)
RULE = "# " + "-" * 75


def render_module(plan: Plan) -> str:
    """The text of a module. Raises GuardError (an error of pdel) where the text holds what no plan allows."""
    bodies = []
    for section in SECTIONS:
        text = Py(render(f"sections/{section.template}.py.j2", section.context(plan)).strip("\n"))
        if text:
            heading = f"{RULE}\n# {section.heading}\n{RULE}\n\n" if section.heading else ""
            bodies.append(Py(f"{heading}{_separated(text, bool(section.heading))}"))
    body = py_join(bodies, "\n\n\n")
    head = render("sections/header.py.j2", header.context(plan))
    guard_head(head)
    return f"{head}{import_lines(guard(body))}\n\n{body}\n"


def _separated(text: Py, after_heading: bool) -> Py:
    """A function or class after a heading stands behind two blank lines, as the formatter wants it."""
    needs = after_heading and text.startswith(("def ", "class ", "@"))
    return Py(f"\n{text}" if needs else text)
