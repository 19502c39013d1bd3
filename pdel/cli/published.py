"""Pages on disk: made of a compilation, written whole and never over somebody else's file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pdel.cli.report import MISTAKES

if TYPE_CHECKING:
    from pdel.compiler import Compilation
    from pdel.plan.plan import Plan
    from pdel.publish.results import Results
    from pdel.semantics.problem import Problem

_SEARCHED = 4096
"""How much of a file is read for the sign of pdel."""


def publish(
    compilation: Compilation,
    *,
    html: Path | None,
    latex: Path | None,
    png: Path | None,
    run: Path | None,
    subscripts: bool,
    force: bool,
) -> None:
    """Write the forms of a page that are asked for; the command ends with 1 where the pieces are not there."""
    from pdel.cli.module_file import refuse_specification
    from pdel.publish.page import page

    if compilation.specification is None or compilation.problem is None or compilation.plan is None:
        raise click.exceptions.Exit(MISTAKES)
    for path in (html, latex, png):
        if path is not None:
            refuse_specification(path, compilation.path)
    made = page(compilation.specification, compilation.problem, compilation.plan, subscripts=subscripts)
    if html is not None or png is not None:
        from pdel.publish.html import SIGN, render_html

        text = render_html(made, None if run is None else _results(run, compilation.problem, compilation.plan))
        if html is not None:
            write(html, text.encode(), SIGN.encode(), force=force)
        if png is not None:
            from pdel.publish.browser import PNG_SIGN, BrowserError, picture, signed

            try:
                taken = picture(text)
            except BrowserError as failure:
                raise click.ClickException(str(failure)) from failure
            write(png, signed(taken), PNG_SIGN, force=force)
    if latex is not None:
        from pdel.publish import document

        write(latex, document.render_latex(made).encode(), document.SIGN.encode(), force=force)


def _results(run: Path, problem: Problem, plan: Plan) -> Results:
    """The results in a run folder; ClickException where there are none."""
    from pdel.publish.results import results
    from pdel.publish.run_folder import RunFolderError, read_run

    try:
        folder = read_run(run, [axis.name for axis in problem.axes], [field.name for field in problem.fields])
    except RunFolderError as failure:
        raise click.ClickException(str(failure)) from failure
    return results(folder, problem, plan)


def write(path: Path, content: bytes, sign: bytes, *, force: bool) -> None:
    """Write a file by renaming; ClickException where one without the sign is there, or the file system refuses."""
    from pdel.cli.files import replace_file

    try:
        if path.exists() and not force:
            with path.open("rb") as stream:
                beginning = stream.read(_SEARCHED)
            if beginning.strip() and sign not in beginning:
                raise click.ClickException(
                    f"{path} was not written by pdel and is left as it is; name another file, or add `--force`"
                )
        replace_file(path.resolve(), content)
    except OSError as failure:
        raise click.ClickException(f"cannot write {path}: {failure.strerror}") from failure
    click.echo(f"{path} written", err=True)
