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
    CodeInfo(
        code="E902",
        title="A formatter that would change more than spaces",
        explanation=(
            "`pdel fmt` reads what it has formatted again and compares words, comments and meaning with the text it\n"
            "was given. They were not the same, so the file was left alone. This is an error of pdel: please report\n"
            "it with the specification."
        ),
        bad="",
        good="",
    ),
)
