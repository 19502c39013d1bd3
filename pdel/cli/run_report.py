"""`pdel report`: the page of a finished run."""

from __future__ import annotations

from pathlib import Path

import click

from pdel.cli.report import SPECIFICATION_PATH, set_option, stop_on_errors


@click.command("report")
@click.argument("run", metavar="RUN", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("specification", metavar="[SPEC]", required=False, type=SPECIFICATION_PATH)
@click.option("--html", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
              help="The page; default: report.html in RUN.")  # fmt: skip
@click.option("--subscripts", is_flag=True, help="Set derivatives as u with its coordinates below, not as fractions.")
@click.option("--force", is_flag=True, help="Replace a file that pdel did not write.")
@set_option
def report_command(
    *,
    run: Path,
    specification: Path | None,
    html: Path | None,
    subscripts: bool,
    force: bool,
    overrides: tuple[str, ...],
) -> None:
    """Set a run as a page: the problem, errors, losses, the solution over time, unknowns, points, pruning.

    Without SPEC the specification is looked for by the name that the run recorded: in the working folder, in RUN and
    in the folders above it.
    """
    from pdel.cli.published import publish
    from pdel.compiler import compile_specification

    path = _recorded(run) if specification is None else specification
    compilation = compile_specification(path, overrides, last="plan")
    stop_on_errors(compilation)
    page = run / "report.html" if html is None else html
    publish(compilation, html=page, latex=None, png=None, run=run, subscripts=subscripts, force=force)


def _recorded(run: Path) -> Path:
    """The specification of a run, by the name in its summary."""
    from pdel.publish.run_folder import RunFolderError, read_summary

    try:
        name = Path(str(read_summary(run).get("specification", ""))).name
    except RunFolderError as failure:
        raise click.ClickException(str(failure)) from failure
    for folder in (Path(), run, *run.resolve().parents[:3]):
        if name and (folder / name).is_file():
            return folder / name
    raise click.ClickException(f"the specification {name} of this run is not found; name it: `pdel report {run} SPEC`")
