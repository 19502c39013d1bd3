"""A stage's value for reading: any tree of frozen dataclasses as indented text.

Expressions are one line in the language's notation, spans are `line:column`. Nothing that depends on the
machine is shown: of a path only the name, of sources only their names.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from enum import Enum
from pathlib import Path
from typing import Any, get_args

from pdel.diagnostics.display import visible
from pdel.expression import Expr
from pdel.geometry import Scalar
from pdel.notation import notation
from pdel.source import Source, Sources, Span
from pdel.syntax.ast import Expression

EXPR_TYPES: tuple[type, ...] = get_args(Expr)
SYNTAX_TYPES: tuple[type, ...] = get_args(Expression)
LONGEST_ROW = 100
INDENT = "  "


def dump_text(value: Any, sources: Sources) -> str:
    """The value as indented text, ending in a line feed; empty parts are left out."""
    return "\n".join(_rows(value, sources)) + "\n"


def _leaf(value: Any, sources: Sources) -> str | None:
    """The one-line text of what is not taken apart, or None."""
    match value:
        case Span():
            return _span(value, sources)
        case Source():
            return value.name
        case Sources():
            return ", ".join(source.name for source in value.items)
        case Path():
            return value.name
        case Enum():
            return str(value.value)
        case str():
            return visible(value)
        case bool() | int() | float() | None:
            return repr(value)
    if isinstance(value, Scalar):
        text = notation(value.expression)
        return text if text == f"{value.value:g}" else f"{text} = {value.value:g}"
    if isinstance(value, EXPR_TYPES):
        return notation(value)  # type: ignore[arg-type]
    if isinstance(value, SYNTAX_TYPES):
        return " ".join(visible(sources.text(value.span)).split())  # type: ignore[attr-defined]
    return None


def _span(span: Span, sources: Sources) -> str:
    source = sources.of(span)
    line, column = source.line_column(span.start)
    place = f"{line}:{column}"
    return place if span.origin == 0 else f"{source.name}:{place}"


def _is_empty(value: Any) -> bool:
    return value is None or (isinstance(value, str | tuple | dict) and not value)


def _parts(value: Any) -> list[tuple[str, Any]]:
    """The fields of a dataclass that say something, `span` last."""
    pairs = [(item.name, getattr(value, item.name)) for item in fields(value)]
    kept = [(name, part) for name, part in pairs if not _is_empty(part)]
    return sorted(kept, key=lambda pair: pair[0] == "span")


def _row(value: Any, sources: Sources) -> str | None:
    """The value on one line where it is flat and short enough, or None."""
    leaf = _leaf(value, sources)
    if leaf is not None:
        return leaf.replace("\n", "\\n")
    if isinstance(value, tuple):
        items = [_row(item, sources) for item in value]
        if any(item is None for item in items) or any(is_dataclass(i) and _leaf(i, sources) is None for i in value):
            return None
        texts = [f"({row})" if isinstance(item, tuple) else row for item, row in zip(value, items, strict=True)]
        text = ", ".join(str(item) for item in texts)
        return text if len(text) <= LONGEST_ROW else None
    if is_dataclass(value):
        rows = [(name, _row(part, sources)) for name, part in _parts(value)]
        if any(row is None for _, row in rows):
            return None
        text = f"{type(value).__name__}({', '.join(f'{name}: {row}' for name, row in rows)})"
        return text if len(text) <= LONGEST_ROW else None
    return visible(str(value))


def _rows(value: Any, sources: Sources, depth: int = 0) -> list[str]:
    """The value over several lines."""
    indent = INDENT * depth
    row = _row(value, sources)
    if row is not None:
        return [f"{indent}{row}"]
    if isinstance(value, tuple):
        return [line for item in value for line in _rows(item, sources, depth)]
    if isinstance(value, dict):
        return [line for name, part in value.items() for line in _named(str(name), part, sources, depth)]
    lines = [f"{indent}{type(value).__name__}"]
    for name, part in _parts(value):
        lines += _named(name, part, sources, depth + 1)
    return lines


def _named(name: str, part: Any, sources: Sources, depth: int) -> list[str]:
    indent = INDENT * depth
    row = _row(part, sources)
    if row is not None:
        return [f"{indent}{name}: {row}"]
    return [f"{indent}{name}:", *_rows(part, sources, depth + 1)]
