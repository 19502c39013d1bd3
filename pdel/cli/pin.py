"""`pdel pin`: the plan's choices written into the specification."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pdel.cli.files import replace_file
from pdel.cli.report import MISTAKES, specification_argument, stop_on_errors

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pdel.compiler import Compilation
    from pdel.semantics.problem import Problem

NOTE = "# The method as it was planned when this was pinned: nothing is left to the defaults of a version."


@click.command("pin")
@specification_argument
@click.option("--stdout", "to_stdout", is_flag=True, help="Write the specification to standard output.")
@click.option("--check", "only_check", is_flag=True, help="Write nothing; fail where a choice is left open.")
def pin_command(specification: Path, *, to_stdout: bool, only_check: bool) -> None:
    """Write every choice of the plan into a specification, as method statements.

    A later version of pdel with better defaults then trains it as today. Method statements that are there get all
    their options; those that are missing are added at the end. The physics stays as it is written.
    """
    if to_stdout and only_check:
        raise click.UsageError("--stdout does not go with --check")
    from pdel.compiler import compile_specification
    from pdel.plan.pin import pinned_statements

    compilation = compile_specification(specification, last="plan")
    stop_on_errors(compilation)
    problem, plan, source = compilation.problem, compilation.plan, compilation.source
    assert problem is not None
    assert plan is not None
    assert source is not None
    text = _with_statements(source.text, problem, pinned_statements(problem, plan))
    _verify(compilation, text)
    if to_stdout:
        click.echo(text.encode("utf-8"), nl=False)
    elif text == source.text:
        click.echo(f"{specification} is pinned", err=True)
    elif only_check:
        click.echo(f"{specification} leaves choices to pdel; write them with `pdel pin {specification}`", err=True)
        raise click.exceptions.Exit(MISTAKES)
    else:
        try:
            replace_file(specification.resolve(), text.encode("utf-8"))
        except OSError as failure:
            raise click.ClickException(f"cannot write {specification}: {failure.strerror}") from failure
        click.echo(f"{specification} pinned", err=True)


def _with_statements(text: str, problem: Problem, pinned: Mapping[str, tuple[str, ...]]) -> str:
    """The text with the method statements of each family in the place of its first one, or at the end; formatted."""
    from pdel.syntax.format import format_text

    seen: set[str] = set()
    pieces: list[str] = []
    end = 0
    for choice in sorted(problem.methods, key=lambda item: item.span):
        statements = "\n".join(pinned.get(choice.family, ())) if choice.family not in seen else ""
        seen.add(choice.family)
        pieces += [text[end : choice.span.start], statements]
        end = choice.span.end
        if not statements and text[end : end + 1] == "\n":
            end += 1
    pieces.append(text[end:])
    added = [line for family, lines in pinned.items() if family not in seen for line in lines]
    if added:
        pieces += ["\n\n", f"{NOTE}\n" if NOTE not in text else "", *(f"{line}\n" for line in added)]
    formatted = format_text("".join(pieces)).value
    assert formatted is not None
    return formatted


def _verify(compilation: Compilation, text: str) -> None:
    """Compile the pinned text; raises ClickException where its plan makes other choices."""
    from pdel.compiler import compile_source
    from pdel.plan.pin import same_choices
    from pdel.source_load import check_text

    pinned = compile_source(check_text(compilation.path.name, text), compilation.path, last="plan")
    assert compilation.plan is not None
    if pinned.plan is None or not same_choices(compilation.plan, pinned.plan):
        raise click.ClickException(
            f"{compilation.path} cannot be pinned: the statements that say what the plan does would not give it again"
        )
