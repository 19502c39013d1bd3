"""`pdel run`: compile, then train."""

from __future__ import annotations

from pathlib import Path

import click

from pdel.cli.report import (
    MISTAKES,
    budget_option,
    set_option,
    specification_argument,
    stop_on_errors,
    with_budget,
)


@click.command("run")
@specification_argument
@click.option("--out", type=click.Path(path_type=Path), metavar="DIR", help="The run folder.")
@click.option("--seed", type=click.IntRange(min=0), metavar="N", help="The seed of the run.")
@click.option("--device", metavar="D", help="The torch device, as in `cpu` or `cuda:0`.")
@budget_option
@click.option("--steps", type=click.IntRange(min=1), metavar="N", help="Steps to train, whatever time they take.")
@click.option(
    "--compile", "compiling", type=click.Choice(["auto", "always", "never"]), help="Whether to compile training."
)
@click.option("--resume", is_flag=True, help="Go on from the checkpoint in the run folder.")
@click.option("--quiet", is_flag=True, help="Print less.")
@click.option("--force", is_flag=True, help="Replace a module file that pdel did not generate.")
@set_option
def run_command(
    *,
    specification: Path,
    out: Path | None,
    seed: int | None,
    device: str | None,
    budget: float | None,
    steps: int | None,
    compiling: str | None,
    resume: bool,
    quiet: bool,
    force: bool,
    overrides: tuple[str, ...],
) -> None:
    """Compile a specification, write its module and train it.

    With --resume the module stays as it was compiled, and --budget are the seconds of going on. The exit code is the
    training's.
    """
    from importlib.util import find_spec

    from pdel.cli.compile import module_path
    from pdel.cli.module_file import read_module, recorded_overrides, write_module
    from pdel.compiler import compile_specification
    from pdel.plan.compilation import compiles

    module = module_path(specification)
    if resume:
        overrides = overrides or recorded_overrides(read_module(module) or "")
    else:
        overrides, budget = with_budget(overrides, budget), None
    compilation = compile_specification(specification, overrides)
    stop_on_errors(compilation)
    if compilation.text is None:
        return
    plan = compilation.plan
    if compiling and plan is not None and not compiles(plan):
        if compiling == "always":
            phases = ", ".join(f"`{phase.name}`" for phase in plan.all_phases)
            raise click.UsageError(f"--compile always: there is nothing to compile, as {phases} takes no gradient")
        compiling = None  # its module has no such option, as it compiles nothing in any case
    write_module(module, compilation.text, specification, force=force)
    if find_spec("torch") is None:
        click.echo(
            f"{module} is written, but training it needs torch, which this Python does not have; "
            "install it with `pip install 'pdel[train]'`",
            err=True,
        )
        raise click.exceptions.Exit(MISTAKES)

    arguments = ["train"]
    given: dict[str, object] = {"--out": out, "--seed": seed, "--device": device, "--budget": budget}
    given |= {"--steps": steps, "--compile": compiling}
    for name, value in given.items():
        if value is not None:
            arguments += [name, str(value)]
    arguments += ["--resume"] * resume + ["--quiet"] * quiet
    raise click.exceptions.Exit(_execute(module, arguments))


def _execute(module: Path, arguments: list[str]) -> int:
    """Run a module with this interpreter; its exit code, or 128 + the signal that ended it.

    Ctrl-C reaches the training too, which stores a checkpoint and ends: so it is waited for. A request to
    terminate is passed on.
    """
    import signal
    import subprocess
    import sys

    with subprocess.Popen([sys.executable, str(module), *arguments]) as process:
        previous = signal.signal(signal.SIGTERM, lambda *_: process.terminate())
        try:
            while True:
                try:
                    code = process.wait()
                    break
                except KeyboardInterrupt:
                    continue
        finally:
            signal.signal(signal.SIGTERM, previous)
    return code if code >= 0 else 128 - code
