"""`pdel cite`: BibTeX for the methods in use."""

from __future__ import annotations

from pathlib import Path

import click

from pdel.cli.report import set_option, specification_argument, stop_on_errors


@click.command("cite")
@specification_argument
@set_option
def cite_command(specification: Path, overrides: tuple[str, ...]) -> None:
    """Print BibTeX for exactly the methods that the module uses, torch and pdel.

    Methods that are definitions rather than inventions, as `sample grid`, have no publication.
    """
    from pdel.compiler import compile_specification

    compilation = compile_specification(specification, overrides, last="plan")
    stop_on_errors(compilation)
    if compilation.problem is not None and compilation.plan is not None:
        from pdel.publish.cite import bibliography

        click.echo(bibliography(compilation.problem, compilation.plan), nl=False)
