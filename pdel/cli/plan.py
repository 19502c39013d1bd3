"""`pdel plan`: what a module will do, in words."""

from __future__ import annotations

from pathlib import Path

import click

from pdel.cli.report import set_option, specification_argument, stop_on_errors


@click.command("plan")
@specification_argument
@set_option
def plan_command(specification: Path, overrides: tuple[str, ...]) -> None:
    """Tell on one screen what the module will do, and why.

    Fields, residuals and their type, conditions and how each is enforced, channels, points, losses and
    phases of training.
    """
    from pdel.compiler import compile_specification

    compilation = compile_specification(specification, overrides, last="plan")
    stop_on_errors(compilation)
    if compilation.plan is not None:
        from pdel.plan.describe import describe

        click.echo(describe(compilation.plan).rstrip("\n"))
