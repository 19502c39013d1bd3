"""`pdel fmt`: the spaces of specifications in one style."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pdel.cli.files import STANDARD_INPUT, STANDARD_INPUT_NAME, read_source, replace_file, specifications_in
from pdel.cli.report import FINE, INTERNAL_ERROR, MISTAKES, report_findings, shown_path

if TYPE_CHECKING:
    from pdel.diagnostics.order import Findings


@click.command("fmt")
@click.argument(
    "paths",
    metavar="PATH...",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, readable=True, allow_dash=True, path_type=Path),
)
@click.option("--check", "only_check", is_flag=True, help="Write nothing; fail where something is not formatted.")
@click.option("--diff", "show_difference", is_flag=True, help="Write nothing but what would change; fail likewise.")
def fmt_command(paths: tuple[Path, ...], *, only_check: bool, show_difference: bool) -> None:
    """Format specifications in place: files, folders with all below them, or `-`.

    Only spaces and line ends change. Comments and the order of statements stay, and what does not parse is left
    as it is. With `-` the text comes from standard input and goes to standard output.
    """
    failures: list[Findings] = []
    changed = 0
    targets = specifications_in(paths)
    for path in targets:
        outcome = _format_one(path, only_check=only_check, show_difference=show_difference)
        if isinstance(outcome, bool):
            changed += outcome
        else:
            failures.append(outcome)
    if failures:
        report_findings(failures)
    if targets != [STANDARD_INPUT]:
        verb = "would be formatted" if only_check or show_difference else "formatted"
        _say_count(changed, len(targets) - len(failures), verb)
    if any(item.code.startswith("E9") for failure in failures for item in failure.diagnostics):
        raise click.exceptions.Exit(INTERNAL_ERROR)
    stale = changed and (only_check or show_difference)
    raise click.exceptions.Exit(MISTAKES if failures or stale else FINE)


def _format_one(path: Path, *, only_check: bool, show_difference: bool) -> bool | Findings:
    """Format one specification; whether its text is another one then, or what is wrong with it."""
    from pdel.diagnostics.order import Findings
    from pdel.source import Source, Sources
    from pdel.syntax.format import format_source

    loaded = read_source(path)
    source = loaded.value or Source(path.name, "")
    if loaded.has_errors:
        return Findings(Sources((source,)), loaded.diagnostics, shown_path(path))
    formatted = format_source(source)
    if formatted.value is None:
        return Findings(Sources((source,)), formatted.diagnostics, shown_path(path))
    text = formatted.value
    if path == STANDARD_INPUT:
        changed = text != source.text
        if not only_check and not show_difference:
            click.echo(text.encode("utf-8"), nl=False)
    else:
        changed = text.encode("utf-8") != path.read_bytes()
    if not changed:
        return False
    name = STANDARD_INPUT_NAME if path == STANDARD_INPUT else str(path)
    if show_difference:
        click.echo(_difference(name, source.text, text), nl=False)
    elif only_check:
        click.echo(f"{name} is not formatted", err=True)
    elif path != STANDARD_INPUT:
        _write(path, text)
        click.echo(f"{path} formatted", err=True)
    return True


def _write(path: Path, text: str) -> None:
    try:
        replace_file(path.resolve(), text.encode("utf-8"))
    except OSError as failure:
        raise click.ClickException(f"cannot write {path}: {failure.strerror}") from failure


def _difference(name: str, before: str, after: str) -> str:
    """The unified difference of two texts; where only line ends at the file's end or carriage returns differ, that."""
    lines = list(
        difflib.unified_diff(
            before.splitlines(), after.splitlines(), f"{name} (now)", f"{name} (formatted)", lineterm=""
        )
    )
    if not lines:
        return f"{name}: only line ends would change\n"
    return "".join(f"{line}\n" for line in lines)


def _say_count(changed: int, total: int, verb: str) -> None:
    number = f"{total} specification{'' if total == 1 else 's'}"
    click.echo(f"{changed} of {number} {verb}" if changed else f"{number}, all formatted", err=True)
