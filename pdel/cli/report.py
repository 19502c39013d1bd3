"""Diagnostics on their way to the person or the tool that asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from pdel.cli.files import STANDARD_INPUT
from pdel.cli.terminal import colored

if TYPE_CHECKING:
    from pdel.compiler import Compilation
    from pdel.diagnostics.order import Findings

FORMATS = ("text", "concise", "json", "github", "sarif")
SPECIFICATION_PATH = click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)
SPECIFICATION_OR_INPUT = click.Path(exists=True, dir_okay=False, readable=True, allow_dash=True, path_type=Path)
FINE = 0
MISTAKES = 1
INTERNAL_ERROR = 70

Command = TypeVar("Command", bound=Callable[..., Any])


def set_option(command: Command) -> Command:
    """The option `--set ADDRESS=VALUE`, which may be repeated; its texts arrive as `overrides`."""
    return click.option(
        "--set",
        "overrides",
        multiple=True,
        metavar="ADDRESS=VALUE",
        callback=_checked_overrides,
        help="Override a statement, as in `constant.nu=0.02` or `train.adam.steps=100`; may be repeated.",
    )(command)


def budget_option(command: Command) -> Command:
    """The option `--budget SECONDS`; `with_budget` makes it an override."""
    return click.option(
        "--budget",
        type=click.FloatRange(min=0, min_open=True, max=1e9),
        metavar="SECONDS",
        help="Seconds of training to plan for, in place of the statement `budget`.",
    )(command)


def with_budget(overrides: tuple[str, ...], budget: float | None) -> tuple[str, ...]:
    """The overrides with that of `--budget`, where it is given."""
    return overrides if budget is None else (*overrides, f"budget={budget:.12g}")


def format_option(command: Command) -> Command:
    """The option `--format`; its value arrives as `form`."""
    return click.option(
        "--format", "form", type=click.Choice(FORMATS), default="text", show_default=True, help="Form of the report."
    )(command)


def specification_argument(command: Command) -> Command:
    """The argument SPEC: a path, which arrives as `specification`."""
    return click.argument("specification", metavar="SPEC", type=SPECIFICATION_PATH)(command)


def _checked_overrides(context: click.Context, parameter: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    for text in value:
        address, equals, _ = text.partition("=")
        if not equals or not address.strip():
            raise click.BadParameter(f"`{text}` is not of the form ADDRESS=VALUE", context, parameter)
        if any(ord(char) < 0x20 for char in text):
            raise click.BadParameter("an override is one line without control characters", context, parameter)
    return value


def report(compilations: Iterable[Compilation], form: str = "text", *, product: bool = False) -> None:
    """Write the diagnostics of some compilations: to standard output where they are the product of the
    command, else to standard error."""
    from pdel.diagnostics.order import Findings

    findings = [Findings(item.sources, item.diagnostics, shown_path(item.path)) for item in compilations]
    report_findings(findings, form, product=product)


def report_findings(findings: Iterable[Findings], form: str = "text", *, product: bool = False) -> None:
    """The same for findings that no compilation made."""
    color = not product and colored()
    click.echo(render_findings(form, findings, color=color), nl=False, err=not product, color=color)


def shown_path(path: Path) -> str:
    """How a specification is called in reports: by its path; what came from standard input by its source's name."""
    return "" if path == STANDARD_INPUT else str(path)


def render_findings(form: str, findings: Iterable[Findings], *, color: bool = False) -> str:
    """The report in one of `FORMATS`; raises ValueError for any other name."""
    match form:
        case "text":
            from pdel.diagnostics.render_text import render_text

            return render_text(findings, color=color)
        case "concise":
            from pdel.diagnostics.render_concise import render_concise

            return render_concise(findings)
        case "json":
            from pdel.diagnostics.render_json import render_json

            return render_json(findings)
        case "github":
            from pdel.diagnostics.render_github import render_github

            return render_github(findings)
        case "sarif":
            from pdel.diagnostics.render_sarif import render_sarif

            return render_sarif(findings)
        case _:
            raise ValueError(f"unknown form of report: {form}")


def stop_on_errors(compilation: Compilation, form: str = "text") -> None:
    """Report on a compilation; where it has errors the command ends with the exit code 1."""
    if compilation.diagnostics or form != "text":
        report([compilation], form)
    if compilation.has_errors:
        raise click.exceptions.Exit(MISTAKES)
