"""What observations are made of: the coordinates and the known solution of a specification.

Data files that the specification names for observations need not be there yet, so what is stated about them, and the
methods that mention them, are passed over.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from pdel.diagnostics.model import Result
from pdel.expression import Expr
from pdel.semantics.problem import Problem
from pdel.semantics.resolve import resolve
from pdel.source import Source, Sources
from pdel.syntax import ast
from pdel.syntax.lexer import cut_statements, tokenize
from pdel.syntax.statement import parse_statement

CONDITION = "--where"
"""The name of the source of a condition in reports."""


@dataclass(frozen=True, slots=True)
class Known:
    """A problem with its known solution, and the condition that chooses points, if any.

    `parts` gives the fields of every field as it is declared: a vector's components, a complex field's two parts.
    """

    problem: Problem
    parts: dict[str, tuple[str, ...]]
    condition: Expr | None = None


def observed(specification: ast.Specification, condition: str | None) -> Result[ast.Specification]:
    """The specification without its data and its methods.

    A condition, written as after `where`, comes in as that of one more equation.
    """
    sources = specification.sources
    kept = tuple(
        statement
        for statement in specification.statements
        if not isinstance(statement, ast.MethodStatement | ast.DataStatement)
    )
    if condition is None:
        return Result(replace(specification, statements=kept))
    names = (name for one in kept if isinstance(one, ast.FieldStatement) for name in one.declarations[0].components)
    field = next((name.text for name in names), "0")
    text = f"equation {_free_label(specification)}: {field} = 0 where {condition}"
    parsed = parse_statement(cut_statements(tokenize(text, len(sources.items)))[0])
    statements = kept if parsed.statement is None else (*kept, parsed.statement)
    sources = Sources((*sources.items, Source(CONDITION, text)))
    return Result(replace(specification, sources=sources, statements=statements), parsed.diagnostics)


def known_solution(specification: ast.Specification, folder: Path) -> Result[Known]:
    """The problem that a specification made by `observed` states, and its condition."""
    resolved = resolve(specification, folder)
    if resolved.value is None:
        return Result(None, resolved.diagnostics)
    sources = specification.sources
    conditions = [one.where for one in resolved.value.equations if sources.of(one.span).name == CONDITION]
    known = Known(resolved.value, _parts(specification), conditions[0] if conditions else None)
    return Result(known, resolved.diagnostics)


def _parts(specification: ast.Specification) -> dict[str, tuple[str, ...]]:
    """The names of the fields that each declared name stands for."""
    parts: dict[str, tuple[str, ...]] = {}
    for statement in specification.statements:
        for declaration in statement.declarations if isinstance(statement, ast.FieldStatement) else ():
            names = [name.text for name in declaration.components]
            split = {name: (f"{name}_re", f"{name}_im") if declaration.complex else (name,) for name in names}
            parts |= split
            if declaration.vector is not None:
                parts[declaration.vector.text] = tuple(part for name in names for part in split[name])
    return parts


def _free_label(specification: ast.Specification) -> str:
    """A label that the specification does not use."""
    text = specification.sources.items[0].text
    return next(name for name in ("chosen", *(f"chosen{n}" for n in range(2, 10**6))) if name not in text)
