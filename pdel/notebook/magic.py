"""The cell magic `%%pde`: a specification in a cell, compiled, shown and trained."""

from __future__ import annotations

import keyword
from pathlib import Path
from typing import Any

import click
from IPython.core.error import UsageError
from IPython.core.magic import Magics, cell_magic, magics_class
from IPython.core.magic_arguments import argument, magic_arguments, parse_argstring
from IPython.display import HTML, DisplayHandle, display

from pdel.api import SpecificationError
from pdel.cli.report import with_budget
from pdel.diagnostics.model import Severity
from pdel.diagnostics.order import Findings
from pdel.diagnostics.render_text import render_text
from pdel.notebook.compiled import CompiledProblem
from pdel.notebook.live import live_html


@magics_class
class PdelMagics(Magics):
    """The magics of pdel."""

    @magic_arguments()
    @argument("name", nargs="?", help="The variable for the result; default: the name of the problem.")
    @argument("--train", action="store_true", help="Train, with a plot that follows.")
    @argument("--budget", type=float, help="Seconds of training to plan for.")
    @argument("--seed", type=int, help="The seed of the run.")
    @argument("--out", help="The run folder; default: runs/NAME.")
    @argument("--set", dest="overrides", action="append", default=[], help="Override a statement: constant.nu=0.02.")
    @cell_magic
    def pde(self, line: str, cell: str) -> None:
        """Compile a specification, show it as mathematics, and train it where that is asked for.

        The variable holds the compiled problem or, with `--train`, the trained model.
        """
        given = parse_argstring(self.pde, line)
        if given.name is not None and (not given.name.isidentifier() or keyword.iskeyword(given.name)):
            raise UsageError(f"`{given.name}` cannot be the name of a variable")
        problem = _compiled(cell, with_budget(tuple(given.overrides), given.budget))
        display(problem)
        result: Any = _trained(problem, given) if given.train else problem
        assert self.shell is not None
        self.shell.push({given.name or problem.name: result})


def _compiled(cell: str, overrides: tuple[str, ...]) -> CompiledProblem:
    """The problem of a cell, its diagnostics printed as on a terminal. Raises UsageError where it has mistakes."""
    try:
        problem = CompiledProblem.of_text(cell, overrides)
        compilation = problem.compilation
    except SpecificationError as failure:
        compilation = failure.compilation
        _print_diagnostics(compilation)
        count = sum(item.severity is Severity.ERROR for item in failure.diagnostics)
        raise UsageError(f"{count} {'mistake' if count == 1 else 'mistakes'} in the specification") from None
    _print_diagnostics(compilation)
    return problem


def _print_diagnostics(compilation: Any) -> None:
    if compilation.diagnostics:
        findings = Findings(compilation.sources, compilation.diagnostics, str(compilation.path))
        print(render_text([findings], color=True), end="")


def _trained(problem: CompiledProblem, given: Any) -> Any:
    """Train under a plot; UsageError for what a person can mend."""
    handle = DisplayHandle()
    handle.display(HTML("training begins"))

    def watch(run: Path) -> None:
        handle.update(HTML(live_html(run)))

    try:
        model = problem.train(given.out, seed=given.seed, watch=watch)
    except click.ClickException as failure:
        raise UsageError(failure.message) from None
    except ModuleNotFoundError as failure:
        raise UsageError(f"training needs {failure.name}: install it with `pip install 'pdel[train]'`") from None
    handle.update(model)
    return model
