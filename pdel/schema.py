"""JSON schemas of what pdel writes for programs: the plan, diagnostics and differences.

The plan's is derived from its dataclasses, so that it cannot fall behind; the others describe
`pdel/diagnostics/render_json.py` and `pdel/cli/diff.py`.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable
from typing import Any

from pdel.expression import Expr
from pdel.plan.identity import LEFT_OUT

DRAFT = "https://json-schema.org/draft/2020-12/schema"
Schema = dict[str, Any]

_PLAIN: dict[Any, Schema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    type(None): {"type": "null"},
}


def plan_schema() -> Schema:
    """The schema of `pdel inspect SPEC --stage plan --json`: every node carries the name of its type."""
    from pdel.plan.plan import Plan  # noqa: PLC0415  (the other schemas need no plan)

    definitions: dict[str, Schema] = {}
    root = _schema_of(Plan, definitions)
    return {
        "$schema": DRAFT,
        "title": "Plan of a pdel module",
        "description": "Every choice of a module, in order. Expressions are trees whose nodes carry `type`.",
        **root,
        "$defs": dict(sorted(definitions.items())),
    }


def _schema_of(kind: Any, definitions: dict[str, Schema]) -> Schema:
    """The schema of a type of the plan; those of dataclasses go to the definitions."""
    if kind in _PLAIN:
        return _PLAIN[kind]
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        if kind.__name__ not in definitions:
            definitions[kind.__name__] = {}
            definitions[kind.__name__].update(_record(kind, definitions))
        return {"$ref": f"#/$defs/{kind.__name__}"}
    arguments = typing.get_args(kind)
    if kind == Expr:
        if "Expression" not in definitions:
            definitions["Expression"] = {}
            definitions["Expression"]["oneOf"] = [_schema_of(item, definitions) for item in arguments]
        return {"$ref": "#/$defs/Expression"}
    if typing.get_origin(kind) in (typing.Union, types.UnionType):
        members = (Expr, *(item for item in arguments if item not in typing.get_args(Expr)))
        whole = set(typing.get_args(Expr)) <= set(arguments)
        return {"anyOf": [_schema_of(item, definitions) for item in (members if whole else arguments)]}
    if typing.get_origin(kind) is tuple:
        if arguments[-1] is Ellipsis:
            return {"type": "array", "items": _schema_of(arguments[0], definitions)}
        items = [_schema_of(item, definitions) for item in arguments]
        return {"type": "array", "prefixItems": items, "minItems": len(items), "maxItems": len(items)}
    raise TypeError(f"no schema for {kind}")


def _record(kind: type, definitions: dict[str, Schema]) -> Schema:
    """A dataclass: its fields, of which those that are marked optional may be missing."""
    hints = typing.get_type_hints(kind)
    properties: Schema = {"type": {"const": kind.__name__}}
    required = ["type"]
    for item in dataclasses.fields(kind):
        if hints[item.name] in LEFT_OUT:
            continue
        properties[item.name] = _schema_of(hints[item.name], definitions)
        if not item.metadata.get("optional"):
            required.append(item.name)
    return {"type": "object", "properties": properties, "required": required}


def _object(**properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "required": list(properties)}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


_TEXT: Schema = {"type": "string"}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_FROM_ONE: Schema = {"type": "integer", "minimum": 1}
_BOOLEAN: Schema = {"type": "boolean"}
_LOCATION: Schema = {"$ref": "#/$defs/location"}
_POSITION: Schema = {"$ref": "#/$defs/position"}


def diagnostics_schema() -> Schema:
    """The schema of `pdel check --format json`."""
    diagnostic = _object(
        code={"type": "string", "pattern": "^[EW][0-9]{3}$"},
        severity={"enum": ["error", "warning", "note"]},
        message=_TEXT,
        location=_LOCATION,
        label=_TEXT,
        secondary=_list(_object(location=_LOCATION, label=_TEXT)),
        help=_TEXT,
        notes=_list(_TEXT),
        edits=_list(_object(location=_LOCATION, replacement=_TEXT)),
        files=_list(
            _object(
                file=_TEXT,
                line={"type": ["integer", "null"], "minimum": 1},
                text=_TEXT,
                column=_COUNT,
                end_column=_COUNT,
                label=_TEXT,
            )
        ),
    )
    return {
        "$schema": DRAFT,
        "title": "Diagnostics of pdel",
        "description": "Offsets count code points from 0, lines and columns from 1; an end is exclusive.",
        **_object(version={"const": 1}, errors=_COUNT, warnings=_COUNT, diagnostics=_list(diagnostic)),
        "$defs": {
            "location": _object(file=_TEXT, override=_BOOLEAN, start=_POSITION, end=_POSITION),
            "position": _object(offset=_COUNT, line=_FROM_ONE, column=_FROM_ONE),
        },
    }


def difference_schema() -> Schema:
    """The schema of `pdel diff --format json`."""
    nullable: Schema = {"type": ["string", "null"]}
    change = _object(
        address=_TEXT,
        kind={"enum": ["added", "removed", "changed", "renamed"]},
        part=_TEXT,
        before=nullable,
        after=nullable,
        text=_TEXT,
    )
    return {
        "$schema": DRAFT,
        "title": "Changes in meaning between two specifications",
        **_object(version={"const": 1}, old=_TEXT, new=_TEXT, same=_BOOLEAN, changes=_list(change)),
    }


SCHEMAS: dict[str, Callable[[], Schema]] = {
    "plan": plan_schema,
    "diagnostics": diagnostics_schema,
    "difference": difference_schema,
}
"""Every schema by its name."""
