"""Names that a specification declares and never mentions again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from pdel.diagnostics.model import Diagnostic, warning
from pdel.syntax import ast

_KINDS = {
    ast.ConstantStatement: "constant",
    ast.LetStatement: "name",
    ast.FunctionStatement: "function",
    ast.ShapeStatement: "shape",
    ast.PartStatement: "part",
    ast.TableStatement: "table",
}


def check_unused(specification: ast.Specification) -> tuple[Diagnostic, ...]:
    """W706: a constant, a `let`, a function, a shape, a part or a table that no other statement mentions.

    A derivative mentions its base (`q_x` the name `q`), the side `on pillar` and a method's target a name.
    """
    mentions = [_mentioned(statement) for statement in specification.statements]
    counts: dict[str, int] = {}
    for words in mentions:
        for word in words:
            counts[word] = counts.get(word, 0) + 1
    found: list[Diagnostic] = []
    for statement in specification.statements:
        match statement:
            case (
                ast.ConstantStatement(name=name)
                | ast.LetStatement(name=name)
                | ast.FunctionStatement(name=name)
                | ast.ShapeStatement(name=name)
                | ast.PartStatement(name=name)
                | ast.TableStatement(name=name)
            ) if counts[name.text] == 1:
                found.append(
                    warning(
                        "W706",
                        f"the {_KINDS[type(statement)]} `{name.text}` is never used",
                        name.span,
                        "declared here",
                        help="Remove the statement, or use the name where it is meant.",
                    )
                )
            case _:
                pass
    return tuple(found)


def _mentioned(statement: ast.Statement) -> set[str]:
    """The names in a statement, its own one included."""
    words: set[str] = set()
    for name in _names(statement):
        words.add(name.text)
        base, underscore, _ = name.text.rpartition("_")
        if underscore:
            words.add(base)
    return words


def _names(root: object) -> Iterator[ast.Name]:
    """Every name in a syntax tree."""
    stack: list[object] = [root]
    while stack:
        node = stack.pop()
        if isinstance(node, ast.Name):
            yield node
        elif isinstance(node, tuple):
            stack.extend(node)
        elif is_dataclass(node):
            stack.extend(getattr(node, item.name) for item in fields(node))
