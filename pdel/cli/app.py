"""The command `pdel`: the group, and what happens when pdel itself fails."""

from __future__ import annotations

import gc
from typing import Any

import click

from pdel import __version__
from pdel.cli.check import check_command
from pdel.cli.cite import cite_command
from pdel.cli.compile import compile_command
from pdel.cli.data import data_command
from pdel.cli.diff import diff_command
from pdel.cli.explain import explain_command
from pdel.cli.fmt import fmt_command
from pdel.cli.git_setup import git_setup_command
from pdel.cli.hash import hash_command
from pdel.cli.inspect import inspect_command
from pdel.cli.lsp import lsp_command
from pdel.cli.new import new_command
from pdel.cli.pin import pin_command
from pdel.cli.plan import plan_command
from pdel.cli.report import INTERNAL_ERROR
from pdel.cli.run import run_command
from pdel.cli.run_report import report_command
from pdel.cli.schema import schema_command
from pdel.cli.show import show_command


class _Application(click.Group):
    """A group that reports its own failures as E901 rather than as a traceback."""

    def main(self, *args: Any, **options: Any) -> Any:
        """Run as click does; without arguments, with those of the process, of which it then is the whole work.

        Such a process is short and what it makes lives to its end, so there is no garbage to look for: of the
        500 ms of `pdel compile`, collections would take 30 and the one at the exit 60.
        """
        if args or "args" in options:
            return super().main(*args, **options)
        gc.disable()
        try:
            return super().main(**options)
        finally:
            gc.freeze()

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; an unexpected exception becomes a report and the exit code 70."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except Exception as failure:
            from pdel.cli.failure import report_failure

            report_failure(failure)
            ctx.exit(INTERNAL_ERROR)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  (click's signature)
        """The commands in the order of the way from a first spec to a trained model."""
        return list(self.commands)


@click.group(cls=_Application, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="pdel", message="%(prog)s %(version)s")
def main() -> None:
    """Compile text specifications of PDE problems to standalone torch training modules.

    Exit codes: 0 fine, 1 mistakes in a specification, 2 wrong usage, 70 an error of pdel itself.
    """


for command in (
    new_command,
    check_command,
    fmt_command,
    diff_command,
    hash_command,
    git_setup_command,
    pin_command,
    plan_command,
    compile_command,
    run_command,
    data_command,
    show_command,
    report_command,
    cite_command,
    inspect_command,
    explain_command,
    lsp_command,
    schema_command,
):
    main.add_command(command)
