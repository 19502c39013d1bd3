"""The process that checks specifications for the language server: `python -m pdel.lsp.worker`.

It reads texts from standard input and writes what a check of each found to standard output. It is a process of its own
because mathematics may take seconds, must be stopped by a timer, which only a main thread can have, and must not hold
up the typing.
"""

from __future__ import annotations

import os
import sys

from pdel.compiler import StageFailureError, compile_source
from pdel.diagnostics.model import Result, error
from pdel.lsp.jobs import Checked, Job, frame, read_frame
from pdel.source import Span
from pdel.source_load import check_text


def main() -> None:
    """Serve until the input ends."""
    incoming = sys.stdin.buffer
    outgoing = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what anything prints must not stand between the frames
    _warm_up()
    while (job := read_frame(incoming)) is not None:
        assert isinstance(job, Job)
        outgoing.write(frame(check(job)))
        outgoing.flush()


def check(job: Job) -> Checked:
    """All stages but the rendering. A failure of pdel itself becomes the diagnostic E901."""
    loaded = check_text(job.path.name, job.text)
    try:
        compilation = compile_source(loaded, job.path, last="plan")
    except StageFailureError as failure:
        compilation = compile_source(loaded, job.path, last="parse").having(failure_result(failure))
    return Checked(job.uri, job.version, compilation)


def failure_result(failure: StageFailureError) -> Result[None]:
    """The diagnostic of a stage that failed."""
    what = type(failure.__cause__).__name__
    return Result(None, (error(
        "E901", f"pdel failed in the stage `{failure.stage}` ({what})", Span(0, 0),
        help="This is an error of pdel, not of the specification. `pdel check` prints what to report.",
    ),))  # fmt: skip


def _warm_up() -> None:
    """Import the stages before the first text comes, sympy above all."""
    import pdel.maths.lower  # noqa: PLC0415
    import pdel.plan.build  # noqa: F401, PLC0415


if __name__ == "__main__":
    main()
