"""What a reader would expect in every situation of the parser, with an example of the whole statement.

The keys are the situations of `situations.py`; a test walks through the automaton and fails where one is missing.
A statement's examples stand once, in `FORMS`.
"""

from __future__ import annotations

FORMS: dict[str, str] = {
    "problem": 'problem heat "Heat in a rod"',
    "space": "space x in [0, 1], y in [0, 2]` or `space (x, y) in SHAPE",
    "time": "time t in [0, 1]",
    "shape": "shape hole = disk((0.5, 0.5), 0.2)",
    "part": "part inlet on x = 0 where y > 0.5",
    "field": "field u(x, t)` or `field vel = (u, v)(x, y)",
    "constant": "constant nu = 0.01",
    "let": "let flux = -k*grad(u)",
    "function": "function hat(s) = max(0, 1 - abs(s))",
    "equation": "equation heat: u_t = alpha*u_xx",
    "boundary": "boundary walls: u = 0 on x = 0, x = 1",
    "initial": "initial start: u = sin(pi*x)",
    "constraint": "constraint gauge: p = 0 at (0, 0)",
    "quantity": "quantity flow = integral(u on outlet)",
    "exact": "exact u = exp(-t)*sin(x)",
    "manufacture": "manufacture u = sin(x)*cos(y)",
    "reference": 'reference u from "reference.csv"` or `reference drag = 5.58',
    "unknown": "unknown nu = 0.05 in [0, 1]` or `unknown k(x, y) in [0.1, 10]",
    "data": 'data sensors: u from "sensors.csv" (sigma = 0.05)',
    "table": 'table k(x, y) from "k.csv" (interpolate = cubic)',
    "method": "sample interior: sobol(points = 1000)` or `train adam(steps = 1000) then lbfgs",
}
"""The form of each statement, as an example."""

_OPERAND = "a number, a name or an opening bracket"
_MORE = "an operator such as `+`"
_RANGE = "a range such as `[0, 1]`"
_PLACE = "a place such as `x = 0`, `boundary` or the name of a part"


def _define(keyword: str, what: str) -> dict[str, str]:
    return {
        keyword: f"the name of the {what}",
        f"{keyword} NAME": f"`=` and the value of the {what}",
        f"{keyword} NAME =": f"the value of the {what}",
        f"{keyword} NAME = value": f"{_MORE}, or the end of the {what}",
    }


def _relate(keyword: str, what: str, after: str) -> dict[str, str]:
    """The situations from the label's colon to the end of the first relation."""
    return {
        keyword: f"a label for the {what}",
        f"{keyword} NAME": f"`:` after the label of the {what}",
        f"{keyword} NAME :": f"the left side of the {what}",
        f"{keyword} NAME : value": f"`=` and the right side of the {what}",
        f"{keyword} NAME : value =": f"the right side of the {what}",
        f"{keyword} NAME : relation": after,
    }


def _solution(keyword: str, what: str) -> dict[str, str]:
    return {
        keyword: "the name of a field",
        f"{keyword} value": f"`=` and the {what}",
        f"{keyword} value =": f"the {what}",
        f"{keyword} relation": f"{_MORE}, `,` or the end of the {what}",
        f"{keyword} relation ,": f"another field with its {what}",
    }


def _names(bracket: str, what: str) -> dict[str, str]:
    return {
        f"{bracket} (": f"the name of {what}",
        f"{bracket} ( NAME": "`,` or `)`",
        f"{bracket} ( NAME ,": f"another name of {what}",
    }


def _selector(prefix: str, ends: str) -> dict[str, str]:
    """The situations after `on`."""
    return {
        f"{prefix}on": _PLACE,
        f"{prefix}on selected": f"`,`, `except` or {ends}",
        f"{prefix}on selected ,": f"another place after the comma: {_PLACE}",
        f"{prefix}on selected =": f"the value of the coordinate: {_OPERAND}",
        f"{prefix}on selected except": f"what to leave out: {_PLACE}",
        f"{prefix}on selected except selected": f"`,` or {ends}",
        f"{prefix}on selected except selected ,": f"another place to leave out: {_PLACE}",
        f"{prefix}on selected except selected =": f"the value of the coordinate: {_OPERAND}",
    }


def _range(keyword: str, what: str, ends: str) -> dict[str, str]:
    """The situations of `x in [0, 1] periodic` and `x[1..10] in [0, 1]`."""
    situations = {
        f"{keyword} NAME": f"`in` and the range of the {what}",
        f"{keyword} NAME indices": f"`in` and the range of the {what}",
    }
    for start in (f"{keyword} NAME", f"{keyword} NAME indices"):
        situations[f"{start} in"] = f"{_RANGE} of the {what}"
        situations[f"{start} in interval"] = f"`periodic`{ends}"
        situations[f"{start} in interval periodic"] = ends.removeprefix(", ").removeprefix("or ")
    return situations


EXPECTATIONS: dict[str, str] = {
    "start": f"a value: {_OPERAND}",
    "value": f"{_MORE}, or the end of the value",
    "operator": f"{_OPERAND} after the operator",
    "if": "`(` after `if`, as in `if(x > 0, 1, 0)`",
    # problem
    "problem": "the name of the problem",
    "problem NAME": "a title in quotes, `language`, or the end of the line",
    "problem NAME TEXT": "`language`, or the end of the line",
    "problem NAME TEXT language": "the number of the language",
    "problem NAME TEXT language NUMBER": "the end of the line",
    "problem NAME language": "the number of the language",
    "problem NAME language NUMBER": "the end of the line",
    # space and time
    "space": "the name of a coordinate",
    **_range("space", "coordinate", ", `,` or the end of the line"),
    "space range ,": "another coordinate with its range",
    "space names": "`in` and the shape of the space",
    "space names in": "the shape of the space",
    "space names in value": "`+`, `-`, `&` or the end of the shape",
    "time": "the name of the time",
    **_range("time", "time", " or the end of the line"),
    "time range": "the end of the line: there is one time",
    "indices [": "the first number of the index",
    "indices [ NUMBER": "`..` and the last number of the index",
    "indices [ NUMBER ..": "the last number of the index",
    "indices [ NUMBER .. NUMBER": "`]` after the last number of the index",
    "interval [": f"the lower end of the range: {_OPERAND}",
    "interval [ value": "`,` and the upper end of the range",
    "interval [ value ,": f"the upper end of the range: {_OPERAND}",
    "interval [ value , value": "`]` after the upper end of the range",
    # field and function
    "field": "the name of a field",
    "field NAME": "`(` and the coordinates on which the field depends",
    "field NAME =": "`(` and the components of the vector",
    "field NAME = names": "`(` and the coordinates on which the components depend",
    "field names": "`(` and the coordinates on which the fields depend",
    "field declaration": "`,`, `in` or the end of the line",
    "field declaration ,": "another field",
    "field declaration in": "the name of the shape where the field lives",
    "field declaration in NAME": "`,` or the end of the line",
    "field declaration region": "`,` or the end of the line",
    **_names("arguments", "a coordinate"),
    **_names("names", "a component or a coordinate"),
    "function": "the name of the function",
    "function NAME": "`(` and the parameters of the function",
    "function NAME parameters": "`=` and the value of the function",
    "function NAME parameters =": "the value of the function",
    "function NAME parameters = value": f"{_MORE}, or the end of the function",
    **_names("parameters", "a parameter"),
    # definitions
    **_define("shape", "shape"),
    **_define("constant", "constant"),
    **_define("let", "expression"),
    **_define("quantity", "quantity"),
    "shape NAME = value": "`+`, `-`, `&` or the end of the shape",
    "part": "the name of the part",
    "part NAME": "`on` and the place of the part",
    # relations
    **_relate("equation", "equation", f"{_MORE}, `in`, `where` or the end of the equation"),
    "equation NAME : relation in": "the name of the shape in which the equation holds",
    "equation NAME : relation in NAME": "`where` or the end of the equation",
    "equation NAME : relation region": "`where` or the end of the equation",
    **_relate("boundary", "boundary condition", "`on` and the place where the boundary condition holds"),
    "boundary NAME : relation ,": "another relation `left = right` that holds at the same place",
    "initial NAME : relation ,": "another relation `left = right` that holds at the start",
    **_relate("initial", "initial condition", f"{_MORE}, `,` or the end of the initial condition"),
    **_relate("constraint", "constraint", f"{_MORE}, `at` or the end of the constraint"),
    "constraint NAME : value": "`=`, `<=` or `>=` and the right side of the constraint",
    "constraint NAME : relation at": "the point, such as `(0, 0)`",
    "constraint NAME : relation at value": "the end of the constraint after the point",
    **_solution("exact", "exact solution"),
    **_solution("manufacture", "manufactured solution"),
    "reference": "the name of a field or a quantity",
    "reference NAME": '`from "FILE"`, or `=` and a value',
    "reference NAME ,": "the name of another field",
    "reference NAME =": "the reference value",
    "reference NAME = value": f"{_MORE}, or the end of the reference value",
    "reference NAME from": "the name of a file in quotes",
    "reference NAME from TEXT": "the end of the line",
    # inverse problems
    "unknown": "the name of what is to be inferred",
    "unknown NAME": "`=` and a first guess, `in` and a range, `(`, or the end of the line",
    "unknown NAME =": "the first guess",
    "unknown NAME = value": f"{_MORE}, `in` and a range, or the end of the line",
    "unknown NAME = value in": _RANGE,
    "unknown NAME = value in interval": "the end of the line after the range",
    "unknown NAME in": _RANGE,
    "unknown NAME in interval": "the end of the line after the range",
    "unknown NAME inferred": "`=` and a first guess, `in` and a range, or the end of the line",
    "unknown NAME inferred =": "the first guess",
    "unknown NAME inferred = value": f"{_MORE}, `in` and a range, or the end of the line",
    "unknown NAME inferred = value in": _RANGE,
    "unknown NAME inferred = value in interval": "the end of the line after the range",
    "unknown NAME inferred in": _RANGE,
    "unknown NAME inferred in interval": "the end of the line after the range",
    **_names("inferred", "a coordinate, a field or a derivative"),
    "data": "a label for the data",
    "data NAME": "`:` after the label of the data",
    "data NAME :": "the name of a field or what was observed",
    "data NAME : value": f"{_MORE}, `,`, `from` or `=` and the name of a column",
    "data NAME : value ,": "the name of another field",
    "data NAME : value =": "the name of the column that holds the observed values",
    "data NAME : relation": '`from "FILE"` after the name of the column',
    "data NAME : value from": "the name of a file in quotes",
    "data NAME : relation from": "the name of a file in quotes",
    "data NAME : value from TEXT": "`(` with options, or the end of the line",
    "data NAME : relation from TEXT": "`(` with options, or the end of the line",
    "data NAME : value from TEXT options": "the end of the line after the options",
    "data NAME : relation from TEXT options": "the end of the line after the options",
    "table": "the name of the table",
    "table NAME": "`(` and the coordinates that the table depends on",
    "table NAME tabulated": '`from "FILE"` after the coordinates',
    "table NAME tabulated from": "the name of a file in quotes",
    "table NAME tabulated from TEXT": "`(` with options, or the end of the line",
    "table NAME tabulated from TEXT options": "the end of the line after the options",
    **_names("tabulated", "a coordinate"),
    "options (": "an option, such as `sigma = 0.05`",
    "options ( value": f"{_MORE}, `,` or `)`",
    "options ( value ,": "another option",
    # methods
    "method": "the name of a method",
    "method NAME": "`(` with options, `:`, `then` or the end of the line",
    "method NAME ,": "the name of another target",
    "method NAME :": "the name of a method after the targets",
    "method NAME : NAME": "`(` with options, `then` or the end of the line",
    "method NAME : call": "`then` or the end of the line",
    "method NAME : call then": "the name of the next method after `then`",
    "method call": "`then` or the end of the line",
    "method call then": "the name of the next method after `then`",
    # places, conditions
    **_selector("", "the end of the statement"),
    "on selected": "`,`, `except`, `where` or the end of the statement",
    **_selector("call ( value ", "`)`"),
    "where": "a condition, such as `x > 0.5`",
    "where value": "a comparison such as `>`, `and`, `or`, or the end of the condition",
    # brackets of formulas
    "call (": "an argument or `)`",
    "call ( value": f"{_MORE}, `,` or `)`",
    "call ( value ,": "another argument",
    "call ( value in": _RANGE,
    "call ( value in interval": "`)` after the range",
    "component [": "a component, such as `x` in `vel[x]`",
    "component [ value": "`,` or `]`",
    "component [ value ,": "another component",
    "group (": _OPERAND,
    "group ( value": f"{_MORE}, `,` or `)`",
    "group ( value ,": "another component of the vector",
}
"""What may stand in each situation, as the end of the sentence "expected …"."""
