"""`pdel diff`: what changed in meaning between two specifications."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pdel.cli.report import FINE
from pdel.cli.revisions import file_of_revision, parsed_for_comparison, source_at

if TYPE_CHECKING:
    from pdel.diagnostics.model import Result
    from pdel.semantics.difference import Change
    from pdel.source import Source

DIFFERENT = 1
VERSION = 1
NO_FILE = "/dev/null"
"""What git names in the place of a file that is not there."""


@click.command("diff")
@click.argument("places", metavar="OLD [NEW]", nargs=-1, required=True)
@click.option(
    "--format",
    "form",
    type=click.Choice(("text", "json", "markdown")),
    default="text",
    show_default=True,
    help="Form of the changes; markdown is for a pull request.",
)
@click.option("--git-driver", is_flag=True, help="Take the arguments that git gives to an external diff driver.")
def diff_command(places: tuple[str, ...], *, form: str, git_driver: bool) -> None:
    """Tell what changed in meaning between two specifications.

    OLD and NEW are files, `-`, or REVISION:FILE as in `HEAD~1:heat.pde`. With one file it is compared with that of
    HEAD. Layout, comments, the order of statements and the spelling of numbers make no difference. Names need not
    be declared, but the text must parse.

    Exit codes: 0 the same, 1 different, 2 they cannot be compared.
    """
    from pdel.semantics.difference import difference

    if git_driver:
        _driver(places)
        return
    old, new = _pair(places)
    first = source_at(old) if len(places) == 2 else _of_head(Path(new))
    changes = difference(parsed_for_comparison(old, first), parsed_for_comparison(new, source_at(new)))
    click.echo(FORMS[form](old, new, changes), nl=False)
    raise click.exceptions.Exit(DIFFERENT if changes else FINE)


def _pair(places: Sequence[str]) -> tuple[str, str]:
    match places:
        case [new]:
            return f"HEAD:{new}", new
        case [old, new]:
            return old, new
        case _:
            raise click.UsageError("two specifications are compared, or one with that of HEAD")


def _of_head(path: Path) -> Result[Source]:
    from pdel.source_load import load_bytes

    return load_bytes(f"HEAD:{path}", file_of_revision("HEAD", path))


def _driver(arguments: Sequence[str]) -> None:
    """One file of `git diff`: NAME OLD-FILE OLD-HEX OLD-MODE NEW-FILE NEW-HEX NEW-MODE, and more where it was renamed.

    What cannot be compared is said in a line: git takes any failure for one of its own.
    """
    from pdel.semantics.difference import difference
    from pdel.source_load import load_bytes

    if len(arguments) < 7:
        raise click.UsageError("git gives a diff driver seven arguments")
    name, old, new = arguments[0], arguments[1], arguments[4]
    click.echo(f"pdel diff {name}")
    if NO_FILE in (old, new):
        click.echo(f"  specification {'added' if old == NO_FILE else 'removed'}")
        return
    sources = [load_bytes(name, Path(place).read_bytes()) for place in (old, new)]
    try:
        first, second = (parsed_for_comparison(name, source) for source in sources)
    except click.exceptions.Exit:
        click.echo("  cannot be compared: see `git diff --no-ext-diff`")
        return
    changes = difference(first, second)
    for change in changes:
        click.echo(f"  {change.text}")
    if not changes:
        click.echo("  no change in meaning")


def _text(_old: str, _new: str, changes: Sequence[Change]) -> str:
    return "".join(f"{change.text}\n" for change in changes)


def _json(old: str, new: str, changes: Sequence[Change]) -> str:
    """The changes for scripts; fields may be added under one version."""
    document = {
        "version": VERSION,
        "old": old,
        "new": new,
        "same": not changes,
        "changes": [
            {
                "address": change.address,
                "kind": change.kind,
                "part": change.part,
                "before": change.before,
                "after": change.after,
                "text": change.text,
            }
            for change in changes
        ],
    }
    return json.dumps(document, indent=2) + "\n"


def _markdown(old: str, new: str, changes: Sequence[Change]) -> str:
    """The changes as a comment on a pull request."""
    heading = f"**{_code(new)}** compared with {_code(old)}: "
    if not changes:
        return f"{heading}no change in meaning\n"
    number = f"{len(changes)} change{'' if len(changes) == 1 else 's'} in meaning"
    rows = [
        f"| {_code(change.address)} | {change.part or 'statement'} | {_code(change.before)} | {_code(change.after)} |"
        for change in changes
    ]
    return "\n".join([heading + number, "", "| statement | part | before | after |", "|---|---|---|---|", *rows, ""])


def _code(text: str | None) -> str:
    """A text as code within a table; a text of the specification may hold anything that can be printed."""
    if text is None:
        return ""
    fence = "``" if "`" in text else "`"
    pad = " " if "`" in text else ""
    return f"{fence}{pad}{text}{pad}{fence}".replace("|", "\\|")


FORMS: dict[str, Callable[[str, str, Sequence[Change]], str]] = {"text": _text, "json": _json, "markdown": _markdown}
