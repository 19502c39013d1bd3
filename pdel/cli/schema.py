"""`pdel schema`: the JSON schemas of what pdel writes for programs."""

from __future__ import annotations

import json

import click

NAMES = ("plan", "diagnostics", "difference")


@click.command("schema")
@click.argument("name", type=click.Choice(NAMES))
def schema_command(name: str) -> None:
    """Print the JSON schema of a plan, of diagnostics or of a difference.

    They are those of `pdel inspect --stage plan --json`, `pdel check --format json` and `pdel diff --format json`.
    """
    from pdel.schema import SCHEMAS

    click.echo(json.dumps(SCHEMAS[name](), indent=2))
