"""`pdel new`: a specification to start from."""

from __future__ import annotations

import re
from pathlib import Path

import click

from pdel.cli.git_attributes import complete_attributes
from pdel.cli.starters import STARTERS


@click.command("new")
@click.argument("name", metavar="NAME")
@click.option(
    "--kind", type=click.Choice(tuple(STARTERS)), default="heat", show_default=True, help="What to begin with."
)
@click.option("--force", is_flag=True, help="Replace a specification of that name.")
def new_command(name: str, kind: str, force: bool) -> None:
    """Write NAME.pde, a commented specification to start from, into this folder.

    A `.gitattributes` line is added where none says how git treats specifications.
    """
    problem = name.removesuffix(".pde")
    _refuse_names(problem)
    path = Path(f"{problem}.pde")
    if path.exists() and not force:
        raise click.ClickException(f"{path} exists and is left as it is; replace it with `--force`")
    try:
        path.write_text(STARTERS[kind].replace("NAME", problem), encoding="utf-8", newline="\n")
        attributes_written = complete_attributes(Path.cwd())
    except OSError as failure:
        raise click.ClickException(f"cannot write {failure.filename}: {failure.strerror}") from failure
    click.echo(f"{path} written{', .gitattributes completed' if attributes_written else ''}", err=True)
    click.echo(f"next: `pdel run {path}`", err=True)


def _refuse_names(name: str) -> None:
    """Raise a usage error for what cannot be the name of a problem."""
    from pdel.syntax.words import LONGEST_NAME, RESERVED_WORDS, STATEMENT_WORDS

    reason = ""
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", name):
        reason = "a name has letters, digits and underscores, and begins with a letter"
    elif len(name) > LONGEST_NAME:
        reason = f"a name has at most {LONGEST_NAME} characters"
    elif name in RESERVED_WORDS | STATEMENT_WORDS:
        reason = "it is a word of the language"
    if reason:
        raise click.UsageError(f"`{name}` cannot be the name of a problem: {reason}")
