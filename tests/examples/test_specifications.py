"""Every example compiles as it stands, to the module that lies beside it, and its README shows its specification."""

from __future__ import annotations

from pathlib import Path

import pytest

from pdel.compiler import Compilation, compile_specification
from pdel.syntax.ast import MethodStatement

EXAMPLES = Path(__file__).parents[2] / "examples"
NAMES = sorted(path.parent.name for path in EXAMPLES.glob("*/*.pde"))
EXPECTED_ADVICE = {"cavity": ("W705",)}
"""The lid's velocity jumps at the corners: the problem is meant that way."""


def compiled(name: str, last: str = "render") -> Compilation:
    return compile_specification(EXAMPLES / name / f"{name}.pde", last=last)


def statements(name: str) -> list[str]:
    """The lines of the specification that are neither blank nor comments."""
    lines = (EXAMPLES / name / f"{name}.pde").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.strip() and not line.lstrip().startswith("#")]


def test_there_are_the_examples_that_the_project_promises() -> None:
    assert set(NAMES) >= {
        "allen_cahn",
        "beam",
        "burgers",
        "conductivity",
        "cavity",
        "heat",
        "helmholtz",
        "inverse_burgers",
        "kdv",
        "kovasznay",
        "l_shape",
        "lorenz",
        "motz",
        "poisson_3d",
        "poisson_hole",
        "reaction",
        "schroedinger",
        "wave",
    }


@pytest.mark.parametrize("name", NAMES)
def test_it_compiles_to_the_committed_module(name: str) -> None:
    compilation = compiled(name)
    assert tuple(item.code for item in compilation.diagnostics) == EXPECTED_ADVICE.get(name, ())
    assert compilation.text is not None
    assert compilation.text.encode() == (EXAMPLES / name / f"{name}.py").read_bytes()


@pytest.mark.parametrize("name", NAMES)
def test_the_specification_states_physics_alone(name: str) -> None:
    """The default method must do: no example says how to train."""
    specification = compiled(name, last="parse").specification
    assert specification is not None
    assert not any(isinstance(statement, MethodStatement) for statement in specification.statements)


@pytest.mark.parametrize("name", NAMES)
def test_the_errors_of_every_field_can_be_reported(name: str) -> None:
    """`exact`, `manufacture` or `reference` covers each field (the cavity's pressure is unbounded: not there)."""
    problem = compiled(name, last="resolve").problem
    assert problem is not None
    known = {form.field for form in problem.exact + problem.manufactured}
    known |= {field for table in problem.reference_tables for field in table.fields}
    missing = {field.name for field in problem.fields} - known
    assert missing == ({"p"} if name == "cavity" else set())


@pytest.mark.parametrize(("name", "limit"), [("heat", 12), ("burgers", 15), *((name, 15) for name in NAMES)])
def test_the_specification_is_short(name: str, limit: int) -> None:
    assert len(statements(name)) <= limit


@pytest.mark.parametrize("name", NAMES)
def test_the_readme_shows_the_specification(name: str) -> None:
    specification = (EXAMPLES / name / f"{name}.pde").read_text(encoding="utf-8")
    readme = (EXAMPLES / name / "README.md").read_text(encoding="utf-8")
    assert f"```\n{specification.rstrip()}\n```" in readme
    assert f"pdel run examples/{name}/{name}.pde" in readme


def test_the_index_lists_every_example() -> None:
    index = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    for name in NAMES:
        assert f"[{name}]({name}/)" in index


@pytest.mark.parametrize("name", NAMES)
def test_pictures_are_small(name: str) -> None:
    for picture in (EXAMPLES / name).glob("*.png"):
        assert picture.stat().st_size < 150_000
        assert picture.name in (EXAMPLES / name / "README.md").read_text(encoding="utf-8")
