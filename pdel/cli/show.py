"""`pdel show`: the problem as a page for a paper or a wiki."""

from __future__ import annotations

from pathlib import Path

import click

from pdel.cli.report import set_option, specification_argument, stop_on_errors

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command("show")
@specification_argument
@click.option("--html", type=_FILE, metavar="FILE", help="Write HTML; the default, beside SPEC.")
@click.option("--latex", type=_FILE, metavar="FILE", help="Write a LaTeX document.")
@click.option("--png", type=_FILE, metavar="FILE", help="Write a picture, taken by Chromium.")
@click.option("--run", type=click.Path(path_type=Path), metavar="DIR", help="Show the results of a run as well.")
@click.option("--subscripts", is_flag=True, help="Set derivatives as u with its coordinates below, not as fractions.")
@click.option("--force", is_flag=True, help="Replace files that pdel did not write.")
@set_option
def show_command(
    *,
    specification: Path,
    html: Path | None,
    latex: Path | None,
    png: Path | None,
    run: Path | None,
    subscripts: bool,
    force: bool,
    overrides: tuple[str, ...],
) -> None:
    """Set the problem as a page: equations, domain, constants, data, method and references.

    The HTML file is complete in itself: it needs no network, and no script for the mathematics.
    """
    from pdel.cli.published import publish
    from pdel.compiler import compile_specification

    compilation = compile_specification(specification, overrides, last="plan")
    stop_on_errors(compilation)
    if html is None and latex is None and png is None:
        html = specification.with_suffix(".html")
    publish(compilation, html=html, latex=latex, png=png, run=run, subscripts=subscripts, force=force)
