"""Every diagnostic code, combined from the files of the families."""

from __future__ import annotations

from pdel.diagnostics.codes import (
    e1_syntax,
    e2_names,
    e3_expressions,
    e3_inverse,
    e3_statements,
    e3_tables,
    e3_terms,
    e4_enforcement,
    e4_geometry,
    e4_inverse,
    e4_mathematics,
    e4_steps,
    e5_march,
    e5_methods,
    e5_ramps,
    e6_files,
    e9_internal,
    w7_advice,
    w7_files,
    w7_inverse,
    w7_methods,
    w7_pedantic,
)
from pdel.diagnostics.codes.base import CodeInfo

CODES: tuple[CodeInfo, ...] = (
    *e1_syntax.CODES,
    *e2_names.CODES,
    *e3_expressions.CODES,
    *e3_statements.CODES,
    *e3_inverse.CODES,
    *e3_tables.CODES,
    *e3_terms.CODES,
    *e4_mathematics.CODES,
    *e4_geometry.CODES,
    *e4_inverse.CODES,
    *e4_steps.CODES,
    *e4_enforcement.CODES,
    *e5_methods.CODES,
    *e5_march.CODES,
    *e5_ramps.CODES,
    *e6_files.CODES,
    *w7_advice.CODES,
    *w7_inverse.CODES,
    *w7_methods.CODES,
    *w7_files.CODES,
    *w7_pedantic.CODES,
    *e9_internal.CODES,
)
"""All codes, family by family; a code stands for one situation for ever and is never used again."""


def find(code: str) -> CodeInfo | None:
    """The entry of a code, whatever its case, or None where there is no such code."""
    wanted = code.upper()
    return next((info for info in CODES if info.code == wanted), None)
