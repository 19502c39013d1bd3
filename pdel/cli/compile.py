"""`pdel compile`: specifications to modules."""

from __future__ import annotations

from pathlib import Path

import click

from pdel.cli.report import MISTAKES, SPECIFICATION_PATH, budget_option, format_option, report, set_option, with_budget

LONGEST_DIFFERENCE = 40


@click.command("compile")
@click.argument("specifications", metavar="SPEC...", nargs=-1, required=True, type=SPECIFICATION_PATH)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="The module; default: beside SPEC, as .py."
)
@click.option("--stdout", "to_stdout", is_flag=True, help="Write the module to standard output.")
@click.option("--check", "only_check", is_flag=True, help="Write nothing; fail where the module on disk is stale.")
@click.option("--force", is_flag=True, help="Replace a file that pdel did not generate.")
@budget_option
@set_option
@format_option
def compile_command(
    *,
    specifications: tuple[Path, ...],
    output: Path | None,
    to_stdout: bool,
    only_check: bool,
    force: bool,
    budget: float | None,
    overrides: tuple[str, ...],
    form: str,
) -> None:
    """Compile specifications to standalone torch modules, each beside its specification.

    With --check the overrides that the module's header records are applied again.
    """
    from pdel.cli.module_file import read_module, recorded_overrides, write_module
    from pdel.compiler import compile_specification

    if to_stdout and (output is not None or only_check):
        raise click.UsageError("--stdout goes neither with --output nor with --check")
    if len(specifications) > 1 and (to_stdout or output is not None):
        raise click.UsageError("--stdout and --output go with one specification")
    overrides = with_budget(overrides, budget)
    work = []
    for specification in specifications:
        module = module_path(specification) if output is None else output
        present = read_module(module) if only_check and not module.is_dir() else None
        recorded = recorded_overrides(present) if present is not None and not overrides else overrides
        work.append((specification, module, present, compile_specification(specification, recorded)))
    compilations = [compilation for *_, compilation in work]
    if form != "text" or any(compilation.diagnostics for compilation in compilations):
        report(compilations, form)
    failed = any(compilation.has_errors for compilation in compilations)
    for specification, module, present, compilation in work:
        if compilation.text is None:
            continue
        if to_stdout:
            click.echo(compilation.text.encode("utf-8"), nl=False)
        elif only_check:
            failed = not _is_current(module, present, compilation.text, specification) or failed
        elif write_module(module, compilation.text, specification, force=force):
            click.echo(f"{module} written", err=True)
        else:
            click.echo(f"{module} is up to date", err=True)
    if failed:
        raise click.exceptions.Exit(MISTAKES)


def module_path(specification: Path) -> Path:
    """Where the module of a specification goes: beside it, under its name."""
    return specification.with_suffix(".py")


def _is_current(module: Path, present: str | None, wanted: str, specification: Path) -> bool:
    """Whether the module on disk is what the specification gives; says in what they differ."""
    remedy = f"write it with `pdel compile {specification}`"
    if present is None:
        click.echo(f"{module} is missing; {remedy}", err=True)
    elif present != wanted:
        click.echo(f"{module} is stale; {remedy}", err=True)
        click.echo(_difference(module, present, wanted), err=True, nl=False)
    else:
        click.echo(f"{module} is up to date", err=True)
        return True
    return False


def _difference(module: Path, present: str, wanted: str) -> str:
    """The first lines of the unified difference, and how many lines more it has."""
    import difflib

    from pdel.cli.terminal import colored
    from pdel.diagnostics.display import Role, paint, visible

    lines = list(
        difflib.unified_diff(
            present.splitlines(), wanted.splitlines(), f"{module} (on disk)", f"{module} (compiled)", lineterm="", n=1
        )
    )
    roles = {"+": Role.ADDED, "-": Role.REMOVED, "@": Role.MARGIN}
    color = colored()
    shown = [paint(visible(line), roles.get(line[:1], Role.PLAIN), color) for line in lines[:LONGEST_DIFFERENCE]]
    if len(lines) > LONGEST_DIFFERENCE:
        shown.append(f"… and {len(lines) - LONGEST_DIFFERENCE} more lines of difference")
    return "".join(f"{line}\n" for line in shown)
