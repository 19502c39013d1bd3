"""The published JSON schemas: current, valid, and true of what is written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from pdel.cli.app import main
from pdel.cli.schema import NAMES
from pdel.schema import SCHEMAS
from tests.docs.reference import schema_text

ROOT = Path(__file__).parents[1]
EXAMPLES = sorted((ROOT / "examples").glob("*/*.pde"))
ALLEN_CAHN = next(path for path in EXAMPLES if path.stem == "allen_cahn")


def invoke(*arguments: str) -> str:
    return CliRunner().invoke(main, arguments).stdout


def closed(schema: Any) -> Any:
    """A schema in which an object has no other properties than those that are named."""
    if isinstance(schema, list):
        return [closed(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    changed = {name: closed(item) for name, item in schema.items()}
    return {**changed, "additionalProperties": False} if schema.get("type") == "object" else changed


def mistakes(name: str, document: object) -> list[str]:
    return [error.message for error in Draft202012Validator(closed(SCHEMAS[name]())).iter_errors(document)]


@pytest.mark.parametrize("name", SCHEMAS)
def test_schemas_are_published(name: str) -> None:
    Draft202012Validator.check_schema(SCHEMAS[name]())
    published = (ROOT / "docs" / "schema" / f"{name}.json").read_text(encoding="utf-8")
    assert published == schema_text(name), "run `python -m tests.docs.reference`"
    assert invoke("schema", name) == published


def test_every_schema_has_its_command() -> None:
    assert tuple(SCHEMAS) == NAMES


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_plans(path: Path) -> None:
    document = json.loads(invoke("inspect", str(path), "--stage", "plan", "--json"))
    assert mistakes("plan", document) == []
    del document["network"]["method"]["name"]
    document["seed"] = "one"
    assert len(mistakes("plan", document)) == 2


def test_diagnostics(tmp_path: Path) -> None:
    path = tmp_path / "bad.pde"
    text = ALLEN_CAHN.read_text(encoding="utf-8")
    mistaken = text.replace("u_xx", "u_xy").replace("x^2", "x**2").replace("allen_cahn_reference", "values")
    path.write_text(mistaken + "let a = (1\n", encoding="utf-8")
    (tmp_path / "values.csv").write_text("x,t,u\n0,0,1\n0,no,1\n", encoding="utf-8")
    document = json.loads(invoke("check", str(path), "--format", "json"))
    assert document["errors"] > 2
    assert any(item["edits"] for item in document["diagnostics"])
    assert any(item["files"] for item in document["diagnostics"])
    assert mistakes("diagnostics", document) == []


def test_differences(tmp_path: Path) -> None:
    old = ALLEN_CAHN.read_text(encoding="utf-8")
    (tmp_path / "new.pde").write_text(old.replace("u - u^3", "u").replace("-1, 1", "-2, 1"), encoding="utf-8")
    document = json.loads(invoke("diff", str(ALLEN_CAHN), str(tmp_path / "new.pde"), "--format", "json"))
    assert len(document["changes"]) == 2
    assert mistakes("difference", document) == []
