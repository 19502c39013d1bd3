"""Specifications from files, standard input and revisions of git (`HEAD~1:heat.pde`), as they are compared."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pdel.cli.files import STANDARD_INPUT, read_source
from pdel.cli.report import report_findings

if TYPE_CHECKING:
    from pdel.diagnostics.model import Diagnostic, Result
    from pdel.source import Source
    from pdel.syntax.ast import Specification

TROUBLE = 2
"""The exit code where two specifications cannot be compared."""


def source_at(place: str) -> Result[Source]:
    """The source at a place: a path, `-`, or REVISION:PATH; raises a usage error where there is none."""
    path = Path(place)
    if path == STANDARD_INPUT or path.is_file():
        return read_source(path)
    revision, colon, name = place.partition(":")
    if not colon or not revision or not name:
        raise click.UsageError(f"`{place}` is neither a file nor of the form REVISION:FILE")
    from pdel.source_load import load_bytes

    return load_bytes(place, file_of_revision(revision, Path(name)))


def file_of_revision(revision: str, path: Path) -> bytes:
    """The bytes of a file in a revision; a relative path is that from the working folder, or from the repository's top.

    Raises a usage error where git does not have it.
    """
    if revision.startswith("-"):
        raise click.UsageError(f"`{revision}` is no revision")
    if path.is_absolute():
        attempts = [(path.parent, f"{revision}:./{path.name}")]
    else:
        attempts = [(Path(), f"{revision}:./{path.as_posix()}"), (Path(), f"{revision}:{path.as_posix()}")]
    message = ""
    for folder, name in attempts:
        try:
            command = ["git", "-C", str(folder), "show", "--no-textconv", name]
            done = subprocess.run(command, capture_output=True, check=False)
        except OSError as failure:
            raise click.UsageError(f"git cannot be run: {failure.strerror}") from failure
        if done.returncode == 0:
            return done.stdout
        message = message or done.stderr.decode("utf-8", "replace").strip()
    raise click.UsageError(f"git does not have `{revision}:{path}`: {message}")


def parsed_for_comparison(place: str, loaded: Result[Source]) -> Specification:
    """The specification formatted and parsed, so that what is quoted of it has one layout.

    Where it does not parse, its diagnostics are reported and the command ends with the exit code 2.
    """
    from pdel.diagnostics.order import Findings
    from pdel.source import Source, Sources
    from pdel.syntax.format import format_source
    from pdel.syntax.parse import parse

    source = loaded.value or Source(place, "")
    diagnostics: tuple[Diagnostic, ...] = loaded.diagnostics
    if not loaded.has_errors:
        formatted = format_source(source)
        if formatted.value is not None:
            specification = parse(Source(source.name, formatted.value)).value
            assert specification is not None
            return specification
        diagnostics = formatted.diagnostics
    report_findings([Findings(Sources((source,)), diagnostics, place if place != "-" else "")])
    raise click.exceptions.Exit(TROUBLE)
