"""`pdel check`: every mistake in some specifications."""

from __future__ import annotations

from pathlib import Path

import click

from pdel.cli.files import STANDARD_INPUT, read_source
from pdel.cli.report import FINE, MISTAKES, SPECIFICATION_OR_INPUT, format_option, report, set_option


@click.command("check")
@click.argument("specifications", metavar="SPEC...", nargs=-1, required=True, type=SPECIFICATION_OR_INPUT)
@click.option("--pedantic", is_flag=True, help="Give more advice, and report comments that silence nothing.")
@format_option
@set_option
def check_command(specifications: tuple[Path, ...], *, pedantic: bool, form: str, overrides: tuple[str, ...]) -> None:
    """Find every mistake in specifications (`-`: standard input), without writing anything.

    Advice is silenced by a comment such as `# pdel: allow W703` on a line of the statement or the line before,
    or before the first statement for the whole specification.

    The forms text and concise go to standard error, the forms for tools (json, github, sarif) to
    standard output.
    """
    from pdel.compiler import diagnose, diagnose_source

    compilations = [
        diagnose_source(read_source(path), path, overrides, pedantic=pedantic)
        if path == STANDARD_INPUT
        else diagnose(path, overrides, pedantic=pedantic)
        for path in specifications
    ]
    report(compilations, form, product=form in {"json", "github", "sarif"})
    if form == "text" and not any(compilation.diagnostics for compilation in compilations):
        number = len(compilations)
        click.echo(f"{number} specification{'' if number == 1 else 's'} checked, nothing to report", err=True)
    failed = any(compilation.has_errors for compilation in compilations)
    raise click.exceptions.Exit(MISTAKES if failed else FINE)
