"""`pdel inspect`: what a stage of the compiler made of a specification."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pdel.cli.report import MISTAKES, report, set_option, specification_argument

if TYPE_CHECKING:
    from pdel.compiler import Compilation

STAGES: dict[str, str] = {
    "tokens": "load",
    "tree": "load",
    "ast": "parse",
    "problem": "resolve",
    "model": "lower",
    "plan": "plan",
}
"""What can be shown, and the last stage of the compiler that it takes."""


@click.command("inspect")
@specification_argument
@click.option("--stage", type=click.Choice(tuple(STAGES)), required=True, help="What to show.")
@click.option("--json", "as_json", is_flag=True, help="Canonical JSON (problem, model and plan).")
@set_option
def inspect_command(specification: Path, stage: str, as_json: bool, overrides: tuple[str, ...]) -> None:
    """Show what a stage of the compiler made of a specification.

    Where there are mistakes they are reported, and what was made in spite of them is shown.
    """
    from pdel.compiler import compile_specification

    if as_json and stage not in {"problem", "model", "plan"}:
        raise click.UsageError("--json goes with the stages problem, model and plan")
    compilation = compile_specification(specification, overrides, last=STAGES[stage])
    if compilation.diagnostics:
        report([compilation])
    text = _text(compilation, stage, as_json)
    if text is not None:
        click.echo(text, nl=False)
    if compilation.has_errors:
        raise click.exceptions.Exit(MISTAKES)


def _text(compilation: Compilation, stage: str, as_json: bool) -> str | None:
    """The stage's value as text; None where the compilation did not come to one."""
    if stage in {"tokens", "tree"}:
        return None if compilation.source is None else _syntax_text(compilation, stage)
    values = {
        "ast": compilation.specification,
        "problem": compilation.problem,
        "model": compilation.model,
        "plan": compilation.plan,
    }
    value = values[stage]
    if value is None:
        return None
    if as_json:
        import json

        from pdel.plan.identity import canonical_value

        return json.dumps(canonical_value(value), sort_keys=True, indent=2) + "\n"
    from pdel.cli.dump import dump_text

    return dump_text(value, compilation.sources)


def _syntax_text(compilation: Compilation, stage: str) -> str:
    from pdel.syntax.dump import dump_tokens, dump_tree

    assert compilation.source is not None
    return dump_tokens(compilation.source) if stage == "tokens" else dump_tree(compilation.source)
