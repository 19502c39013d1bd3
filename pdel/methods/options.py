"""Options of a method bound to values: names, types and ranges, with defaults for the rest."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TypeAlias

from pdel.diagnostics.model import Diagnostic, Label, Result, error
from pdel.diagnostics.suggest import did_you_mean, enumerate_words
from pdel.methods.base import Method, Option
from pdel.syntax import ast

OptionValue: TypeAlias = int | float | bool | str
Bound: TypeAlias = tuple[tuple[str, OptionValue], ...]

BOOLEANS = {"true": True, "false": False}
MOST_DIGITS = 30


def bind_options(method: Method, given: Sequence[tuple[ast.Name, ast.Expression]]) -> Result[Bound]:
    """A value for every option of a method, in the order of its descriptor.

    Errors: E504 unknown option, E505 given twice, E506 wrong kind of value, E507 out of range.
    """
    known = {option.name: option for option in method.options}
    values = method.defaults()
    diagnostics: list[Diagnostic] = []
    places: dict[str, ast.Name] = {}
    for name, expression in given:
        option = known.get(name.text)
        if option is None:
            diagnostics.append(_unknown(method, name))
            continue
        if name.text in places:
            diagnostics.append(_twice(name, places[name.text]))
            continue
        places[name.text] = name
        result = _value(option, expression)
        diagnostics.extend(result.diagnostics)
        if result.value is not None:
            values[name.text] = result.value
    return Result(None if diagnostics else tuple(values.items()), tuple(diagnostics))


def _unknown(method: Method, name: ast.Name) -> Diagnostic:
    names = [option.name for option in method.options]
    everything = f"It has {enumerate_words(names)}." if names else f"`{method.name}` has no options."
    return error(
        "E504",
        f"`{method.name}` has no option `{name.text}`",
        name.span,
        "unknown option",
        help=did_you_mean(name.text, names) or everything,
    )


def _twice(name: ast.Name, first: ast.Name) -> Diagnostic:
    return error(
        "E505",
        f"the option `{name.text}` is given twice",
        name.span,
        "the second value",
        secondary=(Label(first.span, "the first one"),),
        help="Keep one of the two.",
    )


def wanted(option: Option) -> str:
    """What an option takes, with its range: `a whole number from 1 to 4096`."""
    if option.choices:
        return f"one of {enumerate_words(option.choices, 'or')}"
    match option.default:
        case bool():
            return "`true` or `false`"
        case int():
            noun = "a whole number"
        case float():
            noun = "a number"
        case _:
            return "a name"
    if option.at_least is not None and option.at_most is not None:
        return f"{noun} from {_limit(option.at_least)} to {_limit(option.at_most)}"
    limits = [
        *([f"at least {_limit(option.at_least)}"] if option.at_least is not None else []),
        *([f"greater than {_limit(option.above)}"] if option.above is not None else []),
        *([f"at most {_limit(option.at_most)}"] if option.at_most is not None else []),
        *([f"less than {_limit(option.below)}"] if option.below is not None else []),
    ]
    return f"{noun} {' and '.join(limits)}".strip()


def _limit(number: float) -> str:
    """A number as a specification may spell it: `10_000`, `1e-3`."""
    return f"{int(number):_}" if number == int(number) and abs(number) < 1e9 else f"{number:g}"


def _value(option: Option, expression: ast.Expression) -> Result[OptionValue]:
    if option.choices or isinstance(option.default, str):
        return _word(option, expression)
    if isinstance(option.default, bool):
        if isinstance(expression, ast.Name) and expression.text in BOOLEANS:
            return Result(BOOLEANS[expression.text])
        return _wrong_kind(option, expression)
    return _number(option, expression)


def _word(option: Option, expression: ast.Expression) -> Result[OptionValue]:
    if not isinstance(expression, ast.Name | ast.Text):
        return _wrong_kind(option, expression)
    if not option.choices or expression.text in option.choices:
        return Result(expression.text)
    problem = error(
        "E507",
        f"`{option.name}` cannot be `{expression.text}`",
        expression.span,
        f"{wanted(option)} is needed",
        help=did_you_mean(expression.text, option.choices),
    )
    return Result(None, (problem,))


def _number(option: Option, expression: ast.Expression) -> Result[OptionValue]:
    negative = isinstance(expression, ast.Negate)
    literal = expression.operand if isinstance(expression, ast.Negate) else expression
    if not isinstance(literal, ast.Number) or literal.unit is not None:
        return _wrong_kind(option, expression)
    magnitude = float(literal.text)
    number: int | float = -magnitude if negative else magnitude
    if not math.isfinite(number):
        return _out_of_range(option, expression, "this is too large")
    if isinstance(option.default, int):
        if number != math.floor(number):
            return _wrong_kind(option, expression)
        number = _whole(literal.text, negative)
    if not _in_range(option, number):
        return _out_of_range(option, expression, f"{wanted(option)} is needed")
    return Result(number)


def _whole(text: str, negative: bool) -> int:
    """The whole number that a literal stands for, exact where it is written in digits alone."""
    digits = text.replace("_", "")
    magnitude = int(digits) if digits.isdecimal() and len(digits) <= MOST_DIGITS else int(float(text))
    return -magnitude if negative else magnitude


def _in_range(option: Option, number: float) -> bool:
    return (
        (option.at_least is None or number >= option.at_least)
        and (option.above is None or number > option.above)
        and (option.at_most is None or number <= option.at_most)
        and (option.below is None or number < option.below)
    )


def _wrong_kind(option: Option, expression: ast.Expression) -> Result[OptionValue]:
    problem = error(
        "E506",
        f"`{option.name}` takes {wanted(option)}",
        expression.span,
        "something else stands here",
        help="Write the value itself: options are not computed."
        if _computed(expression)
        else f"`{option.name}`: {option.purpose}.",
    )
    return Result(None, (problem,))


def _computed(expression: ast.Expression) -> bool:
    return not isinstance(expression, ast.Name | ast.Text | ast.Number | ast.Negate)


def _out_of_range(option: Option, expression: ast.Expression, label: str) -> Result[OptionValue]:
    problem = error(
        "E507",
        f"the value of `{option.name}` is out of range",
        expression.span,
        label,
        help=f"`{option.name}`: {option.purpose}.",
    )
    return Result(None, (problem,))
