"""Codes of the family E9: errors of pdel itself."""

from __future__ import annotations

from pdel.diagnostics.codes.base import CodeInfo

CODES: tuple[CodeInfo, ...] = (
    CodeInfo(
        code="E901",
        title="Internal error",
        explanation=(
            "pdel itself failed: a stage of the compiler raised an exception. Mistakes in a specification never do\n"
            "that, so this is always an error of pdel, and nothing was written.\n"
            "\n"
            "Please report it with the specification (or the smallest part of it that still fails) and with the stage\n"
            "and the exception as printed. With `PDEL_TRACEBACK=1` in the environment the full traceback is printed\n"
            "as well."
        ),
        bad="",
        good="",
    ),
)
