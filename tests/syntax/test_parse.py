"""Sound specifications: every statement's form, the shape of expressions, places."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Iterator
from typing import Any

import pytest

from pdel.source import Source, Span
from pdel.syntax import ast
from pdel.syntax.dump import dump_tokens, dump_tree
from pdel.syntax.parse import parse
from tests.syntax.specifications import GOOD, HEAT, MANY_FORMS, parsed, statement


def shape(node: Any) -> Any:
    """An expression without its places, in short."""
    match node:
        case ast.Number(text=text, unit=unit):
            return text if unit is None else f"{text} [{unit}]"
        case ast.Name(text=text):
            return text
        case ast.Text(text=text):
            return repr(text)
        case ast.Negate(operand=operand):
            return ("-", shape(operand))
        case ast.Sum(terms=terms):
            return ("sum", *(("-" if term.negative else "+", shape(term.expression)) for term in terms))
        case ast.Product(factors=factors):
            return ("product", *(("/" if item.divides else "*", shape(item.expression)) for item in factors))
        case ast.Power(base=base, exponent=exponent):
            return ("^", shape(base), shape(exponent))
        case ast.Conjunct(operands=operands):
            return ("&", *map(shape, operands))
        case ast.Call(function=function, arguments=arguments, binder=binder):
            options = [(item.name.text, shape(item.value)) if item.name else shape(item.value) for item in arguments]
            return (f"{function.text}()", *options, *([shape(binder)] if binder else []))
        case ast.OnRegion(selector=selector):
            return ("on", shape(selector))
        case ast.InInterval(name=name, low=low, high=high):
            return ("in", name.text, shape(low), shape(high))
        case ast.Selector(included=included, excluded=excluded):
            return ([shape(item) for item in included], [shape(item) for item in excluded])
        case ast.Side(coordinate=coordinate, value=value):
            return (coordinate.text, shape(value))
        case ast.Component(base=base, indices=indices):
            return ("[]", shape(base), *map(shape, indices))
        case ast.Vector(items=items):
            return ("vector", *map(shape, items))
        case ast.Comparison(operands=operands, operators=operators):
            return ("compare", *map(shape, operands), *operators)
        case ast.Logical(operator=operator, operands=operands):
            return (operator, *map(shape, operands))
        case ast.Not(operand=operand):
            return ("not", shape(operand))
        case ast.Relation(left=left, right=right, operator=operator):
            return (operator, shape(left), shape(right))
    raise AssertionError(node)


def value(text: str) -> Any:
    item = statement(f"let a = {text}")
    assert isinstance(item, ast.LetStatement)
    return shape(item.value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("-x^2", ("-", ("^", "x", "2"))),
        ("a^b^c", ("^", "a", ("^", "b", "c"))),
        ("x^-y^2", ("^", "x", ("-", ("^", "y", "2")))),
        ("-a*b + c - d", ("sum", ("-", ("product", ("*", "a"), ("*", "b"))), ("+", "c"), ("-", "d"))),
        ("-a*b", ("-", ("product", ("*", "a"), ("*", "b")))),
        ("a/b*c", ("product", ("*", "a"), ("/", "b"), ("*", "c"))),
        ("a*-b", ("product", ("*", "a"), ("*", ("-", "b")))),
        ("a - -b", ("sum", ("+", "a"), ("-", ("-", "b")))),
        ("(a + b)*c", ("product", ("*", ("sum", ("+", "a"), ("+", "b"))), ("*", "c"))),
        ("a & b & c", ("&", "a", "b", "c")),
        ("(a + b) & c", ("&", ("sum", ("+", "a"), ("+", "b")), "c")),
        ("(1, (x), -y)", ("vector", "1", "x", ("-", "y"))),
        ("grad(u)[i, j]", ("[]", ("grad()", "u"), "i", "j")),
        ("vel[x]^2", ("^", ("[]", "vel", "x"), "2")),
        ("300 [K]*2", ("product", ("*", "300 [K]"), ("*", "2"))),
        ("9.81 [m/s^2]", "9.81 [m/s^2]"),
        ("adam()", ("adam()",)),
        ("f(steps = 100, x)", ("f()", ("steps", "100"), "x")),
        ("f(from = 0.1, time = 2)", ("f()", ("from", "0.1"), ("time", "2"))),
        ("if(x = 0, 1, 2)", ("if()", ("compare", "x", "0", "="), "1", "2")),
        ("if(0 < x <= 1 and not y != 2 or z, 1, 2)", (
            "if()", ("or", ("and", ("compare", "0", "x", "1", "<", "<="), ("not", ("compare", "y", "2", "!="))), "z"),
            "1", "2",
        )),
        ("integral(u on pillar, x = 0 except base)", ("integral()", "u", ("on", (["pillar", ("x", "0")], ["base"])))),
        ("sum(x[k]^2, k in [1, 10])", ("sum()", ("^", ("[]", "x", "k"), "2"), ("in", "k", "1", "10"))),
        ('f("cosine", decay = "x")', ("f()", "'cosine'", ("decay", "'x'"))),
    ],
)  # fmt: skip
def test_expressions(text: str, expected: Any) -> None:
    assert value(text) == expected


def test_problem() -> None:
    item = statement('problem heat "Heat" language 1')
    assert isinstance(item, ast.ProblemStatement)
    assert (item.name.text, item.title and item.title.text, item.language and item.language.text) == (
        "heat",
        "Heat",
        "1",
    )
    bare = statement("problem language")
    assert isinstance(bare, ast.ProblemStatement)
    assert (bare.name.text, bare.title, bare.language) == ("language", None, None)


def test_space_of_ranges() -> None:
    item = statement("space x[1..10] in [0, L], y in [-1, 1] periodic")
    assert isinstance(item, ast.SpaceStatement)
    first, second = item.ranges
    assert first.first is not None
    assert first.last is not None
    assert (first.name.text, shape(first.high), first.first.text, first.last.text) == ("x", "L", "1", "10")
    assert (second.periodic, first.periodic, second.first) == (True, False, None)
    assert [name.text for name in item.names] == ["x", "y"]
    assert (item.shape, item.system) == (None, None)


def test_space_in_a_shape() -> None:
    item = statement("space polar (r, theta) in a - b")
    assert isinstance(item, ast.SpaceStatement)
    assert [name.text for name in item.names] == ["r", "theta"]
    assert shape(item.shape) == ("sum", ("+", "a"), ("-", "b"))
    assert item.system is not None
    assert item.system.text == "polar"


def test_fields() -> None:
    item = statement("field vel = (u, v)(x, y), complex psi(x), T(x, y) in solid, (a, b)(t)")
    assert isinstance(item, ast.FieldStatement)
    assert [
        (
            field.vector and field.vector.text,
            [name.text for name in field.components],
            [name.text for name in field.arguments],
            field.complex,
            field.region and field.region.text,
        )
        for field in item.declarations
    ] == [
        ("vel", ["u", "v"], ["x", "y"], False, None),
        (None, ["psi"], ["x"], True, None),
        (None, ["T"], ["x", "y"], False, "solid"),
        (None, ["a", "b"], ["t"], False, None),
    ]


def test_definitions() -> None:
    constant = statement("constant rho [kg / m^3] = 1000")
    assert isinstance(constant, ast.ConstantStatement)
    assert (constant.name.text, constant.unit, shape(constant.value)) == ("rho", "kg/m^3", "1000")
    function = statement("function f(s, t) = s*t")
    assert isinstance(function, ast.FunctionStatement)
    assert [name.text for name in function.parameters] == ["s", "t"]
    part = statement("part wet on boundary, x = 1 except base, y = 0 where x > 0")
    assert isinstance(part, ast.PartStatement)
    assert shape(part.selector) == (["boundary", ("x", "1")], ["base", ("y", "0")])
    assert shape(part.where) == ("compare", "x", "0", ">")


def test_conditions() -> None:
    equation = statement("equation heat: u_t = u_xx in solid where x > 0")
    assert isinstance(equation, ast.EquationStatement)
    assert (equation.region and equation.region.text, shape(equation.relation)) == ("solid", ("=", "u_t", "u_xx"))
    boundary = statement("boundary walls: u = 0, dn(v) = 1\n    on x = 0,\n    boundary")
    assert isinstance(boundary, ast.BoundaryStatement)
    assert [shape(item) for item in boundary.relations] == [("=", "u", "0"), ("=", ("dn()", "v"), "1")]
    assert shape(boundary.selector) == ([("x", "0"), "boundary"], [])
    point = statement("constraint gauge: p = 0 at (0, -1)")
    assert isinstance(point, ast.ConstraintStatement)
    assert [shape(item) for item in point.at or ()] == ["0", ("-", "1")]
    assert [shape(item) for item in getattr(statement("constraint g: p = 0 at (2)"), "at", ())] == ["2"]
    positive = statement("constraint positive: u >= 0")
    assert isinstance(positive, ast.ConstraintStatement)
    assert (shape(positive.relation), positive.at) == ((">=", "u", "0"), None)


def test_references() -> None:
    file = statement('reference u, v from "a.csv"')
    assert isinstance(file, ast.ReferenceStatement)
    assert ([name.text for name in file.names], file.file and file.file.text, file.value) == (["u", "v"], "a.csv", None)
    number = statement("reference drag = 5.58")
    assert isinstance(number, ast.ReferenceStatement)
    assert (number.file, shape(number.value)) == (None, "5.58")


def test_methods() -> None:
    item = statement("train walls, start: adam(steps = 100) then prune then 7")
    assert isinstance(item, ast.MethodStatement)
    assert (item.family.text, [name.text for name in item.targets]) == ("train", ["walls", "start"])
    assert [shape(call) for call in item.calls] == [("adam()", ("steps", "100")), "prune", "7"]


@pytest.mark.parametrize("word", ["parameter", "interface", "eigenvalue"])
def test_statements_that_are_not_built_are_recognised_and_not_parsed(word: str) -> None:
    item = statement(f"{word} k(x, y) = = in [0.1, 10]")
    assert isinstance(item, ast.UnbuiltStatement)
    assert item.word.text == word


@pytest.mark.parametrize("name", sorted(GOOD))
def test_sound_specifications_parse(name: str) -> None:
    specification, diagnostics = parsed(GOOD[name])
    assert diagnostics == ()
    assert specification.broken == ()
    lines = [line for line in GOOD[name].splitlines() if line]
    assert len(specification.statements) == len(lines)


def nodes(node: Any) -> Iterator[Any]:
    if isinstance(node, tuple):
        for item in node:
            yield from nodes(item)
    elif dataclasses.is_dataclass(node) and not isinstance(node, Span):
        yield node
        for field in dataclasses.fields(node):
            yield from nodes(getattr(node, field.name))


@pytest.mark.parametrize("name", sorted(GOOD))
def test_places_cover_what_they_stand_for(name: str) -> None:
    text = GOOD[name]
    specification, _ = parsed(text)
    for item in specification.statements:
        whole = item.span
        assert text[item.keyword.start : item.keyword.end] == text[whole.start : whole.end].split()[0]
        for node in nodes(item):
            span = getattr(node, "span", whole)
            assert whole.start <= span.start < span.end <= whole.end
            covered = text[span.start : span.end]
            if isinstance(node, ast.Name):
                assert covered == node.text
            elif isinstance(node, ast.Text):
                assert covered == f'"{node.text}"'
            elif isinstance(node, ast.Number) and node.unit is None:
                assert covered == node.text


@pytest.mark.parametrize("name", sorted(GOOD))
def test_an_expression_parses_the_same_from_the_text_that_it_covers(name: str) -> None:
    text = GOOD[name]
    for item in parsed(text)[0].statements:
        for node in nodes(item):
            if isinstance(node, ast.Sum | ast.Product | ast.Power | ast.Call | ast.Component | ast.Conjunct):
                assert value(text[node.span.start : node.span.end].replace("\n", " ")) == shape(node)


def test_layout_changes_nothing_but_places() -> None:
    wide = HEAT.replace("  on x = 0, x = 1", "\n\n    # the ends\n\ton x = 0,\n    x = 1")
    assert [type(item) for item in parsed(wide)[0].statements] == [type(item) for item in parsed(HEAT)[0].statements]
    assert parsed(wide)[1] == ()


def long_text(terms: int) -> str:
    """A sum of so many terms and a product of a quarter as many factors."""
    return (
        "let a = " + " + ".join(f"{index}*x" for index in range(terms)) + "\n"
        "let b = " + "*".join(f"x{index}" for index in range(terms // 4)) + "\n"
    )


def test_long_sums_and_products_are_flat() -> None:
    specification, diagnostics = parsed(long_text(20_000))
    assert diagnostics == ()
    first, second = specification.statements
    assert isinstance(first, ast.LetStatement)
    assert isinstance(second, ast.LetStatement)
    assert isinstance(first.value, ast.Sum)
    assert isinstance(second.value, ast.Product)
    assert (len(first.value.terms), len(second.value.factors)) == (20_000, 5_000)


def test_the_time_of_parsing_grows_with_the_length_of_a_text_and_no_faster() -> None:
    """Ten times the text, ten times the time: the least of some ratios, as machines and their loads differ."""

    def seconds(text: str) -> float:
        started = time.process_time()
        parsed(text)
        return time.process_time() - started

    short, long = long_text(1_000), long_text(10_000)
    seconds(short)
    assert min(seconds(long) / seconds(short) for _ in range(4)) < 20


def test_dumps_show_tokens_and_trees() -> None:
    source = Source("a.pde", "seed 7  # lucky\nlet a = (b +\nlet c = 2*d\n")
    assert dump_tokens(source).splitlines()[:4] == [
        "1:1     name         'seed'",
        "1:5     space        ' '",
        "1:6     number       '7'",
        "1:7     space        '  '",
    ]
    assert dump_tree(source).splitlines() == [
        "1: method",
        "  METHOD 'seed'",
        "  NUMBER '7'",
        "2: let (broken)",
        "3: let",
        "  LET 'let'",
        "  NAME 'c'",
        "  EQUAL '='",
        "  product",
        "    NUMBER '2'",
        "    STAR '*'",
        "    NAME 'd'",
    ]


def test_parsing_is_repeatable() -> None:
    source = Source("a.pde", MANY_FORMS)
    assert parse(source) == parse(source)
