"""`pdel plan`: what a module will do, in words."""

from __future__ import annotations

from pathlib import Path

import click

from pdel.cli.report import budget_option, set_option, specification_argument, stop_on_errors, with_budget


@click.command("plan")
@specification_argument
@budget_option
@set_option
def plan_command(specification: Path, budget: float | None, overrides: tuple[str, ...]) -> None:
    """Tell on one screen what the module will do, and why.

    Fields, residuals and their type, conditions and how each is enforced, channels, points, losses and
    phases of training.
    """
    from pdel.compiler import compile_specification

    compilation = compile_specification(specification, with_budget(overrides, budget), last="plan")
    stop_on_errors(compilation)
    if compilation.plan is not None:
        from pdel.plan.describe import describe

        click.echo(describe(compilation.plan).rstrip("\n"))
