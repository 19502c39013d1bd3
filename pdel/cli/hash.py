"""`pdel hash`: the identity of a specification."""

from __future__ import annotations

from pathlib import Path

import click

from pdel.cli.report import MISTAKES, SPECIFICATION_OR_INPUT, report_findings, shown_path


@click.command("hash")
@click.argument("specifications", metavar="SPEC...", nargs=-1, required=True, type=SPECIFICATION_OR_INPUT)
@click.option("--statements", is_flag=True, help="Print the statements instead, one a line, sorted: for comparisons.")
def hash_command(specifications: tuple[Path, ...], *, statements: bool) -> None:
    """Print the identity of specifications (`-`: standard input).

    It is a SHA-256 of the canonical statements: layout, comments, the order of statements and the spelling of
    numbers make no difference, and neither does the version of pdel. The module's head records it. Several
    specifications get a line each, with their paths.

    With --statements what does not parse is printed as it is, so that git can show every revision.
    """
    failed = False
    for path in specifications:
        printed = _statements(path) if statements else _identity(path, named=len(specifications) > 1)
        failed = failed or printed is None
        if printed is not None:
            click.echo(printed, nl=False)
    if failed:
        raise click.exceptions.Exit(MISTAKES)


def _identity(path: Path, *, named: bool) -> str | None:
    """The line for one specification; None, with its mistakes reported, where it does not parse."""
    from pdel.cli.files import read_source
    from pdel.diagnostics.order import Findings
    from pdel.plan.identity import specification_identity
    from pdel.semantics.canonical import canonical_statements
    from pdel.source import Source, Sources
    from pdel.syntax.parse import parse

    loaded = read_source(path)
    source = loaded.value or Source(path.name, "")
    parsed = parse(source)
    diagnostics = loaded.diagnostics or parsed.diagnostics
    if parsed.value is None or diagnostics:
        report_findings([Findings(Sources((source,)), diagnostics, shown_path(path))])
        return None
    identity = specification_identity(canonical_statements(parsed.value.statements))
    return f"{identity}  {path}\n" if named else f"{identity}\n"


def _statements(path: Path) -> str:
    """The statements of one specification, or its text as it is where it cannot be read."""
    from pdel.cli.files import read_source
    from pdel.semantics.readable import readable_statements
    from pdel.source import Source
    from pdel.syntax.format import format_source
    from pdel.syntax.parse import parse

    loaded = read_source(path)
    source = loaded.value or Source(path.name, "")
    formatted = None if loaded.has_errors else format_source(source).value
    specification = None if formatted is None else parse(Source(source.name, formatted)).value
    return source.text if specification is None else readable_statements(specification)
