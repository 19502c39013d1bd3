"""The section "Residuals": a function for each residual, one term a line with its place in the specification."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pdel.expression import Coordinate, Expr, Negative, Normal, Partial, add, divide, subtract, transform, walk
from pdel.plan.incompatible import BESIDE, squared_distances
from pdel.plan.plan import Factor, Plan, ResidualPlan
from pdel.plan.residuals import uses_coordinates
from pdel.python_names import OwnName, attribute_name, constant_name, prefix_name, python_name
from pdel.render.common import reads_coordinates
from pdel.render.layout import WIDTH, Block, entry, listing, signature, unpack
from pdel.render.printer import PartialName, Precedence, channel_access, code, code_within
from pdel.render.py import Py, py_float, py_int, py_join, py_text, py_wrap
from pdel.render.region import bound_code
from pdel.render.sections.coordinates import columns, unpack_coordinates
from pdel.render.sections.ramps import ramp_attribute
from pdel.render.sections.terms import network_title, residual_terms, with_slopes
from pdel.render.sections.unknowns import residual_ramps, residual_unknowns


@dataclass(frozen=True, slots=True)
class ResidualView:
    """A residual function: its first line, documentation and body."""

    signature: Py
    summary: Py
    body: Py


@dataclass(frozen=True, slots=True)
class GroupView:
    """The residuals of one point set, evaluated together."""

    signature: Py
    summary: Py
    unpacked: Py
    entries: tuple[Py, ...]


def context(plan: Plan) -> dict[str, Any]:
    """The holes of `sections/residuals.py.j2`."""
    return {
        "jumps": _jump_rows(plan),
        "vertices": bool(plan.network.vertices),
        "concentrations": _concentration_rows(plan),
        "near": Py("") if plan.near is None else py_float(plan.near),
        "beside_corners": _beside_corners(plan),
        "near_corners": py_float(BESIDE),
        "residuals": tuple(_residual_view(plan, residual) for residual in plan.residuals),
        "groups": tuple(_group_view(plan, name) for name in group_names(plan)),
    }


def _jump_rows(plan: Plan) -> tuple[Py, ...]:
    """The rows of JUMPS: the axes of each corner, its place on them, the size of the box there."""
    rows = []
    for jump in plan.jumps:
        places = [(py_int(axis), bound_code(bound)) for axis, bound in zip(jump.axes, jump.bounds, strict=True)]
        rows.append(Py(f"({', '.join([*itertools.chain(*places), py_float(jump.size)])})"))
    return tuple(rows)


def _concentration_rows(plan: Plan) -> tuple[Py, ...]:
    """The rows of CONCENTRATIONS: the place and the shorter side of each corner."""
    return tuple(
        Py(f"({', '.join([*map(bound_code, item.place), py_float(item.size)])})") for item in plan.concentrations
    )


def _beside_corners(plan: Plan) -> Py:
    """The lines for the squares of distances from where the start does not fit; nothing where it fits everywhere."""
    places = () if plan.march is None else plan.march.incompatible
    if not places:
        return Py("")
    squares = squared_distances(places, plan.axes)
    block = Block(partial_name=lambda partial: partial.field)
    block.lines.append(unpack_coordinates(plan, reads_coordinates(squares)))
    if len(squares) == 1:
        block.assign("squares", squares[0])
    else:
        block.lines.append(listing("squares = torch.cat", [code(square) for square in squares], "dim=1", 4, ""))
    return block.text()


def group_names(plan: Plan) -> tuple[str, ...]:
    """The point sets with residuals, the interior first."""
    return tuple(dict.fromkeys(residual.point_set for residual in plan.residuals))


def field_access(residual: ResidualPlan) -> PartialName:
    """How a residual reads fields: channels of jets, or plain tensors where only values are needed."""
    if residual.jet is not None:
        return channel_access
    return lambda partial: python_name(partial.field)


def parameters(residual: ResidualPlan) -> list[tuple[str, str]]:
    """The parameters of a residual function: points and normals where they are read, fields, unknowns, observations."""
    listed = [("points", "Tensor")] if uses_coordinates(residual) or residual.vanishing else []
    listed += [("normals", "Tensor")] if residual.normals else []
    kind = residual.jet.name if residual.jet else "Tensor"
    listed += [(python_name(field), kind) for field in residual.fields]
    listed += [(constant_name(name), "Tensor") for name in (*residual.unknowns, *residual.ramped)]
    listed += [(python_name(name), network_title(name)) for name in residual.inferred_terms]
    return listed + ([("observed", "Tensor")] if residual.column else [])


def _residual_view(plan: Plan, residual: ResidualPlan) -> ResidualView:
    head = signature(residual.function, [f"{name}: {kind}" for name, kind in parameters(residual)], "Tensor")
    extra = f" Softly: {residual.reason}." if residual.reason else ""
    where = " Zero where the equation does not hold." if residual.where is not None else ""
    result = "as left - right" if residual.column is None else "as (predicted - observed)/sigma"
    order = residual.vanishing or 0
    times = f", times r^{order}" if order > 1 else ", times r" if order else ""
    near = f" r is {_vanishing(plan)[1]}." if residual.vanishing else ""
    stated = ", ".join([residual.text, *_components(residual), result])
    text = f"{stated}{times}, of" if times else f"{stated} of"
    summary = py_wrap(f"{text} shape (points, 1).{near}{where}{extra}", 82, "", "    ")
    return ResidualView(head, summary, _body(plan, residual))


def _vanishing(plan: Plan) -> tuple[str, str]:
    """The function that a residual is multiplied by, and what it is."""
    if plan.jumps:
        return "from_jumps", "`from_jumps`, zero at corners where values jump"
    if plan.concentrations:
        return "from_concentrations", "`from_concentrations`, zero at corners where highest derivatives are infinite"
    if plan.network.vertices:
        return "from_vertices", "`from_vertices`, zero at corners beside which u is not smooth"
    return "from_corners", "`from_corners`, zero where the start does not fit the boundary"


def _components(residual: ResidualPlan) -> list[str]:
    """Which part of a vector or complex equation a residual is, in words: the equation is written as a whole."""
    if residual.kind != "equation":
        return []
    parts = {"re": "real part", "im": "imaginary part"}
    return [f"its {parts.get(part, f'{part} component')}" for part in residual.address.split(".")[2:]]


def _body(plan: Plan, residual: ResidualPlan) -> Py:
    access = field_access(residual)
    block = Block(partial_name=access)
    used = uses_coordinates(residual)
    lines: list[Py] = []
    if used:
        lines.append(unpack_coordinates(plan, used))
    if residual.normals:
        names = _normal_names(plan, residual)
        lines.append(unpack(names, columns("normals", len(names))))
    terms = [Factor(_named_normals(term.expression), term.place, term.comment) for term in residual.terms]
    terms = with_slopes(block, terms)
    if residual.column is not None:
        return py_join([*lines, *_misfit(block, residual, terms)])
    plain = residual.where is None and not residual.vanishing
    head = "return " if plain else "residual = "
    written = _in_groups(block, _terms(block, terms, 4 + len(head) if len(terms) == 1 else 8))
    block.lines += _statement(head, written)
    if residual.where is not None:
        block.assign("holds", residual.where)
        held = "torch.where(holds, residual, 0.0)"
    else:
        held = "residual"
    if residual.vanishing:
        exponent = f" ** {residual.vanishing}" if residual.vanishing > 1 else ""
        held = f"{_vanishing(plan)[0]}(points){exponent} * {held}"
    if not plain:
        block.add(Py(f"return {held}"))
    return py_join([*lines, *block.lines])


def _misfit(block: Block, residual: ResidualPlan, terms: list[Factor]) -> list[Py]:
    """What was predicted less what was observed, in units of the noise."""
    predicted = add(*(term.expression for term in terms))
    observed = Coordinate(OwnName("observed"))
    if not isinstance(predicted, Partial):
        block.assign("predicted", predicted)
        predicted = Coordinate(OwnName("predicted"))
    difference = subtract(predicted, observed)
    block.give_back(difference if residual.sigma is None else divide(difference, residual.sigma))
    return block.lines


def _normal_names(plan: Plan, residual: ResidualPlan) -> list[str]:
    used = {node.coordinate for term in residual.terms for node in walk(term.expression) if isinstance(node, Normal)}
    return [f"normal_{axis.name}" if axis.name in used else "_" for axis in plan.axes if not axis.is_time]


def _named_normals(expression: Expr) -> Expr:
    """Components of the normal as local variables `normal_x`."""
    return transform(
        expression, lambda node: Coordinate(OwnName(f"normal_{node.coordinate}")) if isinstance(node, Normal) else None
    )


def _terms(block: Block, terms: list[Factor], indent: int) -> list[tuple[str, str]]:
    """(signed code, comment) for each term; terms too long for a line are split into variables first."""
    written = []
    for number, term in enumerate(terms):
        before = len(block.lines)
        expression = block.fitted(term.expression, f"term_{number + 1}", 20 + len(term.place))
        if len(block.lines) > before:
            block.lines.insert(before, Py(f"    # parts of term {number + 1} below"))
        sign, text = _signed(expression, number == 0, block.partial_name)
        comment = f"{term.comment}, {term.place}" if term.comment else term.place
        line = indent + len(sign) + len(text) + 4
        if line + len(comment) > WIDTH:
            comment = term.place
        written.append((f"{sign}{text}", f"  # {py_text(comment)}" if line + len(comment) <= WIDTH else ""))
    return written


LONGEST_SUM = 200
"""Terms in one expression: Python reads a sum as a nest as deep as it has terms."""


def _in_groups(block: Block, written: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The terms as they are, or sums of groups of them where there are very many."""
    if len(written) <= LONGEST_SUM:
        return written
    groups: list[tuple[str, str]] = []
    for start in range(0, len(written), LONGEST_SUM):
        group = written[start : start + LONGEST_SUM]
        name = f"group_{len(groups) + 1}"
        # the first term of a later group keeps its sign, as a unary one
        signless = (group[0][0].removeprefix("+ "), group[0][1])
        first = (f"-{signless[0].removeprefix('- ')}", signless[1]) if signless[0].startswith("- ") else signless
        block.lines += _statement(f"{name} = ", [first, *group[1:]])
        groups.append((name if not groups else f"+ {name}", ""))
    return groups


def _signed(expression: Expr, first: bool, access: PartialName) -> tuple[str, str]:
    if first:
        return "", code_within(expression, Precedence.SUM, access)
    if isinstance(expression, Negative):
        return "- ", code_within(expression.operand, Precedence.PRODUCT, access)
    return "+ ", code_within(expression, Precedence.PRODUCT, access)


def _statement(head: str, written: list[tuple[str, str]]) -> list[Py]:
    """`return term` for a single term, else one term a line in parentheses.

    Two terms or more without comments that fit one line are written there, as the formatter would.
    """
    if len(written) == 1:
        text, comment = written[0]
        return [Py(f"    {head}{text}{comment}")]
    if not any(comment for _, comment in written):
        line = f"    {head}{' '.join(text for text, _ in written)}"
        if len(line) <= WIDTH:
            return [Py(line)]
    lines = [Py(f"        {text}{comment}") for text, comment in written]
    return [Py(f"    {head}("), *lines, Py("    )")]


def _argument(residual: ResidualPlan, parameter: str, data: Sequence[str]) -> str:
    """What a group passes for a parameter of a residual function."""
    if parameter == "observed" and residual.column is not None and len(data) > 1:
        column = data.index(residual.column)
        return f"observed[:, {column}:{column + 1}]"
    if parameter in map(python_name, residual.inferred_terms):
        return f"terms.{parameter}"
    ramped = next((name for name in residual.ramped if constant_name(name) == parameter), None)
    if ramped is not None:
        return f"ramps.{ramp_attribute(ramped)}"
    unknown = next((name for name in residual.unknowns if constant_name(name) == parameter), None)
    return parameter if unknown is None else f"unknowns.{attribute_name(unknown)}"


def _group_view(plan: Plan, name: str) -> GroupView:
    residuals = [residual for residual in plan.residuals if residual.point_set == name]
    jet = residuals[0].jet
    kind = jet.name if jet else "Tensor"
    normals = any(residual.normals for residual in residuals)
    listed = ["points: Tensor", *(["normals: Tensor"] if normals else [])]
    data = [residual.column for residual in residuals if residual.column is not None]
    listed += [*(["observed: Tensor"] if data else []), f"fields: tuple[{kind}, ...]"]
    listed += ["unknowns: Unknowns"] if residual_unknowns(plan, name) else []
    listed += ["ramps: Ramps"] if residual_ramps(plan, name) else []
    listed += ["terms: UnknownParameters"] if residual_terms(plan, name) else []
    named = {field for residual in residuals for field in residual.fields}
    names = [python_name(field) if field in named else "_" for field in plan.fields]
    entries = []
    for residual in residuals:
        arguments = ", ".join(_argument(residual, argument, data) for argument, _ in parameters(residual))
        entries.append(entry(f'"{residual.address}"', f"{residual.function}({arguments})", 8))
    where = "in the interior" if name == "interior" else f"at the points of `{name}`"
    return GroupView(
        signature(f"{prefix_name(name)}_residuals", listed, "dict[str, Tensor]"),
        py_text(f"The residuals {where}, by address"),
        unpack(names, "fields"),
        tuple(entries),
    )
