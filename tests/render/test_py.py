"""Text for a module: nothing that could end a comment, a string or a docstring passes."""

from __future__ import annotations

import ast

import pytest

from pdel.python_names import attribute_name, constant_name, python_name
from pdel.render.environment import environment, refuse_untyped
from pdel.render.py import Py, py_float, py_int, py_name, py_string, py_text, py_tuple, py_wrap

HOSTILE = ['"""', "\\", '"; import os; "', "a\rprint(1)", "\u2028x", "\x00", "{{ 7*7 }}", "\u202eabc"]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_string_literal_reads_back(text: str) -> None:
    assert ast.literal_eval(py_string(text)) == text
    assert "\r" not in py_string(text)


@pytest.mark.parametrize("text", HOSTILE)
def test_prose_stays_in_its_docstring_and_comment(text: str) -> None:
    clean = py_text(text)
    module = ast.parse(f'"""{clean}"""\n# {clean}\n')
    assert len(module.body) == 1


def test_names_are_checked() -> None:
    assert py_name("alpha") == "alpha"
    for bad in ("lambda", "a-b", "a__b", "os.system", "é", ""):
        with pytest.raises(ValueError, match="not a safe"):
            py_name(bad)


def test_numbers() -> None:
    assert py_int(25_000) == "25_000"
    assert py_int(500) == "500"
    assert py_float(0.1) == "0.1"
    with pytest.raises(ValueError, match="finite"):
        py_float(float("nan"))
    assert py_tuple([Py("1")]) == "(1,)"


def test_wrapping_keeps_the_width() -> None:
    text = py_wrap("word " * 60, 88, "  - ", "    ")
    assert max(map(len, text.splitlines())) <= 88


def test_names_that_python_or_the_module_needs_get_an_underscore() -> None:
    assert [python_name(name) for name in ("lambda", "torch", "print", "nu", "x", "T")] == [
        "lambda_",
        "torch_",
        "print_",
        "nu",
        "x",
        "T",
    ]
    assert constant_name("z") == "z_"
    assert attribute_name("count") == "count_"


def test_templates_refuse_plain_text() -> None:
    with pytest.raises(TypeError, match="not Py"):
        refuse_untyped("text")
    with pytest.raises(TypeError, match="not Py"):
        environment().from_string("{{ value ~ 'x' }}").render(value=Py("a"))
    assert environment().from_string("{{ value }}").render(value=Py("a")) == "a"
