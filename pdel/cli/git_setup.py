"""`pdel git-setup`: git shows changes of specifications by their meaning."""

from __future__ import annotations

import subprocess
from pathlib import Path

import click

from pdel.cli.git_attributes import ATTRIBUTES, attributes_are_complete, complete_attributes
from pdel.cli.report import FINE, MISTAKES

SETTINGS: dict[str, str] = {
    "diff.pdel.xfuncname": "^([a-z][a-z_]*[ \t].*)$",
    "diff.pdel.textconv": "pdel hash --statements",
    "diff.pdel.cachetextconv": "false",
}
"""What git is told about files with the attribute `diff=pdel`: where hunks begin, and what is compared."""

DRIVER: dict[str, str] = {"diff.pdel.command": "pdel diff --git-driver"}
"""The setting that puts `pdel diff` in the place of git's own comparison."""


@click.command("git-setup")
@click.option("--check", "only_check", is_flag=True, help="Write nothing; fail where something is missing.")
@click.option("--driver", is_flag=True, help="Let `git diff` print what `pdel diff` does, in place of lines.")
@click.option("--undo", is_flag=True, help="Remove the settings of this repository; `.gitattributes` stays.")
def git_setup_command(*, only_check: bool, driver: bool, undo: bool) -> None:
    """Make git compare specifications by their meaning, in this repository.

    `git diff` and `git log -p` then compare the statements, formatted and sorted, so that layout, comments and order
    do not show; `git diff --no-textconv` compares the lines of the files. The settings go into `.git/config`; the
    line of `.gitattributes` that names specifications is added where it is missing, to be committed.
    """
    if only_check and undo:
        raise click.UsageError("--check does not go with --undo")
    top = Path(_git("rev-parse", "--show-toplevel") or "")
    if top == Path():
        raise click.ClickException("this folder is in no git repository")
    wanted = SETTINGS | (DRIVER if driver else {})
    if undo:
        for name in SETTINGS | DRIVER:
            _git("config", "--local", "--unset-all", name)
        click.echo("the settings `diff.pdel.*` of this repository are removed", err=True)
        return
    missing = [name for name, value in wanted.items() if _git("config", "--local", "--get", name) != value]
    if only_check:
        missing += [] if attributes_are_complete(top) else [f".gitattributes: {ATTRIBUTES}"]
        for name in missing:
            click.echo(f"missing: {name}", err=True)
        raise click.exceptions.Exit(MISTAKES if missing else FINE)
    for name in missing:
        if _git("config", "--local", name, wanted[name]) is None:
            raise click.ClickException(f"git cannot set `{name}`")
        click.echo(f"set {name}", err=True)
    if complete_attributes(top):
        click.echo(f"{top / '.gitattributes'} completed; commit it", err=True)
    click.echo("undo with `pdel git-setup --undo`", err=True)


def _git(*arguments: str) -> str | None:
    """The output of a git command, or None where it failed; raises ClickException where there is no git."""
    try:
        done = subprocess.run(["git", *arguments], capture_output=True, text=True, check=False)
    except OSError as failure:
        raise click.ClickException(f"git cannot be run: {failure.strerror}") from failure
    return done.stdout.rstrip("\n") if done.returncode == 0 else None
