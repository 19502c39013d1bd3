"""The address of a statement: its first word with its name, in losses, messages, diffs and `--set`."""

from __future__ import annotations

from typing import assert_never

from pdel.syntax.ast import (
    BoundaryStatement,
    ConstantStatement,
    ConstraintStatement,
    DataStatement,
    EquationStatement,
    ExactStatement,
    FieldStatement,
    FunctionStatement,
    InitialStatement,
    LetStatement,
    ManufactureStatement,
    MethodStatement,
    Name,
    PartStatement,
    ProblemStatement,
    QuantityStatement,
    ReferenceStatement,
    ShapeStatement,
    SpaceStatement,
    Statement,
    TableStatement,
    TimeStatement,
    UnbuiltStatement,
    UnknownStatement,
)


def address_of(statement: Statement) -> str:
    """The address of a statement: `constant.nu`, `equation.momentum`, `network.k`, `train`."""
    keyword = _keyword(statement)
    names = names_of(statement)
    return f"{keyword}.{names[0]}" if names and keyword not in ("problem", "space", "time") else keyword


def names_of(statement: Statement) -> tuple[str, ...]:
    """The names that a statement declares or, for a method, its targets; the first one is in its address."""
    match statement:
        case FieldStatement(declarations=declarations):
            return tuple(
                name.text for item in declarations for name in ((item.vector,) if item.vector else ()) + item.components
            )
        case ExactStatement(relations=relations) | ManufactureStatement(relations=relations):
            return tuple(item.left.text for item in relations if isinstance(item.left, Name))
        case SpaceStatement(names=names) | ReferenceStatement(names=names) | MethodStatement(targets=names):
            return tuple(name.text for name in names)
        case TimeStatement(range=range_):
            return (range_.name.text,)
        case UnbuiltStatement():
            return ()
        case (
            ProblemStatement(name=name)
            | ShapeStatement(name=name)
            | PartStatement(name=name)
            | ConstantStatement(name=name)
            | LetStatement(name=name)
            | FunctionStatement(name=name)
            | EquationStatement(name=name)
            | BoundaryStatement(name=name)
            | InitialStatement(name=name)
            | ConstraintStatement(name=name)
            | QuantityStatement(name=name)
            | UnknownStatement(name=name)
            | DataStatement(name=name)
            | TableStatement(name=name)
        ):
            return (name.text,)
        case _:
            assert_never(statement)


def _keyword(statement: Statement) -> str:
    if isinstance(statement, MethodStatement):
        return statement.family.text
    if isinstance(statement, UnbuiltStatement):
        return statement.word.text
    return type(statement).__name__.removesuffix("Statement").lower()
