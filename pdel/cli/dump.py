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
    """The value as indented text, ending in a line feed; empty parts are left out.

    What stands in several places (the statement that a residual comes from) is shown in full at the first.
    """
    return "\n".join(_rows(value, sources, 0, {})) + "\n"


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
        if any(is_dataclass(item) and _leaf(item, sources) is None for item in value):
            return None
        items = [_inner_row(item, sources) for item in value]
        return _joined(items)
    if is_dataclass(value):
        parts = [(name, _inner_row(part, sources)) for name, part in _parts(value)]
        text = _joined([None if row is None else f"{name}: {row}" for name, row in parts])
        return None if text is None else _short(f"{type(value).__name__}({text})")
    return visible(str(value))


def _inner_row(value: Any, sources: Sources) -> str | None:
    """The row of a part: several items are bracketed."""
    row = _row(value, sources)
    return f"({row})" if row is not None and isinstance(value, tuple) and len(value) > 1 else row


def _joined(items: list[str | None]) -> str | None:
    texts = [item for item in items if item is not None]
    return _short(", ".join(texts)) if len(texts) == len(items) else None


def _short(text: str) -> str | None:
    return text if len(text) <= LONGEST_ROW else None


def _rows(value: Any, sources: Sources, depth: int, shown: dict[int, Any]) -> list[str]:
    """The value over several lines; `shown` holds what has been shown so far by identity."""
    indent = INDENT * depth
    row = _row(value, sources)
    if row is not None:
        return [f"{indent}{row}"]
    if isinstance(value, tuple):
        return [line for item in value for line in _rows(item, sources, depth, shown)]
    if isinstance(value, dict):
        return [line for name, part in value.items() for line in _named(str(name), part, sources, depth, shown)]
    name = getattr(value, "address", None) or getattr(value, "name", None)
    if id(value) in shown and isinstance(name, str):
        return [f"{indent}{type(value).__name__} {name} (as above)"]
    shown[id(value)] = value
    lines = [f"{indent}{type(value).__name__}"]
    for part_name, part in _parts(value):
        lines += _named(part_name, part, sources, depth + 1, shown)
    return lines


def _named(name: str, part: Any, sources: Sources, depth: int, shown: dict[int, Any]) -> list[str]:
    indent = INDENT * depth
    row = _row(part, sources)
    if row is not None:
        return [f"{indent}{name}: {row}"]
    rows = _rows(part, sources, depth + 1, shown)
    one = len(rows) == 1 and not isinstance(part, tuple)
    return [f"{indent}{name}: {rows[0].strip()}"] if one else [f"{indent}{name}:", *rows]
