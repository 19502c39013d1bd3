"""The head of a module: its documentation with the whole problem and every choice, and its constants."""

from __future__ import annotations

from typing import Any

import pdel
from pdel.expression import Expr, Number
from pdel.geometry import Scalar
from pdel.notation import notation
from pdel.plan.compilation import compiles
from pdel.plan.describe import call_text, data_text, pruning_text, unknown_rows
from pdel.plan.plan import Plan
from pdel.python_names import constant_name
from pdel.render.networks import network_view
from pdel.render.printer import code
from pdel.render.py import Py, py_escaped, py_float, py_int, py_join, py_name, py_string, py_text, py_tuple, py_wrap

WIDTH = 88


def context(plan: Plan) -> dict[str, Any]:
    """The holes of `sections/header.py.j2`."""
    stem = plan.specification.removesuffix(".pde")
    return {
        "title": py_text(plan.title or plan.name),
        "statements": _statement_lines(plan),
        "choices": _choice_lines(plan),
        "reasons": _reason_lines(plan),
        "version": py_text(pdel.__version__),
        "specification": py_text(plan.specification),
        "identity": py_text(plan.identity[:12]),
        "specification_identity": py_text(plan.specification_identity[:12]),
        "stem": py_text(stem),
    }


def _statement_lines(plan: Plan) -> Py:
    """The problem as stated: domain, equations and conditions in columns."""
    domain = ", ".join(
        f"{axis.name} in [{notation(axis.low.expression)}, {notation(axis.high.expression)}]"
        + (" periodic" if axis.periodic else "")
        for axis in plan.axes
    )
    rows = [("domain", domain, "")]
    for condition in plan.conditions:
        enforcement = f"  {condition.enforcement}" if condition.enforcement else ""
        rows.append((condition.label, condition.text, f"{condition.where}{enforcement}".strip()))
    rows += [(f"unknown {name}", text, "") for name, text in unknown_rows(plan)]
    rows += [(f"data {item.name}", data_text(plan, item), "") for item in plan.data]
    widest = max(len(row[0]) for row in rows)
    middle = max((len(row[1]) for row in rows[1:] if len(row[1]) <= 40), default=0)
    return py_join([_row(row, widest, middle) for row in rows])


def _row(row: tuple[str, str, str], widest: int, middle: int) -> Py:
    label, text, where = row
    line = f"    {label:<{widest}}   {text:<{middle}}   {where}".rstrip()
    if len(line) <= WIDTH:
        return py_text(line)
    later = " " * (widest + 7)
    return py_wrap(f"{text}   {where}".strip(), WIDTH, f"    {label:<{widest}}   ", later)


def _choice_lines(plan: Plan) -> Py:
    """The method: network, points, training, precision and seed."""
    rows = [("network", f"{network_view(plan).summary}; {plan.network.parameters} parameters")]
    if plan.network.mask is not None:
        where = "" if plan.network.mask.name == "none" else " on every hidden neuron"
        rows.append(("mask", f"{call_text(plan.network.mask)}{where}"))
    for points in plan.point_sets:
        fresh = f", drawn anew every {points.fresh} steps" if points.fresh else ""
        rows.append((f"sample {points.name}", f"{points.count} points, {points.sampler.name}{fresh}"))
    if plan.resample is not None:
        rows.append(("resample", call_text(plan.resample)))
    if plan.pruning is not None:
        rows.append(("prune", pruning_text(plan.pruning)))
    if plan.march is not None:
        rows.append(("march", f"windows(count = {plan.march.count}), each with a network of its own"))
    if plan.attention is not None:
        labels = dict.fromkeys(address.split(".")[1] for address in plan.attention.addresses)
        rows.append((f"weigh {', '.join(labels)}", call_text(plan.attention.method)))
    rows += [(f"ramp {ramp.name}", call_text(ramp.method)) for ramp in plan.ramps]
    rows.append(("train", _training(plan)))
    if plan.budget is not None:
        rows.append(("budget", f"{plan.budget:g} s"))
    rows.append(("precision", f"{plan.precision}, seed {plan.seed}"))
    if compiles(plan):
        rows.append(("compile", plan.compile))
    rows += [("override", override) for override in plan.overrides]
    widest = max(len(row[0]) for row in rows)
    lines = []
    for label, text in rows:
        head = f"    {label:<{widest}}   "
        # an override is read back by `pdel compile --check`: on one line, to the letter
        lines.append(py_escaped(head + text) if label == "override" else py_wrap(text, WIDTH, head, " " * len(head)))
    return py_join(lines)


def _training(plan: Plan) -> str:
    """The phases as the language writes them, with those behind pruning."""
    before = " then ".join(call_text(phase) for phase in plan.phases)
    behind = "".join(f" then {call_text(phase)}" for phase in plan.pruning.fine_tuning) if plan.pruning else ""
    return f"{before} then prune{behind}" if plan.pruning else before


def _reason_lines(plan: Plan) -> Py:
    return py_join([py_wrap(f"{subject}: {reason}.", WIDTH, "  - ", "    ") for subject, reason in plan.reasons])


def constants_context(plan: Plan) -> dict[str, Any]:
    """The holes of `sections/constants.py.j2`."""
    return {
        "problem": py_string(plan.name),
        "title": py_string(plan.title or plan.name),
        "specification": py_string(plan.specification),
        "plan": py_string(plan.identity),
        "coordinates": py_tuple([py_string(axis.name) for axis in plan.axes]),
        "low": py_tuple([_bound(axis.low) for axis in plan.axes]),
        "high": py_tuple([_bound(axis.high) for axis in plan.axes]),
        "fields": py_tuple([py_string(name) for name in plan.fields]),
        "precision": py_name(plan.precision),
        "seed": py_int(plan.seed),
        "constants": tuple(
            (py_name(constant_name(constant.name)), _value(constant.expression), _comment(constant.unit, place))
            for constant, place in plan.constants
        ),
    }


def _comment(unit: str | None, place: str) -> Py:
    return py_text(f"{unit}, {place}" if unit else place)


def _value(expression: Expr) -> Py:
    return code(expression)


def _bound(scalar: Scalar) -> Py:
    return py_float(scalar.value) if isinstance(scalar.expression, Number) else _float_code(scalar)


def _float_code(scalar: Scalar) -> Py:
    """Bounds in constants keep their names; plain numbers, signed ones too, are floats."""
    text = code(scalar.expression)
    return text if any(char.isalpha() for char in text.replace("e", "")) else py_float(scalar.value)
