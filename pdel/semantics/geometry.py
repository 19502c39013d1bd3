"""Shapes from their expressions, and the boundary of a region cut into elementary pieces.

In: expressions of the syntax tree over `rectangle`, `disk`, … and names of shapes. Out: `Shape` and `Piece`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Generic, TypeAlias, TypeVar

from pdel import expression as ex
from pdel.diagnostics.model import Diagnostic, Result, error
from pdel.diagnostics.suggest import did_you_mean
from pdel.geometry import Ball, Box, Difference, Intersection, Scalar, Shape, Union
from pdel.geometry_points import dimension, is_empty
from pdel.source import Span
from pdel.syntax import ast

Evaluate: TypeAlias = Callable[[ast.Expression], Result[Scalar]]
"""A closed expression in constants evaluated: the semantics gives it to this module."""

FORMS: dict[str, str] = {
    "interval": "interval(a, b)",
    "rectangle": "rectangle((a, b), (c, d))",
    "box": "box((a, b, c), (d, e, f))",
    "disk": "disk((a, b), radius)",
    "ball": "ball((a, b, c), radius)",
}
"""The elementary shapes and how they are written."""

DIMENSIONS: dict[str, int] = {"interval": 1, "rectangle": 2, "box": 3, "disk": 2, "ball": 3}

WORDS = {1: "one coordinate", 2: "two coordinates", 3: "three coordinates"}

T = TypeVar("T")


@dataclass(slots=True)
class Found(Generic[T]):
    """Values and diagnostics on their way into a `Result`."""

    diagnostics: list[Diagnostic]

    def take(self, result: Result[T]) -> T | None:
        """The value of a result, its diagnostics collected."""
        self.diagnostics.extend(result.diagnostics)
        return result.value


def space_box(lows: tuple[Scalar, ...], highs: tuple[Scalar, ...]) -> Box:
    """The region of `space x in [a, b], y in [c, d]`: a box named `space`."""
    return Box("space", lows, highs)


def build_shape(
    expression: ast.Expression,
    shapes: Mapping[str, Shape | None],
    evaluate: Evaluate,
    name: str = "",
) -> Result[Shape]:
    """The shape that an expression describes; `name` is what a `shape` statement calls it.

    `+` joins, `-` removes, `&` intersects; mixing `+` and `-` without parentheses is an error. A shape
    known as None was refused before: what uses it is not reported again. Errors: E411 unknown shape, E412 no shape,
    E413 mixed operators, E414 wrong arguments, E415 different dimensions, E416 no extent.
    """
    match expression:
        case ast.Name(text=text, span=span):
            return _named(text, span, shapes, name)
        case ast.Call():
            return _elementary(expression, evaluate, name)
        case ast.Sum(terms=terms):
            operands = tuple(term.expression for term in terms)
            signs = {term.negative for term in terms[1:]}
            if terms[0].negative:
                return _no_shape(expression)
            if len(signs) > 1:
                return _mixing(expression.span)
            return _combine(operands, "-" if True in signs else "+", shapes, evaluate, name=name)
        case ast.Conjunct(operands=operands):
            return _combine(operands, "&", shapes, evaluate, name=name)
        case _:
            return _no_shape(expression)


def _named(text: str, span: Span, shapes: Mapping[str, Shape | None], name: str) -> Result[Shape]:
    if text in shapes:
        shape = shapes[text]
        return Result(replace(shape, name=name) if name and shape is not None else shape)
    if text in FORMS:
        problem = error(
            "E414", f"`{text}` needs its arguments", span, "no arguments here", help=f"Write `{FORMS[text]}`."
        )
    else:
        problem = error(
            "E411",
            f"unknown shape `{text}`",
            span,
            "no shape of this name is declared",
            help=did_you_mean(text, (*shapes, *FORMS)) or f"Declare it first: `shape {text} = {FORMS['disk']}`.",
        )
    return Result(None, (problem,))


def _no_shape(expression: ast.Expression) -> Result[Shape]:
    return Result(
        None,
        (
            error(
                "E412",
                "this is not a shape",
                expression.span,
                "a shape is needed here",
                help=f"Shapes are {', '.join(f'`{form}`' for form in FORMS.values())}, names of `shape` statements, "
                "and these joined by `+`, `-` or `&`.",
            ),
        ),
    )


def _mixing(span: Span) -> Result[Shape]:
    return Result(
        None,
        (
            error(
                "E413",
                "`+` and `-` of shapes need parentheses when they are mixed",
                span,
                "more than one meaning",
                help="Say what belongs together: `(a + b) - c` or `a + (b - c)`.",
            ),
        ),
    )


def _combine(
    operands: tuple[ast.Expression, ...],
    operator: str,
    shapes: Mapping[str, Shape | None],
    evaluate: Evaluate,
    *,
    name: str,
) -> Result[Shape]:
    results = [build_shape(operand, shapes, evaluate) for operand in operands]
    diagnostics = [item for result in results for item in result.diagnostics]
    parts = [result.value for result in results]
    known = [(part, operand) for part, operand in zip(parts, operands, strict=True) if part is not None]
    for (first, _), (second, operand) in pairwise(known):
        if dimension(first) != dimension(second):
            problem = error(
                "E415",
                "shapes of different dimensions cannot be combined",
                operand.span,
                f"this has {WORDS[dimension(second)]}",
                secondary=(),
                notes=(f"The shape before it has {WORDS[dimension(first)]}.",),
                help="Use shapes of the dimension of the space.",
            )
            return Result(None, (*diagnostics, problem))
    if len(known) < len(parts):
        return Result(None, tuple(diagnostics))
    combined = tuple(part for part, _ in known)
    if operator == "+":
        return Result(Union(name, combined), tuple(diagnostics))
    if operator == "&":
        return Result(Intersection(name, combined), tuple(diagnostics))
    return Result(Difference(name, combined[0], combined[1:]), tuple(diagnostics))


def _elementary(call: ast.Call, evaluate: Evaluate, name: str) -> Result[Shape]:
    function = call.function.text
    if function not in FORMS:
        problem = error(
            "E411",
            f"unknown shape `{function}`",
            call.function.span,
            "no shape of this name",
            help=did_you_mean(function, FORMS) or f"There are {', '.join(f'`{form}`' for form in FORMS.values())}.",
        )
        return Result(None, (problem,))
    round_shape = function in ("disk", "ball")
    count = DIMENSIONS[function]
    named = next((argument for argument in call.arguments if argument.name is not None), None)
    if len(call.arguments) != 2 or named is not None or call.binder is not None:
        return _wrong_arguments(function, call.span, "these are not its arguments")
    found: Found[Scalar] = Found([])
    values: list[tuple[Scalar | None, ...]] = []
    for index, argument in enumerate(call.arguments):
        wanted = 1 if function == "interval" or (round_shape and index == 1) else count
        items = argument.value.items if isinstance(argument.value, ast.Vector) else (argument.value,)
        if len(items) != wanted or (wanted == 1 and isinstance(argument.value, ast.Vector)):
            label = "a number is needed here" if wanted == 1 else f"a point of {WORDS[wanted]} is needed here"
            return _wrong_arguments(function, argument.span, label)
        values.append(tuple(found.take(evaluate(item)) for item in items))
    first = tuple(value for value in values[0] if value is not None)
    second = tuple(value for value in values[1] if value is not None)
    if len(first) < len(values[0]) or len(second) < len(values[1]):
        return Result(None, tuple(found.diagnostics))
    shape: Shape = Ball(name or function, first, second[0]) if round_shape else Box(name or function, first, second)
    return Result(shape, (*found.diagnostics, *_extent(function, call, shape)))


def _wrong_arguments(function: str, span: Span, label: str) -> Result[Shape]:
    problem = error("E414", f"`{function}` has other arguments", span, label, help=f"Write `{FORMS[function]}`.")
    return Result(None, (problem,))


def _extent(function: str, call: ast.Call, shape: Shape) -> tuple[Diagnostic, ...]:
    """E416 for a radius that is not positive, or corners that do not span a box."""
    if isinstance(shape, Ball):
        if shape.radius.value > 0:
            return ()
        return (
            error(
                "E416",
                f"the radius of a {function} must be positive",
                call.arguments[1].span,
                f"this is {shape.radius.value:g}",
                help="Give a radius greater than 0.",
            ),
        )
    if not isinstance(shape, Box):
        return ()
    for axis, (low, high) in enumerate(zip(shape.lows, shape.highs, strict=True)):
        if low.value < high.value:
            continue
        where = "" if len(shape.lows) == 1 else f" in coordinate {axis + 1}"
        return (
            error(
                "E416",
                f"this {function} has no extent{where}",
                call.arguments[1].span,
                f"{high.value:g} is not greater than {low.value:g}",
                help="The first corner must lie below the second in every coordinate."
                if where
                else "The first end must lie below the second.",
            ),
        )
    return ()


def scalar_text(scalar: Scalar) -> str:
    """A number of the geometry as people write it: the constant's name, or the number."""
    match scalar.expression:
        case ex.Constant(name=name):
            return name
        case ex.Negative(operand=ex.Constant(name=name)):
            return f"-{name}"
        case _:
            return f"{scalar.value:g}"


def check_region(region: Shape, coordinates: tuple[str, ...], span: Span) -> tuple[Diagnostic, ...]:
    """Whether a shape can be the space of these coordinates: E415 for another dimension, E420 for no points at all."""
    if dimension(region) != len(coordinates):
        return (
            error(
                "E415",
                f"a shape with {WORDS[dimension(region)]} cannot be the region of {len(coordinates)}",
                span,
                f"the space has {', '.join(f'`{name}`' for name in coordinates)}",
                help="Use a shape with one dimension for each coordinate of the space.",
            ),
        )
    if is_empty(region):
        return (
            error(
                "E420",
                "the region is empty",
                span,
                "no point lies in it",
                help="Compare the corners, centres and radii of its shapes.",
            ),
        )
    return ()
