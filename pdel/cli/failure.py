"""The report on an error of pdel itself (E901)."""

from __future__ import annotations

import os
import platform
import traceback

import click

from pdel import __version__
from pdel.cli.terminal import colored
from pdel.compiler import StageFailureError
from pdel.diagnostics.display import Role, paint, visible

LONGEST_MESSAGE = 500


def report_failure(failure: Exception) -> None:
    """Say on standard error which stage failed and how, and ask for a report.

    The traceback is printed where `PDEL_TRACEBACK=1` is in the environment.
    """
    stage = failure.stage if isinstance(failure, StageFailureError) else "command line"
    cause = failure.__cause__ if isinstance(failure, StageFailureError) and failure.__cause__ else failure
    color = colored()
    message = " ".join(visible(str(cause)).split())
    if len(message) > LONGEST_MESSAGE:
        message = message[:LONGEST_MESSAGE] + "…"
    what = f"{type(cause).__name__}: {message}" if message else type(cause).__name__
    lines = [
        paint("error[E901]", Role.ERROR, color) + paint(f": pdel failed in the stage `{stage}`", Role.BOLD, color),
        f"  = {what}",
        "  = help: This is an error of pdel, not of the specification. Please report it with this text and the",
        "          specification, or the smallest part of it that still fails.",
        f"  = note: pdel {__version__}, Python {platform.python_version()}, {platform.system()}",
    ]
    if os.environ.get("PDEL_TRACEBACK") == "1":
        lines.append("")
        lines += "".join(traceback.format_exception(failure)).rstrip().split("\n")
    else:
        lines.append("  = note: With `PDEL_TRACEBACK=1` in the environment the traceback is printed as well.")
    click.echo("\n".join(lines), err=True, color=color)
